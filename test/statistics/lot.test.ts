/** Statistics of a lot against an independent implementation and definitions taken literally. */
import * as ss from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/errors.js';
import { type Estimate, wilson } from '../../src/statistics/intervals.js';
import { lotYields, summariseLot } from '../../src/statistics/lot.js';
import { QUANTILES, type QuantileName } from '../../src/statistics/summary.js';
import { at, chanceLot, expectClose, lotOf, numbers } from './lot-helpers.js';

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
