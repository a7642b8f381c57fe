/** Twins of src/random/philox.ts and stream.ts: the streams of four matings, one a lane. */
import { DRAW_OCTETS } from '../places/unit';
import { locate } from './quantile-table';

const MULTIPLIER_0: u32 = 0xd2511f53;
const MULTIPLIER_1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;

function xor(a: v128, b: v128): v128 {
  return v128.xor(a, b);
}

function lowWords(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 2, 4, 6);
}

function highWords(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 1, 3, 5, 7);
}

function rotate(x: v128, left: i32): v128 {
  return v128.or(i32x4.shl(x, left), i32x4.shr_u(x, 32 - left));
}

/**
 * Philox4x32-10 for four counters, then `count` outputs of xoshiro128++ from each: each stored as it is at `out`, and
 * behind it its cell in a quantile table. Looking for the cells here costs little: the generator's steps wait for each
 * other, and the processor has time for both.
 */
export function fillDraws(
  key0: u32,
  key1: u32,
  indexLow: v128,
  indexHigh: v128,
  family: i32,
  slot: i32,
  out: usize,
  count: i32,
): void {
  const multiplier0 = i32x4.splat(MULTIPLIER_0);
  const multiplier1 = i32x4.splat(MULTIPLIER_1);
  let s0 = indexLow;
  let s1 = indexHigh;
  let s2 = i32x4.splat(family);
  let s3 = i32x4.splat(slot);
  for (let round = 0; round < 10; round++) {
    const first0 = i64x2.extmul_low_i32x4_u(multiplier0, s0);
    const last0 = i64x2.extmul_high_i32x4_u(multiplier0, s0);
    const first1 = i64x2.extmul_low_i32x4_u(multiplier1, s2);
    const last1 = i64x2.extmul_high_i32x4_u(multiplier1, s2);
    s0 = xor(xor(highWords(first1, last1), s1), i32x4.splat(key0));
    s1 = lowWords(first1, last1);
    s2 = xor(xor(highWords(first0, last0), s3), i32x4.splat(key1));
    s3 = lowWords(first0, last0);
    key0 += WEYL_0;
    key1 += WEYL_1;
  }
  const none = i32x4.eq(v128.or(v128.or(s0, s1), v128.or(s2, s3)), i32x4.splat(0));
  s0 = i32x4.sub(s0, none);
  const end = out + <usize>count * DRAW_OCTETS;
  for (let at = out; at < end; at += DRAW_OCTETS) {
    const x = i32x4.add(rotate(i32x4.add(s0, s3), 7), s0);
    v128.store(at, x);
    locate(x, at);
    const shifted = i32x4.shl(s1, 9);
    s2 = xor(s2, s0);
    s3 = xor(s3, s1);
    s1 = xor(s1, s2);
    s0 = xor(s0, s3);
    s2 = xor(s2, shifted);
    s3 = rotate(s3, 11);
  }
}
