/** Work that could not be done, however often it was tried: a defect of the program or of the machine. */
import { blockStart, type Plan } from '../plan/types.js';

/** What else the one who runs the work wants to say, and hear, of faults of threads. */
export interface Faults {
  /** Processor time that a thread is given for a task at least before it counts as hanging, s. Default 60. */
  readonly patienceSeconds?: number | undefined;
  /** Told of each failure after which the work is tried again. */
  readonly onRetry?: ((failure: ComputeFailure) => void) | undefined;
}

/** Some work failed. */
export abstract class ComputeFailure extends Error {
  /** How often it was tried. */
  readonly attempts: number;
  /** What came of the last attempt. */
  readonly reason: string;

  /** @param what the work, such as `block 3 of 12` */
  constructor(what: string, attempts: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const often = attempts === 1 ? '' : ` ${attempts} times`;
    super(`${what} failed${often}: ${reason}`, { cause });
    this.attempts = attempts;
    this.reason = reason;
  }
}

/** A block of matings failed. */
export class BlockFailure extends ComputeFailure {
  override readonly name = 'BlockFailure';
  readonly block: number;
  readonly blocks: number;
  readonly firstMating: number;
  /** Of the block. */
  readonly matings: number;
  /** Of the plan: blocks are what they are with so many alone. */
  readonly planMatings: number;

  constructor(
    plan: Pick<Plan, 'matings' | 'blocks'>,
    block: number,
    attempts: number,
    cause: unknown,
  ) {
    const first = blockStart(plan, block);
    const next = blockStart(plan, block + 1);
    super(`block ${block} of ${plan.blocks} (matings ${first} to ${next - 1})`, attempts, cause);
    this.block = block;
    this.blocks = plan.blocks;
    this.firstMating = first;
    this.matings = next - first;
    this.planMatings = plan.matings;
  }
}

/** A replicate of multilevel splitting failed. */
export class ReplicateFailure extends ComputeFailure {
  override readonly name = 'ReplicateFailure';
  /** Its name. */
  readonly pair: string;
  readonly replicate: number;

  constructor(pair: string, replicate: number, attempts: number, cause: unknown) {
    super(`replicate ${replicate} of pair ${pair}`, attempts, cause);
    this.pair = pair;
    this.replicate = replicate;
  }
}
