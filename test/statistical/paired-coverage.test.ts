/**
 * Do the paired intervals of differences cover? 400 runs of 1,280 matings, generic MPO against MTP Standard on shared
 * random numbers. Truths: the independent implementation (800,000 matings each), whose own error is below 6 % of a small
 * run's. A 95 % interval is found outside 92.5–97.5 % of 400 runs with probability 2.1 %, were the seeds not fixed.
 * Intervals of quantile differences may be wider than needed (sections of 20 matings are short), never too narrow.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { runPlan } from '../../src/engine/run.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import { streamKey } from '../../src/random/stream.js';
import type { Design, Scenario } from '../../src/scenario/types.js';
import { type ComparisonStatistics, compareTotals } from '../../src/statistics/comparison.js';
import type { Estimate } from '../../src/statistics/intervals.js';
import { summarisePair } from '../../src/statistics/summary.js';
import type { PairTotal } from '../../src/statistics/total.js';
import { CASES, type DistributionCase } from '../support/distributions.js';
import { scenarioFrom } from '../support/scenarios.js';

const RUNS = 400;
const MATINGS = 1280;

const caseOf = (name: string) => CASES.find((c) => c.name === name) as DistributionCase;
const mpo = caseOf('generic-mpo');
const mtp = caseOf('mtp-standard');

function twoPairs(): Plan {
  const first = scenarioFrom(mpo.parameters, '', MATINGS);
  const second = scenarioFrom(mtp.parameters, '', MATINGS);
  const named = (scenario: Scenario, name: string) =>
    scenario.pairs.map((pair) => ({ ...pair, name, pinned: name, unpinned: name }));
  return compilePlan({
    ...first,
    designs: {
      mpo: first.designs['design'] as Design,
      mtp: second.designs['design'] as Design,
    },
    pairs: [...named(first, 'mpo'), ...named(second, 'mtp')],
    comparisons: [['mpo', 'mtp']],
  });
}

interface Run {
  readonly paired: ComparisonStatistics;
  readonly first: PairTotal;
  readonly second: PairTotal;
}
const runs: Run[] = [];

beforeAll(async () => {
  const plan = twoPairs();
  for (let r = 0; r < RUNS; r++) {
    const { pairs, comparisons } = await runPlan(
      { ...plan, key: streamKey(`run ${r}`) },
      { workers: 0 },
    );
    const [first, second] = pairs as [PairTotal, PairTotal];
    const paired = compareTotals(first, second, comparisons[0] as Float64Array);
    runs.push({ paired, first, second });
  }
});

function coverage(interval: (run: Run) => Estimate, truth: number): number {
  const covering = runs.map(interval).filter(({ low, high }) => {
    return low !== null && high !== null && low <= truth && truth <= high;
  });
  return (100 * covering.length) / RUNS;
}

const truth = (name: 'mean' | 'p50' | 'p97' | 'p99') =>
  mtp.statistics[name].value - mpo.statistics[name].value;

describe('paired intervals cover', () => {
  it('the difference of means', () => {
    const percent = coverage(({ paired }) => paired.mean, truth('mean'));
    expect(percent).toBeGreaterThanOrEqual(92.5);
    expect(percent).toBeLessThanOrEqual(97.5);
  });

  it.each(['p50', 'p97', 'p99'] as const)('the difference of %s', (name) => {
    expect(coverage(({ paired }) => paired[name], truth(name))).toBeGreaterThanOrEqual(92.5);
  });
});

describe('pairing', () => {
  it('makes the interval of the difference of means narrower than unpaired runs would', () => {
    const { paired, first, second } = runs[0] as Run;
    const width = ({ low, high }: Estimate) => (high as number) - (low as number);
    const a = width(summarisePair(first).il.mean);
    const b = width(summarisePair(second).il.mean);
    expect(width(paired.mean)).toBeLessThan(0.8 * Math.hypot(a, b));
  });
});
