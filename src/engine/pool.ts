/** The worker threads that compute blocks. */
import { availableParallelism } from 'node:os';
import type { Plan } from '../plan/types.js';
import { BlockFailure, type Faults } from './failure.js';
import type { BlockTask, TimedBlock } from './tasks.js';
import { openThreads, type Threads } from './threads.js';

/** Blocks that a worker has at hand: the one that it computes and the next, for which it so need not wait. */
export const LANES_PER_WORKER = 2;
/** What a fibre of a mating takes, s: several times what the slowest of links do by the reference. */
export const SECONDS_PER_FIBRE_MATING = 1e-5;

/** Beyond them the thread that adds up blocks has more to do than one can (docs/scaling.md): more need more processes. */
export const MOST_WORKERS = 256;

/** Threads that a run uses unless told otherwise. */
export function defaultWorkers(): number {
  return Math.min(availableParallelism(), MOST_WORKERS);
}

/** Starts `workers` threads, with the kernel or for the reference. */
export function openPool(
  workers: number,
  kernel: WebAssembly.Module | undefined,
  faults?: Faults,
): Threads<BlockTask, TimedBlock> {
  return openThreads({
    entry: 'block',
    threads: workers,
    atHand: LANES_PER_WORKER,
    workerData: { kernel },
    expectedSeconds: ({ plan }) => SECONDS_PER_FIBRE_MATING * fibreMatingsPerBlock(plan),
    failure: ({ plan, block }, attempts, cause) => new BlockFailure(plan, block, attempts, cause),
    faults,
  });
}

function fibreMatingsPerBlock({ matings, blocks, pairs, channels }: Plan): number {
  const all = [...pairs, ...channels.flatMap((channel) => channel.pairs)];
  const fibres = all.reduce((sum, { mechanics }) => sum + mechanics.fibres, 0);
  return Math.ceil(matings / blocks) * fibres;
}
