/** What is counted of the matings of one pair: sums, histograms and the worst, mergeable block by block. */
import { InvariantError } from '../errors.js';
import type { FibreResults } from '../model/workspace.js';
import { DB_PER_NEPER } from '../numerics/elementary.js';
import { AlternatingSums } from './alternating.js';
import { BlockHistogram, binOf, type FilledBins, mergeFilled } from './histogram.js';
import * as SUM from './sums.js';
import { WorstList, type WorstMating } from './worst.js';

/** Causes of loss that are summed on their own, in the order of the sums. */
export const CAUSES = ['lateral', 'angular', 'modeMismatch', 'gap', 'interaction'] as const;
export type Cause = (typeof CAUSES)[number];

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
  readonly #sums: AlternatingSums;
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
    this.#sums = new AlternatingSums(SUM.positions + 2 * fibreCount);
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
  add(mating: number, results: FibreResults, contactVisits: number): void {
    const n = this.#fibreCount;
    const sums = this.#sums.next();
    let sum = 0;
    let sumOfSquares = 0;
    let worstDb = -Infinity;
    let worstFibre = 0;
    let gaps = 0;
    for (let i = 0; i < n; i++) {
      const loss = results.lossDb[i]!;
      const shifted = loss - this.#shiftDb;
      const bin = binOf(loss);
      this.#positions[i]!.add(bin);
      this.#insert(i, bin);
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
    if (!Number.isFinite(sum)) {
      throw new InvariantError(`mating ${mating} has a loss that is no number`);
    }
    for (let k = 0; k < n; k++) this.#squares.add(this.#sorted[k]!, 2 * k + 1);
    this.#worst.add(binOf(worstDb));
    if (worstDb > this.#maxDb) this.#maxDb = worstDb;
    if (worstDb < this.#worstMinDb) this.#worstMinDb = worstDb;

    const a = sum / n;
    const b = sumOfSquares / n;
    const w = worstDb - this.#shiftDb;
    const w2 = w * w;
    add(sums, SUM.a, a);
    add(sums, SUM.aa, a * a);
    add(sums, SUM.b, b);
    add(sums, SUM.bb, b * b);
    add(sums, SUM.ab, a * b);
    add(sums, SUM.w, w);
    add(sums, SUM.w2, w2);
    add(sums, SUM.w3, w2 * w);
    add(sums, SUM.w4, w2 * w2);
    add(sums, SUM.gaps, gaps);
    add(sums, SUM.gaps2, gaps * gaps);
    add(sums, SUM.contactVisits, contactVisits);
    addCause(sums, 0, results.lateralNepers);
    addCause(sums, 1, results.angularNepers);
    addCause(sums, 2, results.modeMismatchNepers);
    addCause(sums, 3, results.gapNepers);
    addCause(sums, 4, results.interactionNepers);

    this.#matings += 1;
    this.lastMeanDb = this.#shiftDb + a;
    this.lastWorstDb = worstDb;
    this.#worstList.offer(mating, worstDb, this.lastMeanDb, worstFibre);
  }

  data(): TallyData {
    const positions = this.#positions.map((histogram) => histogram.filled());
    return {
      matings: this.#matings,
      shiftDb: this.#shiftDb,
      minDb: this.#minDb,
      maxDb: this.#maxDb,
      worstMinDb: this.#worstMinDb,
      sums: this.#sums.total(),
      fibres: mergeFilled(positions),
      squares: this.#squares.filled(),
      worst: this.#worst.filled(),
      positions,
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
}

/** Mean loss of a mating as a tally works it out, to the last bit. */
export function meanLossDb(losses: readonly number[], shiftDb: number): number {
  return shiftDb + losses.reduce((sum, loss) => sum + (loss - shiftDb), 0) / losses.length;
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = sums[at]! + value;
}

function addCause(sums: Float64Array, cause: number, nepers: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < nepers.length; i++) sum += nepers[i]!;
  const mean = (sum * DB_PER_NEPER) / nepers.length;
  add(sums, SUM.causes + 2 * cause, mean);
  add(sums, SUM.causes + 2 * cause + 1, mean * mean);
}
