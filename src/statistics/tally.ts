/** What is counted of the matings of one pair: sums, histograms and the worst, mergeable block by block. */
import { InvariantError } from '../errors.js';
import type { FibreResults } from '../model/workspace.js';
import { BlockHistogram, binOf, type FilledBins } from './histogram.js';
import { WorstList, type WorstMating } from './worst.js';

/** Causes of loss that are summed on their own, in the order of the sums. */
export const CAUSES = ['lateral', 'angular', 'modeMismatch', 'gap', 'interaction'] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * Places of the sums in a tally. Losses (not those by cause) are taken minus the pair's shift, so that nothing cancels
 * when the spread is small. Per mating: a = mean over its fibres of (loss − shift), b = mean of (loss − shift)²;
 * w = (loss of the worst fibre − shift).
 */
export const SUM = {
  a: 0,
  aa: 1,
  b: 2,
  bb: 3,
  ab: 4,
  w: 5,
  w2: 6,
  w3: 7,
  w4: 8,
  gaps: 9,
  gaps2: 10,
  /** Per cause: sum over matings of the mating's mean, and of its square. */
  causes: 11,
  /** Per fibre position: sum of (loss − shift), and of its square. */
  positions: 11 + 2 * CAUSES.length,
} as const;

/** A tally as plain arrays, the form in which a block's result travels. */
export interface TallyData {
  readonly matings: number;
  readonly shiftDb: number;
  readonly minDb: number;
  readonly maxDb: number;
  readonly worstMinDb: number;
  readonly sums: Float64Array;
  /** Histogram of all fibres. */
  readonly fibres: FilledBins;
  /** Histogram that sums to the squared number of fibres of a mating up to each bin (see add). */
  readonly squares: FilledBins;
  /** Histogram of the worst fibre of each mating. */
  readonly worst: FilledBins;
  /** Histogram of each fibre position. */
  readonly positions: readonly FilledBins[];
  readonly worstMatings: readonly WorstMating[];
}

/** Counts the matings of one pair within one block. */
export class Tally {
  readonly #fibreCount: number;
  readonly #shiftDb: number;
  readonly #sums: Float64Array;
  readonly #fibres = new BlockHistogram();
  readonly #squares = new BlockHistogram();
  readonly #worst = new BlockHistogram();
  readonly #positions: readonly BlockHistogram[];
  readonly #sorted: Int32Array;
  readonly #worstList = new WorstList();
  #matings = 0;
  #minDb = Infinity;
  #maxDb = -Infinity;
  #worstMinDb = Infinity;
  /** Mean loss and worst loss of the mating added last, for comparisons, dB. */
  lastMeanDb = 0;
  lastWorstDb = 0;

  constructor(fibreCount: number, shiftDb: number) {
    this.#fibreCount = fibreCount;
    this.#shiftDb = shiftDb;
    this.#sums = new Float64Array(SUM.positions + 2 * fibreCount);
    this.#positions = Array.from({ length: fibreCount }, () => new BlockHistogram());
    this.#sorted = new Int32Array(fibreCount);
  }

  /**
   * Adds one mating.
   *
   * Intervals of quantiles need, for any loss q, the sum over matings of c(q)², c the number of fibres up to q.
   * Adding 2k − 1 at the k-th smallest loss of each mating gives exactly that sum when cumulated, because
   * 1 + 3 + … + (2c − 1) = c².
   */
  add(mating: number, results: FibreResults): void {
    const n = this.#fibreCount;
    const sums = this.#sums;
    let lossSum = 0;
    let sum = 0;
    let sumOfSquares = 0;
    let worstDb = -Infinity;
    let worstFibre = 0;
    let gaps = 0;
    for (let i = 0; i < n; i++) {
      const loss = results.lossDb[i]!;
      const shifted = loss - this.#shiftDb;
      const bin = binOf(loss);
      this.#fibres.add(bin);
      this.#positions[i]!.add(bin);
      this.#insert(i, bin);
      lossSum += loss;
      sum += shifted;
      sumOfSquares += shifted * shifted;
      sums[SUM.positions + 2 * i] = sums[SUM.positions + 2 * i]! + shifted;
      sums[SUM.positions + 2 * i + 1] = sums[SUM.positions + 2 * i + 1]! + shifted * shifted;
      if (results.gapUm[i]! > 0) gaps += 1;
      if (loss > worstDb) {
        worstDb = loss;
        worstFibre = i;
      }
      if (loss < this.#minDb) this.#minDb = loss;
    }
    if (!Number.isFinite(lossSum)) {
      throw new InvariantError(`mating ${mating} has a loss that is no number`);
    }
    for (let k = 0; k < n; k++) this.#squares.add(this.#sorted[k]!, 2 * k + 1);
    this.#worst.add(binOf(worstDb));
    if (worstDb > this.#maxDb) this.#maxDb = worstDb;
    if (worstDb < this.#worstMinDb) this.#worstMinDb = worstDb;

    const a = sum / n;
    const b = sumOfSquares / n;
    const w = worstDb - this.#shiftDb;
    sums[SUM.a] = sums[SUM.a]! + a;
    sums[SUM.aa] = sums[SUM.aa]! + a * a;
    sums[SUM.b] = sums[SUM.b]! + b;
    sums[SUM.bb] = sums[SUM.bb]! + b * b;
    sums[SUM.ab] = sums[SUM.ab]! + a * b;
    sums[SUM.w] = sums[SUM.w]! + w;
    sums[SUM.w2] = sums[SUM.w2]! + w * w;
    sums[SUM.w3] = sums[SUM.w3]! + w * w * w;
    sums[SUM.w4] = sums[SUM.w4]! + w * w * w * w;
    sums[SUM.gaps] = sums[SUM.gaps]! + gaps;
    sums[SUM.gaps2] = sums[SUM.gaps2]! + gaps * gaps;
    this.#addCause(0, results.lateralDb);
    this.#addCause(1, results.angularDb);
    this.#addCause(2, results.modeMismatchDb);
    this.#addCause(3, results.gapDb);
    this.#addCause(4, results.interactionDb);

    this.#matings += 1;
    this.lastMeanDb = lossSum / n;
    this.lastWorstDb = worstDb;
    this.#worstList.offer(mating, worstDb, this.lastMeanDb, worstFibre);
  }

  data(): TallyData {
    return {
      matings: this.#matings,
      shiftDb: this.#shiftDb,
      minDb: this.#minDb,
      maxDb: this.#maxDb,
      worstMinDb: this.#worstMinDb,
      sums: this.#sums,
      fibres: this.#fibres.filled(),
      squares: this.#squares.filled(),
      worst: this.#worst.filled(),
      positions: this.#positions.map((histogram) => histogram.filled()),
      worstMatings: this.#worstList.entries(),
    };
  }

  /** Inserts a bin into the ordered first i bins of this mating. */
  #insert(i: number, bin: number): void {
    const sorted = this.#sorted;
    let at = i;
    while (at > 0 && sorted[at - 1]! > bin) {
      sorted[at] = sorted[at - 1]!;
      at -= 1;
    }
    sorted[at] = bin;
  }

  #addCause(cause: number, lossDb: Float64Array): void {
    let sum = 0;
    for (let i = 0; i < this.#fibreCount; i++) sum += lossDb[i]!;
    const mean = sum / this.#fibreCount;
    const at = SUM.causes + 2 * cause;
    this.#sums[at] = this.#sums[at]! + mean;
    this.#sums[at + 1] = this.#sums[at + 1]! + mean * mean;
  }
}
