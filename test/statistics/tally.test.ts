/** Tallies against the same statistics computed from all values at once. */
import * as ss from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/errors.js';
import { createWorkspace } from '../../src/model/workspace.js';
import { fillDraws } from '../../src/random/stream.js';
import { countUpTo, LOSS_BINS_PER_DB, quantileDb } from '../../src/statistics/histogram.js';
import { summarisePair, yields } from '../../src/statistics/summary.js';
import * as SUM from '../../src/statistics/sums.js';
import { Tally } from '../../src/statistics/tally.js';
import { PairTotal } from '../../src/statistics/total.js';

/** 10/ln 10: decibels a neper. */
const DB_PER_NEPER = 10 / Math.LN10;
const FIBRES = 8;
const MATINGS = 3000;

/** Correlated, skewed losses: a part that the mating shares and one of each fibre. */
function lossesOf(mating: number): number[] {
  const raw = new Uint32Array(FIBRES + 1);
  fillDraws({ key0: 1, key1: 2 }, mating, 0, raw, 0, raw.length);
  const e = Array.from(raw, (x) => -Math.log((x + 0.5) / 2 ** 32));
  return e.slice(1).map((own) => 0.05 * own + 0.08 * (e[0] as number));
}

const all = Array.from({ length: MATINGS }, (_, mating) => lossesOf(mating));

function tallyOf(from: number, to: number): Tally {
  const tally = new Tally(FIBRES, 0.1);
  const { results } = createWorkspace(FIBRES);
  for (let mating = from; mating < to; mating++) {
    results.lossDb.set(all[mating] as number[]);
    results.gapUm.fill(0);
    if (mating % 3 === 0) results.gapUm[0] = 1;
    results.lateralNepers.set((all[mating] as number[]).map((db) => db / DB_PER_NEPER));
    tally.add(mating, results, 3);
  }
  return tally;
}

function totalInBlocks(ends: readonly number[]): PairTotal {
  const total = new PairTotal(FIBRES, 4);
  ends.forEach((end, i) => {
    total.add(tallyOf(ends[i - 1] ?? 0, end).data(), i % 4);
  });
  return total;
}

const total = totalInBlocks([MATINGS]);
const values = all.flat().sort((a, b) => a - b);
const worst = all.map((losses) => Math.max(...losses)).sort((a, b) => a - b);

describe('statistics of a tally', () => {
  const s = summarisePair(total);

  it('mean and standard deviation are exact to rounding', () => {
    expect(s.il.mean.value).toBeCloseTo(ss.mean(values), 12);
    expect(s.il.sd.value).toBeCloseTo(ss.standardDeviation(values), 12);
    expect(s.worstFibre.mean.value).toBeCloseTo(ss.mean(worst), 12);
    expect(s.worstFibre.sd.value).toBeCloseTo(ss.standardDeviation(worst), 12);
    expect(s.causes.lateral.value).toBeCloseTo(ss.mean(values), 12);
  });

  it('visits of the contact solver add up, over an odd number of matings too', () => {
    for (const matings of [MATINGS, MATINGS - 1]) {
      expect(totalInBlocks([matings]).sums()[SUM.contactVisits]).toBe(3 * matings);
    }
  });

  it.each([
    ['p50', 0.5],
    ['p90', 0.9],
    ['p95', 0.95],
    ['p97', 0.97],
    ['p99', 0.99],
    ['p999', 0.999],
  ] as const)('%s is within a bin of the order statistic', (name, p) => {
    const exact = (sorted: number[]) => sorted[Math.ceil(p * sorted.length) - 1] as number;
    expect(Math.abs(s.il[name].value - exact(values))).toBeLessThan(0.001);
    expect(Math.abs(s.worstFibre[name].value - exact(worst))).toBeLessThan(0.001);
  });

  it('the interval of the mean takes the mating as its unit', () => {
    const means = all.map((losses) => ss.mean(losses));
    const half = (1.9608 * ss.sampleStandardDeviation(means)) / Math.sqrt(MATINGS);
    expect(((s.il.mean.high as number) - (s.il.mean.low as number)) / 2).toBeCloseTo(half, 6);
    expect(s.designEffect).toBeCloseTo(
      (ss.sampleVariance(means) * FIBRES) / ss.variance(values),
      6,
    );
  });

  it('the squares histogram cumulates to the squared number of fibres of each mating', () => {
    for (const limit of [0.05, 0.1, 0.25, 0.5]) {
      const expected = ss.sum(all.map((losses) => losses.filter((x) => x < limit).length ** 2));
      expect(countUpTo(total.squares.counts, limit, LOSS_BINS_PER_DB)).toBe(expected);
    }
  });

  it('yields count fibres and whole matings', () => {
    const { fibre, mating } = yields(total, 0.25);
    expect(fibre.value).toBe(values.filter((x) => x < 0.25).length / values.length);
    expect(mating.value).toBe(worst.filter((x) => x < 0.25).length / MATINGS);
  });

  it('the share of fibres with a gap', () => {
    expect(s.gapFraction.value).toBeCloseTo(1 / 3 / FIBRES, 12);
  });

  it('keeps the ten worst matings in order', () => {
    const order = all
      .map((losses, mating) => ({ mating, loss: Math.max(...losses) }))
      .sort((a, b) => b.loss - a.loss);
    expect(total.worstList.entries().map((entry) => entry.mating)).toEqual(
      order.slice(0, 10).map((entry) => entry.mating),
    );
  });

  it('positions have their own mean and 97 % point', () => {
    const third = all.map((losses) => losses[2] as number).sort((a, b) => a - b);
    expect(s.positions[2]?.mean.value).toBeCloseTo(ss.mean(third), 12);
    const exact = third[Math.ceil(0.97 * MATINGS) - 1] as number;
    expect(Math.abs((s.positions[2]?.p97.value as number) - exact)).toBeLessThan(0.001);
  });

  it('blocks add up to the whole, whatever their sizes', () => {
    const parts = summarisePair(totalInBlocks([1, 7, 500, 501, 2999, MATINGS]));
    expect(parts.il.p97).toEqual(s.il.p97);
    expect(parts.worstFibre.p999).toEqual(s.worstFibre.p999);
    expect(parts.il.mean.value).toBeCloseTo(s.il.mean.value, 13);
    expect(parts.minDb).toBe(s.minDb);
    expect(parts.maxDb).toBe(s.maxDb);
  });
});

