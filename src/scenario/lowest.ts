/** Where laws end, and how much of one lies below a bound. */
import { exp, log } from '../numerics/elementary.js';
import { normalCdf } from '../numerics/normal.js';
import { incompleteBeta } from '../random/beta.js';
import { rayleighKept } from '../random/laws.js';
import { keptOfNormal } from './law-shape.js';
import type { Distribution } from './types.js';

/** How many standard deviations below its mean a normal is taken to end: 1e-9 of it lies beyond. */
const SIGMAS = 6;

/** Share of the law below `bound`, between 0 and 1. */
export function shareBelow(law: Distribution, bound: number): number {
  switch (law.distribution) {
    case 'fixed':
      return law.value < bound ? 1 : 0;
    case 'uniform':
      return uniformBelow(law.low, law.high, bound);
    case 'normal':
      return normalBelow(law.mean, law.sigma, law.lower, law.upper, bound);
    case 'half-normal':
      return bound > 0 ? normalBelow(0, law.sigma, 0, Infinity, bound) : 0;
    case 'triangular':
      return triangularBelow(law.low, law.mode, law.high, bound);
    case 'lognormal':
      return bound > 0 ? normalBelow(0, law.sigmaLog, null, null, log(bound / law.median)) : 0;
    case 'rayleigh':
      return rayleighBelow(law.scale, law.max, bound);
    case 'weibull':
      return bound > 0 ? 1 - exp(-exp(law.shape * log(bound / law.scale))) : 0;
    case 'beta':
      return law.low === law.high
        ? uniformBelow(law.low, law.high, bound)
        : incompleteBeta(law.alpha, law.beta, uniformBelow(law.low, law.high, bound));
    case 'histogram':
      return weightBelow(law.weights, (i) => uniformBelow(law.edges[i]!, law.edges[i + 1]!, bound));
    case 'discrete':
      return weightBelow(law.weights, (i) => (law.values[i]! < bound ? 1 : 0));
    case 'empirical':
      return law.values.filter((value) => value < bound).length / law.values.length;
    case 'toleranced': {
      const { mean, sigma } = tolerancedNormal(law);
      const lower = law.sorted ? law.nominal - law.minus : null;
      const upper = law.sorted ? law.nominal + law.plus : null;
      return normalBelow(mean, sigma, lower, upper, bound);
    }
  }
}

/**
 * A value below which the sum of these laws falls with a share of 1e-9 at most.
 *
 * Σ lowest ends of the bounded ones + Σ means − 6·√(Σσ²) of the unbounded normals.
 */
export function lowestSum(laws: readonly Distribution[]): number {
  return endOfSum(laws, lowestEnd, -SIGMAS);
}

/** A value above which the sum of these laws rises with a share of 1e-9 at most; Infinity for laws without end. */
export function highestSum(laws: readonly Distribution[]): number {
  return endOfSum(laws, highestEnd, SIGMAS);
}

function endOfSum(
  laws: readonly Distribution[],
  endOf: (law: Distribution) => number,
  sigmas: number,
): number {
  let end = 0;
  let variance = 0;
  for (const law of laws) {
    const normal = unboundedNormal(law);
    end += normal?.mean ?? endOf(law);
    variance += normal === undefined ? 0 : normal.sigma * normal.sigma;
  }
  return end + sigmas * Math.sqrt(variance);
}

interface Normal {
  readonly mean: number;
  readonly sigma: number;
}

function unboundedNormal(law: Distribution): Normal | undefined {
  if (law.distribution === 'normal' && law.lower === null) return law;
  if (law.distribution === 'toleranced' && !law.sorted) return tolerancedNormal(law);
  return undefined;
}

/** Smallest value of a law that is no unbounded normal. */
function lowestEnd(law: Distribution): number {
  switch (law.distribution) {
    case 'fixed':
      return law.value;
    case 'uniform':
    case 'triangular':
    case 'beta':
      return law.low;
    case 'normal':
      return law.lower ?? -Infinity;
    case 'toleranced':
      return law.nominal - law.minus;
    case 'histogram':
      return law.edges[law.weights.findIndex((weight) => weight > 0)] ?? 0;
    case 'discrete':
      return smallest(law.values.filter((_, i) => law.weights[i]! > 0));
    case 'empirical':
      return smallest(law.values);
    case 'half-normal':
    case 'lognormal':
    case 'rayleigh':
    case 'weibull':
      return 0;
  }
}

/** Largest value of a law that is no unbounded normal. */
function highestEnd(law: Distribution): number {
  switch (law.distribution) {
    case 'fixed':
      return law.value;
    case 'uniform':
    case 'triangular':
    case 'beta':
      return law.high;
    case 'normal':
      return law.upper ?? Infinity;
    case 'toleranced':
      return law.nominal + law.plus;
    case 'histogram':
      return law.edges[law.weights.findLastIndex((weight) => weight > 0) + 1] ?? Infinity;
    case 'discrete':
      return largest(law.values.filter((_, i) => law.weights[i]! > 0));
    case 'empirical':
      return largest(law.values);
    case 'rayleigh':
      return law.max ?? Infinity;
    case 'half-normal':
    case 'lognormal':
    case 'weibull':
      return Infinity;
  }
}

/** A process in the middle of its limits, of which the nearer one is 3·Cpk standard deviations away. */
function tolerancedNormal(law: Distribution & { distribution: 'toleranced' }): Normal {
  return {
    mean: law.nominal + (law.plus - law.minus) / 2,
    sigma: (law.plus + law.minus) / (6 * law.cpk),
  };
}

function uniformBelow(low: number, high: number, bound: number): number {
  if (bound <= low) return 0;
  return bound < high ? (bound - low) / (high - low) : 1;
}

function normalBelow(
  mean: number,
  sigma: number,
  lower: number | null,
  upper: number | null,
  bound: number,
): number {
  if (lower !== null && bound <= lower) return 0;
  if (upper !== null && bound > upper) return 1;
  // without width: all of it at the mean, or at the bound nearest to it
  if (sigma === 0) return Math.min(upper ?? mean, Math.max(lower ?? mean, mean)) < bound ? 1 : 0;
  const score = (bound - mean) / sigma;
  if (lower === null || upper === null) return normalCdf(score);
  const low = (lower - mean) / sigma;
  return keptOfNormal(low, score) / keptOfNormal(low, (upper - mean) / sigma);
}

function triangularBelow(low: number, mode: number, high: number, bound: number): number {
  if (bound <= low) return 0;
  if (bound >= high) return 1;
  return bound < mode
    ? ((bound - low) * (bound - low)) / ((high - low) * (mode - low))
    : 1 - ((high - bound) * (high - bound)) / ((high - low) * (high - mode));
}

function rayleighBelow(scale: number, max: number | null, bound: number): number {
  if (bound <= 0) return 0;
  if (max !== null && bound > max) return 1;
  return rayleighKept(scale, bound) / (max === null ? 1 : rayleighKept(scale, max));
}

function weightBelow(weights: readonly number[], below: (i: number) => number): number {
  let total = 0;
  let sum = 0;
  for (const [i, weight] of weights.entries()) {
    total += weight;
    if (weight > 0) sum += weight * below(i);
  }
  return sum / total;
}

function smallest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
