/** Differences of two pairs that met with the same random numbers: second minus first. */
import { sampleStandardDeviation } from 'simple-statistics';
import { quantileDb, totalCount } from './histogram.js';
import { type Estimate, halfWidthFactor, studentT975, symmetric, wilson } from './intervals.js';
import { QUANTILES } from './summary.js';
import { DIFFERENCE, type PairTotal } from './total.js';

export interface ComparisonStatistics {
  /** Differences of statistics, second minus first, dB. */
  readonly mean: Estimate;
  readonly p50: Estimate;
  readonly p97: Estimate;
  readonly p99: Estimate;
  /** Probability that in one mating the second pair has the lower loss: by the mean of its fibres, by its worst fibre. */
  readonly secondLower: { readonly mean: Estimate; readonly worstFibre: Estimate };
}

/** Fewer sections than this give no interval. */
const FEWEST_SECTIONS = 8;

/**
 * Difference of a quantile with an interval by sectioning: the run is cut into equal sections of consecutive matings,
 * and the spread of the section's differences about the whole run's gives the standard error
 * (Asmussen & Glynn 2007, §III.5a). Pairing is kept, because both pairs of a section met the same random numbers.
 */
function quantileDifference(first: PairTotal, second: PairTotal, p: number): Estimate {
  const value = quantileOf(second, p) - quantileOf(first, p);
  const differences = first.sections.map((histogram, i) => {
    const other = second.sections[i]?.counts ?? new Float64Array(0);
    return (
      quantileDb(other, totalCount(other), p, second) -
      quantileDb(histogram.counts, totalCount(histogram.counts), p, first)
    );
  });
  if (differences.length < FEWEST_SECTIONS) return { value, low: null, high: null };
  const meanOffset = differences.reduce((sum, d) => sum + d, 0) / differences.length - value;
  const sd = sampleStandardDeviation(differences);
  // Spread about the whole run's difference, which also covers the bias of a quantile of a short section.
  const m = differences.length;
  const spread = Math.sqrt(sd * sd + (m / (m - 1)) * meanOffset * meanOffset);
  return symmetric(value, (studentT975(m - 1) * spread) / Math.sqrt(m));
}

function quantileOf(total: PairTotal, p: number): number {
  return quantileDb(total.fibres.counts, total.matings * total.positions.length, p, total);
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
  const mean = sums[DIFFERENCE.mean]! / n;
  const variance =
    n > 1 ? Math.max(0, (sums[DIFFERENCE.mean2]! - mean * mean * n) / (n - 1)) : Number.NaN;
  return {
    mean: symmetric(mean, halfWidthFactor(n) * Math.sqrt(variance / n)),
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
