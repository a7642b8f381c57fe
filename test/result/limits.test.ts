/** Verdicts on limits and grades, from intervals. */
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/errors.js';
import { type Judged, judgeLimit } from '../../src/result/limits.js';
import {
  type Limit,
  type LimitSubject,
  LOSS_STATISTICS,
  RETURN_LOSS_STATISTICS,
} from '../../src/scenario/types.js';
import {
  gradeOf,
  MULTIMODE_GRADES,
  returnLossGrade,
  SINGLE_MODE_GRADES,
} from '../../src/statistics/grade.js';
import type { Estimate } from '../../src/statistics/intervals.js';

const estimate = (value: number, low: number | null, high: number | null): Estimate => ({
  value,
  low,
  high,
});

/** Everything that limits speak of; each estimate has a value of its own. */
function judgedWith(change: Partial<Judged> = {}): Judged {
  let next = 0;
  const own = () => {
    next += 1;
    return estimate(next, next, next);
  };
  const statistics = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, own()])) as Record<Name, Estimate>;
  return {
    il: statistics(LOSS_STATISTICS),
    worstFibre: statistics(LOSS_STATISTICS),
    gapFraction: own(),
    returnLoss: {
      all: statistics(RETURN_LOSS_STATISTICS),
      worst: statistics(RETURN_LOSS_STATISTICS),
    },
    largestChange: { all: statistics(LOSS_STATISTICS) },
    yields: (limitDb) => ({
      fibre: estimate(1000 + limitDb, null, null),
      mating: estimate(2000 + limitDb, null, null),
    }),
    ...change,
  };
}

function verdict(p97: Estimate, relation: '<=' | '>=', value: number): string {
  const limit: Limit = { text: 'p97', subject: { of: 'il', statistic: 'p97' }, relation, value };
  const judged = judgedWith();
  return judgeLimit(limit, { ...judged, il: { ...judged.il, p97 } }).verdict;
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

describe('a limit speaks of', () => {
  const judged = judgedWith();
  const found = (subject: LimitSubject): Estimate =>
    judgeLimit({ text: 'limit', subject, relation: '<=', value: 0 }, judged).estimate;

  it.each(LOSS_STATISTICS)('%s of losses, of worst fibres and of the largest change', (name) => {
    expect(found({ of: 'il', statistic: name })).toBe(judged.il[name]);
    expect(found({ of: 'worstFibre', statistic: name })).toBe(judged.worstFibre[name]);
    expect(found({ of: 'largestChange', statistic: name })).toBe(judged.largestChange?.all[name]);
  });

  it.each(RETURN_LOSS_STATISTICS)('%s of return losses, of all fibres or the worst', (name) => {
    expect(found({ of: 'returnLoss', statistic: name })).toBe(judged.returnLoss?.all[name]);
    expect(found({ of: 'worstReturnLoss', statistic: name })).toBe(judged.returnLoss?.worst[name]);
  });

  it('shares', () => {
    expect(found({ of: 'gapFraction' })).toBe(judged.gapFraction);
    expect(found({ of: 'yield', atDb: 0.25 }).value).toBe(1000.25);
    expect(found({ of: 'matingYield', atDb: 0.5 }).value).toBe(2000.5);
  });

  it.each<LimitSubject>([
    { of: 'returnLoss', statistic: 'p3' },
    { of: 'worstReturnLoss', statistic: 'p3' },
    { of: 'largestChange', statistic: 'p97' },
  ])('nothing that was not worked out: $of', (subject) => {
    const limit: Limit = { text: 'limit', subject, relation: '<=', value: 0 };
    const without = judgedWith({ returnLoss: null, largestChange: null });
    expect(() => judgeLimit(limit, without)).toThrow(InvariantError);
  });
});

describe('a grade', () => {
  const grade = (mean: number, p97: number, half = 0) =>
    gradeOf(
      estimate(mean, mean - half, mean + half),
      estimate(p97, p97 - half, p97 + half),
      SINGLE_MODE_GRADES,
    );

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
    const open = gradeOf(estimate(0.1, 0.09, 0.11), estimate(0.2, 0.19, null), SINGLE_MODE_GRADES);
    expect(open).toEqual({ name: 'B', best: 'B', worst: null, decided: false });
  });

  it('of multimode fibres has limits of its own', () => {
    const exact = (x: number) => estimate(x, x, x);
    const multimode = (mean: number, p97: number) =>
      gradeOf(exact(mean), exact(p97), MULTIMODE_GRADES).name;
    expect(multimode(0.3, 0.6)).toBe('Bm');
    expect(multimode(0.31, 0.6)).toBe('Cm');
    expect(multimode(0.3, 0.61)).toBe('Cm');
    expect(multimode(0.5, 1)).toBe('Cm');
    expect(multimode(0.5, 1.01)).toBeNull();
  });

  // IEC 61755-1 and IEC 63267.
  it.each([
    ['single-mode', 60, '1'],
    ['single-mode', 59.9, '2'],
    ['single-mode', 45, '2'],
    ['single-mode', 44.9, '3'],
    ['single-mode', 35, '3'],
    ['single-mode', 34.9, '4'],
    ['single-mode', 26, '4'],
    ['single-mode', 25.9, null],
    ['multimode', 45, '1m'],
    ['multimode', 44.9, '2m'],
    ['multimode', 20, '2m'],
    ['multimode', 19.9, null],
  ] as const)('of return loss: %s at %d dB is %s', (mode, p3, name) => {
    expect(returnLossGrade(estimate(p3, p3, p3), mode)).toEqual({
      name,
      best: name,
      worst: name,
      decided: true,
    });
  });

  it('of return loss is decided when both ends of the interval agree', () => {
    expect(returnLossGrade(estimate(46, 44, 48), 'single-mode')).toEqual({
      name: '2',
      best: '2',
      worst: '3',
      decided: false,
    });
    expect(returnLossGrade(estimate(61, null, 62), 'single-mode')).toMatchObject({
      best: '1',
      worst: null,
      decided: false,
    });
  });
});
