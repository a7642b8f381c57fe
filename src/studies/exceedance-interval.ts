/** A probability from replicates of multilevel splitting, with its interval. */
import { exp } from '../numerics/elementary.js';
import { type Estimate, meanOf, studentT975, wilson } from '../statistics/intervals.js';

export interface ReplicatedShare {
  readonly estimate: Estimate;
  /** t·s/(m·√R): half the interval of the logarithm; null where replicates do not give one. */
  readonly relativeHalfWidth: number | null;
}

/**
 * Mean m of R independent unbiased estimates and its 95 % interval m·e^±h, h = t·s/(m√R) with Student's t of R − 1 degrees of
 * freedom. The logarithm suits estimates that are skewed to the right and above 0 (delta method); its coverage is measured in
 * test/statistical/exceedance-coverage.test.ts.
 *
 * Where every replicate says 0 or 1 there is no spread: `starts` independent matings of all replicates then bound the share
 * (Wilson). Where most replicates say 0, the interval reaches from 0 to `atMost`, which is known to be above.
 *
 * @param atMost upper end of the interval of a greater share, such as that of the last level; 1 if there is none
 */
export function replicatedShare(
  values: readonly number[],
  starts: number,
  atMost = 1,
): ReplicatedShare {
  const n = values.length;
  const sum = values.reduce((total, x) => total + x, 0);
  const squares = values.reduce((total, x) => total + x * x, 0);
  const { mean, error } = meanOf(n, sum, squares);
  const positive = values.filter((x) => x > 0).length;
  if (2 * positive < n) {
    return {
      estimate: { value: mean, low: 0, high: Math.max(mean, atMost) },
      relativeHalfWidth: null,
    };
  }
  if (values.every((x) => x === 1)) {
    const { low } = wilson(1, starts);
    return {
      estimate: { value: 1, low, high: 1 },
      relativeHalfWidth: low === null ? null : 1 - low,
    };
  }
  const half = (studentT975(n - 1) * error) / mean;
  if (!Number.isFinite(half)) {
    return { estimate: { value: mean, low: null, high: null }, relativeHalfWidth: null };
  }
  const factor = exp(half);
  return {
    estimate: { value: mean, low: mean / factor, high: Math.min(1, mean * factor) },
    relativeHalfWidth: half,
  };
}
