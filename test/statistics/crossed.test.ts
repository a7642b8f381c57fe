/** Means and shares over pinned and unpinned plugs against tables worked by hand. */
import { describe, expect, it } from 'vitest';
import { crossedMean, crossedShare } from '../../src/statistics/crossed.js';
import { studentT975, wilson } from '../../src/statistics/intervals.js';

describe('mean over pinned and unpinned plugs', () => {
  it('of rows alone has the error of their mean, t with n − 1 degrees of freedom', () => {
    // Rows −2 to 2: variance 10/4, of the mean 10/20. Columns and residuals nil.
    const cells = Float64Array.from({ length: 30 }, (_, k) => 7 + Math.floor(k / 6) - 2);
    const { mean, error, factor } = crossedMean(cells, { pinned: 5, unpinned: 6 });
    expect(mean).toBeCloseTo(7, 14);
    expect(error).toBeCloseTo(Math.sqrt(0.5), 14);
    expect(factor).toBe(studentT975(4));
  });

  it('of rows and columns has both variances', () => {
    // Rows −2 to 2, columns −3, −1, 1, 3, −3, 3: sum of squares 38, variance of the mean 38/(6·5).
    const column = [-3, -1, 1, 3, -3, 3];
    const cells = Float64Array.from(
      { length: 30 },
      (_, k) => Math.floor(k / 6) + (column[k % 6] as number),
    );
    const { mean, error } = crossedMean(cells, { pinned: 5, unpinned: 6 });
    expect(mean).toBeCloseTo(2, 14);
    expect(error).toBeCloseTo(Math.sqrt(10 / 20 + 38 / 30), 14);
  });

  it('takes off once what both sides hold', () => {
    // 1 at one of 5 × 5 cells. Rows: Σ d² = 0.04·(1 − 1/5) = 0.032, of the mean 0.032/20 = 0.0016, columns alike;
    // residuals (4/5)² = 0.64 in all, 0.64/16/25 = 0.0016.
    const cells = new Float64Array(25);
    cells[7] = 1;
    expect(crossedMean(cells, { pinned: 5, unpinned: 5 }).error).toBeCloseTo(0.04, 14);
  });

  it('keeps to the larger side where the residuals are larger still', () => {
    // A checkerboard: no rows, no columns, residuals only.
    const cells = Float64Array.from({ length: 36 }, (_, k) => (Math.floor(k / 6) + k) % 2);
    expect(crossedMean(cells, { pinned: 6, unpinned: 6 }).error).toBeCloseTo(0, 14);
  });

  it('has fewer degrees of freedom where one plug makes the spread', () => {
    // One row of 12 is 1: deviations 11/12 and −1/12, κ = 12·(11⁴ + 11)/132², df = 24/(κ − 1) = 2.64; error 1/12.
    const cells = Float64Array.from({ length: 144 }, (_, k) => (k < 12 ? 1 : 0));
    const { error, factor } = crossedMean(cells, { pinned: 12, unpinned: 12 });
    expect(error).toBeCloseTo(1 / 12, 14);
    expect(factor).toBeCloseTo(studentT975(24 / ((12 * 14652) / 132 ** 2 - 1)), 12);
  });

  it('has no interval with 4 plugs on a side', () => {
    const cells = Float64Array.from({ length: 40 }, (_, k) => k % 7);
    expect(crossedMean(cells, { pinned: 4, unpinned: 10 }).factor).toBe(Infinity);
    expect(crossedMean(cells, { pinned: 10, unpinned: 4 }).factor).toBe(Infinity);
    expect(crossedMean(cells, { pinned: 8, unpinned: 5 }).factor).toBeLessThan(5);
  });
});

describe('a share', () => {
  it('has an interval symmetric in the logarithm of the odds', () => {
    const cells = Float64Array.from({ length: 30 }, (_, k) => 0.5 + 0.1 * Math.floor(k / 6));
    const { value, low, high } = crossedShare(cells, { pinned: 5, unpinned: 6 });
    const logit = (p: number | null) => Math.log((p as number) / (1 - (p as number)));
    expect(value).toBeCloseTo(0.7, 14);
    const half = (studentT975(4) * 0.1 * Math.sqrt(0.5)) / (0.7 * 0.3);
    expect(logit(high) - logit(value)).toBeCloseTo(half, 12);
    expect(logit(value) - logit(low)).toBeCloseTo(half, 12);
  });

  it.each([0, 1])('of %d counts the plugs of the side with fewer', (share) => {
    const cells = new Float64Array(8 * 20).fill(share);
    expect(crossedShare(cells, { pinned: 8, unpinned: 20 })).toEqual(wilson(share, 8));
  });
});
