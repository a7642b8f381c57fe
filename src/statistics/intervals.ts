/** Confidence intervals of 95 %, from numbers that already take the mating as their unit. */
import { horner } from '../numerics/polynomial.js';

/** An estimate with its 95 % interval; a bound that the run is too short to give is null. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** 97.5 % point of the standard normal. */
export const Z975 = 1.959963984540054;

/**
 * 97.5 % point of Student's t with `df` degrees of freedom, by the expansion in 1/df about the normal
 * (Abramowitz & Stegun 26.7.5). Error below 0.001 for df ≥ 4, 0.004 at 3, 0.03 at 2; Infinity for df < 1.
 */
export function studentT975(df: number): number {
  if (!(df >= 1)) return Infinity;
  const z = Z975;
  const q = z * z;
  const g1 = (z * (q + 1)) / 4;
  const g2 = (z * horner([3, 16, 5], q)) / 96;
  const g3 = (z * horner([-15, 17, 19, 3], q)) / 384;
  const g4 = (z * horner([-945, -1920, 1482, 776, 79], q)) / 92160;
  const x = 1 / df;
  return horner([z, g1, g2, g3, g4], x);
}

/** Intervals rest on many matings; fewer than this give none. */
const FEWEST_MATINGS = 30;

/** Factor on a standard error from `matings` matings that makes half a 95 % interval; Infinity (no interval) for few. */
export function halfWidthFactor(matings: number): number {
  return matings < FEWEST_MATINGS ? Infinity : studentT975(matings - 1);
}

/** Mean of `n` values with the given sums of values and squares, and its standard error. */
export function meanOf(n: number, sum: number, squares: number): { mean: number; error: number } {
  const mean = sum / n;
  const variance = n > 1 ? Math.max(0, (squares - (sum * sum) / n) / (n - 1)) : Number.NaN;
  return { mean, error: Math.sqrt(variance / n) };
}

/** value ± half, the lower end not below `atLeast`; without a finite half the bounds are null. */
export function symmetric(value: number, half: number, atLeast = -Infinity): Estimate {
  if (!Number.isFinite(half)) return { value, low: null, high: null };
  return { value, low: Math.max(atLeast, value - half), high: value + half };
}

/**
 * Wilson's interval of a share.
 *
 * @param share observed share, 0 to 1
 * @param effective number of independent observations that would be as uncertain
 * Source: Wilson 1927; with an effective size for clustered data, Korn & Graubard 1998.
 */
export function wilson(share: number, effective: number): Estimate {
  if (!(effective > 0)) return { value: share, low: null, high: null };
  const z2 = Z975 * Z975;
  const centre = (share + z2 / (2 * effective)) / (1 + z2 / effective);
  const half =
    (Z975 / (1 + z2 / effective)) *
    Math.sqrt((share * (1 - share)) / effective + z2 / (4 * effective * effective));
  return {
    value: share,
    low: share === 0 ? 0 : Math.max(0, centre - half),
    high: share === 1 ? 1 : Math.min(1, centre + half),
  };
}

/** Wilson's interval of a share of fibres, given the standard error that takes the mating as its unit. */
export function clusteredShare(share: number, standardError: number, matings: number): Estimate {
  if (matings < FEWEST_MATINGS) return { value: share, low: null, high: null };
  const effective =
    standardError > 0 ? (share * (1 - share)) / (standardError * standardError) : matings;
  return wilson(share, effective);
}
