/** The worker threads. Only this folder knows piscina. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { PACKAGE_ROOT } from '../package-root.js';
import type { BlockResult } from './block.js';
import type { RunnerSource } from './runner.js';

export interface Pool {
  run(block: number): Promise<BlockResult>;
  /** Ends all threads at once, whatever they do. */
  close(): Promise<void>;
}

/** Threads that a run uses unless told otherwise. */
export function defaultWorkers(): number {
  return availableParallelism();
}

/** Starts `workers` threads for one plan. They run the built code, also when this code runs from its sources. */
export function openPool(workers: number, source: RunnerSource): Pool {
  const piscina = new Piscina({
    filename: join(PACKAGE_ROOT, 'dist', 'workers', 'block.js'),
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
    workerData: source,
  });
  return {
    run: (block) => piscina.run(block) as Promise<BlockResult>,
    close: () => piscina.destroy(),
  };
}
