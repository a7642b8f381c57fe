/** The cheapest factors near a start: local models in trust regions. */
import { exp } from '../../numerics/elementary.js';
import { clamped, spendOf, totalCost } from './cost.js';
import { type Evaluator, type Point, worstOf } from './evaluator.js';
import { fitModel, type LocalModel, modelAt, probesAt } from './local-model.js';
import { type Step, solveSubproblem } from './subproblem.js';
import type { FreeTolerance, Round } from './types.js';

export interface Search {
  readonly tolerances: readonly FreeTolerance[];
  readonly evaluator: Evaluator;
  /** For each target what its ratio is to stay below. */
  readonly aims: readonly number[];
  readonly maxRounds: number;
  readonly rounds: Round[];
  /** Factors at which earlier searches ended. */
  readonly ends: (readonly number[])[];
}

/** ln 2: no factor is more than halved or doubled in the first step. */
const FIRST_RADIUS = Math.LN2;
const MOST_RADIUS = 4 * FIRST_RADIUS;
const LEAST_RADIUS = 1e-3;
/**
 * Below this a gain ends a search: as a share of what everything costs, and of the ratios while no step meets the aims.
 */
const SAVING = 1e-3;
/** The search keeps ratios below their aims by this, so that the steps of the end do not end just above. */
const INSIDE = 1e-4;
/** Share of a predicted gain that makes a step worth taking, and from which on the model counts as good. */
const ENOUGH = 0.1;
const GOOD = 0.75;
const POOR = 0.25;
/** What a poor step leaves of the radius. */
const SHRINK = 0.3;
/** A search that comes this near to where another one ended, in ln f, is given up. */
const SAME_END = 0.03;
/** A model that was wrong about a gain of so many times the smallest will not be right about a smaller one. */
const SMALL = 5;
/** A search may end so little above its aims: it is pulled inside then. */
const NEARLY = 1e-3;
/** By how much a search may end above its aims and still be pulled inside, and how often that is tried. */
const JUST_ABOVE = 0.02;
const MOST_PULLS = 3;
const PULL_RADIUS = 0.03;
/** Rejected steps in a row that end a search which cannot meet its aims. */
const MOST_MISSES = 2;
/** Steps of less are none. */
const NO_STEP = 1e-4;

/** A point and the model around it. */
export interface Centre {
  readonly point: Point;
  readonly model: LocalModel;
  readonly evaluations: number;
}

/**
 * Where a search from `start` ends.
 *
 * Sequential convex programming: each round evaluates a point and its one-at-a-time probes in one call, fits a sum of powers
 * of the factors to every ratio, and goes where that model is cheapest within the aims and a trust region. A step counts by
 * cost + Σ price·(ratio over its aim), the exact penalty with prices above the multipliers; while no step of the region
 * meets the aims, by how far the ratios are above them. It ends when the model promises, or a step brings, less than
 * 0.1 % of Σ c·f^−k, and after `maxRounds`.
 *
 * @param known a model of an earlier search, whose powers save half the probes
 */
