/** One block of matings: a pure function of the plan and the block's number. */
import { evaluateMating } from '../model/mating.js';
import { createWorkspace } from '../model/workspace.js';
import { blockStart, type Plan } from '../plan/types.js';
import { Tally, type TallyData } from '../statistics/tally.js';
import { DIFFERENCE } from '../statistics/total.js';
import { createSampler, drawLots, drawMating, sampleParts } from './sampler.js';

/** What a block sends back. */
export interface BlockResult {
  readonly block: number;
  readonly matings: number;
  /** One tally a pair of the plan. */
  readonly pairs: readonly TallyData[];
  /** One set of difference sums a comparison of the plan (see DIFFERENCE). */
  readonly comparisons: readonly Float64Array[];
}

/**
 * Evaluates the matings of block `block` for every pair of the plan. All pairs meet with the same random numbers.
 */
export function runBlock(plan: Plan, block: number): BlockResult {
  const sampler = createSampler(plan);
  drawLots(plan, sampler);
  const workspaces = plan.pairs.map((pair) => createWorkspace(pair.mechanics.fibres));
  // Losses are summed as differences from the mean loss of mating 0, which every block computes for itself.
  drawMating(plan, sampler, 0);
  const tallies = plan.pairs.map((pair, p) => {
    const workspace = workspaces[p]!;
    evaluateMating(pair.mechanics, sampleParts(pair, sampler.raw, sampler.parts[p]!), workspace);
    const losses = workspace.results.lossDb;
    return new Tally(pair.mechanics.fibres, losses.reduce((sum, x) => sum + x, 0) / losses.length);
  });
  const comparisons = plan.comparisons.map(() => new Float64Array(DIFFERENCE.length));

  const start = blockStart(plan, block);
  const end = blockStart(plan, block + 1);
  for (let mating = start; mating < end; mating++) {
    drawMating(plan, sampler, mating);
    for (let p = 0; p < plan.pairs.length; p++) {
      const pair = plan.pairs[p]!;
      const workspace = workspaces[p]!;
      evaluateMating(pair.mechanics, sampleParts(pair, sampler.raw, sampler.parts[p]!), workspace);
      tallies[p]!.add(mating, workspace.results);
    }
    for (let c = 0; c < comparisons.length; c++) {
      const [first, second] = plan.comparisons[c]!;
      addDifference(comparisons[c]!, tallies[first]!, tallies[second]!);
    }
  }
  return {
    block,
    matings: end - start,
    pairs: tallies.map((tally) => tally.data()),
    comparisons,
  };
}

function addDifference(sums: Float64Array, first: Tally, second: Tally): void {
  const mean = second.lastMeanDb - first.lastMeanDb;
  const worst = second.lastWorstDb - first.lastWorstDb;
  sums[DIFFERENCE.mean] = sums[DIFFERENCE.mean]! + mean;
  sums[DIFFERENCE.mean2] = sums[DIFFERENCE.mean2]! + mean * mean;
  if (mean < 0) sums[DIFFERENCE.meanSecondLower]! += 1;
  if (mean > 0) sums[DIFFERENCE.meanFirstLower]! += 1;
  if (worst < 0) sums[DIFFERENCE.worstSecondLower]! += 1;
  if (worst > 0) sums[DIFFERENCE.worstFirstLower]! += 1;
}
