/** Differences of two pairs that met with the same random numbers: second minus first. */
import { sampleVariance } from 'simple-statistics';
import * as DIFFERENCE from './differences.js';
import { countUpTo, type Histogram, quantileDb, totalCount } from './histogram.js';
import {
  type Estimate,
  halfWidthFactor,
  meanOf,
  studentT975,
  symmetric,
  wilson,
} from './intervals.js';
import { QUANTILES } from './summary.js';
import * as SUM from './sums.js';
import type { PairTotal } from './total.js';

export interface ComparisonStatistics {
  /** Differences of statistics, second minus first, dB. */
  readonly mean: Estimate;
  readonly sd: Estimate;
  readonly p50: Estimate;
  readonly p97: Estimate;
  readonly p99: Estimate;
  /** Probability that in one mating the second pair has the lower loss: by the mean of its fibres, by its worst fibre. */
  readonly secondLower: { readonly mean: Estimate; readonly worstFibre: Estimate };
}

/** Fewer fibres than this beyond a quantile, in either pair, give its difference no interval. */
const FEWEST_BEYOND = 300;
/** Fewer sections than this give no interval. */
const FEWEST_SECTIONS = 30;

/**
 * Difference of a quantile with an interval by the jackknife over sections: the run is cut into m equal sections of
 * consecutive matings, θᵢ is the difference without section i, and the variance is (m−1)/m·Σ(θᵢ − θ̄)²
 * (Shao & Tu 1995, §2.3: deleting many observations at a time is what makes it right for quantiles). Pairing is kept,
 * because both pairs of a section met the same random numbers.
 */
function quantileDifference(first: PairTotal, second: PairTotal, p: number): Estimate {
  const value = quantileOf(second, p) - quantileOf(first, p);
  const beyond = (total: PairTotal): number => (1 - p) * total.matings * total.fibreCount;
  const m = first.sections.length;
  if (Math.min(beyond(first), beyond(second)) < FEWEST_BEYOND) {
    return { value, low: null, high: null };
  }
  const without = first.sections.map(
    (_, i) => quantileWithout(second, i, p) - quantileWithout(first, i, p),
  );
  const variance = ((m - 1) * (m - 1) * sampleVariance(without)) / m;
  return symmetric(value, studentT975(m - 1) * Math.sqrt(variance));
}

/** Difference of the shares of fibres up to a loss, by the same jackknife. */
export function yieldDifference(first: PairTotal, second: PairTotal, limitDb: number): Estimate {
  const value = shareOf(second, limitDb) - shareOf(first, limitDb);
  const m = first.sections.length;
  if (m < FEWEST_SECTIONS) return { value, low: null, high: null };
  const without = first.sections.map(
    (_, i) => shareOf(second, limitDb, i) - shareOf(first, limitDb, i),
  );
  const variance = ((m - 1) * (m - 1) * sampleVariance(without)) / m;
  return symmetric(value, studentT975(m - 1) * Math.sqrt(variance));
}

/** Share of the fibres of all matings, or of those that one section leaves. */
function shareOf(total: PairTotal, limitDb: number, without?: number): number {
  const upTo = ({ counts }: Histogram): number => countUpTo(counts, limitDb, total.binsPerDb);
  const section = without === undefined ? undefined : total.sections[without];
  const left = without === undefined ? 0 : (total.sectionMatings[without] ?? 0);
  const sum = upTo(total.fibres) - (section === undefined ? 0 : upTo(section));
  return sum / ((total.matings - left) * total.fibreCount);
}

/** Difference of the standard deviations of all losses, by the same jackknife over sections. */
function sdDifference(first: PairTotal, second: PairTotal): Estimate {
  const value = sdOf(second, second.sums()) - sdOf(first, first.sums());
  const m = first.sections.length;
  if (m < FEWEST_SECTIONS) return { value, low: null, high: null };
  const without = first.sections.map((_, i) => sdWithout(second, i) - sdWithout(first, i));
  const variance = ((m - 1) * (m - 1) * sampleVariance(without)) / m;
  return symmetric(value, studentT975(m - 1) * Math.sqrt(variance));
}

function sdWithout(total: PairTotal, section: number): number {
  const left = total.sectionSums(section);
  const sums = total.sums().slice(0, SUM.spread);
  return sdOf(
    total,
    sums.map((sum, i) => sum - left[i]!),
    section,
  );
}

/** √(B − A²) of the sums of all matings, or of those that one section leaves. */
function sdOf(total: PairTotal, sums: Float64Array, without?: number): number {
  const left = without === undefined ? 0 : (total.sectionMatings[without] ?? 0);
  const n = total.matings - left;
  const a = sums[SUM.a]! / n;
  return Math.sqrt(Math.max(0, sums[SUM.b]! / n - a * a));
}

/** Quantile of all matings but those of one section. */
function quantileWithout(total: PairTotal, section: number, p: number): number {
  const counts = Float64Array.from(total.fibres.counts);
  const left = total.sections[section]?.counts ?? new Float64Array(0);
  for (let i = 0; i < left.length; i++) counts[i] = counts[i]! - left[i]!;
  return quantileDb(counts, totalCount(counts), p, total);
}

function quantileOf(total: PairTotal, p: number): number {
  return quantileDb(total.fibres.counts, total.matings * total.fibreCount, p, total);
}

/** Share of matings in which one side is lower, a tie counting half to each. */
function lowerShare(lower: number, higher: number, matings: number): Estimate {
  return wilson((lower + 0.5 * (matings - lower - higher)) / matings, matings);
}

/** Compares two pairs of a run from their totals and the sums of their differences (see DIFFERENCE). */
export function compareTotals(
  first: PairTotal,
  second: PairTotal,
  sums: Float64Array,
): ComparisonStatistics {
  const n = first.matings;
  const { mean, error } = meanOf(n, sums[DIFFERENCE.mean]!, sums[DIFFERENCE.mean2]!);
  return {
    mean: symmetric(mean, halfWidthFactor(n) * error),
    sd: sdDifference(first, second),
    p50: quantileDifference(first, second, QUANTILES.p50),
    p97: quantileDifference(first, second, QUANTILES.p97),
    p99: quantileDifference(first, second, QUANTILES.p99),
    secondLower: {
      mean: lowerShare(sums[DIFFERENCE.meanSecondLower]!, sums[DIFFERENCE.meanFirstLower]!, n),
      worstFibre: lowerShare(
        sums[DIFFERENCE.worstSecondLower]!,
        sums[DIFFERENCE.worstFirstLower]!,
        n,
      ),
    },
  };
}
