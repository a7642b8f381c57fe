/** From counts and sums to the statistics of a pair, each with a 95 % interval that takes the mating as its unit. */
import { type Grade, type GradeLimits, gradeOf, SINGLE_MODE_GRADES } from './grade.js';
import { overflowCount, quantileDb } from './histogram.js';
import {
  clusteredShare,
  type Estimate,
  halfWidthFactor,
  meanOf,
  symmetric,
  wilson,
} from './intervals.js';
import {
  fibreSample,
  quantileEstimate,
  shareWithin,
  singleSample,
  summariseSpread,
  worstSample,
} from './spread-summary.js';
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

/** Quantiles of return loss: the low ones count. */
const RETURN_LOSS_QUANTILES = {
  p50: 0.5,
  p10: 0.1,
  p5: 0.05,
  p3: 0.03,
  p1: 0.01,
  p01: 0.001,
} as const;
export type ReturnLossStatistics = Readonly<
  Record<'mean' | 'sd' | keyof typeof RETURN_LOSS_QUANTILES, Estimate>
>;

/** Statistics of a loss, dB. */
export type LossStatistics = Readonly<Record<'mean' | 'sd' | QuantileName, Estimate>>;

export interface PositionStatistics {
  readonly mean: Estimate;
  readonly p97: Estimate;
  /** Between these lie 95 % of the losses of the position (quantiles, without intervals of their own). */
  readonly lowDb: number;
  readonly highDb: number;
}

export interface PairStatistics {
  readonly matings: number;
  /** Loss of all fibres. */
  readonly il: LossStatistics;
  /** Loss of the worst fibre of a mating. */
  readonly worstFibre: LossStatistics;
  readonly gapFraction: Estimate;
  /** Return loss of all fibres, and of the worst one of a mating; null where it was not worked out. */
  readonly returnLoss: {
    readonly all: ReturnLossStatistics;
    readonly worst: ReturnLossStatistics;
  } | null;
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
export function summarisePair(
  total: PairTotal,
  grades: readonly GradeLimits[] = SINGLE_MODE_GRADES,
): PairStatistics {
  return { ...summariseFibres(total, grades), positions: summarisePositions(total) };
}

/** The statistics of all fibres together, in a fraction of the time. */
export function summariseFibres(
  total: PairTotal,
  grades: readonly GradeLimits[],
): Omit<PairStatistics, 'positions'> {
  const n = total.matings;
  const fibres = total.fibreCount;
  const s = total.sums();
  const t = halfWidthFactor(n);
  const at = (index: number): number => s[index]!;
  const { all: il, worst: worstFibre } = summariseSpread(total, QUANTILES, s);

  const gaps = meanOf(n, at(SUM.gaps) / fibres, at(SUM.gaps2) / (fibres * fibres));
  const causes = {} as Record<Cause, Estimate>;
  CAUSES.forEach((cause, i) => {
    const { mean, error } = meanOf(n, at(SUM.causes + 2 * i), at(SUM.causes + 2 * i + 1));
    causes[cause] = symmetric(mean, t * error);
  });
  const meanError = meanOf(n, at(SUM.a), at(SUM.aa)).error;
  const variance = il.sd.value * il.sd.value;
  return {
    matings: n,
    il,
    worstFibre,
    gapFraction: clusteredShare(gaps.mean, gaps.error, n),
    returnLoss:
      total.returnLoss === undefined
        ? null
        : summariseSpread(total.returnLoss, RETURN_LOSS_QUANTILES),
    causes,
    grade: gradeOf(il.mean, il.p97, grades),
    designEffect: n > 1 && variance > 0 ? (meanError * meanError * n * fibres) / variance : null,
    contactVisits: { mean: at(SUM.contactVisits) / n, mostInABlock: total.mostContactVisits },
    minDb: total.minDb,
    maxDb: total.maxDb,
    overflow: overflowCount(total.fibres.counts),
  };
}

/** Each fibre position by itself. */
function summarisePositions(total: PairTotal): PositionStatistics[] {
  const n = total.matings;
  const sums = total.sums();
  const t = halfWidthFactor(n);
  return total.positions.map(({ counts }, i) => {
    const sum = sums[SUM.positions + 2 * i]!;
    const squares = sums[SUM.positions + 2 * i + 1]!;
    const { mean, error } = meanOf(n, sum, squares);
    return {
      mean: symmetric(total.shiftDb + mean, t * error, 0),
      p97: quantileEstimate(singleSample(total, counts, total), QUANTILES.p97),
      ...middle(counts, n, total, sum, squares),
    };
  });
}

/** Cantelli (1928): no quantile at 0.025 lies further below the mean than √39 standard deviations, nor one at 0.975 above. */
const CANTELLI = Math.sqrt(0.975 / 0.025);
/**
 * A variance below this share of the mean square is what rounding leaves of 0: a block adds up to 62,500 equal numbers in
 * each of its two sums, which may lose as many times 1.1e-16 of it.
 */
const ROUNDING = 1e-11;

/** Between which losses 95 % of a position's lie: within its bins, and within what mean and variance allow. */
function middle(
  counts: Float64Array,
  n: number,
  total: PairTotal,
  sum: number,
  squares: number,
): { lowDb: number; highDb: number } {
  const mean = sum / n;
  const variance = squares / n - mean * mean;
  const reach = variance > (ROUNDING * squares) / n ? CANTELLI * Math.sqrt(variance) : 0;
  return {
    lowDb: Math.max(quantileDb(counts, n, 0.025, total), total.shiftDb + mean - reach),
    highDb: Math.min(quantileDb(counts, n, 0.975, total), total.shiftDb + mean + reach),
  };
}
