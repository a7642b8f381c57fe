/** Sums without rounding: the same to the last bit in whatever order and in whatever parts they are added. */

/** A sum as numbers that add up to it exactly, of growing size and without overlap; few, mostly one to three. */
export type ExactSum = readonly number[];

/**
 * Running sums that lose nothing until they are read.
 *
 * Each sum is kept as an expansion, numbers whose exact sum it is (Shewchuk 1997, Grow-Expansion). Domain: finite values whose
 * sums stay below 2^1023.
 */
export class ExactSums {
  readonly #sums: number[][];

  constructor(length: number) {
    this.#sums = Array.from({ length }, () => []);
  }

  get length(): number {
    return this.#sums.length;
  }

  add(values: ArrayLike<number>): void {
    for (let i = 0; i < this.#sums.length; i++) grow(this.#sums[i]!, values[i]!);
  }

  /** Adds sums that were kept elsewhere. */
  merge(sums: readonly ExactSum[]): void {
    for (let i = 0; i < this.#sums.length; i++)
      for (const part of sums[i]!) grow(this.#sums[i]!, part);
  }

  /** The sums as they are, to be added elsewhere. */
  exact(): readonly ExactSum[] {
    return this.#sums.map((sum) => [...sum]);
  }

  /** Each sum rounded once, to the nearest number, ties to even. */
  values(): Float64Array {
    return Float64Array.from(this.#sums, rounded);
  }
}

/** Adds a number to an expansion, in place. */
function grow(sum: number[], value: number): void {
  let rest = value;
  let kept = 0;
  for (let i = 0; i < sum.length; i++) {
    const part = sum[i]!;
    const total = rest + part;
    // What the addition rounded off, exactly (Knuth's two-sum).
    const back = total - rest;
    const lost = rest - (total - back) + (part - back);
    if (lost !== 0) sum[kept++] = lost;
    rest = total;
  }
  sum.length = kept;
  if (rest !== 0) sum.push(rest);
}

/** The nearest number: parts from the largest down, until one does not fit; what is left decides only a tie. */
function rounded(sum: ExactSum): number {
  let i = sum.length - 1;
  if (i < 0) return 0;
  let total = sum[i]!;
  let lost = 0;
  while (i > 0 && lost === 0) {
    i -= 1;
    const before = total;
    const part = sum[i]!;
    total = before + part;
    lost = part - (total - before);
  }
  const below = sum[i - 1] ?? 0;
  if (lost === 0 || i === 0 || below === 0 || below > 0 !== lost > 0) return total;
  // Half a unit was rounded off to even, though more lies beyond it on the same side.
  const twice = 2 * lost;
  const next = total + twice;
  return next - total === twice ? next : total;
}
