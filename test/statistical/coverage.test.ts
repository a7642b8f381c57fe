/**
 * Do 95 % intervals cover? 400 runs of 1,000 matings of the generic MPO, whose fibres are strongly correlated.
 *
 * Truths: mean, sd and 97 % point from the independent implementation (800,000 matings), yields from a run of
 * 400,000 matings here; their own errors are below 5 % of a small run's, which changes a coverage by under 0.1 %.
 * An interval that covers in 95 % is found outside 92.5–97.5 % of 400 runs with probability 2.1 % (binomial), were the
 * seeds not fixed.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/types.js';
import { quantileDb } from '../../src/statistics/histogram.js';
import { type Estimate, wilson, Z975 } from '../../src/statistics/intervals.js';
import { summarisePair, yields } from '../../src/statistics/summary.js';
import type { PairTotal } from '../../src/statistics/total.js';
import { CASES, planOf } from '../support/distributions.js';
import { totalOf } from '../support/matings.js';

const RUNS = 400;
const MATINGS = 1000;
const LIMIT_DB = 0.5;
const FIBRES = 12;

const known = CASES.find((c) => c.name === 'generic-mpo');
if (known === undefined) throw new Error('no such case');
const plan: Plan = planOf(known.parameters, RUNS * MATINGS);

const runs: PairTotal[] = [];
let truth: Record<'mean' | 'sd' | 'p97' | 'fibreYield' | 'matingYield', number>;

beforeAll(() => {
  for (let r = 0; r < RUNS; r++) runs.push(totalOf(plan, r * MATINGS, (r + 1) * MATINGS));
  // Matings that none of the small runs uses.
  const long = totalOf(plan, RUNS * MATINGS, 2 * RUNS * MATINGS);
  truth = {
    mean: known.statistics.mean.value,
    sd: known.statistics.sd.value,
    p97: known.statistics.p97.value,
    fibreYield: yields(long, LIMIT_DB).fibre.value,
    matingYield: yields(long, LIMIT_DB).mating.value,
  };
});

/** Percentage of the runs whose interval holds the truth. */
function coverage(interval: (run: PairTotal) => Estimate, value: number): number {
  const covering = runs.filter((run) => {
    const { low, high } = interval(run);
    return low !== null && high !== null && low <= value && value <= high;
  });
  return (100 * covering.length) / RUNS;
}

function expectCovers(percent: number): void {
  expect(percent).toBeGreaterThanOrEqual(92.5);
  expect(percent).toBeLessThanOrEqual(97.5);
}

describe('intervals that take the mating as their unit cover', () => {
  it('the mean', () => expectCovers(coverage((run) => summarisePair(run).il.mean, truth.mean)));
  it('the standard deviation', () =>
    expectCovers(coverage((run) => summarisePair(run).il.sd, truth.sd)));
  it('the 97 % point', () => expectCovers(coverage((run) => summarisePair(run).il.p97, truth.p97)));
  it('the yield of fibres', () =>
    expectCovers(coverage((run) => yields(run, LIMIT_DB).fibre, truth.fibreYield)));
  it('the yield of matings', () =>
    expectCovers(coverage((run) => yields(run, LIMIT_DB).mating, truth.matingYield)));
});

describe('intervals that take fibres as independent do not', () => {
  const count = MATINGS * FIBRES;

  it('the mean', () => {
    const naive = (run: PairTotal): Estimate => {
      const { il } = summarisePair(run);
      const half = (Z975 * il.sd.value) / Math.sqrt(count);
      return { value: il.mean.value, low: il.mean.value - half, high: il.mean.value + half };
    };
    expect(coverage(naive, truth.mean)).toBeLessThan(90);
  });

  it('the 97 % point', () => {
    const half = Z975 * Math.sqrt((0.97 * 0.03) / count);
    const naive = (run: PairTotal): Estimate => {
      const at = (p: number) => quantileDb(run.fibres.counts, count, p, run);
      return { value: at(0.97), low: at(0.97 - half), high: at(0.97 + half) };
    };
    expect(coverage(naive, truth.p97)).toBeLessThan(90);
  });

  it('the yield of fibres', () => {
    const naive = (run: PairTotal) => wilson(yields(run, LIMIT_DB).fibre.value, count);
    expect(coverage(naive, truth.fibreYield)).toBeLessThan(90);
  });
});
