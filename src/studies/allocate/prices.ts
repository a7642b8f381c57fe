/** What tolerances and targets are worth where a search ended. */
import { costOf, marginalCost } from './cost.js';
import type { Point } from './evaluator.js';
import type { LocalModel } from './local-model.js';
import { solveSubproblem } from './subproblem.js';
import type { FreeTolerance, TargetResult, ToleranceResult } from './types.js';

const ONE_PERCENT = 0.01;
/** How near to its end of the range a factor counts as there. */
const THERE = 1e-9;
/** Multipliers are those of the best step this far around, which at the optimum is none. */
const RADIUS = 0.2;

/** Shadow prices from the model around a point: at an optimum cost and worth agree for every tolerance within its range. */
export function priced(
  tolerances: readonly FreeTolerance[],
  point: Point,
  model: LocalModel,
  aims: readonly number[],
): { readonly tolerances: readonly ToleranceResult[]; readonly targets: readonly TargetResult[] } {
  const { multipliers, feasible } = solveSubproblem(tolerances, model, aims, RADIUS);
  // Targets out of reach have no price.
  const prices = feasible ? multipliers : multipliers.map(() => 0);
  const { ratios } = point.evaluation;
  return {
    tolerances: tolerances.map((tolerance, j) => {
      const factor = point.factors[j]!;
      const slopes = model.terms.map((terms) => terms[j]!.slope);
      const worth = slopes.reduce((sum, slope, t) => sum + prices[t]! * slope, 0);
      return {
        name: tolerance.name,
        factor,
        at: placeOf(tolerance, factor),
        cost: costOf(tolerance, factor),
        costOfOnePercent: ONE_PERCENT * marginalCost(tolerance, factor),
        worthOfOnePercent: ONE_PERCENT * worth,
        sensitivities: slopes.map((slope, t) => (slope === 0 ? 0 : slope / ratios[t]!.value)),
      };
    }),
    targets: ratios.map(({ value, upper }, t) => ({
      value,
      upper,
      aim: aims[t]!,
      costOfOnePercent: ONE_PERCENT * aims[t]! * prices[t]!,
    })),
  };
}

function placeOf({ least, most }: FreeTolerance, factor: number): ToleranceResult['at'] {
  const atLeast = factor <= least * (1 + THERE);
  const atMost = factor >= most * (1 - THERE);
  if (atLeast && atMost) return 'least and most';
  if (atLeast) return 'least';
  return atMost ? 'most' : 'between';
}
