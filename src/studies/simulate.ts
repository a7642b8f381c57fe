/** The main study: a scenario's pairs mated at random, compared on shared random numbers. */

import type { OnProgress } from '../engine/fold.js';
import { defaultWorkers } from '../engine/pool.js';
import { runPlan } from '../engine/run.js';
import type { Engine } from '../engine/runner.js';
import type { Journal } from '../parts/journal.js';
import { compilePlan } from '../plan/compile.js';
import { blockStart } from '../plan/types.js';
import { buildResult } from '../result/build.js';
import { startClock } from '../result/provenance.js';
import type { Result } from '../result/schema.js';
import { fibresOfAllPairs } from '../scenario/fibres.js';
import type { Scenario } from '../scenario/types.js';

export interface SimulateOptions {
  /** Worker threads; 0 runs in this thread. Default: as many as the machine runs at once. */
  readonly workers?: number | undefined;
  /** What computes the blocks; both give the same numbers. Default: the kernel. */
  readonly engine?: Engine | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Keeps what the run comes to, and what an earlier one came to before it was interrupted. */
  readonly journal?: Journal | undefined;
  /** Number of the run in its journal. Default 0. */
  readonly stage?: number | undefined;
  /** Aborting ends the run at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a scenario and returns its result. All but `host` is the same, bit for bit, whatever the number of workers.
 */
export async function simulate(scenario: Scenario, options: SimulateOptions = {}): Promise<Result> {
  const workers = options.workers ?? defaultWorkers();
  const engine = options.engine ?? 'kernel';
  const hostFacts = startClock(workers, engine);
  const plan = compilePlan(scenario);
  const { journal, stage = 0 } = options;
  const kept = journal?.found(stage, plan);
  const totals = await runPlan(plan, {
    workers,
    engine,
    onProgress: options.onProgress,
    signal: options.signal,
    kept,
    onFolded: (now) => journal?.keep(stage, plan, plan.blocks, now),
  });
  const earlier = kept === undefined ? 0 : blockStart(plan, kept.next);
  const fibreMatings = (scenario.matings - earlier) * fibresOfAllPairs(scenario);
  return buildResult(scenario, plan, totals, hostFacts(fibreMatings));
}
