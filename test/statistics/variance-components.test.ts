/** Variance components of a lot against a table worked by hand and definitions taken literally. */
import { describe, expect, it } from 'vitest';
import type { LotLosses } from '../../src/statistics/crossed.js';
import type { Estimate } from '../../src/statistics/intervals.js';
import { summariseLot } from '../../src/statistics/lot.js';
import {
  type VarianceComponents,
  varianceComponents,
} from '../../src/statistics/variance-components.js';
import { at, chanceLot, expectClose, lotOf, numbers } from './lot-helpers.js';

/** Raw variances of a lot's components, NaN for those that it does not have. */
function variances(components: VarianceComponents): Record<keyof VarianceComponents, number> {
  const of = (name: keyof VarianceComponents) => components[name]?.variance.value ?? Number.NaN;
  return {
    position: of('position'),
    pinned: of('pinned'),
    unpinned: of('unpinned'),
    combination: of('combination'),
    partToPart: of('partToPart'),
    matingToMating: of('matingToMating'),
  };
}

describe('variance components', () => {
  it('of the table 1 2 / 3 6, by hand', () => {
    // Row means 1.5 and 4.5, column means 2 and 4; residuals ±0.5: E = 4·0.25 = 1. A = 4.5, B = 2; A − E/2, B − E/2.
    const lot = {
      lossDb: Float64Array.of(1, 2, 3, 6),
      repeats: 1,
      pinned: 2,
      unpinned: 2,
      fibres: 1,
    };
    const components = varianceComponents(lot);
    expect(variances(components)).toEqual({
      position: Number.NaN,
      pinned: 4,
      unpinned: 1.5,
      combination: 1,
      partToPart: 6.5,
      matingToMating: Number.NaN,
    });
    expect(components.pinned.sd).toEqual({ value: 2, low: null, high: null });
    expect(components.position).toBeNull();
    expect(components.matingToMating).toBeNull();
  });

  /** Mean over fibres and over all pairs of values whose indices agree or differ as asked, of their product. */
  function meanProduct(lot: LotLosses, same: { r?: boolean; i: boolean; j: boolean }): number {
    let sum = 0;
    let count = 0;
    const { repeats: R, pinned: N, unpinned: M, fibres: F } = lot;
    for (let a = 0; a < R * N * M; a++) {
      for (let b = 0; b < R * N * M; b++) {
        const [r, i, j] = [Math.floor(a / (N * M)), Math.floor(a / M) % N, a % M];
        const [s, k, l] = [Math.floor(b / (N * M)), Math.floor(b / M) % N, b % M];
        if ((i === k) !== same.i || (j === l) !== same.j) continue;
        if (same.r !== undefined && (r === s) !== same.r) continue;
        for (let f = 0; f < F; f++) {
          sum += at(lot, r, i, j, f) * at(lot, s, k, l, f);
          count++;
        }
      }
    }
    return sum / count;
  }

  it('are differences of mean products of pairs that share a plug, both, neither', () => {
    // E xy is μ² + the variances of all that the two losses share (Koch 1967).
    const lot = chanceLot([3, 4, 6, 2], 4);
    const neither = meanProduct(lot, { i: false, j: false });
    const pinned = meanProduct(lot, { i: true, j: false });
    const unpinned = meanProduct(lot, { i: false, j: true });
    const both = meanProduct(lot, { r: false, i: true, j: true });
    const all = meanProduct(lot, { r: true, i: true, j: true });
    const found = variances(varianceComponents(lot));
    expect(found.pinned).toBeCloseTo(pinned - neither, 12);
    expect(found.unpinned).toBeCloseTo(unpinned - neither, 12);
    expect(found.combination).toBeCloseTo(both - pinned - unpinned + neither, 12);
    expect(found.partToPart).toBeCloseTo(both - neither, 12);
    expect(found.matingToMating).toBeCloseTo(all - both, 12);
    expect(Math.min(...Object.values(found))).toBeGreaterThan(0);
  });

  it('of positions alone are the mean square of their differences', () => {
    const { components, il } = summariseLot(
      lotOf([2, 6, 7, 3], (_r, _i, _j, f) => [1, 2, 6][f] as number),
    );
    expectClose(components.position?.variance as Estimate, [14 / 3, 14 / 3, 14 / 3]);
    expect(il.sd.value).toBeCloseTo(Math.sqrt(14 / 3), 12);
    for (const name of ['pinned', 'unpinned', 'combination', 'partToPart'] as const) {
      expectClose(components[name].variance, [0, 0, 0]);
    }
  });

  it('do not change with what a position adds, but for that of positions', () => {
    const lot = chanceLot([2, 6, 7, 3]);
    const shifted = { ...lot, lossDb: lot.lossDb.map((x, k) => x + 2 * (k % 3)) };
    const [before, after] = [varianceComponents(lot), varianceComponents(shifted)];
    for (const name of ['pinned', 'unpinned', 'combination', 'partToPart'] as const) {
      expectClose(after[name].variance, numbers(before[name].variance));
    }
    expect(after.position?.variance.value).toBeGreaterThan(2);
  });

  it('of sides change places with the sides', () => {
    const lot = chanceLot([2, 6, 7, 3]);
    const turned = varianceComponents(lotOf([2, 7, 6, 3], (r, i, j, f) => at(lot, r, j, i, f)));
    const straight = varianceComponents(lot);
    expectClose(turned.pinned.variance, numbers(straight.unpinned.variance));
    expectClose(turned.unpinned.variance, numbers(straight.pinned.variance));
    expectClose(turned.combination.variance, numbers(straight.combination.variance));
  });

  it('that would be negative are 0, with an interval from 0', () => {
    // Opposite columns: the row means agree, A = 0 < E/M.
    const { pinned } = varianceComponents(lotOf([1, 6, 6, 1], (_, i, j) => (i + j) % 2));
    expect(pinned.variance.value).toBe(0);
    expect(pinned.variance.low).toBe(0);
  });

  it('have no upper bound where a quantity vanishes without one plug', () => {
    // One mating of plug 0 with plug 0 differs from its repeat, all else is alike.
    const { matingToMating } = varianceComponents(
      lotOf([2, 6, 6, 1], (r, i, j) => (r + i + j === 0 ? 1 : 0)),
    );
    expect(matingToMating?.variance).toEqual({ value: 0.5 / 36, low: 0, high: null });
  });
});
