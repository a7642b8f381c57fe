/** Between normal scores and 32-bit draws: chains move scores, the laws of the parts take draws. */
import { normalCdf, normalQuantile } from '../../numerics/normal.js';
import { fillCubic } from './cubic.js';

/** Scores beyond ±LIMIT count as ±LIMIT. */
export const LIMIT = 6.5;
const UNIT = 2 ** -32;

/** The real number x whose draw would have the probability of the normal score z: (x + ½)/2³² = Φ(z). */
export function realDrawOfScore(z: number): number {
  return z < 0 ? normalCdf(z) * 2 ** 32 - 0.5 : 4294967295.5 - normalCdf(-z) * 2 ** 32;
}

/** The draw nearest to the probability of the normal score z, ⌊2³²·Φ(z)⌋. */
export function drawOfScore(z: number): number {
  return Math.min(0xffffffff, Math.max(0, Math.floor(realDrawOfScore(z) + 0.5)));
}

const CELLS = 1024;
/** Cells at either end, where the quantile function is too steep for them. */
const STEEP = 16;
/** Φ⁻¹ in cubics, one row of four coefficients a cell. */
const SCORES = buildScores();

function buildScores(): Float64Array {
  const table = new Float64Array(4 * CELLS);
  for (let cell = STEEP; cell < CELLS - STEEP; cell++) {
    fillCubic(table, 4 * cell, (t) => normalQuantile((cell + t) / CELLS));
  }
  return table;
}

/** Normal score of the 32-bit draw x, Φ⁻¹((x + ½)/2³²), −6.34 to 6.34. Absolute error ≤ 1e-8. */
export function scoreOfDraw(x: number): number {
  const cell = x >>> 22;
  if (cell < STEEP || cell >= CELLS - STEEP) return normalQuantile((x + 0.5) * UNIT);
  const t = ((x & 0x3fffff) + 0.5) * 2 ** -22;
  const at = 4 * cell;
  return SCORES[at]! + t * (SCORES[at + 1]! + t * (SCORES[at + 2]! + t * SCORES[at + 3]!));
}
