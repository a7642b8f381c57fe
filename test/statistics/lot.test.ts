/** Statistics of a lot against hand-worked tables, definitions taken literally and an independent implementation. */
import * as ss from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/errors.js';
import { crossedMean, crossedShare, type LotLosses } from '../../src/statistics/crossed.js';
import { type Estimate, studentT975, wilson } from '../../src/statistics/intervals.js';
import { lotYields, summariseLot } from '../../src/statistics/lot.js';
import { QUANTILES, type QuantileName } from '../../src/statistics/summary.js';
import {
  type VarianceComponents,
  varianceComponents,
} from '../../src/statistics/variance-components.js';
import { Chance } from '../support/chance.js';

type Counts = readonly [repeats: number, pinned: number, unpinned: number, fibres: number];

function lotOf(
  [repeats, pinned, unpinned, fibres]: Counts,
  loss: (r: number, i: number, j: number, f: number) => number,
): LotLosses {
  const lossDb = new Float64Array(repeats * pinned * unpinned * fibres);
  let k = 0;
  for (let r = 0; r < repeats; r++)
    for (let i = 0; i < pinned; i++)
      for (let j = 0; j < unpinned; j++)
        for (let f = 0; f < fibres; f++) lossDb[k++] = loss(r, i, j, f);
  return { lossDb, repeats, pinned, unpinned, fibres };
}

/** Skewed losses to which plugs, combinations and matings add. */
function chanceLot(counts: Counts, seed = 1): LotLosses {
  const chance = new Chance(seed);
  const [, pinned, unpinned] = counts;
  const skewed = () => -0.1 * Math.log(1 - chance.unit());
  const a = Array.from({ length: pinned }, skewed);
  const b = Array.from({ length: unpinned }, skewed);
  return lotOf(counts, (_, i, j, f) => {
    const [own, its] = [a[i] as number, b[j] as number];
    return own + its + 10 * own * its + skewed() + 0.01 * f * f;
  });
}

const at = (
  { lossDb, pinned, unpinned, fibres }: LotLosses,
  r: number,
  i: number,
  j: number,
  f: number,
) => lossDb[((r * pinned + i) * unpinned + j) * fibres + f] as number;

const numbers = ({ value, low, high }: Estimate) => [value, low, high];

function expectClose(estimate: Estimate, expected: readonly (number | null)[], digits = 10): void {
  numbers(estimate).forEach((x, i) => {
    const e = expected[i] as number | null;
    if (e === null) expect(x).toBeNull();
    else expect(x).toBeCloseTo(e, digits);
  });
}

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

describe('an independent implementation (NumPy) of every interval agrees', () => {
  const lot = lotOf(
    [2, 5, 6, 3],
    (r, i, j, f) =>
      (((7 * i + 11 * j + 13 * f + 5 * i * j + 3 * i * j * r + 17 * r * f + 19 * r) % 23) +
        (i + 1) * (j + 2) * 2 +
        4 * f) /
      100,
  );
  const { il, components } = summariseLot(lot);

  it.each([
    ['matingToMating', [0.00386222222222, 0.0027730197642, 0.00537924781007]],
    ['combination', [0.00374163888889, 0, 0.0168575611336]],
    ['pinned', [0.0194836388889, 0.00178882241466, 0.144494393006]],
    ['unpinned', [0.0138800277778, 0.00110857665773, 0.0885086792372]],
    ['partToPart', [0.0371053055556, 0.00862940914368, 0.142228466804]],
    ['position', [0.000824490740741, 0, 0.00243840218048]],
  ] as const)('%s', (name, expected) => {
    const component = components[name];
    expectClose(component?.variance as Estimate, expected, 11);
    expectClose(component?.sd as Estimate, expected.map(Math.sqrt));
  });

  it('mean, standard deviation, median and yield', () => {
    expectClose(il.mean, [0.419555555556, 0.19868798226, 0.640423128851], 11);
    expectClose(il.sd, [0.188307733429, 0.106213049792, 0.333855421143], 11);
    expectClose(il.p50, [0.39, 0.18, 0.75], 12);
    expectClose(lotYields(lot, 0.4).fibre, [0.527777777778, 0.134036560543, 0.889749151231], 11);
  });
});

