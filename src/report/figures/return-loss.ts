/** Return loss of each pair, where it was asked for. */
import type { Result } from '../../result/schema.js';
import { returnLossGrades } from '../../statistics/grade.js';
import { estimateFigure } from '../estimate-marks.js';
import type { Figure } from '../figure.js';
import { modeOf } from '../mode.js';
import { decibelText } from '../text.js';

const STATISTICS = {
  p50: 'half of the fibres reach',
  p10: '90 % reach',
  p3: '97 % reach',
  p1: '99 % reach',
} as const;
const WORST = '97 % of the worst ones reach';

/** Undefined where no return loss was worked out. */
export function returnLossFigure(result: Result): Figure | undefined {
  const names = Object.keys(STATISTICS) as (keyof typeof STATISTICS)[];
  const dots = result.pairs.flatMap(({ name, returnLoss }) =>
    returnLoss === null
      ? []
      : [
          ...names.map((statistic) => ({
            kind: STATISTICS[statistic] as string,
            estimate: returnLoss.all[statistic],
          })),
          { kind: WORST, estimate: returnLoss.worst.p3 },
        ].map(({ kind, estimate }) => ({
          ...{ row: name, kind, estimate },
          tip: `${name}: ${kind} ${decibelText(estimate)}`,
        })),
  );
  if (dots.length === 0) return undefined;
  const least = Math.min(...dots.map(({ estimate }) => estimate.value));
  const most = Math.max(...dots.map(({ estimate }) => estimate.value));
  const room = Math.max(6, 0.5 * (most - least));
  const mode = modeOf(result);
  const grades = mode === null ? [] : returnLossGrades(mode);
  return estimateFigure({
    id: 'return-loss',
    title: 'Return loss',
    note: `What shares of the fibres, and of the worst fibres of a mating, reach at least, with 95 % intervals; more is better.${mode === null ? ' No grades are drawn, since single-mode and multimode pairs have others.' : ' Lines are the least return loss of the IEC grades that lie near, which 97 % of the fibres have to reach.'}`,
    axis: 'return loss, dB',
    columns: ['pair', 'share'],
    dots,
    kinds: [...Object.values(STATISTICS), WORST],
    lines: grades
      .filter(({ leastDb }) => leastDb > least - room && leastDb < most + room)
      .map(({ name, leastDb }) => ({ at: leastDb, label: `grade ${name}` })),
  });
}
