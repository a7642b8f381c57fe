/** How many fibres a scenario mates at a time. */
import type { Scenario } from './types.js';

/** Fibres of all pairs together. */
export function fibresOfAllPairs({ pairs, designs }: Pick<Scenario, 'pairs' | 'designs'>): number {
  return pairs.reduce((sum, pair) => sum + (designs[pair.pinned]?.fibreCount ?? 0), 0);
}
