/** What a result says of the fibres of its pairs. */
import type { Result } from '../result/schema.js';

/** What figures read of a run, or of what else has pairs. */
export type PairsOfRun = Pick<Result, 'pairs' | 'scenario'>;

/** By the design of the first pair: grades of both modes in one figure would mean nothing. */
export function isMultimode({ scenario, pairs }: PairsOfRun): boolean {
  const { designs } = scenario as { designs?: Record<string, { fibres?: { mode?: string } }> };
  return designs?.[pairs[0]?.pinned ?? '']?.fibres?.mode === 'multimode';
}
