/** Probabilities of rare losses with their intervals. */
import type { ExceedanceResult } from '../../result/schema-exceedance.js';
import type { Estimate } from '../../statistics/intervals.js';
import { TIPPED } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { HEIGHT, WIDTH } from '../theme.js';

export function rareFigure({ pairs }: ExceedanceResult): Figure {
  const all = pairs.flatMap(({ name, losses }) =>
    losses.map(({ aboveDb, probability }) => ({
      ...{ pair: name, aboveDb, ...probability },
      tip: tipOf(name, aboveDb, probability),
    })),
  );
  const shown = all.filter(({ value }) => value > 0);
  const x = {
    field: 'aboveDb',
    type: 'quantitative' as const,
    title: 'loss, dB',
    scale: { zero: false },
  };
  const y = {
    type: 'quantitative' as const,
    title: 'probability to lose more',
    scale: { type: 'log' as const },
    axis: { format: '.0e', tickCount: 8 },
  };
  const color = { field: 'pair', type: 'nominal' as const, sort: null };
  return {
    id: idOf('rare-losses'),
    title: 'How rarely a loss is exceeded',
    note: 'Probability that a fibre loses more, by multilevel splitting, with 95 % intervals.',
    spec: {
      width: WIDTH,
      height: HEIGHT,
      data: { values: shown as unknown as object[] },
      layer: [
        {
          mark: { type: 'line', aria: false },
          encoding: { x, y: { ...y, field: 'value' }, color },
        },
        {
          mark: { type: 'rule', strokeWidth: 2, aria: false },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'point', filled: true, size: 50, opacity: 1 },
          encoding: { x, y: { ...y, field: 'value' }, color, ...TIPPED },
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
  const between =
    low === null || high === null ? '' : ` (${low.toExponential(2)} to ${high.toExponential(2)})`;
  return `${name}: more than ${aboveDb} dB with a probability of ${value.toExponential(2)}${between}`;
}
