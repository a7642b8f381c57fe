/**
 * Logarithm, exponential, sine and cosine from + − × ÷ √ and Math.floor only.
 *
 * Math.log, Math.exp, Math.sin differ in the last bits between engines and versions, which would make
 * results depend on the machine. These functions give the same bits wherever IEEE 754 arithmetic holds.
 * Accuracy was measured against values of 50 digits (test/reference/elementary.json).
 */

const LN2_HIGH = 0.6931471803691238; // ln 2 with its last 32 bits cleared, so that k·LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10; // ln 2 − LN2_HIGH
const INVERSE_LN2 = 1.4426950408889634;
const TAU = 6.283185307179586;
const SQRT2 = 1.4142135623730951;

/** 10 / ln 10: turns the natural logarithm of a power ratio into decibels. */
export const DB_PER_NEPER = 4.342944819032518;

/**
 * Twice the inverse hyperbolic tangent near zero, 2·atanh(s) = ln((1+s)/(1−s)) = 2(s + s³/3 + s⁵/5 + …).
 *
 * Domain |s| ≤ 0.1716 (= (√2−1)/(√2+1)); the first term left out is below 2e-17 of the result there.
 * Relative error ≤ 4e-16.
 */
export function twoAtanh(s: number): number {
  const q = s * s;
  const tail =
    q *
    (1 / 3 +
      q *
        (1 / 5 +
          q *
            (1 / 7 +
              q *
                (1 / 9 +
                  q *
                    (1 / 11 +
                      q * (1 / 13 + q * (1 / 15 + q * (1 / 17 + q * (1 / 19 + q * (1 / 21))))))))));
  return 2 * (s + s * tail);
}

/**
 * Natural logarithm.
 *
 * x = 2^e·m with m in [√½, √2): ln x = e·ln 2 + 2·atanh((m−1)/(m+1)). The reduction is exact.
 * Domain: x > 0; 0 gives −Infinity, a negative number NaN. Error ≤ 2 units in the last place away from 1,
 * absolute error ≤ 1e-16 near 1.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  let m = x;
  let e = 0;
  while (m < 2 ** -32) {
    m *= 2 ** 32;
    e -= 32;
  }
  while (m >= 2 ** 32) {
    m *= 2 ** -32;
    e += 32;
  }
  if (m < 2 ** -16) {
    m *= 2 ** 16;
    e -= 16;
  } else if (m >= 2 ** 16) {
    m *= 2 ** -16;
    e += 16;
  }
  if (m < 2 ** -8) {
    m *= 2 ** 8;
    e -= 8;
  } else if (m >= 2 ** 8) {
    m *= 2 ** -8;
    e += 8;
  }
  if (m < 2 ** -4) {
    m *= 2 ** 4;
    e -= 4;
  } else if (m >= 2 ** 4) {
    m *= 2 ** -4;
    e += 4;
  }
  if (m < 2 ** -2) {
    m *= 4;
    e -= 2;
  } else if (m >= 4) {
    m *= 0.25;
    e += 2;
  }
  while (m < SQRT2 / 2) {
    m *= 2;
    e -= 1;
  }
  while (m >= SQRT2) {
    m *= 0.5;
    e += 1;
  }
  return e * LN2_HIGH + (e * LN2_LOW + twoAtanh((m - 1) / (m + 1)));
}

/**
 * Exponential function.
 *
 * x = k·ln 2 + r with |r| ≤ ½ ln 2: e^x = 2^k·(1 + r + r²/2! + … + r¹³/13!).
 * Domain: any; above 709.7 Infinity, below −745 zero. Relative error ≤ 4e-16 for |x| ≤ 700.
 */
export function exp(x: number): number {
  if (x > 709.78) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 13; n >= 1; n--) sum = 1 + (r * sum) / n;
  return scaleByPowerOfTwo(sum, k);
}

/** x·2^k by exact multiplications; the last one alone may round (to a subnormal). */
function scaleByPowerOfTwo(x: number, k: number): number {
  let y = x;
  let left = k;
  while (left >= 30) {
    y *= 2 ** 30;
    left -= 30;
  }
  while (left <= -30) {
    y *= 2 ** -30;
    left += 30;
  }
  while (left > 0) {
    y *= 2;
    left -= 1;
  }
  while (left < 0) {
    y *= 0.5;
    left += 1;
  }
  return y;
}

/** sin(2πt)/(2πt) − 1 as a polynomial in q = (2πt)², for |t| ≤ ¼: Taylor coefficients ±1/(2k+1)!. */
function sineTail(q: number): number {
  return (
    q *
    (-1 / 6 +
      q *
        (1 / 120 +
          q *
            (-1 / 5040 +
              q *
                (1 / 362880 +
                  q *
                    (-1 / 39916800 +
                      q *
                        (1 / 6227020800 +
                          q *
                            (-1 / 1307674368000 +
                              q *
                                (1 / 355687428096000 +
                                  q * (-1 / 121645100408832000 + q / 51090942171709440000)))))))))
  );
}

/**
 * Sine of an angle in turns, sin(2πt).
 *
 * t is brought to [−½, ½] and folded to [−¼, ¼], both exactly, then a Taylor polynomial of degree 21.
 * Domain: |t| < 2^52. Absolute error ≤ 3e-16 for |t| ≤ 1, growing with the rounding of t itself.
 */
export function sinTurns(t: number): number {
  let r = t - Math.floor(t + 0.5);
  if (r > 0.25) r = 0.5 - r;
  else if (r < -0.25) r = -0.5 - r;
  const x = TAU * r;
  return x + x * sineTail(x * x);
}

/** Cosine of an angle in turns, cos(2πt) = sin(2π(¼ − |t|)). Domain and accuracy as for sinTurns. */
export function cosTurns(t: number): number {
  const r = t - Math.floor(t + 0.5);
  const x = TAU * (0.25 - (r < 0 ? -r : r));
  return x + x * sineTail(x * x);
}

/** Tangent of an angle in radians, by sinTurns and cosTurns. Relative error ≤ 2e-15 for |x| ≤ 1. */
export function tan(x: number): number {
  const t = x / TAU;
  return sinTurns(t) / cosTurns(t);
}
