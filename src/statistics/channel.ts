/** What is counted of a channel: the loss of its lanes by connectors alone, and how often it keeps its budgets. */
import { AlternatingSums } from './alternating.js';
import {
  BlockHistogram,
  binOf,
  type FilledBins,
  Histogram,
  LOSS_BINS_PER_DB,
} from './histogram.js';
import { type SpreadData, SpreadTally, SpreadTotal } from './spread.js';
import type { ChannelState } from './states.js';
import * as SUM from './sums.js';

export interface ChannelData {
  /** Loss of all lanes, and of the worst one; its sums go on with those of each lane, and its square. */
  readonly losses: SpreadData;
  /** Histogram of each lane. */
  readonly lanes: readonly FilledBins[];
  /** Matings in which all lanes keep the budget, and in which their connectors keep theirs. */
  readonly passes: number;
  readonly connectorPasses: number;
}

export class ChannelTally {
  readonly #budgetDb: number;
  readonly #connectorBudgetDb: number;
  readonly #sums: AlternatingSums;
  readonly #losses: SpreadTally;
  readonly #lanes: readonly BlockHistogram[];
  #passes = 0;
  #connectorPasses = 0;

  /** @param budgetDb what cables leave of the budget */
  constructor(lanes: number, budgetDb: number, connectorBudgetDb: number) {
    this.#budgetDb = budgetDb;
    this.#connectorBudgetDb = connectorBudgetDb;
    this.#sums = new AlternatingSums(SUM.spread + 2 * lanes);
    this.#losses = new SpreadTally(lanes, 0, LOSS_BINS_PER_DB, 'highest');
    this.#lanes = Array.from({ length: lanes }, () => new BlockHistogram());
  }

  /** Adds a channel by what its connectors take of each lane. */
  add(lossesDb: Float64Array): void {
    const sums = this.#sums.next();
    this.#losses.add(lossesDb, sums);
    for (let i = 0; i < lossesDb.length; i++) {
      const loss = lossesDb[i]!;
      this.#lanes[i]!.add(binOf(loss, LOSS_BINS_PER_DB));
      sums[SUM.spread + 2 * i]! += loss;
      sums[SUM.spread + 2 * i + 1]! += loss * loss;
    }
    const worst = this.#losses.lastWorstDb;
    if (worst <= this.#budgetDb) this.#passes += 1;
    if (worst <= this.#connectorBudgetDb) this.#connectorPasses += 1;
  }

  data(): ChannelData {
    return {
      losses: this.#losses.data(this.#sums.total()),
      lanes: this.#lanes.map((histogram) => histogram.filled()),
      passes: this.#passes,
      connectorPasses: this.#connectorPasses,
    };
  }
}

export class ChannelTotal {
  readonly losses: SpreadTotal;
  readonly lanes: readonly Histogram[];
  passes = 0;
  connectorPasses = 0;

  constructor(lanes: number) {
    this.losses = new SpreadTotal(lanes, LOSS_BINS_PER_DB);
    this.lanes = Array.from({ length: lanes }, () => new Histogram());
  }

  add(block: ChannelData): void {
    this.losses.addSpread(block.losses);
    block.lanes.forEach((counts, i) => {
      this.lanes[i]?.merge(counts);
    });
    this.passes += block.passes;
    this.connectorPasses += block.connectorPasses;
  }

  /** What other blocks of the same plan came to. */
  merge(state: ChannelState): void {
    this.losses.mergeSpread(state.losses);
    state.lanes.forEach((bins, i) => {
      this.lanes[i]?.merge(bins);
    });
    this.passes += state.passes;
    this.connectorPasses += state.connectorPasses;
  }

  state(): ChannelState {
    return {
      losses: this.losses.spreadState(),
      lanes: this.lanes.map((histogram) => histogram.state()),
      passes: this.passes,
      connectorPasses: this.connectorPasses,
    };
  }
}
