/** Distribution and exceedance of the losses of a run, with the limits that pairs have to keep. */
import type { PairResult, Result } from '../../result/schema.js';
import { lossGrades } from '../../statistics/grade.js';
import { type Figure, type FigureTable, idOf } from '../figure.js';
import { HEIGHT, INK, WIDTH } from '../theme.js';

/** Points of a curve: more cannot be told apart. */
const POINTS = 160;
/** Share beyond which the axis of losses ends. */
const BEYOND = 0.001;
/** Shares that exceedance curves go down to: below, single matings show. */
const FEWEST = 10;

interface Point {
  readonly pair: string;
  readonly lossDb: number;
  readonly value: number;
}

export function lossFigures(result: Result): Figure[] {
  return [distribution(result), exceedance(result)];
}

/** Density of the losses of all fibres. */
function distribution({ pairs }: Result): Figure {
  const end = Math.max(...pairs.map((pair) => lossBeyond(pair, BEYOND)));
  const width = end / POINTS;
  const values = pairs.flatMap((pair) => densityOf(pair, width, end));
  return {
    id: idOf('losses'),
    title: 'Distribution of insertion loss',
    note: `Probability density of the loss of a fibre, all fibres of all matings, up to the loss that one in a thousand exceeds. Ticks below: mean (▲) and 97 % point (◆).`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        {
          data: { values: values as unknown as object[] },
          mark: { type: 'line', interpolate: 'monotone', strokeWidth: 2 },
          encoding: {
            x: lossAxis(end),
            y: { field: 'value', type: 'quantitative', title: 'density, 1/dB' },
            color: { field: 'pair', type: 'nominal', sort: null },
          },
        },
        {
          data: { values: pairs.flatMap(marksOf) as unknown as object[] },
          mark: { type: 'point', filled: true, size: 60, opacity: 1, clip: false },
          encoding: {
            x: lossAxis(end),
            y: { datum: 0 },
            color: { field: 'pair', type: 'nominal', sort: null },
            shape: {
              field: 'what',
              type: 'nominal',
              scale: { domain: ['mean', '97 %'], range: ['triangle-up', 'diamond'] },
              legend: null,
            },
          },
        },
      ],
    },
    table: pointTable(values, 'density, 1/dB'),
  };
}

/** How often a loss is exceeded, on a logarithmic scale, with grades and limits. */
function exceedance(result: Result): Figure {
  const { pairs } = result;
  const values = pairs.flatMap(exceedanceOf);
  const end = Math.max(...values.map(({ lossDb }) => lossDb));
  const grades = lossGrades(isMultimode(result) ? 'multimode' : 'single-mode').map((grade) => ({
    lossDb: grade.p97Db,
    label: grade.name,
  }));
  return {
    id: idOf('exceedance'),
    title: 'How often a loss is exceeded',
    note: `Share of fibres that lose more than the loss below. Where a curve passes the horizontal line (3 %) lies its 97 % point; vertical lines are the 97 % limits of the IEC grades. Curves end where fewer than ${FEWEST} fibres are left.`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        {
          data: { values: grades.filter(({ lossDb }) => lossDb <= end) as unknown as object[] },
          mark: { type: 'rule', strokeDash: [4, 4], opacity: 0.6 },
          encoding: { x: lossAxis(end) },
        },
        {
          data: { values: grades.filter(({ lossDb }) => lossDb <= end) as unknown as object[] },
          mark: { type: 'text', align: 'left', dx: 4, dy: 8, baseline: 'top' },
          encoding: { x: lossAxis(end), y: { value: 0 }, text: { field: 'label' } },
        },
        {
          data: { values: [{}] },
          mark: { type: 'rule', strokeDash: [2, 3], opacity: 0.6 },
          encoding: { y: { datum: 0.03 } },
        },
        {
          data: { values: values as unknown as object[] },
          mark: { type: 'line', strokeWidth: 2, interpolate: 'linear' },
          encoding: {
            x: lossAxis(end),
            y: {
              field: 'value',
              type: 'quantitative',
              scale: { type: 'log' },
              title: 'share of fibres beyond',
              axis: { format: '.0e', tickCount: 6 },
            },
            color: { field: 'pair', type: 'nominal', sort: null },
          },
        },
      ],
    },
    table: pointTable(values, 'share of fibres beyond'),
  };
}

/** By the design of the first pair: grades of both modes in one figure would mean nothing. */
function isMultimode({ scenario, pairs }: Result): boolean {
  const { designs } = scenario as { designs?: Record<string, { fibres?: { mode?: string } }> };
  return designs?.[pairs[0]?.pinned ?? '']?.fibres?.mode === 'multimode';
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
    { pair: name, lossDb: il.mean.value, what: 'mean' },
    { pair: name, lossDb: il.p97.value, what: '97 %' },
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

function exceedanceOf(pair: PairResult): Point[] {
  const { binWidthDb, il } = pair.histogram;
  const counts = countsOf(pair);
  const all = pair.fibres * pair.matings;
  const step = Math.max(1, Math.floor(counts.length / POINTS));
  let beyond = all;
  const points: Point[] = [{ pair: pair.name, lossDb: 0, value: 1 }];
  for (let bin = 0; bin < counts.length; bin++) {
    beyond -= counts[bin] as number;
    if (beyond < FEWEST) break;
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
