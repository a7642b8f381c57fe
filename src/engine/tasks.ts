/** Plans on their way to the threads that compute their blocks. */
import { deserialize, serialize } from 'node:v8';
import type { Plan } from '../plan/types.js';
import type { BlockResult, BlockRunner } from './block.js';
import { createRunner } from './runner.js';

/** A plan as octets that all threads read where they are. */
export interface PackedPlan {
  /** Tells the plans of one pool apart. */
  readonly number: number;
  readonly octets: SharedArrayBuffer;
}

export interface BlockTask extends PackedPlan {
  readonly block: number;
}

export function packPlan(plan: Plan, number: number): PackedPlan {
  const packed = serialize(plan);
  const octets = new SharedArrayBuffer(packed.byteLength);
  new Uint8Array(octets).set(packed);
  return { number, octets };
}

/** A block, and the time that its thread took to compute it. */
export interface TimedBlock {
  readonly result: BlockResult;
  readonly seconds: number;
}

/** Computes blocks of one plan after another; stays ready for the last one, of which there are usually more. */
export class BlockComputer {
  readonly #kernel: WebAssembly.Instance | undefined;
  #number = -1;
  #run: BlockRunner | undefined;

  /** @param kernel without it the reference runs */
  constructor(kernel: WebAssembly.Module | undefined) {
    this.#kernel = kernel === undefined ? undefined : new WebAssembly.Instance(kernel);
  }

  compute({ number, octets, block }: BlockTask): TimedBlock {
    if (this.#run === undefined || this.#number !== number) {
      const plan = deserialize(new Uint8Array(octets)) as Plan;
      this.#run = createRunner({ plan, kernel: plan.lot === null ? this.#kernel : undefined });
      this.#number = number;
    }
    const clock = performance.now();
    const result = this.#run(block);
    return { result, seconds: (performance.now() - clock) / 1000 };
  }
}
