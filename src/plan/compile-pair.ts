/** One pair of a scenario, mated in one way, as numbers. */
import { PINNED, UNPINNED } from '../model/parts.js';
import { fillDraws, STREAM_FAMILY, type StreamKey } from '../random/stream.js';
import type { Design, MatingConditions, Pair, Scenario } from '../scenario/types.js';
import { DrawBuilder, type Reads } from './draws.js';
import { pairMechanics } from './mechanics.js';
import { addParts, ferruleGrowth } from './parts-of-pair.js';
import { LOT_LENGTH } from './positions.js';
import type { RawStreams } from './raw-layout.js';
import type { PairPlan } from './types.js';

/** Lot of what belongs to the mating; no design can have this name. */
const MATING_LOT = '';

/**
 * Draws of the lot of a design. Its stream's index is a hash of the name (FNV-1a, 32 bits), so that a design has the
 * same lot in all pairs of a run and keeps it when other designs come or go.
 */
function lotDraws(key: StreamKey, name: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const draws = new Uint32Array(LOT_LENGTH);
  fillDraws(key, hash >>> 0, STREAM_FAMILY.lot, draws, 0, LOT_LENGTH);
  return draws;
}

/**
 * A pair under one set of conditions as numbers: its mechanics, its draws, and by how much its ferrules have grown.
 *
 * @param mating the conditions, of the pair itself or of one step
 * @param reads connector and number of the mating, whose streams are read
 * @param raw streams of one mating, to which those that this pair reads are added
 * @param key of the seed, from which the lots of the designs are drawn
 * @param merges whether normals that count only as a sum are drawn as one
 */
export function compilePair(
  scenario: Scenario,
  pair: Pair,
  mating: MatingConditions,
  reads: Reads,
  raw: RawStreams,
  key: StreamKey,
  merges = mayMerge(scenario, pair),
): PairPlan {
  const { returnLoss } = scenario;
  const pinned = scenario.designs[pair.pinned] as Design;
  const unpinned = scenario.designs[pair.unpinned] as Design;
  const builder = new DrawBuilder(pinned.fibreCount, raw, reads);
  const lots = {
    mating: lotDraws(key, MATING_LOT),
    pinned: lotDraws(key, pair.pinned),
    unpinned: lotDraws(key, pair.unpinned),
  };
  const parts = { pinned, unpinned, mating, returnLoss, lots };
  addParts(builder, parts);
  return {
    mechanics: pairMechanics(mating, pinned, unpinned, returnLoss),
    merged: merges ? builder.merge() : [],
    ...builder.build(),
    ferruleGrowth: [ferruleGrowth(parts, PINNED), ferruleGrowth(parts, UNPINNED)],
  };
}

/**
 * Differences between pairs are narrow only if every input of both has its own draw; what each plug of a lot, or each
 * side of a mixed pair, does can be told only from draws of its own.
 */
function mayMerge({ comparisons, experiment }: Scenario, { pinned, unpinned }: Pair): boolean {
  return comparisons.length === 0 && experiment.type !== 'lot' && pinned === unpinned;
}
