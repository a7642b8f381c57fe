/** Counts of losses in bins of 0.001 dB (return losses: 0.005 dB), grown as needed. */
import type { BinsState } from './states.js';

/** Bins a decibel of losses and their changes, and of return losses. */
export const LOSS_BINS_PER_DB = 1000;
export const RETURN_LOSS_BINS_PER_DB = 200;
/** Values from this bin on, 20 dB (return losses: 100 dB), are only counted as overflow. */
const OVERFLOW_BIN = 20000;
/** Bins of a whole histogram. */
export const HISTOGRAM_LENGTH = OVERFLOW_BIN + 1;

/** First value, dB, that is counted as overflow. */
export function overflowDb(binsPerDb: number): number {
  return OVERFLOW_BIN / binsPerDb;
}

/** Bin of a value: ⌊value·binsPerDb⌋; values below 0 (rounding) count as 0. */
export function binOf(valueDb: number, binsPerDb: number): number {
  const bin = Math.floor(valueDb * binsPerDb);
  return bin < 0 ? 0 : Math.min(bin, OVERFLOW_BIN);
}

/** The bins of a histogram that are not empty, in order, and what they count. */
interface BinsOf<List> {
  readonly bins: List;
  readonly counts: List;
}

/** The form in which the histogram of a block travels. */
export type FilledBins = BinsOf<Uint32Array>;

const binsFound = new Uint32Array(HISTOGRAM_LENGTH);
const countsFound = new Uint32Array(HISTOGRAM_LENGTH);

/** The bins of dense counts that are not empty. */
export function filledBins(all: Uint32Array): FilledBins {
  let length = 0;
  for (let bin = 0; bin < all.length; bin++) {
    const count = all[bin]!;
    if (count === 0) continue;
    binsFound[length] = bin;
    countsFound[length] = count;
    length += 1;
  }
  // In one buffer: two would take longer on their way to another thread.
  const packed = new Uint32Array(2 * length);
  packed.set(binsFound.subarray(0, length));
  packed.set(countsFound.subarray(0, length), length);
  return { bins: packed.subarray(0, length), counts: packed.subarray(length) };
}

/** The sum of several histograms. */
export function mergeFilled(parts: readonly FilledBins[]): FilledBins {
  const length = Math.max(0, ...parts.map(({ bins }) => (bins.at(-1) ?? -1) + 1));
  const all = new Uint32Array(length);
  for (const { bins, counts } of parts) {
    for (let i = 0; i < bins.length; i++) all[bins[i]!] = all[bins[i]!]! + counts[i]!;
  }
  return filledBins(all);
}

/** Counts the losses of one block. */
export class BlockHistogram {
  #counts = new Uint32Array(1024);

  add(bin: number, weight = 1): void {
    if (bin >= this.#counts.length) this.#grow(bin + 1);
    this.#counts[bin] = this.#counts[bin]! + weight;
  }

  filled(): FilledBins {
    return filledBins(this.#counts);
  }

  #grow(length: number): void {
    const grown = new Uint32Array(grownLength(length, this.#counts.length));
    grown.set(this.#counts);
    this.#counts = grown;
  }
}

/** The counts of many blocks, whole numbers in doubles: exact up to 2^53. */
export class Histogram {
  counts = new Float64Array(0);

  merge({ bins, counts }: BinsOf<ArrayLike<number>>): void {
    const needed = bins.length === 0 ? 0 : bins[bins.length - 1]! + 1;
    if (needed > this.counts.length) {
      const grown = new Float64Array(grownLength(needed, this.counts.length));
      grown.set(this.counts);
      this.counts = grown;
    }
    for (let i = 0; i < bins.length; i++) {
      const bin = bins[i]!;
      this.counts[bin] = this.counts[bin]! + counts[i]!;
    }
  }

  /** What it counts, to be merged into another. */
  state(): BinsState {
    const bins: number[] = [];
    const counts: number[] = [];
    for (let bin = 0; bin < this.counts.length; bin++) {
      if (this.counts[bin] === 0) continue;
      bins.push(bin);
      counts.push(this.counts[bin]!);
    }
    return { bins, counts };
  }

  /** The counts up to the last bin that is not empty. */
  trimmed(): Float64Array {
    let end = this.counts.length;
    while (end > 0 && this.counts[end - 1] === 0) end -= 1;
    return this.counts.slice(0, end);
  }
}

/** Room for at least `needed` bins, twice the old room if that is more, and never beyond the overflow bin. */
function grownLength(needed: number, old: number): number {
  return Math.min(OVERFLOW_BIN + 1, Math.max(needed, 2 * old));
}

/** Sum of all counts. */
export function totalCount(counts: Float64Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}

/** Number of values in the overflow. */
export function overflowCount(counts: Float64Array): number {
  return counts[OVERFLOW_BIN] ?? 0;
}

/** Bins a decibel of a histogram, and the least and the greatest value that its counts came from, dB. */
export interface LossRange {
  readonly binsPerDb: number;
  readonly minDb: number;
  readonly maxDb: number;
}

/**
 * Value below which the share p of the counts lies, dB: linear within the bin, kept within the observed range.
 *
 * Error at most one bin, and below half a bin wherever the density varies little over a bin.
 * In the overflow it runs linearly to the greatest value. NaN without counts.
 */
export function quantileDb(
  counts: Float64Array,
  total: number,
  p: number,
  range: LossRange,
): number {
  if (!(total > 0)) return Number.NaN;
  const rank = p * total;
  let below = 0;
  let bin = 0;
  while (bin < counts.length - 1 && below + counts[bin]! < rank) {
    below += counts[bin]!;
    bin += 1;
  }
  const count = counts[bin]!;
  const share = count > 0 ? (rank - below) / count : 0;
  const low = bin / range.binsPerDb;
  const high = bin === OVERFLOW_BIN ? range.maxDb : (bin + 1) / range.binsPerDb;
  const value = low + share * (high - low);
  return Math.min(range.maxDb, Math.max(range.minDb, value));
}

/** Sum of the counts (or weights) up to a value, linear within the bin: the inverse of quantileDb. */
export function countUpTo(counts: Float64Array, valueDb: number, binsPerDb: number): number {
  const position = Math.max(0, valueDb) * binsPerDb;
  const bin = Math.min(Math.floor(position), counts.length);
  let sum = 0;
  for (let i = 0; i < bin; i++) sum += counts[i]!;
  return sum + (counts[bin] ?? 0) * (position - bin);
}
