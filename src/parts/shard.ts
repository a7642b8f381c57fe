/** Shards: equal shares of the work of a study, each run by itself. */
import type { BlockRange } from '../engine/fold.js';

/** Beyond them files, not blocks, would be what costs time. */
export const MOST_SHARDS = 1_000_000;

/** Shard number `index`, from 1 on, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export function isShard({ index, count }: Shard): boolean {
  const isWhole = Number.isInteger(index) && Number.isInteger(count);
  return isWhole && index >= 1 && index <= count && count <= MOST_SHARDS;
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

/** Blocks of a plan before the cut behind shard `k`; without rounding, so that cuts of one place are the same. */
function cut(k: number, count: number, { before, work, total }: Place, blocks: number): number {
  const [n, length] = [BigInt(count), BigInt(work)];
  const inside = BigInt(total) * BigInt(k) - BigInt(before) * n;
  if (inside <= 0n) return 0;
  if (inside >= length * n) return blocks;
  return Number((BigInt(blocks) * inside) / (length * n));
}

/** Whether any blocks of a plan with that place may belong to a shard. */
export function mayHave({ index, count }: Shard, { before, work, total }: Place): boolean {
  const n = BigInt(count);
  const [from, to] = [BigInt(total) * BigInt(index - 1), BigInt(total) * BigInt(index)];
  return BigInt(before) * n < to && BigInt(before + work) * n > from;
}

/** How much of the work of a plan belongs to a shard, apart from rounding to blocks. */
export function workOfShard({ index, count }: Shard, { before, work, total }: Place): number {
  const from = Math.max(before, (total * (index - 1)) / count);
  const to = Math.min(before + work, (total * index) / count);
  return Math.max(0, to - from);
}
