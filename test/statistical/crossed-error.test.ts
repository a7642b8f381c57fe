/** Is the error of a mean over pinned and unpinned plugs right on average, where those of one side or of cells are not? */
import * as ss from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { crossedMean } from '../../src/statistics/crossed.js';
import { Chance } from '../support/chance.js';
import { CELLS, normalOf } from './lot-models.js';

describe('the error of a mean over pinned and unpinned plugs', () => {
  /**
   * Mean over 2,000 tables of 12 × 12 of a squared error against σ_p²/12 + σ_u²/12 + σ_c²/144, in standard errors of that
   * mean: beyond ±5 with a probability of 6e-7.
   */
  const TABLES = 2000;
  const [P, U, C] = [1, 0.8, 1.2];
  const truth = (P * P + U * U) / 12 + (C * C) / 144;
  const chance = new Chance(2);
  const tables = Array.from({ length: TABLES }, () => {
    const rows = Array.from({ length: 12 }, () => P * normalOf(chance));
    const columns = Array.from({ length: 12 }, () => U * normalOf(chance));
    return Float64Array.from(
      { length: CELLS },
      (_, k) =>
        (rows[Math.floor(k / 12)] as number) + (columns[k % 12] as number) + C * normalOf(chance),
    );
  });
  const crossing = { pinned: 12, unpinned: 12 };
  const excess = (squaredError: (cells: Float64Array) => number): number => {
    const values = tables.map(squaredError);
    return (ss.mean(values) - truth) / (ss.sampleStandardDeviation(values) / Math.sqrt(TABLES));
  };
  const squaredError = (cells: Float64Array) => crossedMean(cells, crossing).error ** 2;
  /** Variance of the mean over the rows, or over the columns, as if only they were a sample. */
  const oneSide = (cells: Float64Array, plugOf: (cell: number) => number): number => {
    const means = new Array<number>(12).fill(0);
    cells.forEach((value, cell) => {
      means[plugOf(cell)] = (means[plugOf(cell)] as number) + value / 12;
    });
    return ss.sampleVariance(means) / 12;
  };
  const rows = (cells: Float64Array) => oneSide(cells, (cell) => Math.floor(cell / 12));
  const columns = (cells: Float64Array) => oneSide(cells, (cell) => cell % 12);

  it('is right on average', () => {
    expect(Math.abs(excess(squaredError))).toBeLessThan(5);
  });

  it.each([
    ['of one side alone', rows],
    ['of both sides added', (cells: Float64Array) => rows(cells) + columns(cells)],
    [
      'of both less that of independent cells',
      (cells: Float64Array) => rows(cells) + columns(cells) - ss.sampleVariance([...cells]) / CELLS,
    ],
  ])('%s is not', (_, wrong) => {
    expect(Math.abs(excess(wrong))).toBeGreaterThan(5);
  });
});
