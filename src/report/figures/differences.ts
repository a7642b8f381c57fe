/** Differences of pairs on shared random numbers, with their intervals. */
import type { ComparisonResult } from '../../result/schema.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { WIDTH } from '../theme.js';

const STATISTICS = { mean: 'mean', p97: '97 %', p99: '99 %', sd: 'spread (sd)' } as const;
const ROW = 56;

/** Undefined where nothing is compared. */
export function differencesFigure(comparisons: readonly ComparisonResult[]): Figure | undefined {
  if (comparisons.length === 0) return undefined;
  const names = Object.keys(STATISTICS) as (keyof typeof STATISTICS)[];
  const values = comparisons.flatMap((comparison) =>
    names.map((name) => ({
      pair: `${comparison.second} − ${comparison.first}`,
      statistic: STATISTICS[name],
      ...comparison[name],
      tip: `${comparison.second} − ${comparison.first}, ${STATISTICS[name]}: ${decibelText(comparison[name])}`,
    })),
  );
  const known = values.filter(({ low, high }) => low !== null && high !== null);
  const y = { field: 'pair', type: 'nominal' as const, sort: null, title: null };
  const yOffset = { field: 'statistic', type: 'nominal' as const, sort: Object.values(STATISTICS) };
  const color = { field: 'statistic', type: 'nominal' as const, sort: Object.values(STATISTICS) };
  return {
    id: idOf('differences'),
    title: 'Differences between pairs',
    note: 'Second minus first, on shared random numbers, with 95 % intervals. Left of the line the second pair loses less.',
    spec: {
      width: WIDTH,
      height: { step: ROW, for: 'position' },
      layer: [
        {
          data: { values: [{}] },
          mark: { type: 'rule', opacity: 0.6, ...UNTOLD },
          encoding: { x: { datum: 0 } },
        },
        {
          data: { values: known as unknown as object[] },
          mark: { type: 'rule', strokeWidth: 2, ...UNTOLD },
          encoding: {
            y,
            yOffset,
            color,
            x: {
              field: 'low',
              type: 'quantitative',
              title: 'difference, dB',
              axis: { tickCount: 8 },
            },
            x2: { field: 'high' },
          },
        },
        {
          data: { values: values as unknown as object[] },
          mark: { type: 'point', filled: true, size: 50, opacity: 1 },
          encoding: { y, yOffset, color, x: { field: 'value', type: 'quantitative' }, ...TIPPED },
        },
      ],
    },
    table: {
      columns: ['pairs', 'statistic', 'difference, dB', 'low', 'high'],
      rows: values.map(({ pair, statistic, value, low, high }) => [
        pair,
        statistic,
        value,
        low,
        high,
      ]),
    },
  };
}