describe('statistics of a lot', () => {
  const counts = [3, 12, 10, 8] as const;
  const lot = chanceLot(counts);
  const statistics = summariseLot(lot);
  const values = Array.from(lot.lossDb);
  const worst = Array.from({ length: values.length / 8 }, (_, mating) =>
    Math.max(...values.slice(8 * mating, 8 * mating + 8)),
  );

  it.each([
    ['il', values],
    ['worstFibre', worst],
  ] as const)(
    '%s: mean, standard deviation and quantiles are those of the values',
    (name, list) => {
      const found = statistics[name];
      expect(found.mean.value).toBeCloseTo(ss.mean([...list]), 12);
      expect(found.sd.value).toBeCloseTo(ss.standardDeviation([...list]), 12);
      const sorted = [...list].sort((a, b) => a - b);
      for (const [quantile, p] of Object.entries(QUANTILES)) {
        const place = p * (sorted.length - 1);
        const [k, part] = [Math.floor(place), place % 1];
        const expected = (1 - part) * (sorted[k] as number) + part * (sorted[k + 1] as number);
        expect(found[quantile as QuantileName].value).toBeCloseTo(expected, 12);
      }
    },
  );

  it('quantiles are linear between order statistics, from the smallest loss to the greatest', () => {
    const ladder = summariseLot(lotOf([1, 3, 7, 1], (_, i, j) => 7 * i + j));
    expectClose(ladder.il.p50, [10, null, null]);
    expectClose(ladder.il.p97, [19.4, null, null]);
    expect([ladder.minDb, ladder.maxDb]).toEqual([0, 20]);
  });

  it('positions are those of one fibre alone', () => {
    expect(statistics.positions).toHaveLength(8);
    const third = lotOf([3, 12, 10, 1], (r, i, j) => at(lot, r, i, j, 2));
    const { mean, p97 } = summariseLot(third).il;
    // Places 8.975 and 350.025 of 360.
    const sorted = [...third.lossDb].sort((a, b) => a - b);
    const between = (k: number, part: number) =>
      (1 - part) * (sorted[k] as number) + part * (sorted[k + 1] as number);
    const position = statistics.positions[2];
    expect(position).toMatchObject({ mean, p97 });
    expect(position?.lowDb).toBeCloseTo(between(8, 0.975), 12);
    expect(position?.highDb).toBeCloseTo(between(350, 0.025), 12);
  });

  it('bounds of a quantile are the nearest losses whose share is not compatible with it', () => {
    const sorted = [...values].sort((a, b) => a - b);
    for (const name of ['p50', 'p90', 'p97'] as const) {
      const p = QUANTILES[name];
      const { low, high } = statistics.il[name] as { low: number; high: number };
      const shareAt = (x: number) => lotYields(lot, x).fibre as { low: number; high: number };
      expect(shareAt(high).low).toBeGreaterThan(p);
      expect(shareAt(sorted[sorted.indexOf(high) - 1] as number).low).toBeLessThanOrEqual(p);
      expect(shareAt(low).high).toBeLessThan(p);
      expect(shareAt(sorted[sorted.indexOf(low) + 1] as number).high).toBeGreaterThanOrEqual(p);
    }
    expect(statistics.il.p999.high).toBeNull();
  });

  it('yields are shares of fibres and of whole matings', () => {
    const { fibre, mating } = lotYields(lot, 0.5);
    const share = (list: readonly number[]) => list.filter((x) => x <= 0.5).length / list.length;
    expect(fibre.value).toBeCloseTo(share(values), 14);
    expect(mating.value).toBeCloseTo(share(worst), 14);
    const worstLot = { ...lot, lossDb: Float64Array.from(worst), fibres: 1 };
    expect(mating).toEqual(lotYields(worstLot, 0.5).fibre);
    expect(lotYields(lot, statistics.maxDb).fibre).toEqual(wilson(1, 10));
  });

  it('do not depend on the order of plugs', () => {
    const turned = lotOf(counts, (r, i, j, f) => at(lot, r, (5 * i + 3) % 12, (7 * j + 1) % 10, f));
    const found = summariseLot(turned);
    expectClose(found.il.mean, numbers(statistics.il.mean));
    expectClose(found.il.sd, numbers(statistics.il.sd));
    expectClose(found.worstFibre.p90, numbers(statistics.worstFibre.p90));
    expectClose(found.components.pinned.variance, numbers(statistics.components.pinned.variance));
  });

  it('the mean is not bounded below 0 unless losses are', () => {
    const rare = (offset: number) =>
      summariseLot(lotOf([1, 6, 6, 2], (_, i) => (i === 0 ? 1 : 0) + offset)).il.mean.low as number;
    expect(rare(0)).toBe(0);
    expect(rare(-0.1)).toBeLessThan(-0.1);
  });

  it('have no interval with fewer than 5 plugs on a side', () => {
    const { il, worstFibre, positions, components } = summariseLot(chanceLot([2, 4, 9, 2]));
    const ofPositions = positions.flatMap(({ mean, p97 }) => [mean, p97]);
    const all = [il, worstFibre].flatMap((s): Estimate[] => Object.values(s)).concat(ofPositions);
    const parts = Object.values(components).flatMap((c) => (c ? [c.variance, c.sd] : []));
    for (const { value, low, high } of [...all, ...parts]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect([low, high]).toEqual([null, null]);
    }
    expect(lotYields(chanceLot([2, 4, 9, 2]), 0.2).mating.low).toBeNull();
  });

  it('of equal losses have no spread', () => {
    const { il, components } = summariseLot(lotOf([2, 5, 5, 2], () => 0.25));
    for (const estimate of Object.values(il) as Estimate[]) {
      expect(estimate.low).toBe(estimate.value);
      expect(estimate.high).toBe(estimate.value);
    }
    expect(components.partToPart.sd).toEqual({ value: 0, low: 0, high: 0 });
    expect(components.matingToMating?.sd).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('refuse counts that do not fit the losses, a side of one plug and what is no number', () => {
    expect(() => summariseLot({ ...lot, repeats: 2 })).toThrow(InvariantError);
    expect(() => lotYields({ ...lot, repeats: 2 }, 1)).toThrow(InvariantError);
    expect(() => summariseLot(lotOf([2, 1, 9, 2], () => 1))).toThrow(InvariantError);
    expect(() => summariseLot(lotOf([2, 5, 9, 2], () => Number.NaN))).toThrow(InvariantError);
  });
});