export async function searchFrom(
  start: readonly number[],
  name: string,
  search: Search,
  known?: LocalModel,
): Promise<Centre> {
  const { tolerances, rounds, ends } = search;
  const aims = search.aims.map((aim) => aim * (1 - INSIDE));
  const record = (of: Centre, radius: number, accepted: boolean): void => {
    const { factors } = of.point;
    const cost = totalCost(tolerances, factors);
    const worst = worstOf(of.point, search.aims);
    const { evaluations } = of;
    rounds.push({ start: name, factors, cost, worst, radius, accepted, evaluations });
  };
  let radius = FIRST_RADIUS;
  let bothWays = known === undefined;
  let misses = 0;
  let centre = await evaluateAt(start, known, bothWays, search);
  record(centre, radius, true);
  for (let round = 1; round < search.maxRounds; round++) {
    const step = solveSubproblem(tolerances, centre.model, aims, radius);
    const length = Math.max(...step.steps.map(Math.abs));
    const merit = meritOf(search, aims, step);
    const before = merit(centre.point.factors, valuesOf(centre));
    const target = moved(tolerances, centre.point.factors, step.steps);
    const modelled = aims.map((_, t) => modelAt(centre.model, t, step.steps));
    const predicted = before - merit(target, modelled);
    const isNearlyMet = worstOf(centre.point, search.aims) <= 1 + NEARLY;
    const inCost = isNearlyMet ? SAVING * spendOf(tolerances, target) : 0;
    const enough = step.feasible ? inCost : SAVING;
    if (length < NO_STEP || predicted <= enough) break;
    const next = await evaluateAt(target, centre.model, bothWays, search);
    const gained = before - merit(target, valuesOf(next));
    const gain = gained / predicted;
    const accepted = gain > ENOUGH;
    record(next, radius, accepted);
    if (accepted) centre = next;
    if (gain > GOOD) radius = Math.min(Math.max(radius, 2 * length), MOST_RADIUS);
    else if (gain < POOR) radius = SHRINK * length;
    misses = accepted ? 0 : misses + 1;
    if (!step.feasible && misses === MOST_MISSES) break;
    // Where a model was poor its powers are looked at again.
    bothWays = gain < POOR;
    if (accepted ? gained <= enough : predicted <= SMALL * enough) break;
    if (radius < LEAST_RADIUS || ends.some((end) => isNear(end, centre.point.factors))) break;
  }
  // A search may end just above its aims, if its answers are not quite those of one smooth function.
  for (let pull = 1; pull <= MOST_PULLS; pull++) {
    const above = worstOf(centre.point, search.aims) - 1;
    if (above <= 0 || above > JUST_ABOVE) break;
    const inner = aims.map((aim) => aim * (1 - pull * above));
    const { steps, feasible } = solveSubproblem(tolerances, centre.model, inner, PULL_RADIUS);
    if (!feasible) break;
    const target = moved(tolerances, centre.point.factors, steps);
    centre = await evaluateAt(target, centre.model, false, search);
    record(centre, PULL_RADIUS, true);
  }
  ends.push(centre.point.factors);
  return centre;
}

function isNear(a: readonly number[], b: readonly number[]): boolean {
  return a.every((factor, j) => Math.abs(factor / b[j]! - 1) <= SAME_END);
}

function valuesOf({ point }: Centre): number[] {
  return point.evaluation.ratios.map(({ value }) => value);
}

/** A point and the model around it, in one call. */
export async function evaluateAt(
  factors: readonly number[],
  known: LocalModel | undefined,
  bothWays: boolean,
  { tolerances, evaluator }: Search,
): Promise<Centre> {
  const probes = probesAt(tolerances, factors, bothWays);
  const [point, ...others] = await evaluator.at([factors, ...probes.map((probe) => probe.factors)]);
  const model = fitModel(point!, probes, others, known);
  return { point: point!, model, evaluations: 1 + others.length };
}

/** What a step is judged by: lower is better. */
function meritOf({ tolerances }: Search, aims: readonly number[], { multipliers, feasible }: Step) {
  return (factors: readonly number[], values: readonly number[]): number => {
    const above = aims.map((aim, t) => Math.max(0, values[t]! / aim - 1));
    if (!feasible) return above.reduce((sum, each) => sum + each, 0);
    const price = 2 * Math.max(...multipliers.map((multiplier, t) => multiplier * aims[t]!));
    return totalCost(tolerances, factors) + price * above.reduce((sum, each) => sum + each, 0);
  };
}

function moved(
  tolerances: readonly FreeTolerance[],
  factors: readonly number[],
  steps: readonly number[],
): number[] {
  return tolerances.map((tolerance, j) => clamped(tolerance, factors[j]! * exp(steps[j]!)));
}
