/** What drives a pair: change of its 97 % point without the spread of each input, or with less of it. */
import type { SensitivityOfPair } from '../../result/schema-sensitivity.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { WIDTH } from '../theme.js';

const ROW = 26;
const KINDS = { without: 'without its spread', cut: 'with 10 % less' } as const;

export function tornadoFigure({ name, factors }: SensitivityOfPair): Figure {
  const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
  const values = factors.flatMap((factor) =>
    kinds.map((kind) => ({
      ...{ input: factor.name, kind: KINDS[kind], ...factor[kind].p97 },
      tip: `${factor.name} ${KINDS[kind]}: ${decibelText(factor[kind].p97)}`,
    })),
  );
  const y = {
    field: 'input',
    type: 'nominal' as const,
    sort: null,
    title: null,
    axis: { labelLimit: 400 },
  };
  const yOffset = { field: 'kind', type: 'nominal' as const, sort: Object.values(KINDS) };
  const color = { field: 'kind', type: 'nominal' as const, sort: Object.values(KINDS) };
  return {
    id: idOf('tornado', name),
    title: `What drives the 97 % point: ${name}`,
    note: 'Change of the 97 % point if an input no longer spreads, and if its spread is cut by 10 %, with 95 % intervals. To the left the loss gets less.',
    spec: {
      width: WIDTH - 120,
      height: { step: ROW, for: 'position' },
      layer: [
        {
          data: { values: values as unknown as object[] },
          mark: { type: 'bar' },
          encoding: {
            y,
            yOffset,
            color,
            x: { field: 'value', type: 'quantitative', title: 'change of the 97 % point, dB' },
            ...TIPPED,
          },
        },
        {
          data: { values: values.filter(({ low }) => low !== null) as unknown as object[] },
          mark: { type: 'rule', strokeWidth: 1.5, ...UNTOLD },
          encoding: {
            y,
            yOffset,
            x: { field: 'low', type: 'quantitative' },
            x2: { field: 'high' },
          },
        },
      ],
    },
    table: {
      columns: [
        'input',
        'S',
        'T',
        'mean without, dB',
        '97 % without, dB',
        'low',
        'high',
        'yield without',
        '97 % at −10 %, dB',
      ],
      rows: factors.map(({ name: input, fibre, without, cut }) => [
        ...[input, fibre?.first.value ?? null, fibre?.total.value ?? null, without.mean.value],
        ...[
          without.p97.value,
          without.p97.low,
          without.p97.high,
          without.yield.value,
          cut.p97.value,
        ],
      ]),
    },
  };
}
