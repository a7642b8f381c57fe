/** Shards: equal shares of the work of a study, each run by itself. */
import type { BlockRange } from '../engine/fold.js';

/** Shard number `index`, from 1 on, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Where a plan lies in the row of all plans of a study: as long as its work, behind `before`. Whole numbers below 2^53, in a unit
 * of the study's own.
 */
export interface Place {
  readonly before: number;
  readonly work: number;
  readonly total: number;
}

/**
 * Blocks of a plan that belong to a shard; none if `from` is `to`. The row of all plans is cut into shares of equal work, so that
 * a plan may be cut, and a shard may have several. Shards of other counts share their cuts: 1 of 2 is 1 and 2 of 4.
 */
export function blocksOfShard(shard: Shard, place: Place, blocks: number): BlockRange {
  return {
    from: cut(shard.index - 1, shard.count, place, blocks),
    to: cut(shard.index, shard.count, place, blocks),
  };
}

/** Blocks of a plan before the cut behind shard `k`. */
function cut(k: number, count: number, { before, work, total }: Place, blocks: number): number {
  const at = k === count ? total : (total * k) / count;
  const share = Math.min(1, Math.max(0, (at - before) / work));
  return Math.floor(blocks * share);
}

/** Whether any blocks of a plan with that place may belong to a shard. */
export function mayHave({ index, count }: Shard, { before, work, total }: Place): boolean {
  const from = (total * (index - 1)) / count;
  const to = index === count ? total : (total * index) / count;
  return before < to && before + work > from;
}
