/**
 * What is counted of one number a fibre pair, in dB: insertion loss, return loss, a change of loss. Sums for mean and
 * standard deviation, histograms for quantiles, all with the mating as their unit, mergeable block by block.
 */
import { InvariantError } from '../errors.js';
import { ExactSums } from './exact-sums.js';
import { BlockHistogram, binOf, type FilledBins, Histogram } from './histogram.js';
import type { SpreadState } from './states.js';
import * as SUM from './sums.js';

/** Which fibre of a mating is its worst: that with the highest loss, or that with the lowest return loss. */
export type Worst = 'highest' | 'lowest';

/** A block's spread as plain arrays. */
export interface SpreadData {
  readonly matings: number;
  readonly shiftDb: number;
  readonly minDb: number;
  readonly maxDb: number;
  /** Extremes of the worst fibres. */
  readonly worstMinDb: number;
  readonly worstMaxDb: number;
  /** The first sums of sums.ts, others may follow. */
  readonly sums: Float64Array;
  /** Histogram of all fibres. */
  readonly fibres: FilledBins;
  /** Histogram that sums to the squared number of fibres of a mating up to each bin (see add). */
  readonly squares: FilledBins;
  /** Histogram of the worst fibre of each mating. */
  readonly worst: FilledBins;
}

/** Counts one number of every fibre pair within one block. */
export class SpreadTally {
  readonly #shiftDb: number;
  readonly #binsPerDb: number;
  readonly #sign: number;
  readonly #fibres = new BlockHistogram();
  readonly #squares = new BlockHistogram();
  readonly #worst = new BlockHistogram();
  readonly #sorted: Int32Array;
  #matings = 0;
  #minDb = Infinity;
  #maxDb = -Infinity;
  #worstMinDb = Infinity;
  #worstMaxDb = -Infinity;
  /** Mean and worst value of the mating added last, dB, and the first fibre that has the worst. */
  lastMeanDb = 0;
  lastWorstDb = 0;
  lastWorstFibre = 0;

  /** @param shiftDb value from which differences are summed, so that nothing cancels when the spread is small */
  constructor(fibreCount: number, shiftDb: number, binsPerDb: number, worst: Worst) {
    this.#shiftDb = shiftDb;
    this.#binsPerDb = binsPerDb;
    this.#sign = worst === 'highest' ? 1 : -1;
    this.#sorted = new Int32Array(fibreCount);
  }

  /**
   * Adds the values of one mating.
   *
   * Intervals of quantiles need, for any value q, the sum over matings of c(q)², c the number of fibres up to q.
   * Adding 2k − 1 at the k-th smallest value of each mating gives exactly that sum when cumulated, because
   * 1 + 3 + … + (2c − 1) = c².
   *
   * @param sums receive what sums.ts says up to w4
   */
  add(values: Float64Array, sums: Float64Array): void {
    const n = values.length;
    let sum = 0;
    let sumOfSquares = 0;
    let worstDb = values[0]!;
    let worstFibre = 0;
    for (let i = 0; i < n; i++) {
      const value = values[i]!;
      const shifted = value - this.#shiftDb;
      sum += shifted;
      sumOfSquares += shifted * shifted;
      if (this.#sign * value > this.#sign * worstDb) {
        worstDb = value;
        worstFibre = i;
      }
      if (value < this.#minDb) this.#minDb = value;
      if (value > this.#maxDb) this.#maxDb = value;
      const bin = binOf(value, this.#binsPerDb);
      this.#fibres.add(bin);
      this.#insert(i, bin);
    }
    if (!Number.isFinite(sum)) throw new InvariantError('a mating has a loss that is no number');
    for (let k = 0; k < n; k++) this.#squares.add(this.#sorted[k]!, 2 * k + 1);
    this.#worst.add(binOf(worstDb, this.#binsPerDb));
    if (worstDb < this.#worstMinDb) this.#worstMinDb = worstDb;
    if (worstDb > this.#worstMaxDb) this.#worstMaxDb = worstDb;

    const a = sum / n;
    const b = sumOfSquares / n;
    const w = worstDb - this.#shiftDb;
    const w2 = w * w;
    sums[SUM.a]! += a;
    sums[SUM.aa]! += a * a;
    sums[SUM.b]! += b;
    sums[SUM.bb]! += b * b;
    sums[SUM.ab]! += a * b;
    sums[SUM.w]! += w;
    sums[SUM.w2]! += w2;
    sums[SUM.w3]! += w2 * w;
    sums[SUM.w4]! += w2 * w2;
    this.#matings += 1;
    this.lastMeanDb = this.#shiftDb + a;
    this.lastWorstDb = worstDb;
    this.lastWorstFibre = worstFibre;
  }

  data(sums: Float64Array): SpreadData {
    return {
      matings: this.#matings,
      shiftDb: this.#shiftDb,
      minDb: this.#minDb,
      maxDb: this.#maxDb,
      worstMinDb: this.#worstMinDb,
      worstMaxDb: this.#worstMaxDb,
      sums,
      fibres: this.#fibres.filled(),
      squares: this.#squares.filled(),
      worst: this.#worst.filled(),
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

/** The spread of all matings: the same in whatever order blocks are added. */
export class SpreadTotal {
  readonly fibreCount: number;
  readonly binsPerDb: number;
  matings = 0;
  shiftDb = 0;
  minDb = Infinity;
  maxDb = -Infinity;
  worstMinDb = Infinity;
  worstMaxDb = -Infinity;
  readonly fibres = new Histogram();
  readonly squares = new Histogram();
  readonly worst = new Histogram();
  #sums: ExactSums | undefined;

  constructor(fibreCount: number, binsPerDb: number) {
    this.fibreCount = fibreCount;
    this.binsPerDb = binsPerDb;
  }

  addSpread(block: SpreadData): void {
    this.#sums ??= new ExactSums(block.sums.length);
    this.#sums.add(block.sums);
    this.#addCounts(block);
  }

  /** What other blocks came to. */
  mergeSpread(state: SpreadState): void {
    if (state.matings === 0) return;
    this.#sums ??= new ExactSums(state.sums.length);
    this.#sums.merge(state.sums);
    this.#addCounts(state);
  }

  spreadState(): SpreadState {
    const isEmpty = this.matings === 0;
    return {
      matings: this.matings,
      shiftDb: this.shiftDb,
      minDb: isEmpty ? 0 : this.minDb,
      maxDb: isEmpty ? 0 : this.maxDb,
      worstMinDb: isEmpty ? 0 : this.worstMinDb,
      worstMaxDb: isEmpty ? 0 : this.worstMaxDb,
      sums: this.#sums?.exact() ?? [],
      fibres: this.fibres.state(),
      squares: this.squares.state(),
      worst: this.worst.state(),
    };
  }

  #addCounts(other: SpreadData | SpreadState): void {
    this.matings += other.matings;
    this.shiftDb = other.shiftDb;
    this.minDb = Math.min(this.minDb, other.minDb);
    this.maxDb = Math.max(this.maxDb, other.maxDb);
    this.worstMinDb = Math.min(this.worstMinDb, other.worstMinDb);
    this.worstMaxDb = Math.max(this.worstMaxDb, other.worstMaxDb);
    this.fibres.merge(other.fibres);
    this.squares.merge(other.squares);
    this.worst.merge(other.worst);
  }

  sums(): Float64Array {
    return this.#sums?.values() ?? new Float64Array(0);
  }
}
