/** From the counts of one number a fibre pair to its statistics, with intervals that take the mating as their unit. */
import { countUpTo, type LossRange, overflowDb, quantileDb } from './histogram.js';
import { type Estimate, halfWidthFactor, meanOf, symmetric } from './intervals.js';
import type { SpreadTotal } from './spread.js';
import * as SUM from './sums.js';

/**
 * Standard deviation with its interval by the delta method.
 *
 * V = B − A², A and B the means over matings of a and b; the influence of a mating on V is b − 2A·a, so
 * var V = (var b − 4A·cov(a, b) + 4A²·var a)/N and the half-width is t·√(var V)/(2·sd).
 */
function deviation(
  n: number,
  [a, aa, b, bb, ab]: readonly [number, number, number, number, number],
): Estimate {
  const meanA = a / n;
  const meanB = b / n;
  const sd = Math.sqrt(Math.max(0, meanB - meanA * meanA));
  const varA = aa / n - meanA * meanA;
  const varB = bb / n - meanB * meanB;
  const cov = ab / n - meanA * meanB;
  const variance = Math.max(0, varB - 4 * meanA * cov + 4 * meanA * meanA * varA) / n;
  const factor = halfWidthFactor(n);
  if (!Number.isFinite(factor)) return { value: sd, low: null, high: null };
  return symmetric(sd, sd > 0 ? (factor * Math.sqrt(variance)) / (2 * sd) : 0, 0);
}

/** Cumulated counts of one loss: of how many values, in how many matings, and the squares histogram if not one each. */
interface Sample {
  readonly counts: Float64Array;
  readonly squares: Float64Array;
  readonly matings: number;
  readonly perMating: number;
  readonly range: LossRange;
}

/** Standard error of the share of values up to a loss, the mating as its unit. */
function shareError(sample: Sample, lossDb: number): { share: number; error: number } {
  const { matings, perMating } = sample;
  const { binsPerDb } = sample.range;
  const sum = countUpTo(sample.counts, lossDb, binsPerDb);
  const squares = countUpTo(sample.squares, lossDb, binsPerDb);
  const variance = Math.max(0, squares / matings - (sum / matings) * (sum / matings));
  return {
    share: sum / (matings * perMating),
    error: Math.sqrt(variance / matings) / perMating,
  };
}

/**
 * Quantile with Woodruff's interval (1952): the quantiles at p ± t·SE, SE the standard error of the share of values
 * below the quantile. A bound whose probability reaches 0 or 1 is not given by so short a run, nor one from 20 dB on,
 * where losses are only counted.
 */
export function quantileEstimate(sample: Sample, p: number): Estimate {
  const total = sample.matings * sample.perMating;
  const at = (probability: number): number =>
    quantileDb(sample.counts, total, probability, sample.range);
  const value = at(p);
  const half = halfWidthFactor(sample.matings) * shareError(sample, value).error;
  if (!Number.isFinite(half)) return { value, low: null, high: null };
  if (sample.range.minDb === sample.range.maxDb) return { value, low: value, high: value };
  const low = p - half > 0 ? at(p - half) : null;
  const high = p + half < 1 ? at(p + half) : null;
  const overflow = overflowDb(sample.range.binsPerDb);
  return {
    value,
    low: low === null ? null : Math.min(low, overflow),
    high: high === null || high > overflow ? null : high,
  };
}

/** Quantiles by name, and the probability of each. */
export type Quantiles = Readonly<Record<string, number>>;
export type Statistics<Q> = Readonly<Record<'mean' | 'sd' | keyof Q, Estimate>>;

/** Statistics of one number a fibre pair, and of the worst fibre of a mating. */
export function summariseSpread<Q extends Quantiles>(
  total: SpreadTotal,
  quantiles: Q,
  sums = total.sums(),
): { readonly all: Statistics<Q>; readonly worst: Statistics<Q> } {
  const n = total.matings;
  const at = (index: number): number => sums[index]!;
  const shifted = (sum: number, squares: number): Estimate => {
    const { mean, error } = meanOf(n, sum, squares);
    return symmetric(total.shiftDb + mean, halfWidthFactor(n) * error, 0);
  };
  const statisticsOf = (sample: Sample, mean: Estimate, sd: Estimate): Statistics<Q> => {
    const named = Object.entries(quantiles).map(([name, p]) => [name, quantileEstimate(sample, p)]);
    return { mean, sd, ...Object.fromEntries(named) } as Statistics<Q>;
  };
  const sdAll = deviation(n, [at(SUM.a), at(SUM.aa), at(SUM.b), at(SUM.bb), at(SUM.ab)]);
  const sdWorst = deviation(n, [at(SUM.w), at(SUM.w2), at(SUM.w2), at(SUM.w4), at(SUM.w3)]);
  return {
    all: statisticsOf(fibreSample(total), shifted(at(SUM.a), at(SUM.aa)), sdAll),
    worst: statisticsOf(worstSample(total), shifted(at(SUM.w), at(SUM.w2)), sdWorst),
  };
}

export function fibreSample(total: SpreadTotal): Sample {
  return {
    counts: total.fibres.counts,
    squares: total.squares.counts,
    matings: total.matings,
    perMating: total.fibreCount,
    range: total,
  };
}

/** A sample with one value a mating: 1² = 1, so the counts are their own squares. */
export function singleSample(total: SpreadTotal, counts: Float64Array, range: LossRange): Sample {
  return { counts, squares: counts, matings: total.matings, perMating: 1, range };
}

export function worstSample(total: SpreadTotal): Sample {
  const { binsPerDb, worstMinDb: minDb, worstMaxDb: maxDb } = total;
  return singleSample(total, total.worst.counts, { binsPerDb, minDb, maxDb });
}

/** Share up to a loss, which is known outside the observed range, where a bin would be cut linearly. */
export function shareWithin(sample: Sample, lossDb: number): { share: number; error: number } {
  if (lossDb >= sample.range.maxDb) return { share: 1, error: 0 };
  if (lossDb < sample.range.minDb) return { share: 0, error: 0 };
  return shareError(sample, lossDb);
}
