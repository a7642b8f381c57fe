/** Blocks on their way to the threads that compute them. */
import type { Plan } from '../plan/types.js';
import type { BlockResult, BlockRunner } from './block.js';
import { createRunner } from './runner.js';

/** One block of a plan. The tables of a plan lie in shared memory, so that what is sent is small. */
export interface BlockTask {
  /** Tells the plans of one pool apart. */
  readonly number: number;
  readonly plan: Plan;
  readonly block: number;
}

/** A block, and the time that its thread took to compute it. */
export interface TimedBlock {
  readonly result: BlockResult;
  readonly seconds: number;
}

/** Computes blocks of one plan after another; stays ready for the last one, of which there are usually more. */
export class BlockComputer {
  readonly #kernel: WebAssembly.Module | undefined;
  #instance: WebAssembly.Instance | undefined;
  #number = -1;
  #run: BlockRunner | undefined;

  /** @param kernel without it the reference runs */
  constructor(kernel: WebAssembly.Module | undefined) {
    this.#kernel = kernel;
  }

  compute(task: BlockTask): TimedBlock {
    try {
      return this.#compute(task);
    } catch (error) {
      // What a block had counted when it failed would go into the next one.
      this.#run = undefined;
      this.#instance = undefined;
      throw error;
    }
  }

  #compute({ number, plan, block }: BlockTask): TimedBlock {
    if (this.#run === undefined || this.#number !== number) {
      if (this.#kernel !== undefined) this.#instance ??= new WebAssembly.Instance(this.#kernel);
      this.#run = createRunner({ plan, kernel: plan.lot === null ? this.#instance : undefined });
      this.#number = number;
    }
    const clock = performance.now();
    const result = this.#run(block);
    return { result, seconds: (performance.now() - clock) / 1000 };
  }
}
