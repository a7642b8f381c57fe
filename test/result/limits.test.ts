/** Verdicts on limits and grades, from intervals. */
import { describe, expect, it } from 'vitest';
import { judgeLimit } from '../../src/result/limits.js';
import type { Limit } from '../../src/scenario/types.js';
import { gradeOf } from '../../src/statistics/grade.js';
import type { Estimate } from '../../src/statistics/intervals.js';
import type { PairStatistics } from '../../src/statistics/summary.js';
import { PairTotal } from '../../src/statistics/total.js';

const estimate = (value: number, low: number | null, high: number | null): Estimate => ({
  value,
  low,
  high,
});

function verdict(p97: Estimate, relation: '<=' | '>=', value: number): string {
  const limit: Limit = { text: 'p97', subject: { of: 'il', statistic: 'p97' }, relation, value };
  return judgeLimit(limit, { il: { p97 } } as PairStatistics, new PairTotal(1)).verdict;
}

describe('a limit is', () => {
  it.each([
    ['met', 0.24, 0.23, 0.25],
    ['undecided', 0.24, 0.23, 0.2501],
    ['undecided', 0.26, 0.25, 0.27],
    ['missed', 0.26, 0.2501, 0.27],
    ['missed', 0.26, 0.2501, null],
    ['undecided', 0.24, 0.23, null],
    ['undecided', 0.26, null, null],
    ['met', 0.24, null, 0.25],
  ] as const)('%s for <= 0.25 at %d in [%d, %d]', (expected, value, low, high) => {
    expect(verdict(estimate(value, low, high), '<=', 0.25)).toBe(expected);
  });

  it.each([
    ['met', 0.26, 0.25, 0.27],
    ['undecided', 0.26, 0.24, 0.27],
    ['missed', 0.24, 0.23, 0.2499],
    ['missed', 0.24, null, 0.2499],
    ['undecided', 0.26, null, 0.27],
    ['met', 0.26, 0.25, null],
  ] as const)('%s for >= 0.25 at %d in [%d, %d]', (expected, value, low, high) => {
    expect(verdict(estimate(value, low, high), '>=', 0.25)).toBe(expected);
  });
});

describe('a grade', () => {
  const grade = (mean: number, p97: number, half = 0) =>
    gradeOf(estimate(mean, mean - half, mean + half), estimate(p97, p97 - half, p97 + half));

  it('needs both limits', () => {
    expect(grade(0.12, 0.25).name).toBe('B');
    expect(grade(0.13, 0.2).name).toBe('C');
    expect(grade(0.1, 0.26).name).toBe('C');
    expect(grade(0.25, 0.5).name).toBe('C');
    expect(grade(0.5, 1).name).toBe('D');
    expect(grade(0.51, 0.6).name).toBeNull();
  });

  it('is decided when both ends of the intervals agree', () => {
    expect(grade(0.2, 0.4, 0.01)).toEqual({ name: 'C', best: 'C', worst: 'C', decided: true });
    expect(grade(0.12, 0.2, 0.01)).toEqual({ name: 'B', best: 'B', worst: 'C', decided: false });
    const open = gradeOf(estimate(0.1, 0.09, 0.11), estimate(0.2, 0.19, null));
    expect(open).toEqual({ name: 'B', best: 'B', worst: null, decided: false });
  });
});
