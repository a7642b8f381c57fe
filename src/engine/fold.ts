/** What all blocks of a plan come to, added up in block order. */
import { InvariantError } from '../errors.js';
import { type Plan, sectionOf } from '../plan/types.js';
import { ChangesTotal } from '../statistics/changes.js';
import { ChannelTotal } from '../statistics/channel.js';
import * as DIFFERENCE from '../statistics/differences.js';
import { CompensatedSums } from '../statistics/spread.js';
import { PairTotal } from '../statistics/total.js';
import type { BlockResult } from './block.js';

export interface RunProgress {
  readonly matingsDone: number;
  readonly matings: number;
}

/** Told of each block in the order of blocks, and of the section to which it belongs. */
export type OnBlock = (result: BlockResult, section: number) => void;
export type OnProgress = (progress: RunProgress) => void;

/** Everything counted in a run: one total a pair, one set of difference sums a comparison. */
export interface RunTotals {
  readonly pairs: readonly PairTotal[];
  readonly comparisons: readonly Float64Array[];
  readonly series: readonly ChangesTotal[];
  /** Of a lot: the losses of each pair, [repeat][pinned plug][unpinned plug][fibre], dB; none otherwise. */
  readonly losses: readonly Float64Array[];
  readonly channels: readonly ChannelTotal[];
  /** Spent by all threads in computing matings: no result, but a fact of the machine. */
  readonly seconds: number;
}

/** Takes the blocks of a plan in any order and adds them in block order. */
export class Fold {
  readonly #plan: Plan;
  readonly #onProgress: OnProgress | undefined;
  readonly #onBlock: OnBlock | undefined;
  readonly #pairs: PairTotal[];
  readonly #comparisons: CompensatedSums[];
  readonly #series: ChangesTotal[];
  readonly #losses: Float64Array[];
  readonly #channels: ChannelTotal[];
  readonly #early = new Map<number, { result: BlockResult; folded: () => void }>();
  #next = 0;
  #matingsDone = 0;
  #seconds = 0;

  constructor(plan: Plan, onProgress?: OnProgress, onBlock?: OnBlock) {
    this.#onBlock = onBlock;
    this.#plan = plan;
    this.#onProgress = onProgress;
    const compared = new Set(plan.comparisons.flat());
    const fibresOf = (pair: number): number => plan.pairs[pair]?.mechanics.fibres ?? 0;
    this.#pairs = plan.pairs.map(
      (_, p) => new PairTotal(fibresOf(p), compared.has(p) ? plan.sections : 0),
    );
    this.#comparisons = plan.comparisons.map(() => new CompensatedSums(DIFFERENCE.length));
    this.#channels = plan.channels.map(({ lanes }) => new ChannelTotal(lanes));
    this.#losses =
      plan.lot === null
        ? []
        : plan.pairs.map((_, p) => new Float64Array(plan.matings * fibresOf(p)));
    this.#series = plan.series.map(
      (steps) => new ChangesTotal(fibresOf(steps[0] as number), steps.length),
    );
  }

  /** Resolves when the block has been folded. */
  add(result: BlockResult, seconds: number): Promise<void> {
    this.#seconds += seconds;
    return new Promise((folded) => {
      this.#early.set(result.block, { result, folded });
      for (;;) {
        const next = this.#early.get(this.#next);
        if (next === undefined) break;
        this.#early.delete(this.#next);
        this.#addNext(next.result);
        next.folded();
      }
      this.#onProgress?.({ matingsDone: this.#matingsDone, matings: this.#plan.matings });
    });
  }

  /** Lets go of blocks that wait for earlier ones, which will not come. */
  abandon(): void {
    for (const { folded } of this.#early.values()) folded();
    this.#early.clear();
  }

  totals(): RunTotals {
    if (this.#next !== this.#plan.blocks) {
      throw new InvariantError(`${this.#next} of ${this.#plan.blocks} blocks arrived`);
    }
    return {
      pairs: this.#pairs,
      comparisons: this.#comparisons.map((sums) => sums.values()),
      series: this.#series,
      losses: this.#losses,
      channels: this.#channels,
      seconds: this.#seconds,
    };
  }

  #addNext(result: BlockResult): void {
    const section = sectionOf(this.#plan, result.block);
    this.#onBlock?.(result, section);
    result.pairs.forEach((tally, p) => {
      this.#pairs[p]?.add(tally, section);
    });
    result.comparisons.forEach((sums, c) => {
      this.#comparisons[c]?.add(sums);
    });
    result.series.forEach((changes, s) => {
      this.#series[s]?.add(changes);
    });
    result.channels.forEach((channel, c) => {
      this.#channels[c]?.add(channel);
    });
    result.losses.forEach((losses, p) => {
      const perMating = losses.length / result.matings;
      this.#losses[p]?.set(losses, this.#matingsDone * perMating);
    });
    this.#next += 1;
    this.#matingsDone += result.matings;
  }
}
