/** Exact sums against integers of any length: no bit lost, in any order, in any parts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactSums } from '../../src/statistics/exact-sums.js';
import { inUnits, nearest } from '../support/exact.js';

const reference = (values: readonly number[]): number =>
  nearest(values.reduce((sum, value) => sum + inUnits(value), 0n));

const sumOf = (values: readonly number[]): number => {
  const sums = new ExactSums(1);
  for (const value of values) sums.add([value]);
  return sums.values()[0]!;
};

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  // Bits far apart, and ties
  fc
    .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -120, max: 60 }))
    .map(([digit, power]) => digit * 2 ** power),
);
const lists = fc.array(numbers, { maxLength: 40 });

describe('exact sums', () => {
  it('are the nearest numbers to the true sums', () => {
    fc.assert(
      fc.property(lists, (values) => {
        // −0 and 0 are the same sum
        expect(sumOf(values) + 0).toBe(reference(values) + 0);
      }),
      { seed: 71, numRuns: 3000 },
    );
  });

  it('are the same in any order and in any parts', () => {
    fc.assert(
      fc.property(lists, fc.nat(40), fc.nat(40), (values, cut, turn) => {
        const other = [...values.slice(turn), ...values.slice(0, turn)].reverse();
        expect(sumOf(other)).toBe(sumOf(values));
        const [one, two] = [new ExactSums(1), new ExactSums(1)];
        for (const value of values.slice(0, cut)) one.add([value]);
        for (const value of values.slice(cut)) two.add([value]);
        two.merge(one.exact());
        expect(two.values()[0]).toBe(sumOf(values));
      }),
      { seed: 72, numRuns: 2000 },
    );
  });

  it.each([
    [[1, 2 ** -53], 1],
    [[1, 2 ** -53, 2 ** -120], 1 + 2 ** -52],
    [[1, -(2 ** -54), -(2 ** -120)], 1 - 2 ** -53],
    [[1e100, 1, -1e100], 1],
    [[0.1, 0.2, -0.3], 2 ** -55],
    [[], 0],
    [[3, -3], 0],
  ])('%o add up to %d', (values, sum) => {
    expect(sumOf(values)).toBe(sum);
    expect(reference(values)).toBe(sum);
  });

  it('keep a few numbers however much is added', () => {
    const sums = new ExactSums(1);
    let state = 1;
    for (let i = 0; i < 100_000; i++) {
      state = (state * 16807) % 2147483647;
      sums.add([state / 2147483647 - 0.5]);
    }
    expect(sums.exact()[0]!.length).toBeLessThanOrEqual(3);
  });

  it('a plain sum would be found out', () => {
    const values = Array.from({ length: 1000 }, (_, i) => 1 / (i + 1) ** 2);
    const plain = values.reduce((sum, value) => sum + value, 0);
    expect(plain).not.toBe(reference(values));
    expect(sumOf(values)).toBe(reference(values));
  });
});
