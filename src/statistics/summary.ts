/** From counts and sums to the statistics of a pair, each with a 95 % interval that takes the mating as its unit. */
import { type Grade, gradeOf } from './grade.js';
import { countUpTo, type LossRange, OVERFLOW_DB, overflowCount, quantileDb } from './histogram.js';
import {
  clusteredShare,
  type Estimate,
  halfWidthFactor,
  meanOf,
  symmetric,
  wilson,
} from './intervals.js';
import * as SUM from './sums.js';
import { CAUSES, type Cause } from './tally.js';
import type { PairTotal } from './total.js';

/** Names and probabilities of the reported quantiles. */
export const QUANTILES = {
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p97: 0.97,
  p99: 0.99,
  p999: 0.999,
} as const;
export type QuantileName = keyof typeof QUANTILES;

/** Statistics of a loss, dB. */
export type LossStatistics = Readonly<Record<'mean' | 'sd' | QuantileName, Estimate>>;

export interface PositionStatistics {
  readonly mean: Estimate;
  readonly p97: Estimate;
}

export interface PairStatistics {
  readonly matings: number;
  /** Loss of all fibres. */
  readonly il: LossStatistics;
  /** Loss of the worst fibre of a mating. */
  readonly worstFibre: LossStatistics;
  readonly gapFraction: Estimate;
  /** Mean loss by cause, dB. */
  readonly causes: Readonly<Record<Cause, Estimate>>;
  readonly positions: readonly PositionStatistics[];
  readonly grade: Grade;
  /** Variance of a mating's mean over what independent fibres would give: 1 if they were independent. */
  readonly designEffect: number | null;
  /** Points per mating that the contact solver looked at: on average, and in its slowest block. */
  readonly contactVisits: { readonly mean: number; readonly mostInABlock: number };
  readonly minDb: number;
  readonly maxDb: number;
  /** Fibre matings from 20 dB on. */
  readonly overflow: number;
}

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
  const sum = countUpTo(sample.counts, lossDb);
  const squares = countUpTo(sample.squares, lossDb);
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
function quantileEstimate(sample: Sample, p: number): Estimate {
  const total = sample.matings * sample.perMating;
  const at = (probability: number): number =>
    quantileDb(sample.counts, total, probability, sample.range);
  const value = at(p);
  const half = halfWidthFactor(sample.matings) * shareError(sample, value).error;
  if (!Number.isFinite(half)) return { value, low: null, high: null };
  if (sample.range.minDb === sample.range.maxDb) return { value, low: value, high: value };
  const low = p - half > 0 ? at(p - half) : null;
  const high = p + half < 1 ? at(p + half) : null;
  return {
    value,
    low: low === null ? null : Math.min(low, OVERFLOW_DB),
    high: high === null || high > OVERFLOW_DB ? null : high,
  };
}

function lossStatistics(sample: Sample, mean: Estimate, sd: Estimate): LossStatistics {
  const q = (name: QuantileName): Estimate => quantileEstimate(sample, QUANTILES[name]);
  return {
    mean,
    sd,
    p50: q('p50'),
    p90: q('p90'),
    p95: q('p95'),
    p97: q('p97'),
    p99: q('p99'),
    p999: q('p999'),
  };
}

function fibreSample(total: PairTotal): Sample {
  return {
    counts: total.fibres.counts,
    squares: total.squares.counts,
    matings: total.matings,
    perMating: total.positions.length,
    range: total,
  };
}

/** A sample with one value a mating: 1² = 1, so the counts are their own squares. */
function singleSample(total: PairTotal, counts: Float64Array, range: LossRange): Sample {
  return { counts, squares: counts, matings: total.matings, perMating: 1, range };
}

function worstSample(total: PairTotal): Sample {
  const range = { minDb: total.worstMinDb, maxDb: total.maxDb };
  return singleSample(total, total.worst.counts, range);
}

/** Share up to a loss, which is known outside the observed range, where a bin would be cut linearly. */
function shareWithin(sample: Sample, lossDb: number): { share: number; error: number } {
  if (lossDb >= sample.range.maxDb) return { share: 1, error: 0 };
  if (lossDb < sample.range.minDb) return { share: 0, error: 0 };
  return shareError(sample, lossDb);
}

/** Share of fibres, and of matings with all their fibres, whose loss is at most `limitDb`. */
export function yields(total: PairTotal, limitDb: number): { fibre: Estimate; mating: Estimate } {
  const { share, error } = shareWithin(fibreSample(total), limitDb);
  const whole = shareWithin(worstSample(total), limitDb).share;
  return {
    fibre: clusteredShare(share, error, total.matings),
    mating: wilson(whole, total.matings),
  };
}

/** All statistics of a pair. Needs at least one mating. */
export function summarisePair(total: PairTotal): PairStatistics {
  const n = total.matings;
  const fibres = total.positions.length;
  const s = total.sums();
  const t = halfWidthFactor(n);
  const at = (index: number): number => s[index]!;
  const shifted = (sum: number, squares: number): Estimate => {
    const { mean, error } = meanOf(n, sum, squares);
    return symmetric(total.shiftDb + mean, t * error, 0);
  };

  const sdAll = deviation(n, [at(SUM.a), at(SUM.aa), at(SUM.b), at(SUM.bb), at(SUM.ab)]);
  const sdWorst = deviation(n, [at(SUM.w), at(SUM.w2), at(SUM.w2), at(SUM.w4), at(SUM.w3)]);
  const il = lossStatistics(fibreSample(total), shifted(at(SUM.a), at(SUM.aa)), sdAll);
  const worstFibre = lossStatistics(worstSample(total), shifted(at(SUM.w), at(SUM.w2)), sdWorst);

  const gaps = meanOf(n, at(SUM.gaps) / fibres, at(SUM.gaps2) / (fibres * fibres));
  const causes = {} as Record<Cause, Estimate>;
  CAUSES.forEach((cause, i) => {
    const { mean, error } = meanOf(n, at(SUM.causes + 2 * i), at(SUM.causes + 2 * i + 1));
    causes[cause] = symmetric(mean, t * error);
  });
  const positions = total.positions.map((histogram, i) => ({
    mean: shifted(at(SUM.positions + 2 * i), at(SUM.positions + 2 * i + 1)),
    p97: quantileEstimate(singleSample(total, histogram.counts, total), QUANTILES.p97),
  }));
  const meanError = meanOf(n, at(SUM.a), at(SUM.aa)).error;
  const variance = sdAll.value * sdAll.value;
  return {
    matings: n,
    il,
    worstFibre,
    gapFraction: clusteredShare(gaps.mean, gaps.error, n),
    causes,
    positions,
    grade: gradeOf(il.mean, il.p97),
    designEffect: n > 1 && variance > 0 ? (meanError * meanError * n * fibres) / variance : null,
    contactVisits: { mean: at(SUM.contactVisits) / n, mostInABlock: total.mostContactVisits },
    minDb: total.minDb,
    maxDb: total.maxDb,
    overflow: overflowCount(total.fibres.counts),
  };
}