describe('at the edges', () => {
  it('a constant loss has no spread and exact quantiles', () => {
    const tally = new Tally(2, 0.25);
    const { results } = createWorkspace(2);
    results.lossDb.fill(0.25);
    for (let mating = 0; mating < 30; mating++) tally.add(mating, results, 1);
    const one = new PairTotal(2, 1);
    one.add(tally.data(), 0);
    const s = summarisePair(one);
    expect(s.il.mean).toEqual({ value: 0.25, low: 0.25, high: 0.25 });
    expect(s.il.sd).toEqual({ value: 0, low: 0, high: 0 });
    expect(s.il.p97).toEqual({ value: 0.25, low: 0.25, high: 0.25 });
    expect(s.designEffect).toBeNull();
    expect([0.2499, 0.25, 0.2502].map((limit) => yields(one, limit).fibre.value)).toEqual([
      0, 1, 1,
    ]);
    expect([0.2499, 0.25, 0.2502].map((limit) => yields(one, limit).mating.value)).toEqual([
      0, 1, 1,
    ]);
  });

  it('a loss that is no number is a defect, not a result', () => {
    const { results } = createWorkspace(2);
    results.lossDb[1] = Number.NaN;
    expect(() => new Tally(2, 0).add(7, results, 1)).toThrow(InvariantError);
  });

  it.each([1, 2, 29])('%i matings give estimates but no bounds', (matings) => {
    const few = totalInBlocks([matings]);
    const { il, gapFraction } = summarisePair(few);
    for (const estimate of [...Object.values(il), gapFraction, yields(few, 0.1).fibre]) {
      expect(Number.isFinite(estimate.value)).toBe(true);
      expect([estimate.low, estimate.high]).toEqual([null, null]);
    }
  });

  it('losses from 20 dB on are counted as overflow and keep their mean', () => {
    const tally = new Tally(1, 0);
    const { results } = createWorkspace(1);
    for (const loss of [1, 30, 50]) {
      results.lossDb[0] = loss;
      tally.add(0, results, 1);
    }
    const one = new PairTotal(1, 1);
    one.add(tally.data(), 0);
    const s = summarisePair(one);
    expect(s.overflow).toBe(2);
    expect(s.il.mean.value).toBeCloseTo(27, 12);
    expect(s.il.p99.value).toBeGreaterThan(20);
    expect(s.il.p99.value).toBeLessThanOrEqual(50);
  });

  it('a bound among the overflow is not given, only that it lies above', () => {
    const tally = new Tally(1, 0);
    const { results } = createWorkspace(1);
    for (let mating = 0; mating < 100; mating++) {
      results.lossDb[0] = mating < 50 ? 1 : 30 + mating;
      tally.add(mating, results, 1);
    }
    const one = new PairTotal(1, 1);
    one.add(tally.data(), 0);
    const { il } = summarisePair(one);
    expect(il.p90).toMatchObject({ low: 20, high: null });
    expect(il.p50.high).toBeNull();
  });

  it('the quantile of a smooth distribution is within half a bin of the true order statistic', () => {
    // Exponential of mean 0.1 dB: the density changes by 1 % over a bin.
    const counts = new Float64Array(3000);
    const n = 1e7;
    const cumulated = (db: number) => n * (1 - Math.exp(-db / 0.1));
    for (let i = 0; i < counts.length; i++) {
      counts[i] = Math.round(cumulated((i + 1) / 1000)) - Math.round(cumulated(i / 1000));
    }
    const range = { binsPerDb: LOSS_BINS_PER_DB, minDb: 0, maxDb: 3 };
    for (const p of [0.01, 0.1, 0.5, 0.9, 0.97, 0.99, 0.999]) {
      const exact = -0.1 * Math.log(1 - p);
      expect(Math.abs(quantileDb(counts, n, p, range) - exact)).toBeLessThan(0.0005);
    }
  });
});
