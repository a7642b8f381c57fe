/** Steps of a re-mating or a stress experiment: losses of each, and their change since the first. */
import type { PairResult } from '../../result/schema.js';
import { TIPPED } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { HEIGHT, WIDTH } from '../theme.js';

/** The first step has not changed. */
const NOTHING = { value: 0, low: null, high: null };

/** Undefined for pairs without steps. */
export function stepsFigure({ name, steps }: PairResult): Figure | undefined {
  if (steps.length === 0) return undefined;
  const values = steps.flatMap((step) =>
    [
      { statistic: 'mean', estimate: step.il.mean },
      { statistic: '97 %', estimate: step.il.p97 },
      { statistic: '97 % of the changes', estimate: step.change?.all.p97 ?? NOTHING },
    ].map(({ statistic, estimate }) => ({
      ...{ step: step.name, statistic, lossDb: estimate.value },
      tip: `${step.name}: ${statistic} ${decibelText(estimate)}`,
    })),
  );
  return {
    id: idOf('steps', name),
    title: `Step by step: ${name}`,
    note: 'Mean and 97 % point of the loss in each step, and the change of a fibre since the first step that 97 % of the fibres stay below.',
    spec: {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      encoding: {
        x: { field: 'step', type: 'ordinal', sort: null, title: 'step', axis: { labelAngle: 0 } },
        y: { field: 'lossDb', type: 'quantitative', title: 'loss, dB' },
        color: { field: 'statistic', type: 'nominal', sort: null },
      },
      layer: [
        { mark: { type: 'line', strokeWidth: 2, aria: false } },
        { mark: { type: 'point', filled: true, size: 50, opacity: 1 }, encoding: TIPPED },
      ],
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
