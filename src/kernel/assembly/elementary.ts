/**
 * Twins of src/numerics/elementary.ts: the same operations in the same order, two at a time.
 *
 * Coefficients are loaded from memory: V8 builds a vector constant with three instructions wherever it is used.
 */
import { add, and, div, gt, lt, mul, ONE, select, splat, sub, TWO } from './vector';

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const TAU: f64 = 6.283185307179586;
const SMALLEST_EXPONENT: f64 = -745.1332191019412;
export const DB_PER_NEPER: f64 = 4.342944819032518;
export const NEPERS_PER_DB: f64 = 0.23025850929940458;

/** 2^−14 twice: up to this s² twoAtanh takes its short series. */
export const SHORT_SERIES = memory.data<f64>([0.00006103515625, 0.00006103515625], 16);
/** From here on the logarithm, below it twoAtanh. */
export const SMALL = memory.data<f64>([0.1716, 0.1716], 16);
/** 1/3, 1/5, … 1/21 */
const ODD = memory.data<f64>([
  1.0 / 3.0,
  1.0 / 5.0,
  1.0 / 7.0,
  1.0 / 9.0,
  1.0 / 11.0,
  1.0 / 13.0,
  1.0 / 15.0,
  1.0 / 17.0,
  1.0 / 19.0,
  1.0 / 21.0,
]);
/** −1/3!, 1/5!, … 1/21! */
const SINE = memory.data<f64>([
  -1.0 / 6.0,
  1.0 / 120.0,
  -1.0 / 5040.0,
  1.0 / 362880.0,
  -1.0 / 39916800.0,
  1.0 / 6227020800.0,
  -1.0 / 1307674368000.0,
  1.0 / 355687428096000.0,
  -1.0 / 121645100408832000.0,
  1.0 / 51090942171709440000.0,
]);

/** Coefficient k of a series in both lanes. */
function coefficient(series: usize, k: usize): v128 {
  return v128.load_splat<f64>(series + (k << 3));
}

/** coefficient k + q·tail */
function term(series: usize, k: usize, q: v128, tail: v128): v128 {
  return add(coefficient(series, k), mul(q, tail));
}

function longTail(q: v128): v128 {
  let tail = coefficient(ODD, 9);
  tail = term(ODD, 8, q, tail);
  tail = term(ODD, 7, q, tail);
  tail = term(ODD, 6, q, tail);
  tail = term(ODD, 5, q, tail);
  tail = term(ODD, 4, q, tail);
  tail = term(ODD, 3, q, tail);
  return term(ODD, 2, q, tail);
}

/** The last two terms and the sum of twoAtanh, q = s². */
function closeAtanh(s: v128, q: v128, tail: v128): v128 {
  const sum = term(ODD, 0, q, term(ODD, 1, q, tail));
  return mul(v128.load(TWO), add(s, mul(s, mul(q, sum))));
}

/** twoAtanh where q = s² is below SHORT_SERIES in both lanes. */
export function shortAtanh(s: v128, q: v128): v128 {
  return closeAtanh(s, q, coefficient(ODD, 2));
}

export function twoAtanh(s: v128): v128 {
  const q = mul(s, s);
  const short = lt(q, v128.load(SHORT_SERIES));
  return closeAtanh(s, q, select(short, coefficient(ODD, 2), longTail(q)));
}

/** Natural logarithm of normal numbers above 0. */
export function log(x: v128): v128 {
  // The exponent field, less its bias, is the octave; the mantissa with exponent 0 lies in [1, 2).
  const octave = i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023));
  let m = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
  let e = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(octave, octave, 0, 2, 0, 2));
  const large = f64x2.ge(m, splat(Math.SQRT2));
  m = select(large, mul(m, splat(0.5)), m);
  e = add(e, and(large, splat(1)));
  const series = twoAtanh(div(sub(m, splat(1)), add(m, splat(1))));
  return add(mul(e, splat(LN2_HIGH)), add(mul(e, splat(LN2_LOW)), series));
}

/** 1/2!, 1/3!, … 1/13! */
const EXPONENTIAL = memory.data<f64>([
  1.0 / 2.0,
  1.0 / 6.0,
  1.0 / 24.0,
  1.0 / 120.0,
  1.0 / 720.0,
  1.0 / 5040.0,
  1.0 / 40320.0,
  1.0 / 362880.0,
  1.0 / 3628800.0,
  1.0 / 39916800.0,
  1.0 / 479001600.0,
  1.0 / 6227020800.0,
]);

/** 2^k of two whole numbers from −1022 to 1023. */
function powerOfTwo(k: v128): v128 {
  return i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(k), i64x2.splat(1023)), 52);
}

/** Exponential function of numbers up to 700. */
export function exp(x: v128): v128 {
  const k = f64x2.floor(add(mul(x, splat(Math.LOG2E)), splat(0.5)));
  const r = sub(sub(x, mul(k, splat(LN2_HIGH))), mul(k, splat(LN2_LOW)));
  let tail = coefficient(EXPONENTIAL, 11);
  for (let term = 10; term >= 0; term--) {
    tail = add(coefficient(EXPONENTIAL, term), mul(r, tail));
  }
  const minusOne = add(r, mul(mul(r, r), tail));
  const whole = i32x4.trunc_sat_f64x2_s_zero(k);
  const half = i32x4.shr_s(whole, 1);
  const value = mul(
    mul(add(v128.load(ONE), minusOne), powerOfTwo(half)),
    powerOfTwo(i32x4.sub(whole, half)),
  );
  return and(value, f64x2.ge(x, splat(SMALLEST_EXPONENT)));
}

function sineSeries(x: v128): v128 {
  const q = mul(x, x);
  let tail = coefficient(SINE, 9);
  tail = term(SINE, 8, q, tail);
  tail = term(SINE, 7, q, tail);
  tail = term(SINE, 6, q, tail);
  tail = term(SINE, 5, q, tail);
  tail = term(SINE, 4, q, tail);
  tail = term(SINE, 3, q, tail);
  tail = term(SINE, 2, q, tail);
  tail = term(SINE, 1, q, tail);
  tail = term(SINE, 0, q, tail);
  return add(x, mul(x, mul(q, tail)));
}

/** Math.round: half up. */
function round(t: v128): v128 {
  const down = f64x2.floor(t);
  return add(down, and(f64x2.ge(sub(t, down), splat(0.5)), v128.load(ONE)));
}

export function sinTurns(t: v128): v128 {
  let r = sub(t, round(t));
  const high = gt(r, splat(0.25));
  const low = lt(r, splat(-0.25));
  r = select(high, sub(splat(0.5), r), select(low, sub(splat(-0.5), r), r));
  return sineSeries(mul(splat(TAU), r));
}

export function cosTurns(t: v128): v128 {
  const r = sub(t, round(t));
  return sineSeries(mul(splat(TAU), sub(splat(0.25), f64x2.abs(r))));
}
