/** Twin of src/random/quantile-table.ts, four at a time. */

/** Octets of a half in four lanes: 513 rows of four numbers. */
const HALF_OCTETS = memory.data<i32>([8208, 8208, 8208, 8208], 16);
const REST_BITS = memory.data<i32>([0x7ffff, 0x7ffff, 0x7ffff, 0x7ffff], 16);
const ONES = memory.data<f32>([1, 1, 1, 1], 16);
const HALVES = memory.data<f32>([0.5, 0.5, 0.5, 0.5], 16);

/** Stores behind the draws at `at` the offsets of their rows and s in [0, 1/16). */
export function locate(x: v128, at: usize): void {
  const upper = i32x4.shr_s(x, 31);
  const y = v128.xor(x, upper);
  const q = f32x4.add(f32x4.convert_i32x4_s(y), v128.load(HALVES));
  // Exponent and four leading bits of the mantissa number the rows; the rest of it, behind a leading 1, is 1 + s.
  const row = i32x4.shl(i32x4.shr_u(q, 19), 4);
  v128.store(at, i32x4.add(row, v128.and(upper, v128.load(HALF_OCTETS))), 16);
  const rest = v128.or(v128.and(q, v128.load(REST_BITS)), v128.load(ONES));
  v128.store(at, f32x4.sub(rest, v128.load(ONES)), 32);
}

/**
 * @param rows where the row of an exponent field 0 would lie
 * @param bounds least and greatest value of the law, four times each
 * @param draw draws that have been located
 */
export function tableValue(rows: usize, bounds: usize, draw: usize): v128 {
  const r0 = v128.load(rows + load<i32>(draw, 16));
  const r1 = v128.load(rows + load<i32>(draw, 20));
  const r2 = v128.load(rows + load<i32>(draw, 24));
  const r3 = v128.load(rows + load<i32>(draw, 28));
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  const c0 = v128.shuffle<i64>(low01, low23, 0, 2);
  const c1 = v128.shuffle<i64>(low01, low23, 1, 3);
  const c2 = v128.shuffle<i64>(high01, high23, 0, 2);
  const c3 = v128.shuffle<i64>(high01, high23, 1, 3);
  const s = v128.load(draw, 32);
  let v = f32x4.add(c2, f32x4.mul(s, c3));
  v = f32x4.add(c1, f32x4.mul(s, v));
  v = f32x4.add(c0, f32x4.mul(s, v));
  return f32x4.pmin(f32x4.pmax(v, v128.load(bounds)), v128.load(bounds, 16));
}
