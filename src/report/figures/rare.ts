/** Probabilities of rare losses with their intervals. */
import type { ExceedanceResult } from '../../result/schema-exceedance.js';
import type { Estimate } from '../../statistics/intervals.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { HEIGHT, WIDTH } from '../theme.js';
import { pairSeries } from './pair-series.js';

export function rareFigure({ pairs }: ExceedanceResult): Figure {
  const all = pairs.flatMap(({ name, losses }) =>
    losses.map(({ aboveDb, probability }) => ({
      ...{ pair: name, aboveDb, ...probability },
      tip: tipOf(name, aboveDb, probability),
    })),
  );
  const shown = all.filter(({ value }) => value > 0);
  // never met: somewhere below the upper end of the interval
  const below = all.filter(({ value, high }) => !(value > 0) && high !== null && high > 0);
  const ranges = shown.filter(({ low, high }) => low !== null && low > 0 && high !== null);
  const isSingle = new Set(all.map((one) => one.aboveDb)).size === 1;
  const x = {
    field: 'aboveDb',
    type: 'quantitative' as const,
    title: 'loss, dB',
    scale: { zero: false, padding: 12 },
    axis: isSingle ? { values: [all[0]?.aboveDb ?? 0], format: '~g' } : {},
  };
  const y = {
    type: 'quantitative' as const,
    title: 'probability to lose more',
    scale: { type: 'log' as const },
    axis: { format: '.0e', tickCount: 8 },
  };
  const { color, line } = pairSeries(pairs.map(({ name }) => name));
  return {
    id: idOf('rare-losses'),
    title: 'How rarely a loss is exceeded',
    note: `Probability that a fibre loses more, by multilevel splitting, with 95 % intervals.${below.length > 0 ? ' Triangles that point down: a loss that was never met is less likely than that, the upper end of its interval.' : ''}`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        {
          data: { values: shown as unknown as object[] },
          mark: { type: 'line', ...UNTOLD },
          encoding: { x, y: { ...y, field: 'value' }, ...line },
        },
        {
          data: { values: ranges as unknown as object[] },
          mark: { type: 'rule', strokeWidth: 2, ...UNTOLD },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        {
          data: { values: shown as unknown as object[] },
          mark: { type: 'point', filled: true, size: 50, opacity: 1 },
          encoding: { x, y: { ...y, field: 'value' }, color, ...TIPPED },
        },
        {
          data: { values: below as unknown as object[] },
          mark: { type: 'point', shape: 'triangle-down', filled: true, size: 110, opacity: 1 },
          encoding: { x, y: { ...y, field: 'high' }, color, ...TIPPED },
        },
      ],
    },
    table: {
      columns: ['pair', 'loss, dB', 'probability', 'low', 'high'],
      rows: all.map(({ pair, aboveDb, value, low, high }) => [pair, aboveDb, value, low, high]),
    },
  };
}

function tipOf(name: string, aboveDb: number, { value, low, high }: Estimate): string {
  if (!(value > 0) && high !== null)
    return `${name}: more than ${aboveDb} dB with a probability of less than ${high.toExponential(2)}; never met`;
  const between =
    low === null || high === null ? '' : ` (${low.toExponential(2)} to ${high.toExponential(2)})`;
  return `${name}: more than ${aboveDb} dB with a probability of ${value.toExponential(2)}${between}`;
}
