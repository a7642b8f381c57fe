/** Where a law lies and how wide it is, for references, plausibility and bounds. */
import { normalCdf } from '../numerics/normal.js';
import type { Distribution } from './types.js';

const MEAN_OF_HALF_NORMAL = 0.7978845608028654; // √(2/π)
const MEAN_OF_RAYLEIGH = 1.2533141373155003; // √(π/2)

/** The value that a drawing would state; undefined for laws that have none. */
export function lawNominal(law: Distribution): number | undefined {
  switch (law.distribution) {
    case 'fixed':
      return law.value;
    case 'normal':
      return law.mean;
    case 'uniform':
      return law.low + (law.high - law.low) / 2;
    case 'toleranced':
      return law.nominal;
    default:
      return undefined;
  }
}

/** A typical value: the mean where it is simple, otherwise something near it. */
export function lawLocation(law: Distribution): number {
  switch (law.distribution) {
    case 'fixed':
      return law.value;
    case 'uniform':
      return law.low + (law.high - law.low) / 2;
    case 'normal':
      return Math.min(law.upper ?? Infinity, Math.max(law.lower ?? -Infinity, law.mean));
    case 'half-normal':
      return MEAN_OF_HALF_NORMAL * law.sigma;
    case 'triangular':
      return (law.low + law.mode + law.high) / 3;
    case 'lognormal':
      return law.median;
    case 'rayleigh':
      return Math.min(MEAN_OF_RAYLEIGH * law.scale, law.max ?? Infinity);
    case 'weibull':
      return law.scale;
    case 'beta':
      return law.low + ((law.high - law.low) * law.alpha) / (law.alpha + law.beta);
    case 'histogram':
      return weightedMean(
        law.weights.map((_, i) => (law.edges[i]! + law.edges[i + 1]!) / 2),
        law.weights,
      );
    case 'discrete':
      return weightedMean(law.values, law.weights);
    case 'empirical':
      return weightedMean(law.values);
    case 'toleranced':
      return law.nominal;
  }
}

function weightedMean(values: readonly number[], weights?: readonly number[]): number {
  let total = 0;
  let sum = 0;
  for (const [i, value] of values.entries()) {
    const weight = weights?.[i] ?? 1;
    total += weight;
    sum += weight * value;
  }
  return sum / total;
}

/** Share of the standard normal between two scores; taken on the negative side, where small shares keep their digits. */
export function keptOfNormal(low: number, high: number): number {
  // a law without width: 0/0 where the bound is the mean itself
  if (Number.isNaN(low) || Number.isNaN(high)) return 1;
  return low > 0 ? normalCdf(-low) - normalCdf(-high) : normalCdf(high) - normalCdf(low);
}

/** Standard deviation as stated, half the range, or 0: how far values stray from the location, roughly. */
export function lawSpread(law: Distribution): number {
  switch (law.distribution) {
    case 'normal':
      return law.sigma;
    case 'uniform':
    case 'triangular':
    case 'beta':
      return (law.high - law.low) / 2;
    case 'toleranced':
      return (law.plus + law.minus) / (6 * law.cpk);
    default:
      return 0;
  }
}
