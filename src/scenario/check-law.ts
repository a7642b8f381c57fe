/** Whether the fields of a law make sense together. */
import { rayleighKept } from '../random/laws.js';
import { keptOfNormal } from './law-shape.js';
import type { Distribution } from './types.js';

/** What is wrong with a field of a law. */
export interface LawProblem {
  readonly field: string;
  readonly message: string;
  readonly expected?: string;
}

/** Smallest share of a law that a truncation may keep. */
const LEAST_KEPT = 1e-6;
/** Beyond these the quantiles of beta, Weibull and lognormal overflow or lose their digits. */
const SHAPES = {
  beta: [0.1, 1000],
  weibull: [0.1, 1000],
  sigmaLog: [0, 10],
  cpk: [0, 100],
} as const;

/** Everything that is wrong with a law; empty if nothing is. */
export function lawProblems(law: Distribution): LawProblem[] {
  switch (law.distribution) {
    case 'fixed':
    case 'empirical':
      return [];
    case 'uniform':
      return ascending('low', law.low, 'high', law.high);
    case 'normal':
      return [...notNegative('sigma', law.sigma), ...truncation(law)];
    case 'half-normal':
      return notNegative('sigma', law.sigma);
    case 'triangular':
      return [
        ...ascending('low', law.low, 'high', law.high),
        ...(law.mode >= law.low && law.mode <= law.high
          ? []
          : [{ field: 'mode', message: 'the mode lies outside low and high' }]),
      ];
    case 'lognormal':
      return [
        ...positive('median', law.median),
        ...within('sigmaLog', law.sigmaLog, SHAPES.sigmaLog),
      ];
    case 'rayleigh':
      return [...positive('scale', law.scale), ...rayleighTruncation(law)];
    case 'weibull':
      return [...positive('scale', law.scale), ...within('shape', law.shape, SHAPES.weibull)];
    case 'beta':
      return [
        ...ascending('low', law.low, 'high', law.high),
        ...within('alpha', law.alpha, SHAPES.beta),
        ...within('beta', law.beta, SHAPES.beta),
      ];
    case 'histogram':
      return [...edges(law.edges, law.weights), ...weights(law.weights)];
    case 'discrete':
      return [
        ...(law.values.length === law.weights.length
          ? []
          : [count('weights', law.weights.length, `as many as values, ${law.values.length}`)]),
        ...weights(law.weights),
      ];
    case 'toleranced':
      return toleranced(law);
  }
}

function notNegative(field: string, value: number): LawProblem[] {
  return value >= 0 ? [] : [{ field, message: `${field} is negative`, expected: '0 or more' }];
}

function positive(field: string, value: number): LawProblem[] {
  return value > 0 ? [] : [{ field, message: `${field} is not positive`, expected: 'more than 0' }];
}

function within(
  field: string,
  value: number,
  [low, high]: readonly [number, number],
): LawProblem[] {
  return value >= low && value <= high
    ? []
    : [{ field, message: `${field} is out of range`, expected: `${low} to ${high}` }];
}

function ascending(first: string, low: number, second: string, high: number): LawProblem[] {
  return low <= high ? [] : [{ field: second, message: `${first} is above ${second}` }];
}

function truncation(law: Distribution & { distribution: 'normal' }): LawProblem[] {
  const { mean, sigma, lower, upper } = law;
  if (lower === null || upper === null) return [];
  if (!(lower < upper)) {
    return [{ field: 'upper', message: 'lower is not below upper', expected: 'lower < upper' }];
  }
  if (!(sigma >= 0)) return [];
  return keeps('lower', keptOfNormal((lower - mean) / sigma, (upper - mean) / sigma));
}

function keeps(field: string, kept: number): LawProblem[] {
  if (kept >= LEAST_KEPT) return [];
  return [
    {
      field,
      message: `the truncation keeps ${kept.toPrecision(2)} of the law`,
      expected: `at least ${LEAST_KEPT}`,
    },
  ];
}

function rayleighTruncation(law: Distribution & { distribution: 'rayleigh' }): LawProblem[] {
  if (law.max === null) return [];
  if (!(law.max > 0)) return positive('max', law.max);
  return law.scale > 0 ? keeps('max', rayleighKept(law.scale, law.max)) : [];
}

function edges(values: readonly number[], bins: readonly number[]): LawProblem[] {
  const problems: LawProblem[] = [];
  if (values.length !== bins.length + 1) {
    problems.push(count('edges', values.length, `one more than weights, ${bins.length + 1}`));
  }
  if (values.some((edge, i) => i > 0 && !(edge > values[i - 1]!))) {
    problems.push({ field: 'edges', message: 'the edges are not ascending' });
  }
  return problems;
}

function weights(values: readonly number[]): LawProblem[] {
  if (values.some((weight) => !(weight >= 0))) {
    return [{ field: 'weights', message: 'a weight is negative', expected: '0 or more' }];
  }
  const sum = values.reduce((a, b) => a + b, 0);
  return sum > 0 ? [] : [{ field: 'weights', message: 'all weights are 0' }];
}

function count(field: string, found: number, expected: string): LawProblem {
  return { field, message: `the number of ${field} does not fit (${found})`, expected };
}

function toleranced(law: Distribution & { distribution: 'toleranced' }): LawProblem[] {
  const problems = [...notNegative('plus', law.plus), ...notNegative('minus', law.minus)];
  if (law.plus === 0 && law.minus === 0) {
    problems.push({ field: 'plus', message: 'plus and minus are both 0', expected: 'one above 0' });
  }
  if (!(law.cpk > 0)) return [...problems, ...positive('cpk', law.cpk)];
  problems.push(...within('cpk', law.cpk, SHAPES.cpk));
  // sorting keeps what lies within 3·cpk standard deviations on either side of the middle
  if (law.sorted) problems.push(...keeps('cpk', keptOfNormal(-3 * law.cpk, 3 * law.cpk)));
  return problems;
}
