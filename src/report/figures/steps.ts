/** Steps of a re-mating or a stress experiment: losses of each, and their change since the first. */
import type { PairResult } from '../../result/schema.js';
import { type Figure, idOf } from '../figure.js';
import { HEIGHT, WIDTH } from '../theme.js';

/** Undefined for pairs without steps. */
export function stepsFigure({ name, steps }: PairResult): Figure | undefined {
  if (steps.length === 0) return undefined;
  const values = steps.flatMap((step) =>
    [
      { statistic: 'mean', lossDb: step.il.mean.value },
      { statistic: '97 %', lossDb: step.il.p97.value },
      { statistic: '97 % of the changes', lossDb: step.change?.all.p97.value ?? 0 },
    ].map((one) => ({ step: step.name, ...one })),
  );
  return {
    id: idOf('steps', name),
    title: `Step by step: ${name}`,
    note: 'Mean and 97 % point of the loss in each step, and the change of a fibre since the first step that 97 % of the fibres stay below.',
    spec: {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      mark: { type: 'line', point: true, strokeWidth: 2 },
      encoding: {
        x: { field: 'step', type: 'ordinal', sort: null, title: 'step', axis: { labelAngle: 0 } },
        y: { field: 'lossDb', type: 'quantitative', title: 'loss, dB' },
        color: { field: 'statistic', type: 'nominal', sort: null },
      },
    },
    table: {
      columns: ['step', 'mean, dB', '97 %, dB', 'mean change, dB', '97 % of the changes, dB'],
      rows: steps.map(({ name: step, il, meanChange, change }) => [
        ...[
          step,
          il.mean.value,
          il.p97.value,
          meanChange?.value ?? null,
          change?.all.p97.value ?? null,
        ],
      ]),
    },
  };
}
