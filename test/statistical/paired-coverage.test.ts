/**
 * Do the paired intervals of differences cover? Repeated runs of generic MPO, MTP Standard and MTP Elite on shared random
 * numbers; the tail of the Elite's losses is where a quantile is hardest.
 *
 * Truths: the independent implementation (800,000 matings each), whose own error is below 7 % of a run's. A 95 % interval
 * is found outside 92.5–97.5 % of 400 runs with probability 2.1 %, were the seeds not fixed. Intervals of quantile
 * differences are only approximate; they may cover a little less: 91 % is asked of them.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { runPlan } from '../../src/engine/run.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import { streamKey } from '../../src/random/stream.js';
import type { Design } from '../../src/scenario/types.js';
import { type ComparisonStatistics, compareTotals } from '../../src/statistics/comparison.js';
import type { Estimate } from '../../src/statistics/intervals.js';
import { summarisePair } from '../../src/statistics/summary.js';
import type { PairTotal } from '../../src/statistics/total.js';
import { CASES, type DistributionCase } from '../support/distributions.js';
import { scenarioFrom } from '../support/scenarios.js';

const RUNS = 400;

const caseOf = (name: string) => CASES.find((c) => c.name === name) as DistributionCase;
const known = {
  mpo: caseOf('generic-mpo'),
  mtp: caseOf('mtp-standard'),
  elite: caseOf('mtp-elite'),
};
type Name = keyof typeof known;

/** A plan that compares each of the designs with the next. */
function planOf(names: readonly Name[], matings: number): Plan {
  const scenarios = names.map((name) => ({
    name,
    scenario: scenarioFrom(known[name].parameters, '', matings),
  }));
  const [first] = scenarios as [(typeof scenarios)[number]];
  return compilePlan({
    ...first.scenario,
    designs: Object.fromEntries(
      scenarios.map(({ name, scenario }) => [name, scenario.designs['design'] as Design]),
    ),
    pairs: scenarios.flatMap(({ name, scenario }) =>
      scenario.pairs.map((pair) => ({ ...pair, name, pinned: name, unpinned: name })),
    ),
    comparisons: names.slice(1).map((name, i) => [names[i] as Name, name] as const),
  });
}

/** What a run says of two of its designs. */
interface Run {
  readonly paired: ComparisonStatistics;
  readonly first: PairTotal;
  readonly second: PairTotal;
}

/** Repeated runs of some designs, by comparison. */
async function repeat(names: readonly Name[], matings: number, count: number): Promise<Run[][]> {
  const plan = planOf(names, matings);
  const runs: Run[][] = names.slice(1).map(() => []);
  for (let r = 0; r < count; r++) {
    const key = streamKey(`run ${r}`);
    const { pairs, comparisons } = await runPlan(
      { ...plan, key },
      { workers: 0, engine: 'kernel' },
    );
    comparisons.forEach((comparison, c) => {
      const [first, second] = [pairs[c], pairs[c + 1]] as [PairTotal, PairTotal];
      runs[c]?.push({ paired: compareTotals(first, second, comparison), first, second });
    });
  }
  return runs;
}

type Statistic = 'mean' | 'p50' | 'p97' | 'p99';

/** Percentage of the runs whose interval holds the truth. */
function coverage(
  runs: readonly Run[],
  [first, second]: readonly [Name, Name],
  name: Statistic,
): number {
  const truth = known[second].statistics[name].value - known[first].statistics[name].value;
  const covering = runs.filter(({ paired }) => {
    const { low, high } = paired[name];
    return low !== null && high !== null && low <= truth && truth <= high;
  });
  return (100 * covering.length) / runs.length;
}

const NAMES = ['mpo', 'mtp', 'elite'] as const;
let allRuns: Run[][] = [];
beforeAll(async () => {
  allRuns = await repeat(NAMES, 1280, RUNS);
});

describe.each([
  ['mpo', 'mtp', 0],
  ['mtp', 'elite', 1],
] as const)('%s against %s, 1,280 matings', (first, second, c) => {
  const names = [first, second] as const;
  let runs: Run[] = [];
  beforeAll(() => {
    runs = allRuns[c] as Run[];
  });

  it('the interval of the difference of means covers', () => {
    const percent = coverage(runs, names, 'mean');
    expect(percent).toBeGreaterThanOrEqual(92.5);
    expect(percent).toBeLessThanOrEqual(97.5);
  });

  it.each(['p50', 'p97'] as const)('that of %s covers', (name) => {
    expect(coverage(runs, names, name)).toBeGreaterThanOrEqual(91);
  });

  it('99 % points have too few fibres beyond for an interval', () => {
    expect(runs[0]?.paired.p99).toMatchObject({ low: null, high: null });
  });

  it('pairing makes the interval of means narrower than unpaired runs would', () => {
    const { paired, first: a, second: b } = runs[0] as Run;
    const width = ({ low, high }: Estimate) => (high as number) - (low as number);
    const unpaired = Math.hypot(width(summarisePair(a).il.mean), width(summarisePair(b).il.mean));
    expect(width(paired.mean)).toBeLessThan(0.8 * unpaired);
  });
});

describe('mtp against elite, 4,000 matings', () => {
  it('the interval of the difference of 99 % points covers', async () => {
    // 200 runs: an interval that covers in 95 % is found below 91 % with probability 0.6 %.
    const [runs = []] = await repeat(['mtp', 'elite'], 4000, 200);
    const percent = coverage(runs, ['mtp', 'elite'], 'p99');
    expect(percent).toBeGreaterThanOrEqual(91);
  });
});
