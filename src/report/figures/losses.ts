/** Distribution and exceedance of the losses of a run, with the limits that pairs have to keep. */
import type { PairResult } from '../../result/schema.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { modeOf, type PairsOfRun } from '../mode.js';
import { rangeOf, thinned } from '../rows.js';
import { decibelText } from '../text.js';
import { HEIGHT, INK, SERIES, WIDTH } from '../theme.js';
import {
  BEYOND,
  bulkEnd,
  densityOf,
  endShareOf,
  exceedanceOf,
  FAR,
  FEWEST,
  lossBeyond,
  MOST_OF,
  type Point,
  rareEnd,
} from './loss-curves.js';
import { leftOutNote, MOST_CURVES, pairSeries } from './pair-series.js';
import { type Threshold, thresholdLayers, thresholdsOf, withinAxis } from './thresholds.js';

/** Points of a curve of density: more cannot be told apart. */
const POINTS = 160;
/** What a legend keeps away from its plot, pixels. */
const LEGEND_OFFSET = 14;
/** Every so manieth point of a curve can be pointed at; of many curves fewer, so that about so many can be. */
const EVERY = 4;
const MOST_HOVERED = 800;
/** Rows of numbers below a figure. */
const MOST_ROWS = 400;
/** @param leastShare where exceedance curves end, so that those of short runs and long ones can be laid over each other */
export function lossFigures(result: PairsOfRun, leastShare = 0): Figure[] {
  return [distribution(result), exceedance(result, leastShare)];
}

/** Density of the losses of all fibres. */
function distribution(result: PairsOfRun): Figure {
  const pairs = result.pairs.slice(0, MOST_CURVES);
  const beyond = Math.max(...pairs.map(bulkEnd));
  const isCut = beyond < Math.max(...pairs.map((pair) => lossBeyond(pair, BEYOND)));
  const upTo = isCut
    ? `${FAR} times the loss that one in ${1 / MOST_OF} exceeds; the few beyond are drawn under "exceedance"`
    : 'the loss that one in a thousand exceeds';
  const { end, shown } = withinAxis(thresholdsOf(result), beyond);
  const width = beyond / POINTS;
  const values = pairs.flatMap((pair) => densityOf(pair, width, beyond));
  const y = { field: 'value', type: 'quantitative' as const, title: 'density, 1/dB' };
  const lines = thresholdLayers(shown, lossAxis(end), end);
  const { color, line } = seriesOf(pairs, lines.room);
  return {
    id: idOf('losses'),
    title: 'Distribution of insertion loss',
    note: `Probability density of the loss of a fibre, all fibres of all matings, up to ${upTo}. Marks at the bottom: mean (▲) and 97 % point (◆). ${linesNote(result, shown)}${leftOutNote(result.pairs.length)}`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        ...lines.layers,
        {
          data: { values: values as unknown as object[] },
          mark: { type: 'line', interpolate: 'monotone', strokeWidth: 2, ...UNTOLD },
          encoding: { x: lossAxis(end), y, ...line },
        },
        hoverLayer(
          values,
          ({ pair, lossDb, value }) =>
            `${pair}: density ${value.toPrecision(3)} 1/dB at ${lossDb.toFixed(3)} dB`,
          { x: lossAxis(end), y, color },
        ),
        {
          data: { values: pairs.flatMap(marksOf) as unknown as object[] },
          mark: { type: 'point', filled: true, size: 60, opacity: 1, clip: false },
          encoding: {
            x: lossAxis(end),
            y: { datum: 0 },
            color,
            shape: {
              field: 'what',
              type: 'nominal',
              scale: { domain: ['mean', '97 %'], range: ['triangle-up', 'diamond'] },
              legend: null,
            },
            ...TIPPED,
          },
        },
      ],
    },
    ...numbersOf(values, 'density, 1/dB'),
  };
}

