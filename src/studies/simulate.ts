/** The main study: a scenario's pairs mated at random, compared on shared random numbers. */

import type { Faults } from '../engine/failure.js';
import type { OnProgress, RunTotals } from '../engine/fold.js';
import { defaultWorkers } from '../engine/pool.js';
import type { Engine } from '../engine/runner.js';
import { InvariantError } from '../errors.js';
import type { Journal } from '../parts/journal.js';
import { runStudy } from '../parts/run-study.js';
import type { Study } from '../parts/study-run.js';
import { compilePlan } from '../plan/compile.js';
import { buildResult } from '../result/build.js';
import { startClock } from '../result/provenance.js';
import type { Result } from '../result/schema.js';
import type { Scenario } from '../scenario/types.js';

export interface SimulateOptions {
  /** Worker threads; 0 runs in this thread. Default: as many as the machine runs at once. */
  readonly workers?: number | undefined;
  /** What computes the blocks; both give the same numbers. Default: the kernel. */
  readonly engine?: Engine | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Keeps what the run comes to, and what an earlier one came to before it was interrupted. */
  readonly journal?: Journal | undefined;
  /** Name of the run in its journal. Default `run`. */
  readonly key?: string | undefined;
  /** Aborting ends the run at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What is done about threads that fail. */
  readonly faults?: Faults | undefined;
}

/**
 * Runs a scenario and returns its result. All but `host` is the same, bit for bit, whatever the number of workers.
 *
 * Rejects with a BlockFailure when a block fails however often it is tried.
 */
export async function simulate(scenario: Scenario, options: SimulateOptions = {}): Promise<Result> {
  const { workers = defaultWorkers(), engine = 'kernel', onProgress } = options;
  const { journal, signal, faults } = options;
  const { matings } = scenario;
  const hostFacts = startClock(workers, engine);
  const study = simulation(scenario, options.key);
  const { fibreMatings } = await runStudy(study.runs(), {
    ...{ workers, engine, journal, signal, faults },
    onProgress: (done) => onProgress?.({ matingsDone: Math.round(done), matings }),
  });
  return study.result(hostFacts(fibreMatings));
}

/** A run as a study of one plan. */
export function simulation(scenario: Scenario, key = 'run'): Study<Result> {
  const plan = compilePlan(scenario);
  const place = { before: 0, work: plan.matings, total: plan.matings };
  let totals: RunTotals | undefined;
  const done = (all: RunTotals): void => {
    totals = all;
  };
  return {
    runs: () => [{ key, place, open: () => ({ plan, done }) }],
    result: (host) => {
      if (totals === undefined) throw new InvariantError('a run is not done');
      return buildResult(scenario, plan, totals, host);
    },
  };
}
