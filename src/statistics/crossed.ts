/**
 * Confidence intervals of 95 % for a lot: every pinned plug met every unpinned one, so the plug is the unit, on both sides.
 *
 * A cell is one combination of a pinned and an unpinned plug; tables of cells lie row by row, one row a pinned plug.
 */
import { exp } from '../numerics/elementary.js';
import { type Estimate, studentT975, symmetric, wilson } from './intervals.js';

/** Losses of every combination of pinned and unpinned plugs, each mated `repeats` times. */
export interface LotLosses {
  /** Loss in dB at [repeat][pinned][unpinned][fibre], the last index fastest. */
  readonly lossDb: Float64Array;
  readonly repeats: number;
  readonly pinned: number;
  readonly unpinned: number;
  readonly fibres: number;
}

/** How many plugs there are on each side. */
export type Crossing = Pick<LotLosses, 'pinned' | 'unpinned'>;

/** A standard error and the factor on it that makes half a 95 % interval: Infinity (no interval) with too few plugs. */
interface PlugError {
  readonly error: number;
  readonly factor: number;
}

/** With fewer plugs than this on a side there is no interval. */
const FEWEST_PLUGS = 5;

/** Whether there are plugs enough on both sides for intervals. */
export function hasPlugIntervals({ pinned, unpinned }: Crossing): boolean {
  return Math.min(pinned, unpinned) >= FEWEST_PLUGS;
}

/**
 * Degrees of freedom of a variance estimated from n deviations, their kurtosis κ = n·Σd⁴/(Σd²)² taken into account:
 * min(n − 1, 2n/(κ − 1)), from var s² ≈ σ⁴·(κ − 1)/n and var s² = 2σ⁴/df. Two where one plug makes all of the spread.
 * Source: Satterthwaite 1946 for the matching of variances.
 */
function degreesOfFreedom(deviations: Float64Array): number {
  const n = deviations.length;
  let squares = 0;
  let fourths = 0;
  for (const d of deviations) {
    squares += d * d;
    fourths += d * d * (d * d);
  }
  const kurtosis = (n * fourths) / (squares * squares);
  return kurtosis > 1 ? Math.min(n - 1, (2 * n) / (kurtosis - 1)) : n - 1;
}

export function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

/** What the plugs of one side do to a statistic. */
interface Side {
  /** One a plug. */
  readonly deviations: Float64Array;
  /** Variance of the statistic, if only these plugs were a sample. */
  readonly variance: number;
}

/** A side with less than this of the variance is one of equal plugs, and what it has is rounding. */
const NEGLIGIBLE = 1e-12;

/**
 * Error of a statistic when the plugs of both sides are samples, and the factor for its interval: Student's t with the
 * fewer degrees of freedom of the two sides.
 *
 * @param interaction variance that both sides hold, which would else count twice; the sum is kept at the larger side's
 *   or above, since the difference can be negative by chance
 */
function plugError(pinned: Side, unpinned: Side, interaction: number): PlugError {
  const both = pinned.variance + unpinned.variance - interaction;
  const variance = Math.max(pinned.variance, unpinned.variance, both);
  const enough = hasPlugIntervals({
    pinned: pinned.deviations.length,
    unpinned: unpinned.deviations.length,
  });
  const degrees = [pinned, unpinned]
    .filter((side) => side.variance >= NEGLIGIBLE * variance)
    .map((side) => degreesOfFreedom(side.deviations));
  return {
    error: Math.sqrt(variance),
    factor: enough ? studentT975(Math.min(...degrees)) : Infinity,
  };
}

/** Deviations of the cells of a table from its mean, taken apart: cell = mean + row + column + residual. */
interface Decomposition {
  readonly mean: number;
  /** One a pinned plug. */
  readonly rows: Float64Array;
  /** One an unpinned plug. */
  readonly columns: Float64Array;
  readonly residuals: Float64Array;
}

/**
 * Takes a table of N × M cells apart: mean m = Σ x/(NM), rows rᵢ = x̄ᵢ. − m, columns cⱼ = x̄.ⱼ − m, residuals x − m − rᵢ − cⱼ,
 * all in the unit of the cells. Rows, columns and residuals each add up to 0 but for rounding.
 */
