/** One mating computed again, with every sampled dimension and every step on the way to its losses. */
import {
  FIBRE,
  fibreOffset,
  MATING,
  OPTICS,
  opticsOffset,
  PINNED,
  PLUG,
  plugOffset,
  UNPINNED,
} from '../model/parts.js';
import type { MatingState } from '../model/state.js';
import type { FibreResults } from '../model/workspace.js';
import { DB_PER_NEPER } from '../numerics/elementary.js';
import type { MergedNormals } from '../plan/merge.js';
import type { Plan } from '../plan/types.js';
import { meanLossDb } from '../statistics/tally.js';
import { evaluatedMating } from './evaluated-mating.js';
import { lossShiftsDb } from './reference-runner.js';

type Named<T extends Record<string, number>> = Record<keyof T, number>;

/** Sampled dimensions of one plug. */
export interface ReplayPlug {
  readonly plug: Named<typeof PLUG>;
  readonly fibres: readonly (Named<typeof FIBRE> & Named<typeof OPTICS>)[];
}

/** What one fibre of the pinned plug came to; losses by cause in dB. */
export type ReplayFibre = { readonly fibre: number; readonly facingFibre: number } & {
  readonly [K in keyof FibreResults as InDb<K>]: number;
};

type InDb<K> = K extends `${infer Cause}Nepers` ? `${Cause}Db` : K;

export interface Replay {
  readonly mating: number;
  readonly sampled: {
    readonly mating: Named<typeof MATING>;
    readonly pinned: ReplayPlug;
    readonly unpinned: ReplayPlug;
    /** What was drawn as one: the first of these inputs has the sum, the others only their means. */
    readonly merged: readonly MergedNormals[];
  };
  readonly steps: MatingState;
  readonly fibres: readonly ReplayFibre[];
  readonly meanDb: number;
  readonly worstFibreDb: number;
}

/** What the model found for one fibre, losses by cause turned into dB. */
function fibreResult(
  results: FibreResults,
  fibre: number,
): Record<InDb<keyof FibreResults>, number> {
  const entries = Object.entries(results).map(([key, values]: [string, Float64Array]) => {
    const value = values[fibre] as number;
    return key.endsWith('Nepers')
      ? [key.replace(/Nepers$/, 'Db'), DB_PER_NEPER * value]
      : [key, value];
  });
  return Object.fromEntries(entries) as Record<InDb<keyof FibreResults>, number>;
}

/** Reads the numbers that `places` names from the record of parts. */
function named<T extends Record<string, number>>(
  places: T,
  parts: Float64Array,
  offset: number,
): Named<T> {
  const entries = Object.entries(places)
    .sort(([, a], [, b]) => a - b)
    .map(([name, at]) => [name, parts[offset + at] as number]);
  return Object.fromEntries(entries) as Named<T>;
}

/**
 * Recomputes mating `mating` of pair number `pairIndex` from its index alone, exactly as the run did.
 * Domain: 0 ≤ mating < 2^53; matings beyond those of the run are as good.
 */
export function replayMating(plan: Plan, pairIndex: number, mating: number): Replay {
  const { pair, parts, workspace } = evaluatedMating(plan, pairIndex, mating);
  const { mechanics } = pair;

  const plugOf = (side: number): ReplayPlug => ({
    plug: named(PLUG, parts, plugOffset(side)),
    fibres: Array.from({ length: mechanics.fibres }, (_, i) => ({
      ...named(FIBRE, parts, fibreOffset(side, i)),
      ...named(OPTICS, parts, opticsOffset(side, i, mechanics.fibres)),
    })),
  });
  const { results } = workspace;
  const losses = Array.from(results.lossDb);
  const shiftDb = lossShiftsDb(plan)[pairIndex] as number;
  return {
    mating,
    sampled: {
      mating: named(MATING, parts, 0),
      pinned: plugOf(PINNED),
      unpinned: plugOf(UNPINNED),
      merged: pair.merged,
    },
    steps: { ...workspace.state },
    fibres: losses.map((_, i) => ({
      fibre: i + 1,
      facingFibre: (mechanics.facing[i] as number) + 1,
      ...fibreResult(results, i),
    })),
    meanDb: meanLossDb(losses, shiftDb),
    worstFibreDb: Math.max(...losses),
  };
}
