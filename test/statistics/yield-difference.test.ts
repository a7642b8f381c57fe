/** Differences of yields: against their own computation from single losses, and do their intervals cover? */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunTotals } from '../../src/engine/fold.js';
import { runPlan } from '../../src/engine/run.js';
import { type PlannedRun, runPlans } from '../../src/engine/run-many.js';
import type { Plan } from '../../src/plan/types.js';
import { compileVariants } from '../../src/plan/variants.js';
import { streamKey } from '../../src/random/stream.js';
import { type SpreadInput, withSpread } from '../../src/scenario/with-spread.js';
import { yieldDifference } from '../../src/statistics/comparison.js';
import { type Estimate, studentT975 } from '../../src/statistics/intervals.js';
import type { PairTotal } from '../../src/statistics/total.js';
import { meanDb, oneDesign } from '../studies/offset-scenarios.js';
import { fewestCovering } from '../support/coverage.js';
import { eachMating } from '../support/matings.js';

const SECTIONS = 64;
const LIMIT_DB = 0.25;

const known = oneDesign(
  {
    'bores.positionError': { plug: 0, fibre: 0.25 },
    'bores.rowBias': { plug: 0.25, fibre: 0 },
  },
  'yields',
  20 * SECTIONS,
);
/** A third of the spread of the whole plug is left. */
const LEFT = 1 / 3;
const inputs: SpreadInput[] = ['bores.rowBiasX', 'bores.rowBiasY'].map((input) => ({
  design: 'design',
  input: input as SpreadInput['input'],
}));
/** The pair as it is, and with less. */
function planOf(matings: number): Plan {
  const scenario = { ...known.scenario, matings };
  const less = withSpread(scenario, [{ inputs, factor: LEFT }]);
  return compileVariants('pair', [{ scenario }, { scenario: less }], [[0, 1]]);
}

const run = (plan: Plan): Promise<RunTotals> => runPlan(plan, { workers: 0, engine: 'kernel' });
const differenceOf = ({ pairs }: RunTotals, limitDb = LIMIT_DB): Estimate =>
  yieldDifference(pairs[0] as PairTotal, pairs[1] as PairTotal, limitDb);

describe('a difference of yields', () => {
  // At the edge of a bin, so that a count of losses is what a histogram counts, too.
  it.each([0.05, 0.25, 1])(
    'at %d dB is that of all losses, its error that of the sections',
    async (limitDb) => {
      const plan = planOf(20 * SECTIONS);
      const within = [0, 1].map((variant) => {
        const counts = new Float64Array(SECTIONS);
        eachMating(plan, variant, 0, plan.matings, ({ results }, mating) => {
          const section = Math.floor((mating * SECTIONS) / plan.matings);
          for (const loss of results.lossDb) if (loss < limitDb) counts[section]! += 1;
        });
        return counts;
      }) as [Float64Array, Float64Array];
      // Sections are of one length, so that the jackknife of a mean is the spread of the means of the sections.
      const perSection = (12 * plan.matings) / SECTIONS;
      const changes = Array.from(within[0], (count, i) => (within[1][i]! - count) / perSection);
      const mean = changes.reduce((sum, x) => sum + x, 0) / SECTIONS;
      const variance = changes.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (SECTIONS - 1);
      const half = studentT975(SECTIONS - 1) * Math.sqrt(variance / SECTIONS);
      const { value, low, high } = differenceOf(await run(plan), limitDb);
      expect(mean).not.toBe(0);
      expect(value).toBeCloseTo(mean, 12);
      expect(low).toBeCloseTo(mean - half, 12);
      expect(high).toBeCloseTo(mean + half, 12);
    },
  );

  it('between the edges of a bin lies between theirs', async () => {
    const totals = await run(planOf(20 * SECTIONS));
    const [before, between, after] = [0.25, 0.2505, 0.251].map(
      (at) => differenceOf(totals, at).value,
    );
    expect(between).toBeCloseTo(((before as number) + (after as number)) / 2, 12);
  });

  it('is exactly 0 of a pair with itself, and has no interval from fewer than 30 sections', async () => {
    const { pairs } = await run(planOf(20 * SECTIONS));
    const [first] = pairs as [PairTotal];
    expect(yieldDifference(first, first, LIMIT_DB)).toEqual({ value: 0, low: 0, high: 0 });
    expect(differenceOf(await run(planOf(29)))).toMatchObject({ low: null, high: null });
    expect(differenceOf(await run(planOf(30))).low).not.toBeNull();
  });
});

const RUNS = 300;
/** What the intervals cover at least. */
const COVERAGE = 0.93;

describe('300 runs of 1,280 matings', () => {
  /** The loss is exponential: 1 − exp(−L/mean) of the fibres lie within L. */
  const truth = (() => {
    const [fibre, plug] = known.factors as [(typeof known.factors)[0], (typeof known.factors)[0]];
    const share = (mean: number): number => 1 - Math.exp(-LIMIT_DB / mean);
    const less = meanDb([fibre]) + LEFT ** 2 * meanDb([plug]);
    return share(less) - share(meanDb(known.factors));
  })();
  const found: Estimate[] = [];
  /** As if all fibres were independent, and the two variants too. */
  const careless: number[] = [];

  beforeAll(async () => {
    const plan = planOf(20 * SECTIONS);
    const runs = Array.from(
      { length: RUNS },
      (_, r): PlannedRun => ({
        plan: { ...plan, key: streamKey(`run ${r}`) },
        done: (totals) => found.push(differenceOf(totals)),
        failed: (error) => {
          throw error;
        },
      }),
    );
    await runPlans(runs.values(), { workers: 0, engine: 'kernel' });
    const m = meanDb(known.factors);
    const p = 1 - Math.exp(-LIMIT_DB / m);
    careless.push(1.96 * Math.sqrt((p * (1 - p)) / (12 * plan.matings)));
  });
  const covering = (halfOf: (estimate: Estimate) => number): number =>
    found.filter((estimate) => Math.abs(estimate.value - truth) <= halfOf(estimate)).length;
  const own = ({ value, high }: Estimate): number => (high as number) - value;

  it('the intervals cover', () => {
    expect(truth).toBeGreaterThan(0.05);
    expect(covering(own)).toBeGreaterThanOrEqual(fewestCovering(RUNS, COVERAGE));
  });

  it('half as wide they would not, nor if every fibre were taken for independent', () => {
    expect(covering((estimate) => own(estimate) / 2)).toBeLessThan(fewestCovering(RUNS, COVERAGE));
    expect(covering(() => careless[0] as number)).toBeLessThan(fewestCovering(RUNS, COVERAGE));
  });

  it('and are right on average', () => {
    const mean = found.reduce((sum, { value }) => sum + value, 0) / RUNS;
    const error = Math.sqrt(found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0)) / RUNS;
    // Student's t of 299 degrees is beyond 5 at the rate 1e-6.
    expect(Math.abs(mean - truth) / error).toBeLessThan(5);
  });
});
