/** What some blocks of a plan came to, whichever and in whatever order: exact counts and exact sums. */
import { blockStart, type Plan, sectionOf } from '../plan/types.js';
import { ChangesTotal } from '../statistics/changes.js';
import { ChannelTotal } from '../statistics/channel.js';
import * as DIFFERENCE from '../statistics/differences.js';
import { type ExactSum, ExactSums } from '../statistics/exact-sums.js';
import type { ChangesState, ChannelState, PairState } from '../statistics/states.js';
import { PairTotal } from '../statistics/total.js';
import type { BlockResult } from './block.js';

/** Sums that a study forms of blocks for itself, section by section. */
export interface OwnSums {
  readonly length: number;
  /** Writes what a block adds to each of them. */
  readonly of: (result: BlockResult, into: Float64Array) => void;
}

/** Everything counted in a run: one total a pair, one set of difference sums a comparison. */
export interface RunTotals {
  readonly pairs: readonly PairTotal[];
  readonly comparisons: readonly Float64Array[];
  readonly series: readonly ChangesTotal[];
  /** Of a lot: the losses of each pair, [repeat][pinned plug][unpinned plug][fibre], dB; none otherwise. */
  readonly losses: readonly Float64Array[];
  readonly channels: readonly ChannelTotal[];
  /** The study's own sums, [section][sum]; none if it has none. */
  readonly own: readonly Float64Array[];
  /** Spent by all threads in computing matings: no result, but a fact of the machine. */
  readonly seconds: number;
}

/** Totals as plain data. */
export interface TotalsState {
  readonly pairs: readonly PairState[];
  readonly comparisons: readonly (readonly ExactSum[])[];
  readonly series: readonly ChangesState[];
  readonly channels: readonly ChannelState[];
  /** Of a lot: for each pair the losses of consecutive blocks, and the first mating of these. */
  readonly losses: readonly {
    readonly firstMating: number;
    readonly lossesDb: readonly (readonly number[])[];
  }[];
  /** The study's own sums, [section][sum]. */
  readonly own: readonly (readonly ExactSum[])[];
  readonly seconds: number;
}

export class PlanTotals {
  readonly #plan: Plan;
  readonly #pairs: readonly PairTotal[];
  readonly #comparisons: readonly ExactSums[];
  readonly #series: readonly ChangesTotal[];
  readonly #channels: readonly ChannelTotal[];
  readonly #losses: readonly Float64Array[];
  /** Of a lot: matings whose losses are there, as ranges. */
  readonly #ranges: { readonly from: number; readonly to: number }[] = [];
  readonly #ownSums: OwnSums | undefined;
  readonly #own: readonly ExactSums[];
  readonly #ownOfBlock: Float64Array;
  #seconds = 0;

  constructor(plan: Plan, own?: OwnSums) {
    this.#plan = plan;
    this.#ownSums = own;
    this.#ownOfBlock = new Float64Array(own?.length ?? 0);
    this.#own =
      own === undefined
        ? []
        : Array.from({ length: plan.sections }, () => new ExactSums(own.length));
    const compared = new Set(plan.comparisons.flat());
    const fibresOf = (pair: number): number => plan.pairs[pair]?.mechanics.fibres ?? 0;
    this.#pairs = plan.pairs.map(
      (_, p) => new PairTotal(fibresOf(p), compared.has(p) ? plan.sections : 0),
    );
    this.#comparisons = plan.comparisons.map(() => new ExactSums(DIFFERENCE.length));
    this.#channels = plan.channels.map(({ lanes }) => new ChannelTotal(lanes));
    this.#losses =
      plan.lot === null
        ? []
        : plan.pairs.map((_, p) => new Float64Array(plan.matings * fibresOf(p)));
    this.#series = plan.series.map(
      (steps) => new ChangesTotal(fibresOf(steps[0] as number), steps.length),
    );
  }

  add(result: BlockResult, seconds: number): void {
    const section = sectionOf(this.#plan, result.block);
    const from = blockStart(this.#plan, result.block);
    this.#seconds += seconds;
    result.pairs.forEach((tally, p) => {
      this.#pairs[p]?.add(tally, section);
    });
    result.comparisons.forEach((sums, c) => {
      this.#comparisons[c]?.add(sums);
    });
    result.series.forEach((changes, s) => {
      this.#series[s]?.add(changes);
    });
    result.channels.forEach((channel, c) => {
      this.#channels[c]?.add(channel);
    });
    result.losses.forEach((losses, p) => {
      this.#losses[p]?.set(losses, from * (losses.length / result.matings));
    });
    if (this.#plan.lot !== null) this.#ranges.push({ from, to: from + result.matings });
    if (this.#ownSums === undefined) return;
    this.#ownSums.of(result, this.#ownOfBlock);
    this.#own[section]!.add(this.#ownOfBlock);
  }

  /** What other blocks of the same plan came to. */
  merge(state: TotalsState): void {
    this.#seconds += state.seconds;
    this.#pairs.forEach((total, p) => {
      total.merge(state.pairs[p]!);
    });
    this.#comparisons.forEach((sums, c) => {
      sums.merge(state.comparisons[c]!);
    });
    this.#series.forEach((total, s) => {
      total.merge(state.series[s]!);
    });
    this.#channels.forEach((total, c) => {
      total.merge(state.channels[c]!);
    });
    this.#own.forEach((sums, section) => {
      sums.merge(state.own[section]!);
    });
    for (const { firstMating, lossesDb } of state.losses) {
      lossesDb.forEach((losses, p) => {
        this.#losses[p]!.set(losses, firstMating * this.#fibres(p));
      });
      const [losses = []] = lossesDb;
      this.#ranges.push({ from: firstMating, to: firstMating + losses.length / this.#fibres(0) });
    }
  }

  state(): TotalsState {
    return {
      pairs: this.#pairs.map((total) => total.state()),
      comparisons: this.#comparisons.map((sums) => sums.exact()),
      series: this.#series.map((total) => total.state()),
      channels: this.#channels.map((total) => total.state()),
      losses: this.#ranges.map(({ from, to }) => ({
        firstMating: from,
        lossesDb: this.#losses.map((losses, p) => {
          const fibres = this.#fibres(p);
          return Array.from(losses.subarray(from * fibres, to * fibres));
        }),
      })),
      own: this.#own.map((sums) => sums.exact()),
      seconds: this.#seconds,
    };
  }

  /** What a result is built from. */
  totals(): RunTotals {
    return {
      pairs: this.#pairs,
      comparisons: this.#comparisons.map((sums) => sums.values()),
      series: this.#series,
      losses: this.#losses,
      channels: this.#channels,
      own: this.#own.map((sums) => sums.values()),
      seconds: this.#seconds,
    };
  }

  #fibres(pair: number): number {
    return this.#plan.pairs[pair]!.mechanics.fibres;
  }
}
