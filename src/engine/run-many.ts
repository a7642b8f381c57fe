/** Runs many plans on one set of threads. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BlockFailure, type Faults } from './failure.js';
import { type Numbers, type PlannedRun, type Runs, runOnLanes } from './lanes.js';
import { loadKernel } from './load-kernel.js';
import { checkRunMemory } from './memory.js';
import { LANES_PER_WORKER, openPool } from './pool.js';
import type { Engine } from './runner.js';
import { BlockComputer, type BlockTask, type TimedBlock } from './tasks.js';

export type { PlannedRun, Runs } from './lanes.js';

export interface ManyOptions {
  /** Worker threads; 0 runs in this thread. */
  readonly workers: number;
  readonly engine: Engine;
  /** Aborting ends all runs at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What is done about threads that fail. */
  readonly faults?: Faults | undefined;
}

/** Threads that stay ready for more plans. */
export interface ManyRunner {
  /**
   * Runs plans one after the other; the next one is asked for when the last one has no blocks left to begin with. The totals
   * of each depend on its plan alone: the same bits for any number of workers, and alone or among others. Blocks that fail on a
   * thread are tried again; a plan fails with a BlockFailure.
   */
  readonly run: (runs: Runs) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the threads. Whoever opens a runner closes it, also when a run of it was rejected. */
export function openRunner({ workers, engine, signal, faults }: ManyOptions): ManyRunner {
  signal?.throwIfAborted();
  const kernel = engine === 'kernel' ? loadKernel() : undefined;
  const numbers: Numbers = { next: 0 };
  if (workers === 0) {
    const computer = new BlockComputer(kernel);
    const compute = async (task: BlockTask): Promise<TimedBlock> => {
      const result = computedHere(computer, task);
      await nextTurn(); // lets signals and timers in
      return result;
    };
    return {
      run: (runs) =>
        runOnLanes(affordable(runs, 0), numbers, { compute, count: 1, nextTurn, signal }),
      close: () => Promise.resolve(),
    };
  }
  const pool = openPool(workers, kernel, faults);
  return {
    run: (runs) =>
      runOnLanes(affordable(runs, workers), numbers, {
        compute: pool.run,
        count: LANES_PER_WORKER * workers,
        nextTurn,
        signal,
      }),
    close: pool.close,
  };
}

/** In this thread what failed once would fail again. */
function computedHere(computer: BlockComputer, task: BlockTask): TimedBlock {
  try {
    return computer.compute(task);
  } catch (error) {
    throw new BlockFailure(task.plan, task.block, 1, error);
  }
}

/** The runs, each looked at before it begins: UserError ends all of them where one would take too much memory. */
function* affordable(runs: Runs, workers: number): Generator<PlannedRun | undefined> {
  for (let next = runs.next(); next.done !== true; next = runs.next()) {
    if (next.value !== undefined) checkRunMemory(next.value.plan, workers);
    yield next.value;
  }
}

/** Runs plans on threads of their own. */
export async function runPlans(runs: Runs, options: ManyOptions): Promise<void> {
  const runner = openRunner(options);
  try {
    await runner.run(runs);
  } finally {
    await runner.close();
  }
}
