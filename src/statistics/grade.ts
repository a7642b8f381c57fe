/** Grades of random-mate insertion loss after IEC 61755 for single-mode fibre: mean and 97 % point must both hold. */
import type { Estimate } from './intervals.js';

export const GRADES = [
  { name: 'B', meanDb: 0.12, p97Db: 0.25 },
  { name: 'C', meanDb: 0.25, p97Db: 0.5 },
  { name: 'D', meanDb: 0.5, p97Db: 1.0 },
] as const;
export type GradeName = (typeof GRADES)[number]['name'];

export interface Grade {
  /** Best grade that the estimates meet; null if none. */
  readonly name: GradeName | null;
  /** Grade by the lower and by the upper ends of the intervals: where they differ the run is too short to decide. */
  readonly best: GradeName | null;
  readonly worst: GradeName | null;
  readonly decided: boolean;
}

function grade(meanDb: number, p97Db: number): GradeName | null {
  return GRADES.find((g) => meanDb <= g.meanDb && p97Db <= g.p97Db)?.name ?? null;
}

export function gradeOf(mean: Estimate, p97: Estimate): Grade {
  const name = grade(mean.value, p97.value);
  const best = grade(mean.low ?? 0, p97.low ?? 0);
  const worst = grade(mean.high ?? Infinity, p97.high ?? Infinity);
  return { name, best, worst, decided: best === worst };
}
