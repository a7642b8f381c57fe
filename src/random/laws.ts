/**
 * Distributions as inverse functions: each takes one uniform u in (0, 1) and gives the value whose distribution
 * function is u. One uniform a value keeps every input at a fixed position of the stream.
 */
import { expm1 } from '../numerics/elementary.js';

/**
 * Triangular on [low, high] with its peak at `mode`: the square root of the area on the side of u.
 * Domain low ≤ mode ≤ high. Error ≤ 5e-16 of the largest of the three.
 */
export function triangularQuantile(u: number, low: number, mode: number, high: number): number {
  const width = high - low;
  if (width === 0) return low;
  const left = (mode - low) / width;
  return u < left
    ? low + Math.sqrt(u * width * (mode - low))
    : high - Math.sqrt((1 - u) * width * (high - mode));
}

/** Share of a Rayleigh law of this scale that lies below max, 1 − exp(−max²/(2·scale²)). Relative error ≤ 1e-15. */
export function rayleighKept(scale: number, max: number): number {
  const x = max / scale;
  return -expm1(-0.5 * x * x);
}

/**
 * Law by shares: a step or piecewise linear quantile.
 *
 * table = [n, c₁ … cₙ, v₀ … vₙ] with cumulated shares c (cₙ = 1): piece i covers cᵢ₋₁ < u ≤ cᵢ, so that a piece
 * without share is never met. A histogram rises linearly from vᵢ₋₁ to vᵢ on it; a discrete law gives vᵢ (v₀ is not
 * read). Found by bisection: ⌈log₂ n⌉ steps. Domain 0 < u ≤ 1.
 */
export function sharesQuantile(u: number, table: Float64Array, linear: boolean): number {
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
  return lower + ((upper - lower) * (u - start)) / (table[low]! - start);
}
