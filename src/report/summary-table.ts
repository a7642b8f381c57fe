/** The figures of a result in one table. */
import type { AnyResult } from '../result/read-any.js';
import type { LimitResult, PairResult } from '../result/schema.js';
import type { SweepResult, SweptPair } from '../result/schema-sweep.js';
import { gradeText } from '../statistics/grade.js';
import type { FigureTable } from './figure.js';
import { valueTexts } from './point-text.js';
import { atMost } from './rows.js';
import { verdictText } from './run-answers.js';

/** Rows of a sweep on the page. */
const MOST_ROWS = 300;

export function summaryTable(any: AnyResult): FigureTable {
  switch (any.kind) {
    case 'run':
      return runTable(any.result.pairs);
    case 'sweep':
      return sweepTable(any.result);
    case 'sensitivity':
      return {
        columns: [
          'pair',
          'mean, dB',
          'sd, dB',
          '97 %, dB',
          `share within ${any.result.yieldAtDb} dB`,
        ],
        rows: any.result.pairs.map(({ name, mean, sd, p97, yield: within }) => [
          ...[name, mean.value, sd.value, p97.value, within.value],
        ]),
      };
    case 'allocation': {
      const { cheapest, widest } = any.result;
      const rows =
        cheapest?.tolerances.map(({ name, factor, cost, costOfOnePercent, worthOfOnePercent }) => [
          ...[name, factor, cost, costOfOnePercent, worthOfOnePercent],
        ]) ?? [];
      return {
        columns: ['tolerance', 'spread ×', 'cost', '1 % costs', 'is worth'],
        rows: widest === null ? rows : [[widest.name, widest.factor, null, null, null]],
      };
    }
    case 'exceedance':
      return {
        columns: ['pair', 'loss, dB', 'probability', 'low', 'high'],
        rows: any.result.pairs.flatMap(({ name, losses }) =>
          losses.map(({ aboveDb, probability: { value, low, high } }) => [
            name,
            aboveDb,
            value,
            low,
            high,
          ]),
        ),
      };
  }
}

type Cell = string | number | null;

/** Columns that only some results have: none where no pair has a value. */
const SOME: readonly (readonly [string, (pair: SweptPair) => Cell])[] = [
  ['return loss 97 % reach, dB', ({ returnLoss }) => returnLoss?.all.p3.value ?? null],
  [
    'return loss grade',
    ({ returnLoss }) => (returnLoss === null ? null : gradeText(returnLoss.grade)),
  ],
  ['largest change 97 %, dB', ({ largestChange }) => largestChange?.all.p97.value ?? null],
  ['limits', ({ limits }) => (limits.length === 0 ? null : limitsText(limits))],
];

function limitsText(limits: readonly LimitResult[]): string {
  return limits.map(verdictText).join('; ');
}

function someOf(pairs: readonly SweptPair[]): typeof SOME {
  return SOME.filter(([, of]) => pairs.some((pair) => of(pair) !== null));
}

function runTable(pairs: readonly PairResult[]): FigureTable {
  const some = someOf(pairs);
  return {
    columns: [
      ...['pair', 'fibres', 'mean, dB', '97 %, dB', 'low', 'high', 'worst fibre 97 %, dB', 'grade'],
      ...some.map(([name]) => name),
    ],
    rows: pairs.map((pair) => {
      const { name, fibres, il, worstFibre, grade } = pair;
      return [
        ...[name, fibres, il.mean.value, il.p97.value, il.p97.low, il.p97.high],
        ...[worstFibre.p97.value, gradeText(grade), ...some.map(([, of]) => of(pair))],
      ];
    }),
  };
}

/** Points that failed have a table of their own. */
function sweepTable({ points, parameters }: SweepResult): FigureTable {
  const some = someOf(points.flatMap(({ pairs }) => pairs));
  const rows = points.flatMap((point) =>
    point.pairs.map((pair) => [
      ...[point.point, ...valueTexts(point), pair.name, pair.il.mean.value, pair.il.p97.value],
      ...some.map(([, of]) => of(pair)),
    ]),
  );
  return {
    columns: [
      ...['point', ...parameters.map(({ paths }) => paths.join(' + '))],
      ...['pair', 'mean, dB', '97 %, dB', ...some.map(([name]) => name)],
    ],
    rows: atMost<Cell>(rows, MOST_ROWS),
  };
}
