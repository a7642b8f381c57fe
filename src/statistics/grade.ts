/** Grades of random-mate insertion loss, whose mean and 97 % point must both hold, and of return loss. */
import type { Estimate } from './intervals.js';

export interface GradeLimits {
  readonly name: string;
  readonly meanDb: number;
  readonly p97Db: number;
}

/** After IEC 61755 for single-mode fibre. */
export const SINGLE_MODE_GRADES: readonly GradeLimits[] = [
  { name: 'B', meanDb: 0.12, p97Db: 0.25 },
  { name: 'C', meanDb: 0.25, p97Db: 0.5 },
  { name: 'D', meanDb: 0.5, p97Db: 1.0 },
];

/** After IEC 63267 for multimode fibre. */
export const MULTIMODE_GRADES: readonly GradeLimits[] = [
  { name: 'Bm', meanDb: 0.3, p97Db: 0.6 },
  { name: 'Cm', meanDb: 0.5, p97Db: 1.0 },
];

export interface Grade {
  /** Best grade that the estimates meet; null if none. */
  readonly name: string | null;
  /** Grade by the lower and by the upper ends of the intervals: where they differ the run is too short to decide. */
  readonly best: string | null;
  readonly worst: string | null;
  readonly decided: boolean;
}

export function gradeOf(mean: Estimate, p97: Estimate, grades: readonly GradeLimits[]): Grade {
  const grade = (meanDb: number, p97Db: number): string | null =>
    grades.find((g) => meanDb <= g.meanDb && p97Db <= g.p97Db)?.name ?? null;
  const name = grade(mean.value, p97.value);
  const best = grade(mean.low ?? 0, p97.low ?? 0);
  const worst = grade(mean.high ?? Infinity, p97.high ?? Infinity);
  return { name, best, worst, decided: best === worst };
}

/** `C` where the intervals settle it, else the grades of their ends: `C or D`, `D or none`. */
export function gradeText({ decided, name, best, worst }: Grade): string {
  if (decided) return name ?? 'none';
  return `${best ?? 'none'} or ${worst ?? 'none'}`;
}

/** Lowest return loss of mated connectors by grade, the best first. */
export interface ReturnLossGrade {
  readonly name: string;
  readonly leastDb: number;
}

/** The grades of insertion loss of a mode. */
export function lossGrades(mode: 'single-mode' | 'multimode'): readonly GradeLimits[] {
  return mode === 'multimode' ? MULTIMODE_GRADES : SINGLE_MODE_GRADES;
}

/** Grades 1 to 4 after IEC 61755-1 for single-mode fibre; angled and flat after IEC 63267 for multimode fibre. */
const RETURN_LOSS_GRADES: Readonly<
  Record<'single-mode' | 'multimode', readonly ReturnLossGrade[]>
> = {
  'single-mode': [
    { name: '1', leastDb: 60 },
    { name: '2', leastDb: 45 },
    { name: '3', leastDb: 35 },
    { name: '4', leastDb: 26 },
  ],
  multimode: [
    { name: '1m', leastDb: 45 },
    { name: '2m', leastDb: 20 },
  ],
};

/** The grades of return loss of a mode. */
export function returnLossGrades(mode: 'single-mode' | 'multimode'): readonly ReturnLossGrade[] {
  return RETURN_LOSS_GRADES[mode];
}

/** Grade that 97 % of the fibres reach (a simulated minimum has no meaning), told by the 3 % point. */
export function returnLossGrade(p3: Estimate, mode: 'single-mode' | 'multimode'): Grade {
  const grade = (db: number): string | null =>
    RETURN_LOSS_GRADES[mode].find(({ leastDb }) => db >= leastDb)?.name ?? null;
  const best = grade(p3.high ?? Infinity);
  const worst = grade(p3.low ?? 0);
  return { name: grade(p3.value), best, worst, decided: best === worst };
}
