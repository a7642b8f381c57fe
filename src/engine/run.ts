/** Runs all blocks of a plan, in this thread or on workers, and folds them in block order. */
import type { Plan } from '../plan/types.js';
import type { OnProgress, RunTotals } from './fold.js';
import { type ManyOptions, runPlans } from './run-many.js';

export interface RunOptions extends ManyOptions {
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Runs a plan. The totals depend on the plan alone: the same bits for any number of workers.
 */
export async function runPlan(
  plan: Plan,
  { onProgress, ...options }: RunOptions,
): Promise<RunTotals> {
  let totals: RunTotals | undefined;
  const run = {
    plan,
    onProgress,
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
