/** What tolerances cost: reciprocal powers of their widths. */
import { UserError } from '../../errors.js';
import { exp, log } from '../../numerics/elementary.js';
import type { FreeTolerance } from './types.js';

/**
 * Cost of a factor, c·(f^−k − 1): 0 as is, negative (savings) beyond.
 *
 * The reciprocal power model of tolerance costs (Chase & Greenwood 1988), f > 0.
 */
export function costOf({ cost, exponent }: FreeTolerance, factor: number): number {
  return cost * (exp(-exponent * log(factor)) - 1);
}

/** Cost of making it tighter per unit of −ln f: c·k·f^−k ≥ 0. */
export function marginalCost({ cost, exponent }: FreeTolerance, factor: number): number {
  return cost * exponent * exp(-exponent * log(factor));
}

export function totalCost(
  tolerances: readonly FreeTolerance[],
  factors: readonly number[],
): number {
  return tolerances.reduce((sum, tolerance, j) => sum + costOf(tolerance, factors[j]!), 0);
}

/** Σ c·f^−k, which is positive however much is saved: the scale on which costs are told apart. */
export function spendOf(tolerances: readonly FreeTolerance[], factors: readonly number[]): number {
  return tolerances.reduce((sum, { cost }) => sum + cost, totalCost(tolerances, factors));
}

/** The factor within the range of the tolerance. */
export function clamped({ least, most }: FreeTolerance, factor: number): number {
  return Math.min(most, Math.max(least, factor));
}

/** Throws UserError for what is no range or no cost, and where nothing is free. */
export function checkTolerances(tolerances: readonly FreeTolerance[]): void {
  const problems = tolerances.flatMap((tolerance) => {
    const { name, least, most, cost, exponent } = tolerance;
    const wrong = (message: string, expected: string) => [
      { message: `tolerance ${name}: ${message}`, expected },
    ];
    if (!(least > 0 && least <= most && most < Infinity)) {
      return wrong(`no range of factors: ${least} to ${most}`, 'above 0, least ≤ most');
    }
    if (!(cost >= 0 && cost < Infinity)) return wrong(`cost ${cost}`, '0 or more');
    if (!(exponent > 0 && exponent <= 10)) {
      return wrong(`exponent ${exponent}`, 'above 0, at most 10');
    }
    return [];
  });
  if (tolerances.length === 0) {
    throw new UserError([{ message: 'no tolerance is free', expected: 'one or more' }]);
  }
  if (problems.length > 0) throw new UserError(problems);
}
