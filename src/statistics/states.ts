/** Totals as plain data that JSON keeps to the last bit: what is written of work that is not finished yet, or not whole. */
import type { ExactSum } from './exact-sums.js';
import type { WorstMating } from './worst.js';

/** The bins of a histogram that are not empty, in order, and what they count. */
export interface BinsState {
  readonly bins: readonly number[];
  readonly counts: readonly number[];
}

/** Of a SpreadTotal; without matings the extremes mean nothing. */
export interface SpreadState {
  readonly matings: number;
  readonly shiftDb: number;
  readonly minDb: number;
  readonly maxDb: number;
  readonly worstMinDb: number;
  readonly worstMaxDb: number;
  readonly sums: readonly ExactSum[];
  readonly fibres: BinsState;
  readonly squares: BinsState;
  readonly worst: BinsState;
}

/** Of a PairTotal. */
export interface PairState extends SpreadState {
  readonly mostContactVisits: number;
  readonly positions: readonly BinsState[];
  /** Of pairs that are compared; sections in which nothing was counted yet are empty. */
  readonly sections: readonly {
    readonly matings: number;
    readonly bins: BinsState;
    readonly sums: readonly ExactSum[];
  }[];
  readonly worstMatings: readonly WorstMating[];
  readonly returnLoss: SpreadState | null;
}

/** Of a ChangesTotal. */
export interface ChangesState {
  readonly steps: readonly SpreadState[];
  readonly largest: SpreadState;
  readonly signed: readonly ExactSum[];
}

/** Of a ChannelTotal. */
export interface ChannelState {
  readonly losses: SpreadState;
  readonly lanes: readonly BinsState[];
  readonly passes: number;
  readonly connectorPasses: number;
}
