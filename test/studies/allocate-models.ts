/** Models of ratios whose cheapest factors are known, and answers to evaluations from them. */
import { allocate } from '../../src/studies/allocate/allocate.js';
import type {
  Allocation,
  Evaluate,
  Evaluation,
  FreeTolerance,
  Verify,
} from '../../src/studies/allocate/types.js';
import { Chance } from '../support/chance.js';

/** Ratios, one a target, of factors. */
export type Model = (factors: readonly number[]) => number[];

/** Mean loss of Gaussian offsets: variances add. 97 % of the fibres lie below ln(1/0.03) = 3.507 means. */
export function sumsOfSquares(rows: readonly (readonly number[])[], constant = 0): Model {
  return (factors) =>
    rows.map((row) => row.reduce((sum, a, j) => sum + a * factors[j]! ** 2, constant));
}

export function tolerance(more: Partial<FreeTolerance> = {}, index = 0): FreeTolerance {
  return { name: `t${index}`, least: 0.1, most: 4, cost: 1, exponent: 1, ...more };
}

const asEvaluation = (values: readonly number[], width: number): Evaluation => ({
  ratios: values.map((value) => ({ value, upper: value * (1 + width) })),
});

export interface Calls {
  calls: number;
  points: number;
}

/** Exact answers, counted. */
export function exact(model: Model): { evaluate: Evaluate; counted: Calls } {
  const counted: Calls = { calls: 0, points: 0 };
  const evaluate: Evaluate = async (factors) => {
    counted.calls++;
    counted.points += factors.length;
    return factors.map((each) => asEvaluation(model(each), 0.01));
  };
  return { evaluate, counted };
}

/**
 * Answers with errors of `size` as runs have: one error for all points of a call, and one that changes smoothly with the
 * factors, because the draws are shared; `perCall` false keeps the former the same for all calls.
 */
export function noisy(model: Model, size: number, seed: number, perCall: boolean): Evaluate {
  let calls = 0;
  return async (factors) => {
    const common = new Chance(1009 * seed + (perCall ? ++calls : 0)).between(-size, size);
    return factors.map((each) => {
      const wave = each.reduce((sum, f, j) => sum + Math.sin(3 * Math.log(f) + seed + j), 0);
      const error = common + (size * wave) / each.length;
      return asEvaluation(
        model(each).map((value) => value * (1 + error)),
        0.01,
      );
    });
  };
}

/** Verification with independent errors and a bound of 1.5 % above each. */
export function verifying(model: Model, size = 0, seed = 1): Verify {
  return async (factors, { attempt }) => {
    const error = new Chance(7919 * seed + attempt).between(-size, size);
    return asEvaluation(
      model(factors).map((value) => value * (1 + error)),
      0.004,
    );
  };
}

/**
 * Cheapest factors for one target Σ a·f² ≤ limit: c·k·f^(−k−1) = λ·2·a·f inside the range (KKT), f = (c·k/(2·a·λ))^(1/(k+2))
 * clamped, λ by bisection in double precision.
 */
export function cheapestOfSquares(
  tolerances: readonly FreeTolerance[],
  row: readonly number[],
  limit: number,
): { factors: number[]; multiplier: number } {
  const at = (multiplier: number) =>
    tolerances.map(({ least, most, cost, exponent }, j) =>
      Math.min(
        most,
        Math.max(least, ((cost * exponent) / (2 * row[j]! * multiplier)) ** (1 / (exponent + 2))),
      ),
    );
  let [low, high] = [1e-9, 1e9];
  for (let i = 0; i < 300; i++) {
    const middle = Math.sqrt(low * high);
    const used = at(middle).reduce((sum, f, j) => sum + row[j]! * f * f, 0);
    if (used > limit) low = middle;
    else high = middle;
  }
  return { factors: at(high), multiplier: high };
}

export function costOfAll(
  tolerances: readonly FreeTolerance[],
  factors: readonly number[],
): number {
  return tolerances.reduce(
    (sum, { cost, exponent }, j) => sum + cost * (factors[j]! ** -exponent - 1),
    0,
  );
}

/** Σ c·f^−k: the scale of costs, positive where savings make the cost itself 0. */
export function spend(tolerances: readonly FreeTolerance[], factors: readonly number[]): number {
  return tolerances.reduce(
    (sum, { cost, exponent }, j) => sum + cost * factors[j]! ** -exponent,
    0,
  );
}

/** Lowest cost among the points of a grid even in ln f that meet all limits. */
export function cheapestOnGrid(
  tolerances: readonly FreeTolerance[],
  model: Model,
  limit: number,
  points: number,
): number {
  let best = Infinity;
  const visit = (factors: readonly number[]): void => {
    const next = tolerances[factors.length];
    if (next === undefined) {
      if (Math.max(...model(factors)) <= limit)
        best = Math.min(best, costOfAll(tolerances, factors));
      return;
    }
    for (let i = 0; i <= points; i++) {
      visit([...factors, next.least * (next.most / next.least) ** (i / points)]);
    }
  };
  visit([]);
  return best;
}

const APART = 1_000_003;

export interface Case {
  readonly tolerances: readonly FreeTolerance[];
  readonly rows: readonly (readonly number[])[];
}

/** Tolerances and targets between all least, which meets them, and somewhat beyond as is. */
export function randomCase(seed: number, targets: number): Case {
  const chance = new Chance(APART * seed);
  const tolerances = Array.from({ length: chance.whole(2, 8) }, (_, i) =>
    tolerance(
      {
        least: chance.between(0.2, 0.8),
        most: chance.between(1, 2.5),
        cost: chance.between(0.2, 3),
        exponent: chance.pick([1, 1, 0.5, 2]),
      },
      i,
    ),
  );
  const rows = Array.from({ length: targets }, () => {
    const row = tolerances.map(() => chance.between(0.05, 1));
    const least = row.reduce((sum, a, j) => sum + a * tolerances[j]!.least ** 2, 0);
    const asIs = row.reduce((sum, a) => sum + a, 0);
    const limit = least + (asIs - least) * chance.between(0.1, 1.3);
    return row.map((a) => a / limit);
  });
  return { tolerances, rows };
}

/** With what the search meets, exactly: no margin, and a verification that agrees. */
export const plainly = (
  tolerances: readonly FreeTolerance[],
  model: Model,
): Promise<Allocation> => {
  const { evaluate } = exact(model);
  const targets = model(tolerances.map(({ least }) => least)).length;
  return allocate(tolerances, evaluate, agreeingOn(targets), { margin: 0 });
};
/** Passes whatever it is shown, of so many targets. */
export function agreeingOn(targets: number): Verify {
  return async () => ({ ratios: Array.from({ length: targets }, () => ({ value: 1, upper: 1 })) });
}
export const agreeing = agreeingOn(1);

/** By how much more it costs than something else, as a share of Σ c·f^−k there. */
export function excess(
  tolerances: readonly FreeTolerance[],
  found: Allocation,
  cost: number,
): number {
  return (found.cost - cost) / spend(tolerances, found.factors);
}
