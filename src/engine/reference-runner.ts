/** Blocks computed by the reference, the model written to be read. */
import { evaluateMating } from '../model/mating.js';
import { createWorkspace } from '../model/workspace.js';
import { blockStart, type Plan } from '../plan/types.js';
import { AlternatingSums } from '../statistics/alternating.js';
import { ChangesTally } from '../statistics/changes.js';
import * as DIFFERENCE from '../statistics/differences.js';
import { Tally } from '../statistics/tally.js';
import type { BlockResult, BlockRunner } from './block.js';
import { runChannels } from './channel-runner.js';
import { PartsSource } from './parts-source.js';

export function createReferenceRunner(plan: Plan): BlockRunner {
  const shiftsDb = lossShiftsDb(plan);
  return (block) => runBlock(plan, shiftsDb, block);
}

/** Mean loss of mating 0 of every pair, dB: losses are summed as differences from it. */
export function lossShiftsDb(plan: Plan): number[] {
  const source = new PartsSource(plan);
  source.draw(0);
  return plan.pairs.map((pair, p) => {
    const workspace = createWorkspace(pair.mechanics.fibres);
    evaluateMating(pair.mechanics, source.parts(p), workspace);
    const losses = workspace.results.lossDb;
    return losses.reduce((sum, x) => sum + x, 0) / losses.length;
  });
}

function runBlock(plan: Plan, shiftsDb: readonly number[], block: number): BlockResult {
  const source = new PartsSource(plan);
  const workspaces = plan.pairs.map((pair) => createWorkspace(pair.mechanics.fibres));
  const tallies = plan.pairs.map(
    ({ mechanics }, p) => new Tally(mechanics.fibres, shiftsDb[p]!, mechanics.returnLoss),
  );
  const differences = plan.comparisons.map(() => new AlternatingSums(DIFFERENCE.length));
  const series = plan.series.map((steps) => {
    const { fibres } = plan.pairs[steps[0]!]!.mechanics;
    const losses = steps.map((p) => workspaces[p]!.results.lossDb);
    return { losses, tally: new ChangesTally(fibres, steps.length) };
  });
  const start = blockStart(plan, block);
  const end = blockStart(plan, block + 1);
  // The statistics of a lot need the loss of every fibre in every mating.
  const kept =
    plan.lot === null
      ? []
      : plan.pairs.map(({ mechanics }) => new Float64Array((end - start) * mechanics.fibres));
  for (let mating = start; mating < end; mating++) {
    source.draw(mating);
    for (let p = 0; p < plan.pairs.length; p++) {
      const pair = plan.pairs[p]!;
      const workspace = workspaces[p]!;
      evaluateMating(pair.mechanics, source.parts(p), workspace);
      tallies[p]!.add(mating, workspace.results, workspace.state.contactVisits);
      kept[p]?.set(workspace.results.lossDb, (mating - start) * pair.mechanics.fibres);
    }
    for (let c = 0; c < differences.length; c++) {
      const [first, second] = plan.comparisons[c]!;
      addDifferences(differences[c]!.next(), tallies[first]!, tallies[second]!);
    }
    for (const { losses, tally } of series) tally.add(losses);
  }
  return {
    block,
    matings: end - start,
    pairs: tallies.map((tally) => tally.data()),
    comparisons: differences.map((sums) => sums.total()),
    series: series.map(({ tally }) => tally.data()),
    losses: kept,
    channels: runChannels(plan, start, end),
  };
}

function addDifferences(sums: Float64Array, first: Tally, second: Tally): void {
  const mean = second.lastMeanDb - first.lastMeanDb;
  const worst = second.lastWorstDb - first.lastWorstDb;
  sums[DIFFERENCE.mean]! += mean;
  sums[DIFFERENCE.mean2]! += mean * mean;
  if (mean < 0) sums[DIFFERENCE.meanSecondLower]! += 1;
  if (mean > 0) sums[DIFFERENCE.meanFirstLower]! += 1;
  if (worst < 0) sums[DIFFERENCE.worstSecondLower]! += 1;
  if (worst > 0) sums[DIFFERENCE.worstFirstLower]! += 1;
}
