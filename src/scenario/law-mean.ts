/** Means of laws in closed form. */
import { exp, expm1 } from '../numerics/elementary.js';
import { normalCdf } from '../numerics/normal.js';
import { logGamma } from '../random/beta.js';
import { rayleighKept } from '../random/laws.js';
import { keptOfNormal } from './law-shape.js';
import type { Distribution } from './types.js';

const INVERSE_SQRT_TAU = 0.3989422804014327; // 1/√(2π)
const SQRT_TAU = 2.5066282746310002; // √(2π)
const SQRT_2_OVER_PI = 0.7978845608028654;
const SQRT_HALF_PI = 1.2533141373155003;
/** Up to here the mean of a truncated Rayleigh law takes its series. */
const SERIES_LIMIT = 3;

/**
 * Mean of a law, in the unit of its input.
 *
 * That of the law itself: runs draw from 2³² quantiles, whose mean is the same but for laws with very long tails (a
 * tenth of the mean of a lognormal of sigmaLog 5 lies beyond the last draw). A normal without width lies at its mean,
 * truncated or not, as it is drawn. Domain: laws that lawProblems finds nothing wrong with. Error ≤ 1e-13 of the mean,
 * of a truncated normal 1e-10 of sigma more (tested).
 */
export function meanOf(law: Distribution): number {
  switch (law.distribution) {
    case 'fixed':
      return law.value;
    case 'uniform':
      return law.low + 0.5 * (law.high - law.low);
    case 'normal': {
      const { mean, sigma, lower, upper } = law;
      if (sigma === 0 || (lower === null && upper === null)) return mean;
      const low = ((lower ?? -Infinity) - mean) / sigma;
      const high = ((upper ?? Infinity) - mean) / sigma;
      return mean + sigma * truncatedNormalMean(low, high);
    }
    case 'half-normal':
      return SQRT_2_OVER_PI * law.sigma;
    case 'triangular':
      return law.low + (law.mode - law.low + (law.high - law.low)) / 3;
    case 'lognormal':
      return law.median * exp(0.5 * law.sigmaLog * law.sigmaLog);
    case 'rayleigh':
      return law.scale * truncatedRayleighMean((law.max ?? Infinity) / law.scale);
    case 'weibull':
      return law.scale * exp(logGamma(1 + 1 / law.shape));
    case 'beta':
      return law.low + ((law.high - law.low) * law.alpha) / (law.alpha + law.beta);
    case 'histogram':
      return weightedMean(
        law.weights.map((_, i) => 0.5 * (law.edges[i]! + law.edges[i + 1]!)),
        law.weights,
      );
    case 'discrete':
      return weightedMean(law.values, law.weights);
    case 'empirical':
      return weightedMean(law.values);
    case 'toleranced':
      // Centred between its limits, so that sorting moves nothing.
      return law.nominal + 0.5 * (law.plus - law.minus);
  }
}

/**
 * Mean of the standard normal on [low, high]: (φ(low) − φ(high))/(Φ(high) − Φ(low)).
 *
 * The difference of the densities as φ(a)(1 − e^(−(b−a)(b+a)/2)), a the bound nearer to 0, which loses no digits.
 */
function truncatedNormalMean(low: number, high: number): number {
  if (low === -high) return 0;
  const lowIsNearer = Math.abs(low) < Math.abs(high);
  const [near, far] = lowIsNearer ? [low, high] : [high, low];
  const density = INVERSE_SQRT_TAU * exp(-0.5 * near * near);
  const difference = -density * expm1(-0.5 * (far - near) * (far + near));
  const mean = (lowIsNearer ? difference : -difference) / keptOfNormal(low, high);
  return Math.min(high, Math.max(low, mean));
}

/**
 * Mean of the Rayleigh law of scale 1 on [0, limit]: (√(2π)(Φ(l) − ½) − l·e^(−l²/2))/(1 − e^(−l²/2)).
 *
 * Where the two terms nearly cancel, their difference is e^(−l²/2)·(l³/3 + l⁵/(3·5) + l⁷/(3·5·7) + …).
 */
function truncatedRayleighMean(limit: number): number {
  if (limit === Infinity) return SQRT_HALF_PI;
  const cut = exp(-0.5 * limit * limit);
  if (limit > SERIES_LIMIT) {
    return (SQRT_TAU * (normalCdf(limit) - 0.5) - limit * cut) / rayleighKept(1, limit);
  }
  let term = (limit * limit * limit) / 3;
  let sum = term;
  for (let k = 5; term > sum * 1e-17; k += 2) {
    term *= (limit * limit) / k;
    sum += term;
  }
  return (cut * sum) / rayleighKept(1, limit);
}

function weightedMean(values: readonly number[], weights?: readonly number[]): number {
  // Counted from the first value, so that small differences of large values keep their digits.
  const origin = values[0]!;
  let total = 0;
  let sum = 0;
  for (const [i, value] of values.entries()) {
    const weight = weights?.[i] ?? 1;
    total += weight;
    sum += weight * (value - origin);
  }
  return origin + sum / total;
}
