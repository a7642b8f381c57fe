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

/** Counts by bin: whole numbers, of 32 bits within a block, in doubles (exact up to 2^53) in a total. */
export type Counts = Uint32Array | Float64Array;

/** Counts the losses of one block. */
export class BlockHistogram {
  #counts = new Uint32Array(1024);

  add(bin: number, weight = 1): void {
    if (bin >= this.#counts.length) this.#grow(bin + 1);
    this.#counts[bin] = this.#counts[bin]! + weight;
  }

  /** The counts up to the last bin that is not empty. */
  trimmed(): Uint32Array {
    return this.#counts.slice(0, lengthUsed(this.#counts));
  }

  #grow(length: number): void {
    const grown = new Uint32Array(grownLength(length, this.#counts.length));
    grown.set(this.#counts);
    this.#counts = grown;
  }
}

/** The counts of many blocks. */
export class Histogram {
  counts = new Float64Array(0);

  merge(other: Counts): void {
    if (other.length > this.counts.length) {
      const grown = new Float64Array(grownLength(other.length, this.counts.length));
      grown.set(this.counts);
      this.counts = grown;
    }
    for (let i = 0; i < other.length; i++) this.counts[i] = this.counts[i]! + other[i]!;
  }

  /** The counts up to the last bin that is not empty. */
  trimmed(): Float64Array {
    return this.counts.slice(0, lengthUsed(this.counts));
  }
}

function lengthUsed(counts: Counts): number {
  let end = counts.length;
  while (end > 0 && counts[end - 1] === 0) end -= 1;
  return end;
}

/** Room for at least `needed` bins, twice the old room if that is more, and never beyond the overflow bin. */
function grownLength(needed: number, old: number): number {
  return Math.min(OVERFLOW_BIN + 1, Math.max(needed, 2 * old));
}

/** Sum of all counts. */
export function totalCount(counts: Counts): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}

/** Number of losses from 20 dB on. */
export function overflowCount(counts: Counts): number {
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
export function quantileDb(counts: Counts, total: number, p: number, range: LossRange): number {
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
export function countUpTo(counts: Counts, lossDb: number): number {
  const position = Math.max(0, lossDb) * BINS_PER_DB;
  const bin = Math.min(Math.floor(position), counts.length);
  let sum = 0;
  for (let i = 0; i < bin; i++) sum += counts[i]!;
  return sum + (counts[bin] ?? 0) * (position - bin);
}
