/** Distribution and exceedance of the losses of a run, with the limits that pairs have to keep. */
import type { PairResult } from '../../result/schema.js';
import { TIPPED } from '../face-shapes.js';
import { type Figure, type FigureTable, idOf } from '../figure.js';
import type { PairsOfRun } from '../mode.js';
import { decibelText } from '../text.js';
import { HEIGHT, INK, SERIES, WIDTH } from '../theme.js';
import { type Threshold, thresholdLayers, thresholdsOf, withinAxis } from './thresholds.js';

/** Points of a curve: more cannot be told apart. */
const POINTS = 160;
/** What a legend keeps away from its plot, pixels. */
const LEGEND_OFFSET = 14;
/** Every so manieth point of a curve can be pointed at. */
const EVERY = 4;
/** Share beyond which the axis of losses ends. */
const BEYOND = 0.001;
/** Shares that exceedance curves go down to: below, single matings show. */
const FEWEST = 10;

interface Point {
  readonly pair: string;
  readonly lossDb: number;
  readonly value: number;
}

/** @param leastShare where exceedance curves end, so that those of short runs and long ones can be laid over each other */
export function lossFigures(result: PairsOfRun, leastShare = 0): Figure[] {
  return [distribution(result), exceedance(result, leastShare)];
}

/** Density of the losses of all fibres. */
function distribution(result: PairsOfRun): Figure {
  const { pairs } = result;
  const beyond = Math.max(...pairs.map((pair) => lossBeyond(pair, BEYOND)));
  const { end, shown } = withinAxis(thresholdsOf(result), beyond);
  const width = beyond / POINTS;
  const values = pairs.flatMap((pair) => densityOf(pair, width, beyond));
  const y = { field: 'value', type: 'quantitative' as const, title: 'density, 1/dB' };
  const lines = thresholdLayers(shown, lossAxis(end), end);
  const color = colourOf(lines.room);
  return {
    id: idOf('losses'),
    title: 'Distribution of insertion loss',
    note: `Probability density of the loss of a fibre, all fibres of all matings, up to the loss that one in a thousand exceeds. Marks at the bottom: mean (▲) and 97 % point (◆). ${linesNote(shown)}`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        ...lines.layers,
        {
          data: { values: values as unknown as object[] },
          mark: { type: 'line', interpolate: 'monotone', strokeWidth: 2, aria: false },
          encoding: { x: lossAxis(end), y, color },
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
    table: pointTable(values, 'density, 1/dB'),
  };
}

/** How often a loss is exceeded, on a logarithmic scale, with grades and limits. */
function exceedance(result: PairsOfRun, leastShare: number): Figure {
  const { pairs } = result;
  const values = pairs.flatMap((pair) => exceedanceOf(pair, leastShare));
  const furthest = Math.max(...values.map(({ lossDb }) => lossDb));
  const { end, shown } = withinAxis(thresholdsOf(result), furthest);
  const y = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, ...(leastShare > 0 ? { domain: [leastShare, 1] } : {}) },
    title: 'share of fibres beyond',
    axis: { format: '~%', tickCount: 6 },
  };
  const lines = thresholdLayers(shown, lossAxis(end), end);
  const color = colourOf(lines.room);
  const least = Math.min(...values.map(({ value }) => value));
  const corners = shown.filter(
    ({ isLimit, share }) => isLimit && share !== null && share >= least && share < 1,
  );
  return {
    id: idOf('exceedance'),
    title: 'How often a loss is exceeded',
    note: `Share of fibres that lose more than the loss below. Where a curve passes the horizontal line (3 %) lies its 97 % point. ${linesNote(shown)}${corners.length > 0 ? ' A curve that keeps a limit passes below its cross.' : ''} Curves end ${leastShare > 0 ? `at a share of ${100 * leastShare} %` : `where fewer than ${FEWEST} fibres are left`}.`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        ...lines.layers,
        {
          data: { values: [{}] },
          mark: { type: 'rule', strokeDash: [2, 3], opacity: 0.6, aria: false },
          encoding: { y: { datum: 0.03 } },
        },
        {
          data: { values: values as unknown as object[] },
          mark: { type: 'line', strokeWidth: 2, interpolate: 'linear', aria: false },
          encoding: { x: lossAxis(end), y, color },
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
    table: pointTable(values, 'share of fibres beyond'),
  };
}

/** A colour a pair; the legend leaves room for what stands above the plot. */
function colourOf(room: number) {
  return {
    field: 'pair',
    type: 'nominal' as const,
    sort: null,
    legend: { offset: LEGEND_OFFSET + room },
  };
}

function linesNote(shown: readonly Threshold[]): string {
  const grades = shown.some(({ isLimit }) => !isLimit);
  const limits = shown.some(({ isLimit }) => isLimit);
  return [
    ...(grades ? ['Dashed upright lines: 97 % limits of the IEC grades.'] : []),
    ...(limits ? ['Coloured upright lines: limits of the scenario.'] : []),
  ].join(' ');
}

/** Unseen points along curves, for pointers and readers of the page: every so manieth of each pair. */
function hoverLayer(points: readonly Point[], tipOf: (point: Point) => string, encoding: object) {
  const values = points
    .filter((_, i) => i % EVERY === 0)
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

function pointTable(points: readonly Point[], title: string): FigureTable {
  return {
    columns: ['pair', 'loss, dB', title],
    rows: points.map(({ pair, lossDb, value }) => [pair, lossDb, value]),
  };
}

/** Counts from 0 dB on, in bins of binWidthDb. */
function countsOf({ histogram }: PairResult): number[] {
  const { firstBin, counts } = histogram.il;
  return [...new Array<number>(firstBin).fill(0), ...counts];
}

/** The loss that a share of the fibres exceeds. */
function lossBeyond(pair: PairResult, share: number): number {
  const counts = countsOf(pair);
  const all = pair.fibres * pair.matings;
  let beyond = pair.histogram.il.overflow;
  for (let bin = counts.length - 1; bin > 0; bin--) {
    beyond += counts[bin] as number;
    if (beyond >= share * all) return (bin + 1) * pair.histogram.binWidthDb;
  }
  return pair.histogram.binWidthDb;
}

function densityOf(pair: PairResult, width: number, end: number): Point[] {
  const { binWidthDb } = pair.histogram;
  const counts = countsOf(pair);
  const all = pair.fibres * pair.matings;
  const bins = Math.max(1, Math.round(width / binWidthDb));
  const points: Point[] = [];
  for (let from = 0; from * binWidthDb < end; from += bins) {
    const sum = counts.slice(from, from + bins).reduce((total, count) => total + count, 0);
    const lossDb = rounded((from + bins / 2) * binWidthDb);
    points.push({ pair: pair.name, lossDb, value: rounded(sum / (all * bins * binWidthDb)) });
  }
  return points;
}

function exceedanceOf(pair: PairResult, leastShare: number): Point[] {
  const { binWidthDb, il } = pair.histogram;
  const counts = countsOf(pair);
  const all = pair.fibres * pair.matings;
  const step = Math.max(1, Math.floor(counts.length / POINTS));
  let beyond = all;
  const points: Point[] = [{ pair: pair.name, lossDb: 0, value: 1 }];
  for (let bin = 0; bin < counts.length; bin++) {
    beyond -= counts[bin] as number;
    if (beyond < FEWEST || beyond < leastShare * all) break;
    if ((bin + 1) % step === 0) {
      points.push({
        pair: pair.name,
        lossDb: rounded((bin + 1) * binWidthDb),
        value: rounded(beyond / all),
      });
    }
  }
  return il.overflow > all ? [] : points;
}

/** To six digits: figures are not read more closely. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
