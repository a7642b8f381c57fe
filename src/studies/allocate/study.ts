/** Which tolerances a pair needs to meet its limits: the cheapest set, or the widest of one tolerance. */
import { z } from 'zod';
import { defaultWorkers } from '../../engine/pool.js';
import { openRunner } from '../../engine/run-many.js';
import { pairOf } from '../../plan/variants.js';
import { provenanceOf, startClock } from '../../result/provenance.js';
import {
  type AllocationResult,
  allocationFigures,
  evaluationSchema,
} from '../../result/schema-allocation.js';
import { describeScenario } from '../../scenario/index.js';
import type { ToleranceSpec } from '../../scenario/read-allocation.js';
import type { Design, Scenario } from '../../scenario/types.js';
import { lossGrades } from '../../statistics/grade.js';
import { summariseFibres } from '../../statistics/summary.js';
import type { PairTotal } from '../../statistics/total.js';
import type { SimulateOptions } from '../simulate.js';
import { allocate } from './allocate.js';
import { checkStudy } from './checks.js';
import { allocated, evaluationOf, runVariants } from './evaluation.js';
import { recall } from './recall.js';
import type { Evaluate, Verify } from './types.js';
import { widest } from './widest.js';

export interface AllocationOptions extends Omit<SimulateOptions, 'onProgress'> {
  /** Pair whose limits are the targets. */
  readonly pair: string;
  /** What may be chosen. */
  readonly tolerances: readonly ToleranceSpec[];
  /** The cheapest set of all, or how wide the only one may be. */
  readonly question: 'cheapest' | 'widest';
  /** Matings of each verification. Default: four times those of the scenario. */
  readonly verificationMatings?: number | undefined;
  /** Called with the number of evaluations so far, and what is being done. */
  readonly onEvaluations?:
    | ((evaluations: number, phase: 'search' | 'verification') => void)
    | undefined;
}

const VERIFICATION_TIMES = 4;

const proofSchema = z.object({
  found: evaluationSchema,
  before: allocationFigures,
  after: allocationFigures,
});
type Proof = z.infer<typeof proofSchema>;

/**
 * Finds factors on the spreads of inputs with which a pair meets its limits. The search runs every candidate on the random
 * numbers of the scenario's seed; the answer is then run anew with other seeds, `<seed> verification 1` and so on.
 *
 * Throws UserError for lots, limits that cannot be aimed at, and tolerances that change nothing or make no sense at the ends of
 * their range.
 */
export async function allocationStudy(
  scenario: Scenario,
  options: AllocationOptions,
): Promise<AllocationResult> {
  const { pair, tolerances, question, journal, signal, faults, onEvaluations } = options;
  const workers = options.workers ?? defaultWorkers();
  const engine = options.engine ?? 'kernel';
  const verificationMatings = options.verificationMatings ?? VERIFICATION_TIMES * scenario.matings;
  const { limits, pinned } = pairOf(scenario, pair);
  const { mode, fibreCount } = scenario.designs[pinned] as Design;
  const figuresOf = (total: PairTotal): Proof['before'] => {
    const { il, worstFibre, grade } = summariseFibres(total, lossGrades(mode));
    return { il, worstFibre, grade };
  };
  checkStudy(scenario, pair, tolerances, question);
  const hostFacts = startClock(workers, engine);
  const runner = openRunner({ workers, engine, signal, faults });
  let evaluations = 0;
  let calls = 0;
  let fibreMatings = 0;
  let proof: Proof | undefined;
  const evaluate: Evaluate = (points) => {
    onEvaluations?.(evaluations, 'search');
    evaluations += points.length;
    calls += 1;
    return recall(journal, `search ${calls}`, points, z.array(evaluationSchema), async (under) => {
      const scenarios = points.map((factors) => allocated(scenario, tolerances, factors));
      const totals = await runVariants(runner, pair, scenarios, under);
      fibreMatings += points.length * scenario.matings * fibreCount;
      return totals.map((total) => evaluationOf(total, limits, mode));
    });
  };
  const verify: Verify = async (factors, { attempt, confidence }) => {
    onEvaluations?.(evaluations, 'verification');
    const name = `verification ${attempt}`;
    const its = await recall(journal, name, [factors], proofSchema, async (under) => {
      const seed = `${scenario.seed} ${name}`;
      const fresh = { ...scenario, seed, matings: verificationMatings };
      const both = [fresh, allocated(fresh, tolerances, factors)];
      const totals = await runVariants(runner, pair, both, under);
      const [before, after] = totals as [PairTotal, PairTotal];
      fibreMatings += 2 * verificationMatings * fibreCount;
      const found = evaluationOf(after, limits, mode, confidence);
      return { found, before: figuresOf(before), after: figuresOf(after) };
    });
    proof = its;
    return its.found;
  };
  try {
    const [only] = tolerances as [ToleranceSpec];
    const answer =
      question === 'widest'
        ? { widest: await widest(only, evaluate, verify), cheapest: null }
        : { widest: null, cheapest: await allocate(tolerances, evaluate, verify) };
    const factors = answer.widest === null ? answer.cheapest.factors : [answer.widest.factor];
    // through JSON: what is found is read-only, what is written is not
    return JSON.parse(
      JSON.stringify({
        kind: 'allocation',
        ...provenanceOf(scenario),
        pair,
        question,
        limits: limits.map(({ text }) => text),
        tolerances: tolerances.map(({ place: _, ...tolerance }) => tolerance),
        matings: scenario.matings,
        verificationMatings,
        ...answer,
        before: proof?.before ?? null,
        after: proof?.after ?? null,
        allocated: describeScenario(allocated(scenario, tolerances, factors)),
        host: hostFacts(fibreMatings),
      }),
    ) as AllocationResult;
  } finally {
    await runner.close();
  }
}
