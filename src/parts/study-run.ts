/** What a study runs, and what it makes of it: the same whether it runs at once, goes on, or is put together from parts. */
import type { OwnSums, RunTotals } from '../engine/fold.js';
import type { Plan } from '../plan/types.js';
import type { HostFacts } from '../result/provenance.js';
import type { Place } from './shard.js';

/** One of the plans of a study. */
export interface StudyRun {
  /** Its name among those of the study. What is kept of it is found by it. */
  readonly key: string;
  readonly place: Place;
  /**
   * Compiles the plan; undefined if there is nothing to run.
   *
   * @param answer that the run gave before, unchecked; undefined if none is known
   */
  readonly open: (answer: unknown) => OpenedRun | undefined;
}

export interface OpenedRun {
  readonly plan: Plan;
  readonly own?: OwnSums | undefined;
  /** What its numbers come from, where that may have changed though the work is the same: what was kept of another is not used. */
  readonly from?: string | undefined;
  readonly done: (totals: RunTotals) => void;
  /** What is thrown when a block failed, however often it was tried; that failure itself unless given. */
  readonly failed?: ((error: unknown) => unknown) | undefined;
  /** After `done`: what the study needs of the run, as plain data, if that is less than its totals. */
  readonly answer?: (() => unknown) | undefined;
}

/** What is kept of a plan: an answer, or what some of its blocks came to and of what. Not checked yet. */
export interface KeptRun {
  readonly answer?: unknown;
  readonly kept?: unknown;
  readonly from?: unknown;
}

/** Work that is cut into plans. */
export interface Study<Result, Host = HostFacts> {
  readonly runs: () => Iterable<StudyRun>;
  /** The result, when all runs are done. */
  readonly result: (host: Host) => Result;
}

/** Of all fibre pairs of a plan in a mating. */
export function fibresOf({ pairs }: Plan): number {
  return pairs.reduce((sum, { mechanics }) => sum + mechanics.fibres, 0);
}
