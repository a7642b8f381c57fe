/** From the index of a mating to its parts. */
import type { PairPlan, Plan } from '../plan/types.js';
import { applyDraws } from '../random/draw.js';
import { fillDraws } from '../random/stream.js';

/** Memory for sampling: the 32-bit draws of a mating, and one record of parts a pair. */
export interface Sampler {
  readonly raw: Uint32Array;
  readonly parts: readonly Float64Array[];
}

/** What sampling needs of a plan. */
type Sampled = Pick<Plan, 'key' | 'raw' | 'pairs'>;

export function createSampler(plan: Sampled): Sampler {
  return {
    raw: new Uint32Array(plan.raw.length),
    parts: plan.pairs.map((pair) => pair.fixedParts.slice()),
  };
}

/** Fills in the draws of one mating. */
export function drawMating(plan: Sampled, sampler: Sampler, mating: number): void {
  for (const { family, slot, from, length } of plan.raw.streams) {
    fillDraws(plan.key, mating, family, sampler.raw, from, length, slot);
  }
}

/** The record of parts of one pair from the draws of the mating. */
export function sampleParts(pair: PairPlan, raw: Uint32Array, parts: Float64Array): Float64Array {
  applyDraws(pair.draws, raw, parts);
  return parts;
}
