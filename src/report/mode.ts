/** What a result says of the fibres of its pairs. */
import type { Result } from '../result/schema.js';

/** What figures read of a run, or of what else has pairs. */
export type PairsOfRun = Pick<Result, 'pairs' | 'scenario'>;

export type FibreMode = 'single-mode' | 'multimode';

/** The mode of the fibres of all pairs; null where pairs have both, since grades of one mode mean nothing to the other. */
export function modeOf({ scenario, pairs }: PairsOfRun): FibreMode | null {
  const { designs } = scenario as { designs?: Record<string, { fibres?: { mode?: string } }> };
  const of = (design: string): FibreMode =>
    designs?.[design]?.fibres?.mode === 'multimode' ? 'multimode' : 'single-mode';
  const modes = new Set(pairs.flatMap(({ pinned, unpinned }) => [of(pinned), of(unpinned)]));
  const [mode = 'single-mode'] = modes;
  return modes.size > 1 ? null : mode;
}
