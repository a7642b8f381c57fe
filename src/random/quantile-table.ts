/**
 * Distributions as tables: piecewise cubics of the quantile function in single precision, fine towards both ends,
 * where quantile functions are steep.
 *
 * The scaled probability q = 2³²·p counts from the nearer end of the distribution, ½ ≤ q ≤ 2³¹. Each half has 32
 * octaves [2^k, 2^(k+1)), k = −1…30, cut into 16 equal cells, and one cell for 2³¹ itself.
 */
import { powerOfTwo } from '../numerics/powers.js';
import { tableMemory } from '../numerics/table-memory.js';

const CELLS_PER_OCTAVE = 16;
const OCTAVES = 32;

/** Numbers before the first row: lowest and highest value of the law, four times each as the kernel's vectors need. */
export const TABLE_HEADER = 8;
const HIGHEST = 4;
/** Rows a half; each holds four coefficients, lowest power first. */
export const TABLE_ROWS = OCTAVES * CELLS_PER_OCTAVE + 1;
export const TABLE_LENGTH = TABLE_HEADER + 2 * TABLE_ROWS * 4;

/** 2^−k for k = −1…31, read at index k + 1. */
const INVERSE_POWER = Float64Array.from({ length: OCTAVES + 1 }, (_, i) => powerOfTwo(1 - i));

/** Chebyshev nodes of degree 4 on [0, 1]: ½ + ½ cos((2j+1)π/8). */
const NODES = [0.9619397662556434, 0.6913417161825449, 0.3086582838174551, 0.03806023374435663];

/** A quantile function from both ends: of p counted from the lower end, and from the upper one; 0 < p ≤ ½. */
export interface TwoSidedQuantile {
  readonly fromBelow: (p: number) => number;
  readonly fromAbove: (p: number) => number;
  /** Least and greatest value, ±Infinity where there is none: what is drawn never lies outside. */
  readonly low: number;
  readonly high: number;
}

/** The largest single-precision number that is not above x (not below −x for `up`). */
function roundInward(x: number, up: boolean): number {
  const y = Math.fround(x);
  if (up ? y >= x : y <= x) return y;
  const bits = new Int32Array(Float32Array.of(y).buffer);
  bits[0] = bits[0]! + ((up ? y > 0 : y < 0) ? 1 : -1);
  return new Float32Array(bits.buffer)[0]!;
}

export function buildQuantileTable(law: TwoSidedQuantile): Float32Array {
  // In shared memory: threads read one table, and a plan on its way to them stays small.
  const table = new Float32Array(tableMemory(4 * TABLE_LENGTH));
  table.fill(roundInward(law.low, true), 0, HIGHEST);
  table.fill(roundInward(law.high, false), HIGHEST, TABLE_HEADER);
  [law.fromBelow, law.fromAbove].forEach((quantile, half) => {
    const at = TABLE_HEADER + half * TABLE_ROWS * 4;
    for (let row = 0; row < TABLE_ROWS - 1; row++) {
      const octave = powerOfTwo(Math.floor(row / CELLS_PER_OCTAVE) - 1);
      const start = octave * (1 + (row % CELLS_PER_OCTAVE) / CELLS_PER_OCTAVE);
      const width = octave / CELLS_PER_OCTAVE;
      fitCubic(table, at + row * 4, (t) => quantile((start + width * t) * 2 ** -32));
    }
    table[at + (TABLE_ROWS - 1) * 4] = quantile(0.5);
  });
  return table;
}

/** The cubic through f at the Chebyshev nodes of [0, 1] (Newton's divided differences), in powers of t/16. */
function fitCubic(into: Float32Array, at: number, f: (t: number) => number): void {
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
  into[at + 1] = 16 * (d01 - d012 * (t0 + t1) + d * (t0 * t1 + t0 * t2 + t1 * t2));
  into[at + 2] = 256 * (d012 - d * (t0 + t1 + t2));
  into[at + 3] = 4096 * d;
}

/**
 * Value for the 32-bit draw x, whose probability is (x + ½)/2³².
 *
 * Every operation is rounded to single precision, and so has the same bits in four lanes of a vector. Error: that of
 * the cubics (see the laws in plan/) plus 3e-7 of the value; the draw's probability is read to 24 bits.
 */
export function tableValue(table: Float32Array, x: number): number {
  const isUpper = x > 0x7fffffff;
  const y = isUpper ? 0xffffffff - x : x;
  const q = Math.fround(Math.fround(y) + 0.5);
  const octave = 32 - Math.clz32(q); // clz32 takes the integer part; 0 is the octave from ½
  const scaled = q * INVERSE_POWER[octave]! - 1;
  const cell = (scaled * CELLS_PER_OCTAVE) | 0;
  const s = scaled - cell * (1 / CELLS_PER_OCTAVE); // exact
  const row = (isUpper ? TABLE_ROWS : 0) + octave * CELLS_PER_OCTAVE + cell;
  const at = TABLE_HEADER + row * 4;
  let v = Math.fround(table[at + 2]! + Math.fround(s * table[at + 3]!));
  v = Math.fround(table[at + 1]! + Math.fround(s * v));
  v = Math.fround(table[at]! + Math.fround(s * v));
  if (v < table[0]!) v = table[0]!;
  if (v > table[HIGHEST]!) v = table[HIGHEST]!;
  return v;
}
