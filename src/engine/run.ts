/** Runs all blocks of a plan, in this thread or on workers, and folds them in block order. */
import type { Plan } from '../plan/types.js';
import type { Kept, OnProgress, RunTotals } from './fold.js';
import type { PlannedRun } from './lanes.js';
import { type ManyOptions, runPlans } from './run-many.js';

export interface RunOptions extends ManyOptions {
  readonly onProgress?: OnProgress | undefined;
  /** What its first blocks came to in an earlier run. */
  readonly kept?: Kept | undefined;
  readonly onFolded?: PlannedRun['onFolded'];
}

/**
 * Runs a plan. The totals depend on the plan alone: the same bits for any number of workers.
 */
export async function runPlan(
  plan: Plan,
  { onProgress, kept, onFolded, ...options }: RunOptions,
): Promise<RunTotals> {
  let totals: RunTotals | undefined;
  const run = {
    plan,
    onProgress,
    kept,
    onFolded,
    done: (all: RunTotals) => {
      totals = all;
    },
    failed: (error: unknown) => {
      throw error;
    },
  };
  await runPlans([run].values(), options);
  return totals as RunTotals;
}
