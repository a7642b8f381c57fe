/**
 * Distributions as inverse functions: each takes one uniform u in (0, 1) and gives the value whose distribution
 * function is u. One uniform a value keeps every input at a fixed position of the stream.
 */
import { exp, log } from '../numerics/elementary.js';

/** Triangular on [low, high] with its peak at `mode`: the square root of the area on the nearer side. */
export function triangularQuantile(u: number, low: number, mode: number, high: number): number {
  const width = high - low;
  if (width === 0) return low;
  const left = (mode - low) / width;
  return u < left
    ? low + Math.sqrt(u * width * (mode - low))
    : high - Math.sqrt((1 - u) * width * (high - mode));
}

/**
 * Rayleigh, r = scale·√(−2 ln(1 − u·kept)); `kept` = 1 − exp(−max²/(2·scale²)) truncates at max, 1 leaves it whole.
 * Truncated means drawn from the law on [0, max], not clamped.
 */
export function rayleighQuantile(u: number, scale: number, kept: number): number {
  return scale * Math.sqrt(-2 * log(1 - u * kept));
}

/** Share of a Rayleigh law of this scale that lies below max. */
export function rayleighKept(scale: number, max: number): number {
  if (max === Infinity) return 1;
  const x = max / scale;
  return 1 - exp(-0.5 * x * x);
}

/** Weibull with scale λ and shape k: λ·(−ln(1 − u))^(1/k). */
export function weibullQuantile(u: number, scale: number, shape: number): number {
  return scale * exp(log(-log(1 - u)) / shape);
}

/**
 * Table law: a step or piecewise linear quantile.
 *
 * table = [n, c₁ … cₙ, v₀ … vₙ] with cumulated shares c (cₙ = 1): piece i covers cᵢ₋₁ < u ≤ cᵢ. A histogram rises
 * linearly from vᵢ₋₁ to vᵢ on it; a discrete law gives vᵢ. Found by bisection: ⌈log₂ n⌉ steps.
 */
export function tableQuantile(u: number, table: Float64Array, linear: boolean): number {
  const n = table[0]!;
  let low = 1;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (u <= table[middle]!) high = middle;
    else low = middle + 1;
  }
  const upper = table[n + 1 + low]!;
  if (!linear) return upper;
  const lower = table[n + low]!;
  const start = low === 1 ? 0 : table[low - 1]!;
  const share = table[low]! - start;
  return share > 0 ? lower + ((upper - lower) * (u - start)) / share : upper;
}
