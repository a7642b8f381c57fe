/** Steps of a re-mating or a stress experiment: losses of each, and their change since the first. */
import type { PairResult } from '../../result/schema.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { HEIGHT, INK, WIDTH } from '../theme.js';

/** The first step has not changed. */
const NOTHING = { value: 0, low: null, high: null };

/** Undefined for pairs without steps. */
export function stepsFigure({ name, steps, largestChange }: PairResult): Figure | undefined {
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
  const largest = largestChange?.all.p97 ?? null;
  const largestText =
    largest === null
      ? ''
      : `The largest change of a fibre over all steps, of re-matings its repeatability: 97 % of the fibres stay below ${decibelText(largest)}`;
  const across =
    largest === null
      ? []
      : [{ lossDb: largest.value, label: '97 % of the largest changes', tip: largestText }];
  const y = { field: 'lossDb', type: 'quantitative' as const, title: 'loss, dB' };
  const x = {
    field: 'step',
    type: 'ordinal' as const,
    sort: null,
    title: 'step',
    axis: labelsOf(steps.map((step) => step.name)),
  };
  const color = { field: 'statistic', type: 'nominal' as const, sort: null };
  return {
    id: idOf('steps', name),
    title: `Step by step: ${name}`,
    note: `Mean and 97 % point of the loss in each step, and the change of a fibre since the first step that 97 % of the fibres stay below.${largest === null ? '' : ` ${largestText} (dashed).`}`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        {
          data: { values: across },
          mark: { type: 'rule', strokeDash: [4, 4], strokeWidth: 1.5, color: INK },
          encoding: { y, ...TIPPED },
        },
        {
          data: { values: across },
          mark: { type: 'text', align: 'right', dx: -4, dy: -7, ...UNTOLD },
          encoding: { x: { value: WIDTH }, y, text: { field: 'label', type: 'nominal' } },
        },
        {
          data: { values },
          mark: { type: 'line', strokeWidth: 2, ...UNTOLD },
          encoding: { x, y, color },
        },
        {
          data: { values },
          mark: { type: 'point', filled: true, size: 50, opacity: 1 },
          encoding: { x, y, color, ...TIPPED },
        },
      ],
    },
    table: {
      columns: ['step', 'mean, dB', '97 %, dB', 'mean change, dB', '97 % of the changes, dB'],
      rows: [
        ...steps.map(({ name: step, il, meanChange, change }) => [
          ...[step, il.mean.value, il.p97.value],
          ...[meanChange?.value ?? null, change?.all.p97.value ?? null],
        ]),
        ...(largest === null ? [] : [['largest of all steps', null, null, null, largest.value]]),
      ],
    },
  };
}

/** Width of a letter, and room between labels, pixels. */
const LETTER = 7.5;
const LABEL_GAP = 10;
const SLANT_DEG = -35;
/** Steps whose slanted labels find room side by side. */
const MOST_LABELS = 25;

/** Labels lie flat where all find room side by side; else they slant, and of very many some are left out. */
function labelsOf(names: readonly string[]) {
  const longest = Math.max(...names.map(({ length }) => length));
  const isRoomy = LETTER * longest + LABEL_GAP <= WIDTH / names.length;
  const labelOverlap = names.length > MOST_LABELS;
  return { labelAngle: isRoomy ? 0 : SLANT_DEG, labelOverlap, labelLimit: 200 };
}
