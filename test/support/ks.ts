/** Tests of goodness of fit with false-alarm rates from theory. */
/** Rate at which every statistical test of this project may fail on correct code. */
export const FALSE_ALARM_RATE = 1e-6;

/**
 * Kolmogorov–Smirnov: √n·sup|F_n − F| above this happens by chance at the rate of FALSE_ALARM_RATE.
 *
 * 2·exp(−2λ²) = rate, a bound at every n (Massart 1990), so λ = √(ln(2/rate)/2) = 2.6935.
 */
export const KS_LIMIT = Math.sqrt(Math.log(2 / FALSE_ALARM_RATE) / 2);

/** √n·sup|F_n − F| of a sample against a continuous distribution function. Sorts the sample in place. */
export function ksStatistic(sample: Float64Array, cdf: (x: number) => number): number {
  const n = sample.length;
  sample.sort();
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const share = cdf(sample[i]!);
    largest = Math.max(largest, share - i / n, (i + 1) / n - share);
  }
  return Math.sqrt(n) * largest;
}

/** Pearson's χ² of counts against expected counts. */
export function chiSquare(counts: ArrayLike<number>, expected: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i]! - expected(i)) ** 2 / expected(i);
  return sum;
}

/**
 * Limit that χ² of `degrees` exceeds at the rate of FALSE_ALARM_RATE or less:
 * d + 2√(d·t) + 2t with t = ln(1/rate) (Laurent & Massart 2000, lemma 1).
 */
export function chiSquareLimit(degrees: number): number {
  const t = Math.log(1 / FALSE_ALARM_RATE);
  return degrees + 2 * Math.sqrt(degrees * t) + 2 * t;
}

/** Limit that |r|·√n of independent pairs exceeds at the rate: Φ(−4.8916) = ½·1e-6, r nearly normal at large n. */
export const CORRELATION_LIMIT = 4.8916;

/** r·√n of two samples of equal length. */
export function correlationScore(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const meanX = x.reduce((sum, v) => sum + v, 0) / n;
  const meanY = y.reduce((sum, v) => sum + v, 0) / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return (xy / Math.sqrt(xx * yy)) * Math.sqrt(n);
}
