/** Counts of losses in bins of 0.001 dB, grown as needed. */

/** Bins a decibel, and the loss from which on values are only counted as overflow. */
export const BINS_PER_DB = 1000;
export const OVERFLOW_DB = 20;
const OVERFLOW_BIN = BINS_PER_DB * OVERFLOW_DB;

/** Bin of a loss: ⌊1000·loss⌋; losses below 0 (rounding) count as 0, from 20 dB on as overflow. */
export function binOf(lossDb: number): number {
  const bin = Math.floor(lossDb * BINS_PER_DB);
  return bin < 0 ? 0 : Math.min(bin, OVERFLOW_BIN);
}

/** A mergeable histogram; counts are whole numbers in doubles, exact up to 2^53. */
export class Histogram {
  counts: Float64Array;

  constructor(counts: Float64Array = new Float64Array(1024)) {
    this.counts = counts;
  }

  add(bin: number, weight = 1): void {
    if (bin >= this.counts.length) this.#grow(bin + 1);
    this.counts[bin] = this.counts[bin]! + weight;
  }

  merge(other: Float64Array): void {
    if (other.length > this.counts.length) this.#grow(other.length);
    for (let i = 0; i < other.length; i++) this.counts[i] = this.counts[i]! + other[i]!;
  }

  /** The counts up to the last bin that is not empty. */
  trimmed(): Float64Array {
    let end = this.counts.length;
    while (end > 0 && this.counts[end - 1] === 0) end -= 1;
    return this.counts.slice(0, end);
  }

  #grow(length: number): void {
    const size = Math.min(OVERFLOW_BIN + 1, Math.max(length, 2 * this.counts.length));
    const grown = new Float64Array(size);
    grown.set(this.counts);
    this.counts = grown;
  }
}

/** Sum of all counts. */
export function totalCount(counts: Float64Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}

/** Number of losses from 20 dB on. */
export function overflowCount(counts: Float64Array): number {
  return counts[OVERFLOW_BIN] ?? 0;
}

/** The least and the greatest loss that a histogram's counts came from, dB. */
export interface LossRange {
  readonly minDb: number;
  readonly maxDb: number;
}

/**
 * Loss below which the share p of the counts lies, dB: linear within the bin, kept within the observed range.
 *
 * Error at most one bin (0.001 dB), and below half a bin wherever the density varies little over a bin.
 * From 20 dB on it runs linearly to the greatest loss. NaN without counts.
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
  const low = bin / BINS_PER_DB;
  const high = bin === OVERFLOW_BIN ? range.maxDb : (bin + 1) / BINS_PER_DB;
  const value = low + share * (high - low);
  return Math.min(range.maxDb, Math.max(range.minDb, value));
}

/** Sum of the counts (or weights) up to a loss, linear within the bin: the inverse of quantileDb. */
export function countUpTo(counts: Float64Array, lossDb: number): number {
  const position = Math.max(0, lossDb) * BINS_PER_DB;
  const bin = Math.min(Math.floor(position), counts.length);
  let sum = 0;
  for (let i = 0; i < bin; i++) sum += counts[i]!;
  return sum + (counts[bin] ?? 0) * (position - bin);
}
