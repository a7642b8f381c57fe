/** The worker threads. Only this folder knows piscina. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { PACKAGE_ROOT } from '../package-root.js';
import type { BlockTask, TimedBlock } from './tasks.js';

/** Blocks that a worker has at hand: the one that it computes and the next. */
export const LANES_PER_WORKER = 2;

export interface Pool {
  readonly run: (task: BlockTask) => Promise<TimedBlock>;
  /** Ends all threads at once, whatever they do. */
  close(): Promise<void>;
}

/** Threads that a run uses unless told otherwise. */
export function defaultWorkers(): number {
  return availableParallelism();
}

/** Starts `workers` threads, with the kernel or for the reference. They run the built code, also when this code runs from its sources. */
export function openPool(workers: number, kernel: WebAssembly.Module | undefined): Pool {
  const piscina = new Piscina({
    filename: join(PACKAGE_ROOT, 'dist', 'workers', 'block.js'),
    minThreads: workers,
    maxThreads: workers,
    // one waits at the worker, which so need not wait for this thread
    concurrentTasksPerWorker: LANES_PER_WORKER,
    workerData: { kernel },
  });
  let isClosing = false;
  piscina.on('error', (error) => {
    // What a thread had finished when it was ended may arrive after its task has been given up.
    if (!isClosing) throw error;
  });
  return {
    run: (task) => piscina.run(task) as Promise<TimedBlock>,
    close: () => {
      isClosing = true;
      return piscina.destroy();
    },
  };
}
