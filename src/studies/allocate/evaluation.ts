/** How far a pair is from its limits, with given spreads: the simulator as the search sees it. */
import type { RunTotals } from '../../engine/fold.js';
import type { ManyRunner } from '../../engine/run-many.js';
import { normalQuantile } from '../../numerics/normal.js';
import type { Journal } from '../../parts/journal.js';
import { runStudyOn } from '../../parts/run-study.js';
import type { StudyRun } from '../../parts/study-run.js';
import { compileVariants, pairOf } from '../../plan/variants.js';
import { estimateOf } from '../../result/limits.js';
import type { ToleranceSpec } from '../../scenario/read-allocation.js';
import type { Design, Limit, Scenario } from '../../scenario/types.js';
import { withSpread } from '../../scenario/with-spread.js';
import { lossGrades } from '../../statistics/grade.js';
import { type Estimate, Z975 } from '../../statistics/intervals.js';
import { type PairStatistics, summariseFibres, yields } from '../../statistics/summary.js';
import type { PairTotal } from '../../statistics/total.js';
import type { Evaluation } from './types.js';

/** One-sided confidence of the bounds of a search. */
const CONFIDENCE = 0.95;
/** Fibres of all variants of one plan. */
const FIBRES_OF_VARIANTS = 240;

/** The scenario with the spreads that these factors give. */
export function allocated(
  scenario: Scenario,
  tolerances: readonly ToleranceSpec[],
  factors: readonly number[],
): Scenario {
  const spreads = tolerances.map(({ inputs }, t) => ({ inputs, factor: factors[t] as number }));
  return withSpread(scenario, spreads);
}

/** Where what is under way is kept, under keys that begin so. */
export interface KeptUnder {
  readonly journal: Journal | undefined;
  readonly key: string;
}

/** Runs a pair in several variants of its scenario, as many at once as the threads take, going on from what was kept. */
export async function runVariants(
  runner: ManyRunner,
  pair: string,
  scenarios: readonly Scenario[],
  { journal, key }: KeptUnder = { journal: undefined, key: 'variants' },
): Promise<PairTotal[]> {
  const [first] = scenarios as [Scenario, ...Scenario[]];
  const fibres = (first.designs[pairOf(first, pair).pinned] as Design).fibreCount;
  const perPlan = Math.max(1, Math.floor(FIBRES_OF_VARIANTS / fibres));
  const totals: PairTotal[] = [];
  const runs = Array.from({ length: Math.ceil(scenarios.length / perPlan) }, (_, i): StudyRun => {
    const before = i * perPlan;
    const its = scenarios.slice(before, before + perPlan);
    const done = ({ pairs }: RunTotals): void => {
      pairs.forEach((total, p) => {
        totals[before + p] = total;
      });
    };
    return {
      key: `${key} ${i + 1}`,
      place: { before, work: its.length, total: scenarios.length },
      open: () => ({
        plan: compileVariants(
          pair,
          its.map((scenario) => ({ scenario })),
          [],
        ),
        done,
      }),
    };
  });
  await runStudyOn(runner, runs, { journal });
  // before anything is written again, what comes of these totals is kept instead
  for (const run of runs) journal?.drop(run.key);
  return totals;
}

/** What a run says of the limits. Domain of the confidence: above ½, below 1. */
export function evaluationOf(
  total: PairTotal,
  limits: readonly Limit[],
  mode: Design['mode'],
  confidence = CONFIDENCE,
): Evaluation {
  const statistics: Omit<PairStatistics, 'positions'> = summariseFibres(total, lossGrades(mode));
  const judged = {
    ...statistics,
    largestChange: null,
    yields: (limitDb: number) => yields(total, limitDb),
  };
  // From half a two-sided 95 % interval to a one-sided bound.
  const factor = normalQuantile(confidence) / Z975;
  return {
    ratios: limits.map((limit) => ratioOf(estimateOf(limit.subject, judged), limit, factor)),
  };
}

function ratioOf(
  { value, low, high }: Estimate,
  { relation, value: limit }: Limit,
  factor: number,
): Evaluation['ratios'][number] {
  if (relation === '<=') {
    return {
      value: value / limit,
      upper: high === null ? null : (value + factor * (high - value)) / limit,
    };
  }
  const missing = (share: number): number => (1 - share) / (1 - limit);
  return {
    value: missing(value),
    upper: low === null ? null : missing(value - factor * (value - low)),
  };
}
