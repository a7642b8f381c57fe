/**
 * Logarithm, exponential, sine and cosine from + − × ÷ and exact roundings only.
 *
 * Math.log, Math.exp, Math.sin differ in the last bits between engines and versions, which would make
 * results depend on the machine. These functions give the same bits wherever IEEE 754 arithmetic holds.
 * Accuracy was measured against values of 50 digits (test/reference/elementary.json); a "unit" is one unit in the
 * last place of the result. NaN gives NaN throughout.
 */
import { powerOfTwo } from './powers.js';

const LN2_HIGH = 0.6931471803691238; // ln 2 with its last 32 bits cleared, so that k·LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10; // ln 2 − LN2_HIGH
const TAU = 6.283185307179586;
const HALF_LN2 = 0.34657359027997264;

/** Beyond these the exponential is Infinity, or nearer to 0 than to any number above it. */
const LARGEST_EXPONENT = 709.782712893384;
const SMALLEST_EXPONENT = -745.1332191019412;

/** 10 / ln 10: turns the natural logarithm of a power ratio into decibels. */
export const DB_PER_NEPER = 4.342944819032518;
/** ln 10/10 */
export const NEPERS_PER_DB = 0.23025850929940458;

/** Up to this s² twoAtanh takes its short series. */
const SHORT_SERIES = 2 ** -14;

/**
 * Twice the inverse hyperbolic tangent near zero, 2·atanh(s) = ln((1+s)/(1−s)) = 2(s + s³/3 + s⁵/5 + …).
 *
 * Domain |s| ≤ 0.1716 (= (√2−1)/(√2+1)); the first term left out is below 2e-18 of the result there, also where four
 * terms are enough. Error ≤ 1 unit.
 */
export function twoAtanh(s: number): number {
  const q = s * s;
  let tail: number;
  if (q < SHORT_SERIES) {
    tail = 1 / 7;
  } else {
    tail = 1 / 21;
    tail = 1 / 19 + q * tail;
    tail = 1 / 17 + q * tail;
    tail = 1 / 15 + q * tail;
    tail = 1 / 13 + q * tail;
    tail = 1 / 11 + q * tail;
    tail = 1 / 9 + q * tail;
    tail = 1 / 7 + q * tail;
  }
  tail = 1 / 5 + q * tail;
  tail = 1 / 3 + q * tail;
  return 2 * (s + s * (q * tail));
}

/**
 * Natural logarithm.
 *
 * x = 2^e·m with m in [√½, √2): ln x = e·ln 2 + 2·atanh((m−1)/(m+1)). The reduction is exact.
 * Domain: x > 0; 0 gives −Infinity, a negative number NaN. Error ≤ 2 units, also near 1; ≤ 1 unit outside [¼, 4].
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  let m = x;
  let e = 0;
  // Into [1, 2³²), where the leading zeros of the integer part give the exponent.
  while (m < 1) {
    m *= 2 ** 32;
    e -= 32;
  }
  while (m >= 2 ** 32) {
    m *= 2 ** -32;
    e += 32;
  }
  const octave = 31 - Math.clz32(m);
  m *= powerOfTwo(-octave);
  e += octave;
  if (m >= Math.SQRT2) {
    m *= 0.5;
    e += 1;
  }
  return e * LN2_HIGH + (e * LN2_LOW + twoAtanh((m - 1) / (m + 1)));
}

/**
 * ln(1 + x) with full relative accuracy near 0, where 1 + x would lose the digits of x.
 *
 * 2·atanh(x/(2+x)) for x in [√½ − 1, √2 − 1], log(1 + x) outside. Domain x > −1, −1 gives −Infinity.
 * Error ≤ 3 units.
 */
export function log1p(x: number): number {
  return x > Math.SQRT1_2 - 1 && x < Math.SQRT2 - 1 ? twoAtanh(x / (2 + x)) : log(1 + x);
}

/** e^r − 1 for |r| ≤ ½ ln 2 by its Taylor series up to r¹³/13!; the term left out is below 2e-17 of it. */
function exponentialMinusOne(r: number): number {
  let tail = 1 / 6227020800;
  tail = 1 / 479001600 + r * tail;
  tail = 1 / 39916800 + r * tail;
  tail = 1 / 3628800 + r * tail;
  tail = 1 / 362880 + r * tail;
  tail = 1 / 40320 + r * tail;
  tail = 1 / 5040 + r * tail;
  tail = 1 / 720 + r * tail;
  tail = 1 / 120 + r * tail;
  tail = 1 / 24 + r * tail;
  tail = 1 / 6 + r * tail;
  tail = 1 / 2 + r * tail;
  return r + r * r * tail;
}

/**
 * Exponential function.
 *
 * x = k·ln 2 + r with |r| ≤ ½ ln 2: e^x = 2^k·(1 + r + r²/2! + … + r¹³/13!).
 * Domain: any; above 709.7827 Infinity, below −745.1332 zero. Error ≤ 1.5 units.
 */
export function exp(x: number): number {
  if (!(x <= LARGEST_EXPONENT)) return x > LARGEST_EXPONENT ? Infinity : Number.NaN;
  if (x < SMALLEST_EXPONENT) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  // Two steps, since 2^k alone may leave the range of numbers; only the second can round.
  const half = k >> 1;
  return (1 + exponentialMinusOne(r)) * powerOfTwo(half) * powerOfTwo(k - half);
}

/** e^x − 1 with full relative accuracy near 0. Domain: any. Error ≤ 4 units. */
export function expm1(x: number): number {
  return x > -HALF_LN2 && x < HALF_LN2 ? exponentialMinusOne(x) : exp(x) - 1;
}

/** sin x for |x| ≤ π/2 by its Taylor series up to x²¹/21!; the term left out is below 2e-18. */
function sineSeries(x: number): number {
  const q = x * x;
  let tail = 1 / 51090942171709440000;
  tail = -1 / 121645100408832000 + q * tail;
  tail = 1 / 355687428096000 + q * tail;
  tail = -1 / 1307674368000 + q * tail;
  tail = 1 / 6227020800 + q * tail;
  tail = -1 / 39916800 + q * tail;
  tail = 1 / 362880 + q * tail;
  tail = -1 / 5040 + q * tail;
  tail = 1 / 120 + q * tail;
  tail = -1 / 6 + q * tail;
  return x + x * (q * tail);
}

/**
 * Sine of an angle in turns, sin(2πt).
 *
 * t is brought to [−½, ½] and folded to [−¼, ¼], both exactly, so that multiples of ¼ turn give exactly 0 and ±1.
 * Domain: any t; ±Infinity gives NaN. Error ≤ 2 units of the sine of exactly this t.
 */
export function sinTurns(t: number): number {
  let r = t - Math.round(t);
  if (r > 0.25) r = 0.5 - r;
  else if (r < -0.25) r = -0.5 - r;
  return sineSeries(TAU * r);
}

/**
 * Cosine of an angle in turns, cos(2πt) = sin(2π(¼ − |t|)), after the same reduction to [−½, ½].
 *
 * Domain as for sinTurns. Error ≤ 2 units of the cosine of exactly this t; ¼ turn gives exactly 0.
 */
export function cosTurns(t: number): number {
  const r = t - Math.round(t);
  return sineSeries(TAU * (0.25 - (r < 0 ? -r : r)));
}

/**
 * Tangent of an angle in radians, by sinTurns and cosTurns of x/2π.
 *
 * Relative error ≤ 1e-15 for |x| ≤ 1; it grows without bound towards the pole at π/2.
 */
export function tan(x: number): number {
  const t = x / TAU;
  return sinTurns(t) / cosTurns(t);
}
