/** A plan: all that workers need to compute any mating of a run. Flat numbers, cloneable. */
import type { PairMechanics } from '../model/mating.js';
import type { TransferTable } from '../model/transfer-table.js';
import type { Draw } from '../random/draw.js';
import type { StreamKey } from '../random/stream.js';
import type { MergedNormals } from './merge.js';
import type { RawLayout } from './raw-layout.js';

export interface PairPlan {
  readonly mechanics: PairMechanics;
  /** Record of parts with every fixed contribution in its place; draws write over it or add to it. */
  readonly fixedParts: Float64Array;
  /** Random contributions, drawn for each mating. */
  readonly draws: readonly Draw[];
  /** Which of them stand for several contributions. */
  readonly merged: readonly MergedNormals[];
  /** Share by which temperature has made the pinned and the unpinned ferrule longer. */
  readonly ferruleGrowth: readonly [number, number];
}

export interface Plan {
  readonly key: StreamKey;
  readonly matings: number;
  /** Blocks are the unit of work: block b covers matings blockStart(plan, b) to blockStart(plan, b + 1) − 1. */
  readonly blocks: number;
  /** Equal runs of blocks whose spread gives the intervals of quantile differences. */
  readonly sections: number;
  readonly raw: RawLayout;
  /** Pairs that are evaluated in every mating: each pair of the scenario in each of its steps. */
  readonly pairs: readonly PairPlan[];
  /** For each pair of the scenario the indices of its steps, the first one first. */
  readonly members: readonly (readonly number[])[];
  /** Indices of the pairs to compare: [first, second]. */
  readonly comparisons: readonly (readonly [number, number])[];
  /** Steps of one pair whose losses are followed fibre by fibre: indices of pairs, the first one is what changes count from. */
  readonly series: readonly (readonly number[])[];
  /** A lot of plugs instead of fresh parts. */
  readonly lot: LotPlan | null;
  readonly channels: readonly ChannelPlan[];
}

/** A link of several connectors, each with streams of its own. */
export interface ChannelPlan {
  readonly raw: RawLayout;
  readonly pairs: readonly PairPlan[];
  /** For each connector the fibre of its pinned plug that each lane goes through. */
  readonly fibres: readonly Int32Array[];
  readonly lanes: number;
  /** For each lane the positions at either end of each span. */
  readonly positions: readonly (readonly number[])[];
  /** Loss of all cables together, dB. */
  readonly spansDb: number;
  /** What the worst lane may lose, with and without the cables; Infinity where there is no budget. */
  readonly budgetDb: number;
  readonly connectorBudgetDb: number;
  /** Mode groups that travel on from connector to connector; null for single-mode fibres. */
  readonly groups: {
    readonly launch: Float64Array;
    /** Groups that are followed, wider receivers included. */
    readonly most: number;
    readonly transfer: TransferTable;
  } | null;
}

/** Mating (r·pinned + i)·unpinned + j mates pinned plug i with unpinned plug j for the r-th time. */
export interface LotPlan {
  readonly pinned: number;
  readonly unpinned: number;
  readonly repeats: number;
}

/** First mating of block b; the first matings mod blocks blocks hold one mating more than the rest. */
export function blockStart(plan: Pick<Plan, 'matings' | 'blocks'>, block: number): number {
  const size = Math.floor(plan.matings / plan.blocks);
  const longer = plan.matings - size * plan.blocks;
  return block * size + Math.min(block, longer);
}

/** Section to which block b belongs. */
export function sectionOf(plan: Pick<Plan, 'blocks' | 'sections'>, block: number): number {
  return Math.floor((block * plan.sections) / plan.blocks);
}
