/** How the losses of one pair change from step to step of a series, fibre by fibre (model §10). */
import { AlternatingSums } from './alternating.js';
import { ExactSums } from './exact-sums.js';
import { LOSS_BINS_PER_DB } from './histogram.js';
import { type SpreadData, SpreadTally, SpreadTotal } from './spread.js';
import type { ChangesState } from './states.js';
import * as SUM from './sums.js';

/** What a series counted in one block. */
export interface ChangesData {
  /** Of each step after the first: the size of the change of each fibre's loss since the first step. */
  readonly steps: readonly SpreadData[];
  /** Its largest over all steps: the repeatability of a fibre over the matings that were looked at. */
  readonly largest: SpreadData;
  /** Of each step after the first: the signed change, mean over the fibres of a mating, and its square, summed. */
  readonly signed: Float64Array;
}

class AbsoluteSpread {
  readonly #sums = new AlternatingSums(SUM.spread);
  readonly #tally: SpreadTally;

  constructor(fibres: number) {
    this.#tally = new SpreadTally(fibres, 0, LOSS_BINS_PER_DB, 'highest');
  }

  add(values: Float64Array): void {
    this.#tally.add(values, this.#sums.next());
  }

  data(): SpreadData {
    return this.#tally.data(this.#sums.total());
  }
}

/** Counts |IL_k − IL_1| within one block. */
export class ChangesTally {
  readonly #steps: readonly AbsoluteSpread[];
  readonly #largest: AbsoluteSpread;
  readonly #signed: AlternatingSums;
  readonly #change: Float64Array;
  readonly #most: Float64Array;

  /** @param steps steps of the series, the first one included */
  constructor(fibres: number, steps: number) {
    this.#steps = Array.from({ length: steps - 1 }, () => new AbsoluteSpread(fibres));
    this.#largest = new AbsoluteSpread(fibres);
    this.#signed = new AlternatingSums(2 * (steps - 1));
    this.#change = new Float64Array(fibres);
    this.#most = new Float64Array(fibres);
  }

  /** @param lossesDb of each step, the first one first */
  add(lossesDb: readonly Float64Array[]): void {
    const first = lossesDb[0]!;
    const signed = this.#signed.next();
    this.#most.fill(0);
    for (let k = 0; k < this.#steps.length; k++) {
      const losses = lossesDb[k + 1]!;
      let sum = 0;
      for (let i = 0; i < first.length; i++) {
        const change = losses[i]! - first[i]!;
        const size = Math.abs(change);
        sum += change;
        this.#change[i] = size;
        this.#most[i] = Math.max(this.#most[i]!, size);
      }
      const mean = sum / first.length;
      signed[2 * k]! += mean;
      signed[2 * k + 1]! += mean * mean;
      this.#steps[k]!.add(this.#change);
    }
    this.#largest.add(this.#most);
  }

  data(): ChangesData {
    return {
      steps: this.#steps.map((step) => step.data()),
      largest: this.#largest.data(),
      signed: this.#signed.total(),
    };
  }
}

/** The changes of all matings of one series. */
export class ChangesTotal {
  readonly steps: readonly SpreadTotal[];
  readonly largest: SpreadTotal;
  readonly #signed: ExactSums;

  constructor(fibres: number, steps: number) {
    const total = () => new SpreadTotal(fibres, LOSS_BINS_PER_DB);
    this.steps = Array.from({ length: steps - 1 }, total);
    this.largest = total();
    this.#signed = new ExactSums(2 * (steps - 1));
  }

  add(block: ChangesData): void {
    this.steps.forEach((total, k) => {
      total.addSpread(block.steps[k] as SpreadData);
    });
    this.largest.addSpread(block.largest);
    this.#signed.add(block.signed);
  }

  /** What other blocks of the same plan came to. */
  merge(state: ChangesState): void {
    this.steps.forEach((total, k) => {
      total.mergeSpread(state.steps[k]!);
    });
    this.largest.mergeSpread(state.largest);
    this.#signed.merge(state.signed);
  }

  state(): ChangesState {
    return {
      steps: this.steps.map((total) => total.spreadState()),
      largest: this.largest.spreadState(),
      signed: this.#signed.exact(),
    };
  }

  /** Of each step after the first: the sum of signed changes, and of their squares. */
  signed(): Float64Array {
    return this.#signed.values();
  }
}
