/** What the blocks of a plan, or of a part of it, come to: added up in block order. */
import { InvariantError } from '../errors.js';
import { blockStart, type Plan } from '../plan/types.js';
import type { BlockResult } from './block.js';
import { type OwnSums, PlanTotals, type RunTotals, type TotalsState } from './totals.js';

export type { OwnSums, RunTotals } from './totals.js';

export interface RunProgress {
  readonly matingsDone: number;
  readonly matings: number;
}

export type OnProgress = (progress: RunProgress) => void;

/** Blocks `from` to `to` − 1 of a plan. */
export interface BlockRange {
  readonly from: number;
  readonly to: number;
}

/** What blocks `from` to `next` − 1 came to, from where a run can go on. */
export interface Kept {
  readonly from: number;
  readonly next: number;
  readonly totals: TotalsState;
}

export interface FoldOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly own?: OwnSums | undefined;
  /** What the first blocks of the range came to. */
  readonly kept?: Kept | undefined;
}

/** Takes the blocks of a range in any order and adds them in block order. */
export class Fold {
  readonly #plan: Plan;
  readonly #range: BlockRange;
  readonly #onProgress: OnProgress | undefined;
  readonly #totals: PlanTotals;
  readonly #early = new Map<
    number,
    { readonly result: BlockResult; readonly seconds: number; readonly folded: () => void }
  >();
  #next: number;

  constructor(plan: Plan, range: BlockRange, { onProgress, own, kept }: FoldOptions) {
    this.#plan = plan;
    this.#range = range;
    this.#onProgress = onProgress;
    this.#totals = new PlanTotals(plan, own);
    this.#next = range.from;
    if (kept === undefined) return;
    if (kept.from !== range.from || kept.next > range.to)
      throw new InvariantError(`blocks ${kept.from} to ${kept.next} are not of this range`);
    this.#totals.merge(kept.totals);
    this.#next = kept.next;
  }

  /** The first block that has not been folded. */
  get next(): number {
    return this.#next;
  }

  get isWhole(): boolean {
    return this.#next === this.#range.to;
  }

  /** Resolves when the block has been folded. */
  add(result: BlockResult, seconds: number): Promise<void> {
    return new Promise((folded) => {
      this.#early.set(result.block, { result, seconds, folded });
      for (;;) {
        const next = this.#early.get(this.#next);
        if (next === undefined) break;
        this.#early.delete(this.#next);
        this.#totals.add(next.result, next.seconds);
        this.#next += 1;
        next.folded();
      }
      this.tell();
    });
  }

  /** Tells how far the range is. */
  tell(): void {
    const start = blockStart(this.#plan, this.#range.from);
    this.#onProgress?.({
      matingsDone: blockStart(this.#plan, this.#next) - start,
      matings: blockStart(this.#plan, this.#range.to) - start,
    });
  }

  /** Lets go of blocks that wait for earlier ones, which will not come. */
  abandon(): void {
    for (const { folded } of this.#early.values()) folded();
    this.#early.clear();
  }

  kept(): Kept {
    return { from: this.#range.from, next: this.#next, totals: this.#totals.state() };
  }

  totals(): RunTotals {
    if (!this.isWhole)
      throw new InvariantError(`block ${this.#next} of ${this.#plan.blocks} did not arrive`);
    return this.#totals.totals();
  }
}
