/** One block of matings: a pure function of the plan and the block's number, by either engine. */
import type { ChangesData } from '../statistics/changes.js';
import type { ChannelData } from '../statistics/channel.js';
import type { TallyData } from '../statistics/tally.js';

/** What a block sends back. */
export interface BlockResult {
  readonly block: number;
  readonly matings: number;
  /** One tally a pair of the plan. */
  readonly pairs: readonly TallyData[];
  /** One set of difference sums a comparison of the plan (see statistics/differences.ts). */
  readonly comparisons: readonly Float64Array[];
  /** Changes within each series of the plan. */
  readonly series: readonly ChangesData[];
  readonly channels: readonly ChannelData[];
  /** Of a lot: the losses of each pair, all fibres of a mating together, in dB; none otherwise. */
  readonly losses: readonly Float64Array[];
}

/** Evaluates the matings of a block for every pair of a plan. All pairs meet with the same random numbers. */
export type BlockRunner = (block: number) => BlockResult;