/** How often a loss is exceeded, on a logarithmic scale, with grades and limits. */
function exceedance(result: PairsOfRun, leastShare: number): Figure {
  const pairs = result.pairs.slice(0, MOST_CURVES);
  const wholeEnd = Math.max(...pairs.map((pair) => lossBeyond(pair, endShareOf(pair, leastShare))));
  const furthest = Math.min(wholeEnd, Math.max(...pairs.map(rareEnd)));
  const { end, shown } = withinAxis(thresholdsOf(result), furthest);
  const values = pairs.flatMap((pair) => exceedanceOf(pair, leastShare, end));
  const y = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, ...(leastShare > 0 ? { domain: [leastShare, 1] } : {}) },
    title: 'share of fibres beyond',
    axis: { format: '~%', tickCount: 6 },
  };
  const lines = thresholdLayers(shown, lossAxis(end), end);
  const { color, line } = seriesOf(pairs, lines.room);
  const { least } = rangeOf(values.map(({ value }) => value));
  const corners = shown.filter(
    ({ isLimit, share }) => isLimit && share !== null && share >= least && share < 1,
  );
  return {
    id: idOf('exceedance'),
    title: 'How often a loss is exceeded',
    note: `Share of fibres that lose more than the loss below. Where a curve passes the horizontal line (3 %) lies its 97 % point. ${linesNote(result, shown)}${corners.length > 0 ? ' A curve that keeps a limit passes below its cross.' : ''} Curves end ${leastShare > 0 ? `at a share of ${100 * leastShare} %` : `where fewer than ${FEWEST} fibres are left`}${end < wholeEnd ? `, or with the axis: the furthest goes on to ${wholeEnd.toFixed(1)} dB` : ''}.${leftOutNote(result.pairs.length)}`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        ...lines.layers,
        {
          data: { values: [{}] },
          mark: { type: 'rule', strokeDash: [2, 3], opacity: 0.6, ...UNTOLD },
          encoding: { y: { datum: 0.03 } },
        },
        {
          data: { values: values as unknown as object[] },
          mark: { type: 'line', strokeWidth: 2, interpolate: 'linear', ...UNTOLD },
          encoding: { x: lossAxis(end), y, ...line },
        },
        hoverLayer(
          values,
          ({ pair, lossDb, value }) =>
            `${pair}: ${(100 * value).toPrecision(3)} % of the fibres lose more than ${lossDb.toFixed(3)} dB`,
          { x: lossAxis(end), y, color },
        ),
        {
          data: { values: corners as unknown as object[] },
          mark: {
            type: 'point',
            shape: 'cross',
            ...{ size: 90, filled: true, color: SERIES[1], opacity: 1 },
          },
          encoding: { x: lossAxis(end), y: { ...y, field: 'share' }, ...TIPPED },
        },
      ],
    },
    ...numbersOf(values, 'share of fibres beyond'),
  };
}

/** Colours and dashes by pair; the legend leaves room for what stands above the plot. */
function seriesOf(pairs: readonly PairResult[], room: number) {
  return pairSeries(
    pairs.map(({ name }) => name),
    { offset: LEGEND_OFFSET + room },
  );
}

function linesNote(result: PairsOfRun, shown: readonly Threshold[]): string {
  const grades = shown.some(({ isLimit }) => !isLimit);
  const limits = shown.some(({ isLimit }) => isLimit);
  return [
    ...(grades ? ['Dashed upright lines: 97 % limits of the IEC grades.'] : []),
    ...(modeOf(result) === null
      ? ['No grades are drawn, since single-mode and multimode pairs have others.']
      : []),
    ...(limits ? ['Coloured upright lines: limits of the scenario.'] : []),
  ].join(' ');
}

/** Unseen points along curves, for pointers and readers of the page: every so manieth of each pair. */
function hoverLayer(points: readonly Point[], tipOf: (point: Point) => string, encoding: object) {
  const every = Math.max(EVERY, Math.ceil(points.length / MOST_HOVERED));
  const values = points
    .filter((_, i) => i % every === 0)
    .map((point) => ({ ...point, tip: tipOf(point) }));
  return {
    data: { values: values as unknown as object[] },
    mark: { type: 'point' as const, filled: true, opacity: 0, size: 80 },
    encoding: { ...encoding, ...TIPPED },
  };
}

function lossAxis(end: number) {
  return {
    field: 'lossDb',
    type: 'quantitative' as const,
    title: 'insertion loss, dB',
    scale: { domain: [0, end], nice: false },
    axis: { grid: false, domainColor: INK },
  };
}

function marksOf({ name, il }: PairResult) {
  return [
    {
      pair: name,
      lossDb: il.mean.value,
      what: 'mean',
      tip: `${name}: mean ${decibelText(il.mean)}`,
    },
    {
      pair: name,
      lossDb: il.p97.value,
      what: '97 %',
      tip: `${name}: 97 % point ${decibelText(il.p97)}`,
    },
  ];
}

/** All points as data, some of many as numbers below the figure. */
function numbersOf(points: readonly Point[], title: string): Pick<Figure, 'table' | 'data'> {
  const columns = ['pair', 'loss, dB', title];
  const rows = points.map(({ pair, lossDb, value }) => [pair, lossDb, value]);
  return { table: { columns, rows: thinned(rows, MOST_ROWS) }, data: { columns, rows } };
}
