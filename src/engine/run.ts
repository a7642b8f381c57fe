/** Runs all blocks of a plan, in this thread or on workers, and folds them in block order. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { InvariantError } from '../errors.js';
import { type Plan, sectionOf } from '../plan/types.js';
import { ChangesTotal } from '../statistics/changes.js';
import { ChannelTotal } from '../statistics/channel.js';
import * as DIFFERENCE from '../statistics/differences.js';
import { CompensatedSums } from '../statistics/spread.js';
import { PairTotal } from '../statistics/total.js';
import type { BlockResult } from './block.js';
import { openPool } from './pool.js';
import { createRunner, type Engine, type RunnerSource, runnerSource } from './runner.js';

export interface RunProgress {
  readonly matingsDone: number;
  readonly matings: number;
}

export interface RunOptions {
  /** Worker threads; 0 runs in this thread. */
  readonly workers: number;
  readonly engine: Engine;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Aborting ends the run at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Everything counted in a run: one total a pair, one set of difference sums a comparison. */
export interface RunTotals {
  readonly pairs: readonly PairTotal[];
  readonly comparisons: readonly Float64Array[];
  readonly series: readonly ChangesTotal[];
  /** Of a lot: the losses of each pair, [repeat][pinned plug][unpinned plug][fibre], dB; none otherwise. */
  readonly losses: readonly Float64Array[];
  readonly channels: readonly ChannelTotal[];
}

/**
 * Runs a plan. The totals depend on the plan alone: the same bits for any number of workers.
 */
export async function runPlan(plan: Plan, options: RunOptions): Promise<RunTotals> {
  options.signal?.throwIfAborted();
  options.onProgress?.({ matingsDone: 0, matings: plan.matings });
  const fold = new Fold(plan, options.onProgress);
  const source = runnerSource(plan, options.engine);
  if (options.workers === 0) await runInProcess(source, fold, options.signal);
  else await runOnWorkers(source, fold, options.workers, options.signal);
  return fold.totals();
}

async function runInProcess(
  source: RunnerSource,
  fold: Fold,
  signal: AbortSignal | undefined,
): Promise<void> {
  const run = createRunner(source);
  for (let block = 0; block < source.plan.blocks; block++) {
    await fold.add(run(block));
    await nextTurn(); // lets signals and timers in
    signal?.throwIfAborted();
  }
}

/** More than one, so that a worker need not wait while a slower one holds up the fold. */
const LANES_PER_WORKER = 2;

async function runOnWorkers(
  source: RunnerSource,
  fold: Fold,
  workers: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { plan } = source;
  const pool = openPool(workers, source);
  let next = 0;
  // A lane takes its next block when its last one has been folded, so that no more blocks than lanes are ever held.
  const lane = async (): Promise<void> => {
    while (next < plan.blocks) {
      const block = next;
      next += 1;
      await fold.add(await pool.run(block));
      signal?.throwIfAborted();
    }
  };
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const lanes = Array.from({ length: Math.min(LANES_PER_WORKER * workers, plan.blocks) }, lane);
  try {
    await Promise.race([Promise.all(lanes), aborted]);
  } finally {
    next = plan.blocks;
    for (const pending of lanes) pending.catch(() => undefined);
    await pool.close();
  }
}

/** Takes blocks in any order and adds them in block order. */
class Fold {
  readonly #plan: Plan;
  readonly #onProgress: RunOptions['onProgress'];
  readonly #pairs: PairTotal[];
  readonly #comparisons: CompensatedSums[];
  readonly #series: ChangesTotal[];
  readonly #losses: Float64Array[];
  readonly #channels: ChannelTotal[];
  readonly #early = new Map<number, { result: BlockResult; folded: () => void }>();
  #next = 0;
  #matingsDone = 0;

  constructor(plan: Plan, onProgress: RunOptions['onProgress']) {
    this.#plan = plan;
    this.#onProgress = onProgress;
    const compared = new Set(plan.comparisons.flat());
    const fibresOf = (pair: number): number => plan.pairs[pair]?.mechanics.fibres ?? 0;
    this.#pairs = plan.pairs.map(
      (_, p) => new PairTotal(fibresOf(p), compared.has(p) ? plan.sections : 0),
    );
    this.#comparisons = plan.comparisons.map(() => new CompensatedSums(DIFFERENCE.length));
    this.#channels = plan.channels.map(({ lanes }) => new ChannelTotal(lanes));
    this.#losses =
      plan.lot === null
        ? []
        : plan.pairs.map((_, p) => new Float64Array(plan.matings * fibresOf(p)));
    this.#series = plan.series.map(
      (steps) => new ChangesTotal(fibresOf(steps[0] as number), steps.length),
    );
  }

  /** Resolves when the block has been folded. */
  add(result: BlockResult): Promise<void> {
    return new Promise((folded) => {
      this.#early.set(result.block, { result, folded });
      for (;;) {
        const next = this.#early.get(this.#next);
        if (next === undefined) break;
        this.#early.delete(this.#next);
        this.#addNext(next.result);
        next.folded();
      }
      this.#onProgress?.({ matingsDone: this.#matingsDone, matings: this.#plan.matings });
    });
  }

  totals(): RunTotals {
    if (this.#next !== this.#plan.blocks) {
      throw new InvariantError(`${this.#next} of ${this.#plan.blocks} blocks arrived`);
    }
    return {
      pairs: this.#pairs,
      comparisons: this.#comparisons.map((sums) => sums.values()),
      series: this.#series,
      losses: this.#losses,
      channels: this.#channels,
    };
  }

  #addNext(result: BlockResult): void {
    const section = sectionOf(this.#plan, result.block);
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
      const perMating = losses.length / result.matings;
      this.#losses[p]?.set(losses, this.#matingsDone * perMating);
    });
    this.#next += 1;
    this.#matingsDone += result.matings;
  }
}
