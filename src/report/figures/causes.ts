/** Where the mean loss of each pair comes from. */
import type { Result } from '../../result/schema.js';
import { TIPPED } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { WIDTH } from '../theme.js';

const NAMES = {
  lateral: 'lateral offset',
  angular: 'angle',
  modeMismatch: 'mode mismatch',
  gap: 'air gap',
  interaction: 'interaction',
} as const;
const ROW = 34;

export function causesFigure({ pairs }: Pick<Result, 'pairs'>): Figure {
  const values = pairs.flatMap(({ name, causes }) =>
    (Object.keys(NAMES) as (keyof typeof NAMES)[]).map((cause, order) => ({
      pair: name,
      cause: NAMES[cause],
      order,
      lossDb: Number(causes[cause].value.toPrecision(6)),
      tip: `${name}, ${NAMES[cause]}: ${decibelText(causes[cause])} of the mean`,
    })),
  );
  return {
    id: idOf('causes'),
    title: 'Where the mean loss comes from',
    note: 'Mean loss by cause; the causes of a pair add up to its mean. Interaction is what only several causes together make, and may be negative.',
    spec: {
      width: WIDTH,
      height: { step: ROW },
      data: { values },
      mark: { type: 'bar', height: { band: 0.7 } },
      encoding: {
        y: { field: 'pair', type: 'nominal', sort: null, title: null },
        x: {
          field: 'lossDb',
          type: 'quantitative',
          title: 'mean loss, dB',
          stack: 'zero',
          scale: { nice: false },
        },
        color: { field: 'cause', type: 'nominal', sort: Object.values(NAMES) },
        order: { field: 'order', type: 'quantitative' },
        ...TIPPED,
      },
    },
    table: {
      columns: ['pair', ...Object.values(NAMES).map((name) => `${name}, dB`)],
      rows: pairs.map(({ name, causes }) => [
        name,
        ...(Object.keys(NAMES) as (keyof typeof NAMES)[]).map((cause) => causes[cause].value),
      ]),
    },
  };
}
