/** A plan that fails in every block. */
import type { Plan } from '../../src/plan/types.js';

/** Losses that are no numbers from the first mating on. */
export function broken(plan: Plan): Plan {
  const pairs = plan.pairs.map((pair) => ({
    ...pair,
    fixedParts: pair.fixedParts.map(() => Number.NaN),
    draws: [],
  }));
  return { ...plan, pairs };
}
