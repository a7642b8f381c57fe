/** Questions of a workbench answered: read, compiled, run in stages. */
import type { RunTotals } from '../engine/fold.js';
import { matedFaces } from '../engine/mated-faces.js';
import { InvariantError } from '../errors.js';
import { compilePlan } from '../plan/compile.js';
import type { Plan } from '../plan/types.js';
import { buildComparisons } from '../result/build-comparisons.js';
import { buildPair } from '../result/build-pair.js';
import { fibresOfAllPairs } from '../scenario/fibres.js';
import { readWorkbench, resolvedSides } from './scenario.js';
import { stagesFor } from './stages.js';
import type { Answer, Question } from './types.js';

/** Runs a plan, on whatever threads there are. */
export type RunStage = (plan: Plan, stage: number) => Promise<RunTotals>;

/**
 * Answers a question with more and more matings.
 *
 * The numbers of a stage are those of a run of the same scenario with as many matings. Throws UserError for what cannot be read,
 * and whatever `run` throws.
 */
export async function* answers(
  { id, bench, mating }: Question,
  run: RunStage,
  clock: () => number,
): AsyncGenerator<Answer> {
  const began = clock();
  const parsed = readWorkbench(bench, 1000);
  const resolved = resolvedSides(parsed);
  const stages = stagesFor(fibresOfAllPairs(parsed.scenario));
  for (const [stage, matings] of stages.entries()) {
    const scenario = { ...parsed.scenario, matings };
    const plan = compilePlan(scenario);
    const totals = await run(plan, stage);
    const [first, second] = scenario.pairs.map((_, p) => buildPair(scenario, plan, totals, p));
    const faces = scenario.pairs.map((_, p) => matedFaces(plan, p, mating));
    if (first === undefined || second === undefined)
      throw new InvariantError('a workbench has two pairs');
    yield {
      kind: 'answer',
      id,
      matings,
      isLast: stage === stages.length - 1,
      milliseconds: clock() - began,
      pairs: [first, second],
      difference: buildComparisons(scenario, plan, totals)[0] ?? null,
      faces: [faces[0]!, faces[1]!],
      resolved,
      warnings: parsed.warnings,
    };
  }
}
