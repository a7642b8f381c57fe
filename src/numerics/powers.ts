/** Exact powers of two: `2 ** k` goes through Math.pow, which no standard obliges to be exact. */

const LOWEST = -1074;
const HIGHEST = 1023;

const POWERS = new Float64Array(HIGHEST - LOWEST + 1);
POWERS[-LOWEST] = 1;
for (let k = 1; k <= HIGHEST; k++) POWERS[k - LOWEST] = 2 * POWERS[k - 1 - LOWEST]!;
for (let k = -1; k >= LOWEST; k--) POWERS[k - LOWEST] = 0.5 * POWERS[k + 1 - LOWEST]!;

/** 2^k without rounding. Domain: an integer from −1074 (the smallest number above 0) to 1023. */
export function powerOfTwo(k: number): number {
  return POWERS[k - LOWEST]!;
}
