/**
 * What is counted of one number a fibre pair, in dB: insertion loss, return loss, a change of loss. Sums for mean and
 * standard deviation, histograms for quantiles, all with the mating as their unit, mergeable block by block.
 */
import { InvariantError } from '../errors.js';
import { BlockHistogram, binOf, type FilledBins, Histogram } from './histogram.js';
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

/** Running sums whose rounding errors are carried along (Neumaier 1974). */
export class CompensatedSums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(length: number) {
    this.#sums = new Float64Array(length);
    this.#lost = new Float64Array(length);
  }

  add(values: Float64Array): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      const before = this.#sums[i]!;
      const after = before + value;
      const lost =
        Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
      this.#sums[i] = after;
      this.#lost[i] = this.#lost[i]! + lost;
    }
  }

  values(): Float64Array {
    return this.#sums.map((sum, i) => sum + this.#lost[i]!);
  }
}

/** The spread of all matings: blocks added in block order. */
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
  #sums: CompensatedSums | undefined;

  constructor(fibreCount: number, binsPerDb: number) {
    this.fibreCount = fibreCount;
    this.binsPerDb = binsPerDb;
  }

  addSpread(block: SpreadData): void {
    this.#sums ??= new CompensatedSums(block.sums.length);
    this.#sums.add(block.sums);
    this.matings += block.matings;
    this.shiftDb = block.shiftDb;
    this.minDb = Math.min(this.minDb, block.minDb);
    this.maxDb = Math.max(this.maxDb, block.maxDb);
    this.worstMinDb = Math.min(this.worstMinDb, block.worstMinDb);
    this.worstMaxDb = Math.max(this.worstMaxDb, block.worstMaxDb);
    this.fibres.merge(block.fibres);
    this.squares.merge(block.squares);
    this.worst.merge(block.worst);
  }

  sums(): Float64Array {
    return this.#sums?.values() ?? new Float64Array(0);
  }
}
