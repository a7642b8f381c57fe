/** What is counted of the matings of one pair: sums, histograms and the worst, mergeable block by block. */
import type { FibreResults } from '../model/workspace.js';
import { DB_PER_NEPER } from '../numerics/elementary.js';
import { AlternatingSums } from './alternating.js';
import {
  BlockHistogram,
  binOf,
  type FilledBins,
  LOSS_BINS_PER_DB,
  RETURN_LOSS_BINS_PER_DB,
} from './histogram.js';
import { type SpreadData, SpreadTally } from './spread.js';
import * as SUM from './sums.js';
import { WorstList, type WorstMating } from './worst.js';

/** Causes of loss that are summed on their own, in the order of the sums. */
export const CAUSES = ['lateral', 'angular', 'modeMismatch', 'gap', 'interaction'] as const;
export type Cause = (typeof CAUSES)[number];

/** Return losses are summed as differences from this, dB. */
export const RETURN_LOSS_SHIFT_DB = 50;

/** A tally as plain arrays, the form in which a block's result travels. */
export interface TallyData extends SpreadData {
  /** Histogram of each fibre position. */
  readonly positions: readonly FilledBins[];
  readonly worstMatings: readonly WorstMating[];
  readonly returnLoss?: SpreadData | undefined;
}

/** Counts the matings of one pair within one block. */
export class Tally {
  readonly #fibreCount: number;
  readonly #shiftDb: number;
  readonly #sums: AlternatingSums;
  readonly #losses: SpreadTally;
  readonly #positions: readonly BlockHistogram[];
  readonly #worstList = new WorstList();
  readonly #returnLosses: SpreadTally | undefined;
  readonly #returnSums = new AlternatingSums(SUM.spread);

  constructor(fibreCount: number, shiftDb: number, returnLoss = false) {
    this.#fibreCount = fibreCount;
    this.#shiftDb = shiftDb;
    this.#sums = new AlternatingSums(SUM.positions + 2 * fibreCount);
    this.#losses = new SpreadTally(fibreCount, shiftDb, LOSS_BINS_PER_DB, 'highest');
    this.#positions = Array.from({ length: fibreCount }, () => new BlockHistogram());
    this.#returnLosses = returnLoss
      ? new SpreadTally(fibreCount, RETURN_LOSS_SHIFT_DB, RETURN_LOSS_BINS_PER_DB, 'lowest')
      : undefined;
  }

  /** Mean loss and worst loss of the mating added last, for comparisons, dB. */
  get lastMeanDb(): number {
    return this.#losses.lastMeanDb;
  }

  get lastWorstDb(): number {
    return this.#losses.lastWorstDb;
  }

  /** Adds one mating. */
  add(mating: number, results: FibreResults, contactVisits: number): void {
    const n = this.#fibreCount;
    const sums = this.#sums.next();
    this.#losses.add(results.lossDb, sums);
    let gaps = 0;
    for (let i = 0; i < n; i++) {
      const loss = results.lossDb[i]!;
      const shifted = loss - this.#shiftDb;
      this.#positions[i]!.add(binOf(loss, LOSS_BINS_PER_DB));
      sums[SUM.positions + 2 * i]! += shifted;
      sums[SUM.positions + 2 * i + 1]! += shifted * shifted;
      if (results.gapUm[i]! > 0) gaps += 1;
    }
    sums[SUM.gaps]! += gaps;
    sums[SUM.gaps2]! += gaps * gaps;
    sums[SUM.contactVisits]! += contactVisits;
    addCause(sums, 0, results.lateralNepers);
    addCause(sums, 1, results.angularNepers);
    addCause(sums, 2, results.modeMismatchNepers);
    addCause(sums, 3, results.gapNepers);
    addCause(sums, 4, results.interactionNepers);
    const { lastWorstDb, lastMeanDb, lastWorstFibre } = this.#losses;
    this.#worstList.offer(mating, lastWorstDb, lastMeanDb, lastWorstFibre);
    this.#returnLosses?.add(results.returnLossDb, this.#returnSums.next());
  }

  data(): TallyData {
    return {
      ...this.#losses.data(this.#sums.total()),
      positions: this.#positions.map((histogram) => histogram.filled()),
      worstMatings: this.#worstList.entries(),
      returnLoss: this.#returnLosses?.data(this.#returnSums.total()),
    };
  }
}

/** Mean loss of a mating as a tally works it out, to the last bit. */
export function meanLossDb(losses: readonly number[], shiftDb: number): number {
  return shiftDb + losses.reduce((sum, loss) => sum + (loss - shiftDb), 0) / losses.length;
}

function addCause(sums: Float64Array, cause: number, nepers: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < nepers.length; i++) sum += nepers[i]!;
  const mean = (sum * DB_PER_NEPER) / nepers.length;
  sums[SUM.causes + 2 * cause]! += mean;
  sums[SUM.causes + 2 * cause + 1]! += mean * mean;
}
