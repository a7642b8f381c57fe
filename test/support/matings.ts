/** Running matings in this thread, for tests that look at every one of them. */
import { createSampler, drawMating, sampleParts } from '../../src/engine/sampler.js';
import { evaluateMating } from '../../src/model/mating.js';
import { createWorkspace, type Workspace } from '../../src/model/workspace.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import { Tally } from '../../src/statistics/tally.js';
import { PairTotal } from '../../src/statistics/total.js';

/**
 * Evaluates matings from…to−1 of one pair and shows each to `visit`.
 *
 * @param alter changes the parts before they are mated: a deliberately wrong sampler
 */
export function eachMating(
  plan: Plan,
  pairIndex: number,
  from: number,
  to: number,
  visit: (workspace: Workspace, mating: number, parts: Float64Array) => void,
  alter?: (parts: Float64Array) => void,
): void {
  const pair = plan.pairs[pairIndex] as PairPlan;
  const sampler = createSampler(plan);
  const workspace = createWorkspace(pair.mechanics.fibres);
  for (let mating = from; mating < to; mating++) {
    drawMating(plan, sampler, mating);
    const parts = sampleParts(pair, sampler.raw, sampler.parts[pairIndex] as Float64Array);
    alter?.(parts);
    evaluateMating(pair.mechanics, parts, workspace);
    visit(workspace, mating, parts);
  }
}

/** The total of matings from…to−1 of the first pair, counted as the engine counts them. */
export function totalOf(
  plan: Plan,
  from: number,
  to: number,
  also?: (workspace: Workspace) => void,
  alter?: (parts: Float64Array) => void,
): PairTotal {
  const { fibres, returnLoss } = (plan.pairs[0] as PairPlan).mechanics;
  const total = new PairTotal(fibres, 1);
  const tally = new Tally(fibres, 0.1, returnLoss);
  const count = (workspace: Workspace, mating: number) => {
    tally.add(mating, workspace.results, workspace.state.contactVisits);
    also?.(workspace);
  };
  eachMating(plan, 0, from, to, count, alter);
  total.add(tally.data(), 0);
  return total;
}
