/** The worker threads that compute blocks. */
import { availableParallelism } from 'node:os';
import type { BlockTask, TimedBlock } from './tasks.js';
import { openThreads, type Threads } from './threads.js';

/** Blocks that a worker has at hand: the one that it computes and the next, for which it so need not wait. */
export const LANES_PER_WORKER = 2;

/** Threads that a run uses unless told otherwise. */
export function defaultWorkers(): number {
  return availableParallelism();
}

/** Starts `workers` threads, with the kernel or for the reference. */
export function openPool(
  workers: number,
  kernel: WebAssembly.Module | undefined,
): Threads<BlockTask, TimedBlock> {
  return openThreads('block', workers, LANES_PER_WORKER, { kernel });
}
