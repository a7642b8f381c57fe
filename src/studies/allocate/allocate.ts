/** The cheapest tolerances that meet their targets. */
import { exp, log } from '../../numerics/elementary.js';
import { checkTolerances, clamped, totalCost } from './cost.js';
import { Evaluator, type Point, worstOf } from './evaluator.js';
import type { LocalModel } from './local-model.js';
import { priced } from './prices.js';
import { type Centre, evaluateAt, type Search, searchFrom } from './search.js';
import type { Allocation, Evaluate, FreeTolerance, Round, Verify } from './types.js';
import { verified } from './verified.js';

export interface AllocateOptions {
  /** Every ratio is to be ≤ 1 − margin in the search, so that the first verification may pass. Default 0.005. */
  readonly margin?: number | undefined;
  /** Rounds of each search. Default 12. */
  readonly maxRounds?: number | undefined;
  /** Searches, each from its own start. Default 3. */
  readonly starts?: number | undefined;
}

export const DEFAULT_MARGIN = 0.005;
const MAX_ROUNDS = 12;
/** Points from all least to all most that are looked at first. */
const ALONG = 7;

/**
 * The cheapest factors with every ratio ≤ 1 − margin in the search and every upper bound ≤ 1 in an independent verification.
 *
 * Searches from three starts (as far along from all least to all most as the targets are met; as is; all least), gives up
 * those that end alike, and takes the cheapest point of all that it evaluated. Deterministic.
 *
 * Guaranteed, up to the steps of the search (0.1 % of Σ c·f^−k): where every ratio is a sum of rising powers of the factors
 * the answer is the cheapest there is, since such a problem is convex in ln f (a geometric programme: Boyd & others 2007).
 * Of any other model it is a point that no small change makes cheaper, the best of those found from three starts; a cheaper
 * one elsewhere cannot be excluded. That the targets are met is shown by the verification, not by the search.
 *
 * Throws UserError for tolerances that make no sense, InvariantError for evaluations that do not fit.
 */
export async function allocate(
  tolerances: readonly FreeTolerance[],
  evaluate: Evaluate,
  verify: Verify,
  options: AllocateOptions = {},
): Promise<Allocation> {
  checkTolerances(tolerances);
  const { margin = DEFAULT_MARGIN, maxRounds = MAX_ROUNDS, starts = Infinity } = options;
  const evaluator = new Evaluator(evaluate);
  const rounds: Round[] = [];
  const along = await evaluator.at(pointsAlong(tolerances));
  const aims = along[0]!.evaluation.ratios.map(() => 1 - margin);
  const searchWith = (itsAims: readonly number[]): Search => {
    return { tolerances, evaluator, aims: itsAims, maxRounds, rounds, ends: [] };
  };
  const best = (itsAims: readonly number[]) => cheapest(tolerances, evaluator.points, itsAims);

  const most = along[ALONG - 1]!;
  const slack = worstOf(most, aims) <= 1;
  let last: Centre | undefined;
  if (!slack) {
    const search = searchWith(aims);
    for (const [name, start] of startsFor(tolerances, along, aims).slice(0, starts)) {
      last = await searchFrom(start, name, search, last?.model);
    }
  }
  const describe = (point: Point, itsAims: readonly number[], model: LocalModel) => ({
    slack,
    factors: point.factors,
    cost: totalCost(tolerances, point.factors),
    ...priced(tolerances, point, model, itsAims),
    rounds,
    evaluations: evaluator.points.length,
  });
  const modelAt = async (point: Point) =>
    last?.point === point
      ? last.model
      : (await evaluateAt(point.factors, last?.model, true, searchWith(aims))).model;

  const found = best(aims);
  if (found === undefined) {
    const near = nearest(evaluator.points, aims);
    const model = await modelAt(near);
    return { outcome: 'infeasible', ...describe(near, aims, model), verifications: [] };
  }
  const proof = await verified(found, aims, verify, async (tighter) => {
    const start = best(tighter) ?? best(aims) ?? found;
    last = await searchFrom(start.factors, 'tighter aims', searchWith(tighter), last?.model);
    return best(tighter);
  });
  const model = await modelAt(proof.point);
  const { outcome, verifications } = proof;
  return { outcome, ...describe(proof.point, proof.aims, model), verifications };
}

/** Evenly in ln f from all least to all most, then as is. */
function pointsAlong(tolerances: readonly FreeTolerance[]): number[][] {
  const points = Array.from({ length: ALONG }, (_, i) => {
    const share = i / (ALONG - 1);
    return tolerances.map((tolerance) => between(tolerance, share));
  });
  return [...points, tolerances.map((tolerance) => clamped(tolerance, 1))];
}

function between(tolerance: FreeTolerance, share: number): number {
  const { least, most } = tolerance;
  return clamped(tolerance, least * exp(share * log(most / least)));
}

type Start = readonly [name: string, factors: readonly number[]];

function startsFor(
  tolerances: readonly FreeTolerance[],
  along: readonly Point[],
  aims: readonly number[],
): Start[] {
  const line = along.slice(0, ALONG);
  const last = line.findLastIndex((point) => worstOf(point, aims) <= 1);
  const starts: Start[] = [
    ['as is', along[ALONG]!.factors],
    ['all least', line[0]!.factors],
  ];
  if (last < 0) {
    // Where all least comes nearest there is no reason to look elsewhere.
    const near = nearest(line, aims);
    return near === line[0] ? starts.slice(1) : [['nearest', near.factors], ...starts];
  }
  // Between the last point that meets the aims and the next one, by the logarithms of their worst ratios.
  const [inside, outside] = [line[last]!, line[last + 1]!].map((point) =>
    log(worstOf(point, aims) + 1e-9),
  );
  const part = Math.min(1, Math.max(0, -inside! / (outside! - inside!)));
  const share = (last + part) / (ALONG - 1);
  return [['along', tolerances.map((tolerance) => between(tolerance, share))], ...starts];
}

/** The cheapest of the points that meet the aims; of equally cheap ones the first. */
function cheapest(
  tolerances: readonly FreeTolerance[],
  points: readonly Point[],
  aims: readonly number[],
): Point | undefined {
  let best: Point | undefined;
  let least = Infinity;
  for (const point of points) {
    const cost = totalCost(tolerances, point.factors);
    if (cost < least && worstOf(point, aims) <= 1) [best, least] = [point, cost];
  }
  return best;
}

/** By how much a later point has to be nearer than an earlier one: less says nothing. */
const NEARER = 0.999;

/** The point that comes nearest to its aims; of about equally near ones the first, which begin with all least. */
function nearest(points: readonly Point[], aims: readonly number[]): Point {
  return points.reduce((best, point) =>
    worstOf(point, aims) < NEARER * worstOf(best, aims) ? point : best,
  );
}
