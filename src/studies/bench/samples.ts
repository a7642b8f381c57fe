/** What repeats of one measurement say, with nothing assumed about the noise: all from order statistics. */
import { median } from 'simple-statistics';

export interface Sample {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** 95 % interval of the median; of fewer than 6 values their whole range, which holds it less often. */
  readonly low: number;
  readonly high: number;
}

const CONFIDENCE = 0.95;

/** Median, range and interval of the median of at least one value. */
export function sampleOf(values: readonly number[]): Sample {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  const left = valuesLeftOut(sorted.length);
  return {
    median: median(sorted),
    lowest: sorted[0] as number,
    highest: sorted[last] as number,
    low: sorted[left] as number,
    high: sorted[last - left] as number,
  };
}

/**
 * How many values the interval of the median leaves out at either end of n: the most k with 1 − 2·P(B ≤ k) ≥ 95 %, where
 * B, the number of values below the true median, is binomial of n and ½. None of fewer than 9.
 */
function valuesLeftOut(n: number): number {
  let outside = 2 * 0.5 ** n;
  let term = 0.5 ** n;
  let left = 0;
  for (;;) {
    term *= (n - left) / (left + 1);
    outside += 2 * term;
    if (outside > 1 - CONFIDENCE) return left;
    left += 1;
  }
}

/** Ratios a/b of values taken in the same rounds, so that what slows both down cancels. */
export function ratios(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, round) => value / (b[round] as number));
}

/** How far the interval of the median reaches from it, as a share of it. */
export function relativeNoise({ median, low, high }: Sample): number {
  return Math.max(high - median, median - low) / median;
}