export function decompose(cells: Float64Array, { pinned, unpinned }: Crossing): Decomposition {
  const rows = new Float64Array(pinned);
  const columns = new Float64Array(unpinned);
  const residuals = new Float64Array(cells.length);
  let total = 0;
  for (let i = 0, k = 0; i < pinned; i++) {
    let row = 0;
    for (let j = 0; j < unpinned; j++, k++) {
      row += cells[k]!;
      columns[j] = columns[j]! + cells[k]!;
    }
    rows[i] = row / unpinned;
    total += row;
  }
  // Exactly 1 where every cell is 1.
  const mean = total / cells.length;
  for (let i = 0; i < pinned; i++) rows[i] = rows[i]! - mean;
  for (let j = 0; j < unpinned; j++) columns[j] = columns[j]! / pinned - mean;
  for (let i = 0, k = 0; i < pinned; i++) {
    for (let j = 0; j < unpinned; j++, k++) {
      residuals[k] = cells[k]! - mean - rows[i]! - columns[j]!;
    }
  }
  return { mean, rows, columns, residuals };
}

/** Variance of the mean of all cells that comes from the residuals, which no plug alone explains. */
export function residualVariance(
  { residuals }: Decomposition,
  { pinned: n, unpinned: m }: Crossing,
): number {
  return sumOfSquares(residuals) / ((n - 1) * (m - 1)) / (n * m);
}

/**
 * Mean of the cells and its error when both pinned and unpinned plugs are samples.
 *
 * V = V_pinned + V_unpinned − V_residual with V_pinned = Σ rows²/(N(N−1)), V_unpinned = Σ columns²/(M(M−1)) and
 * V_residual = Σ residuals²/((N−1)(M−1)NM): each side holds the residuals' share σ²/(NM) once, so it is taken off once.
 * Without bias in the two-way random-effects model; at least the larger of V_pinned and V_unpinned.
 * The factor is Student's t with the fewer degrees of freedom of the two sides, at most min(N, M) − 1.
 * Coverage in simulated lots of 5 to 20 plugs a side: 95–98 % of normal and 92–96 % of strongly skewed losses.
 * Source: Cameron, Gelbach & Miller 2011, with the residual in place of the whole variance of the cells; Owen 2007.
 */
export function crossedMean(
  cells: Float64Array,
  crossing: Crossing,
): PlugError & { readonly mean: number } {
  const parts = decompose(cells, crossing);
  const side = (deviations: Float64Array) => {
    const n = deviations.length;
    return { deviations, variance: sumOfSquares(deviations) / (n * (n - 1)) };
  };
  const interaction = residualVariance(parts, crossing);
  return {
    mean: parts.mean,
    ...plugError(side(parts.rows), side(parts.columns), interaction),
  };
}

/** Mean of the cells with its interval, the lower end not below `atLeast`. */
export function crossedMeanEstimate(
  cells: Float64Array,
  crossing: Crossing,
  atLeast: number,
): Estimate {
  const { mean, error, factor } = crossedMean(cells, crossing);
  return symmetric(mean, factor * error, atLeast);
}

/**
 * A share with its interval, from the share of each cell: logit P ± t·SE/(P(1 − P)), SE and t those of the mean of cells.
 *
 * Of a share of 0 or 1 the plugs show no spread; it has Wilson's interval with as many observations as the side with fewer
 * plugs has, since what none of these does another plug might always do.
 * Coverage in simulated lots of 5 to 20 plugs a side, shares of 90, 97 and 99 %: 91 % and more.
 * Source: logit interval of a clustered share, Korn & Graubard 1998.
 */
export function crossedShare(cells: Float64Array, crossing: Crossing): Estimate {
  const { mean: share, error, factor } = crossedMean(cells, crossing);
  if (!Number.isFinite(factor)) return { value: share, low: null, high: null };
  if (!(share > 0 && share < 1)) {
    return wilson(share, Math.min(crossing.pinned, crossing.unpinned));
  }
  const odds = exp((factor * error) / (share * (1 - share)));
  return {
    value: share,
    low: share / (share + (1 - share) * odds),
    high: share / (share + (1 - share) / odds),
  };
}

/**
 * Error of a statistic by the jackknife over plugs: (n−1)/n·Σ(θᵢ − θ̄)² over the pinned plugs plus the same over the unpinned,
 * θᵢ the statistic without plug i; `interaction` as in the error of a mean, 0 to be on the safe side.
 * Source: Shao & Tu 1995, §2.1.
 */
export function plugJackknife(
  withoutPinned: Float64Array,
  withoutUnpinned: Float64Array,
  interaction: number,
): PlugError {
  const side = (values: Float64Array) => {
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value / n, 0);
    const deviations = values.map((value) => value - mean);
    return { deviations, variance: ((n - 1) / n) * sumOfSquares(deviations) };
  };
  return plugError(side(withoutPinned), side(withoutUnpinned), interaction);
}
