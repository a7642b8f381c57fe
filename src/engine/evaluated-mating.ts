/** One mating evaluated again from its index alone. */
import { InvariantError } from '../errors.js';
import { evaluateMating } from '../model/mating.js';
import { createWorkspace, type Workspace } from '../model/workspace.js';
import type { PairPlan, Plan } from '../plan/types.js';
import { PartsSource } from './parts-source.js';

export interface EvaluatedMating {
  readonly pair: PairPlan;
  readonly parts: Float64Array;
  readonly workspace: Workspace;
}

/** Mating `mating` of pair number `pairIndex` with its parts, to the bits of the run. Domain: 0 ≤ mating < 2^53. */
export function evaluatedMating(plan: Plan, pairIndex: number, mating: number): EvaluatedMating {
  const pair = plan.pairs[pairIndex];
  if (pair === undefined) throw new InvariantError(`the plan has no pair ${pairIndex}`);
  const source = new PartsSource(plan);
  source.draw(mating);
  const parts = source.parts(pairIndex);
  const workspace = createWorkspace(pair.mechanics.fibres);
  evaluateMating(pair.mechanics, parts, workspace);
  return { pair, parts, workspace };
}
