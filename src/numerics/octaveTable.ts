/**
 * Piecewise cubics on a scale of octaves: fine near zero, where quantile functions are steep.
 *
 * The argument q runs over [½, 2³¹): 32 octaves [2^k, 2^(k+1)), k = −1…30, each cut into 16 equal cells.
 */
import { powerOfTwo } from './powers.js';

const CELLS_PER_OCTAVE = 16;
const OCTAVES = 32;
const SMALLEST = 0.5;
const LARGEST = 2 ** 31 - 2 ** -22;

/** Numbers in a table: 512 cells of four coefficients, lowest power first, in the cell's coordinate 0…1. */
export const OCTAVE_TABLE_LENGTH = OCTAVES * CELLS_PER_OCTAVE * 4;

/** 2^−k for k = −1…30, read at index k + 1. */
const INVERSE_POWER = Float64Array.from({ length: OCTAVES }, (_, i) => powerOfTwo(1 - i));

/** Chebyshev nodes of degree 4 on [0, 1]: ½ + ½ cos((2j+1)π/8). */
const NODES = [0.9619397662556434, 0.6913417161825449, 0.3086582838174551, 0.03806023374435663];

/** Table of f on [½, 2³¹), each cell's cubic through f at the Chebyshev nodes. */
export function buildOctaveTable(f: (q: number) => number): Float64Array {
  const table = new Float64Array(OCTAVE_TABLE_LENGTH);
  for (let row = 0; row < OCTAVES * CELLS_PER_OCTAVE; row++) {
    const octave = powerOfTwo(Math.floor(row / CELLS_PER_OCTAVE) - 1);
    const start = octave * (1 + (row % CELLS_PER_OCTAVE) / CELLS_PER_OCTAVE);
    const width = octave / CELLS_PER_OCTAVE;
    fitCubic(table, row * 4, (t) => f(start + width * t));
  }
  return table;
}

/** The cubic through f at the Chebyshev nodes (Newton's divided differences), expanded to powers of t. */
function fitCubic(into: Float64Array, at: number, f: (t: number) => number): void {
  const [t0, t1, t2, t3] = NODES as [number, number, number, number];
  const f0 = f(t0);
  const f1 = f(t1);
  const f2 = f(t2);
  const f3 = f(t3);
  const d01 = (f1 - f0) / (t1 - t0);
  const d12 = (f2 - f1) / (t2 - t1);
  const d23 = (f3 - f2) / (t3 - t2);
  const d012 = (d12 - d01) / (t2 - t0);
  const d123 = (d23 - d12) / (t3 - t1);
  const d = (d123 - d012) / (t3 - t0);
  into[at] = f0 - t0 * (d01 - t1 * (d012 - t2 * d));
  into[at + 1] = d01 - d012 * (t0 + t1) + d * (t0 * t1 + t0 * t2 + t1 * t2);
  into[at + 2] = d012 - d * (t0 + t1 + t2);
  into[at + 3] = d;
}

/** Value at q of the table that starts at `base`; q outside [½, 2³¹) is taken as the nearest inside, NaN gives NaN. */
export function octaveCubic(table: Float64Array, base: number, argument: number): number {
  let q = argument;
  if (q < SMALLEST) q = SMALLEST;
  if (q > LARGEST) q = LARGEST;
  const octave = 32 - Math.clz32(q); // clz32 takes the integer part; 0 is the octave from ½
  const scaled = (q * INVERSE_POWER[octave]! - 1) * CELLS_PER_OCTAVE;
  const cell = scaled | 0;
  const t = scaled - cell;
  const at = base + (octave * CELLS_PER_OCTAVE + cell) * 4;
  return table[at]! + t * (table[at + 1]! + t * (table[at + 2]! + t * table[at + 3]!));
}
