/** Medians, their intervals, the noise floor. */
import { describe, expect, it } from 'vitest';
import { AGAIN, noiseFloor } from '../../src/studies/bench/report.js';
import type { Measurement } from '../../src/studies/bench/rounds.js';
import { relativeNoise, sampleOf } from '../../src/studies/bench/samples.js';

describe('sampleOf', () => {
  it('gives median and range, in whatever order the values come', () => {
    expect(sampleOf([5, 1, 9, 3, 2])).toMatchObject({ median: 3, lowest: 1, highest: 9 });
    expect(sampleOf([4, 1, 2, 3])).toMatchObject({ median: 2.5 });
    expect(sampleOf([7])).toEqual({ median: 7, lowest: 7, highest: 7, low: 7, high: 7 });
  });

  // Ranks of the 95 % interval of a median as tables give them (for example Conover 1999, table A3, p = 0.5).
  it.each([
    [6, 1],
    [7, 1],
    [8, 1],
    [9, 2],
    [11, 2],
    [12, 3],
    [15, 4],
    [20, 6],
    [25, 8],
    [30, 10],
    [50, 18],
    [100, 40],
  ])('of %i values the interval begins with number %i', (n, rank) => {
    const { low, high } = sampleOf(Array.from({ length: n }, (_, i) => n - i));
    expect([low, high]).toEqual([rank, n + 1 - rank]);
  });

  it('takes the farther end of the interval as noise', () => {
    expect(relativeNoise(sampleOf([90, 100, 100, 100, 100, 104]))).toBeCloseTo(0.1, 12);
  });
});

describe('noiseFloor', () => {
  const row = (name: string, values: number[], against?: string): Measurement => ({
    group: 'g',
    name,
    unit: 'fibre matings/s',
    against,
    values,
  });

  it('comes from the case that is listed twice, round by round', () => {
    // The machine halves its speed from round to round; both cases feel it alike.
    const once = row('kernel', [100, 50, 25, 12.5]);
    const again = row(`kernel${AGAIN}`, [101, 49, 25.25, 12.625], 'kernel');
    // Ratios 1.01, 0.98, 1.01, 1.01: the interval of so few values is their range.
    expect(noiseFloor([once, again])).toBeCloseTo(0.02, 12);
  });

  it('is null without such a case', () => {
    expect(noiseFloor([row('kernel', [1]), row('reference', [1], 'kernel')])).toBeNull();
  });
});
