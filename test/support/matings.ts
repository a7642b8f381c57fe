/** Running matings in this thread, for tests that look at every one of them. */
import { createSampler, drawLots, drawMating, sampleParts } from '../../src/engine/sampler.js';
import { evaluateMating } from '../../src/model/mating.js';
import { createWorkspace, type Workspace } from '../../src/model/workspace.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import { Tally } from '../../src/statistics/tally.js';
import { PairTotal } from '../../src/statistics/total.js';

/** Evaluates matings from…to−1 of one pair and shows each to `visit`. */
export function eachMating(
  plan: Plan,
  pairIndex: number,
  from: number,
  to: number,
  visit: (workspace: Workspace, mating: number, parts: Float64Array) => void,
): void {
  const pair = plan.pairs[pairIndex] as PairPlan;
  const sampler = createSampler(plan);
  const workspace = createWorkspace(pair.mechanics.fibres);
  drawLots(plan, sampler);
  for (let mating = from; mating < to; mating++) {
    drawMating(plan, sampler, mating);
    const parts = sampleParts(pair, sampler.raw, sampler.parts[pairIndex] as Float64Array);
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
): PairTotal {
  const total = new PairTotal(1);
  const tally = new Tally((plan.pairs[0] as PairPlan).mechanics.fibres, 0.1);
  eachMating(plan, 0, from, to, (workspace, mating) => {
    tally.add(mating, workspace.results);
    also?.(workspace);
  });
  total.add(tally.data(), 0);
  return total;
}
