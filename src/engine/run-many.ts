/** Runs many plans on one set of threads: when the blocks of one run out, those of the next fill the threads. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Plan } from '../plan/types.js';
import { Fold, type OnBlock, type OnProgress, type RunTotals } from './fold.js';
import { LANES_PER_WORKER, openPool } from './pool.js';
import { type Engine, loadKernel } from './runner.js';
import { BlockComputer, type BlockTask, type TimedBlock } from './tasks.js';

export interface ManyOptions {
  /** Worker threads; 0 runs in this thread. */
  readonly workers: number;
  readonly engine: Engine;
  /** Aborting ends all runs at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A plan, and who is told how it went. What these functions throw ends all runs. */
export interface PlannedRun {
  readonly plan: Plan;
  readonly onProgress?: OnProgress | undefined;
  readonly onBlock?: OnBlock | undefined;
  readonly done: (totals: RunTotals) => void;
  /** Called once, with what ended this run; the others go on. */
  readonly failed: (error: unknown) => void;
}

/** Plans one after the other; undefined where one was skipped, so that signals are heard between many of these. */
export type Runs = Iterator<PlannedRun | undefined>;

/** Threads that stay ready for more plans. */
export interface ManyRunner {
  /**
   * Runs plans one after the other; the next one is asked for when the last one has no blocks left to begin with. The totals
   * of each depend on its plan alone: the same bits for any number of workers, and alone or among others.
   */
  readonly run: (runs: Runs) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the threads. Whoever opens a runner closes it, also when a run of it was rejected. */
export function openRunner({ workers, engine, signal }: ManyOptions): ManyRunner {
  signal?.throwIfAborted();
  const kernel = engine === 'kernel' ? loadKernel() : undefined;
  const numbers = { next: 0 };
  if (workers === 0) {
    const computer = new BlockComputer(kernel);
    const compute = async (task: BlockTask): Promise<TimedBlock> => {
      const result = computer.compute(task);
      await nextTurn(); // lets signals and timers in
      return result;
    };
    return {
      run: (runs) => runLane(new Blocks(runs, numbers), compute, signal),
      close: () => Promise.resolve(),
    };
  }
  const pool = openPool(workers, kernel);
  return {
    run: (runs) =>
      runLanes(new Blocks(runs, numbers), pool.run, LANES_PER_WORKER * workers, signal),
    close: pool.close,
  };
}

/** Runs plans on threads of their own. */
export async function runPlans(runs: Runs, options: ManyOptions): Promise<void> {
  const runner = openRunner(options);
  try {
    await runner.run(runs);
  } finally {
    await runner.close();
  }
}

async function runLanes(
  blocks: Blocks,
  compute: (task: BlockTask) => Promise<TimedBlock>,
  count: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
  });
  const lanes = Array.from({ length: count }, () => runLane(blocks, compute, signal));
  try {
    await Promise.race([Promise.all(lanes), aborted]);
  } finally {
    blocks.end();
    for (const pending of lanes) pending.catch(() => undefined);
    signal?.removeEventListener('abort', abort);
  }
}

/** A lane takes its next block when its last one has been folded, so that no more blocks than lanes are ever held. */
async function runLane(
  blocks: Blocks,
  compute: (task: BlockTask) => Promise<TimedBlock>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let next = blocks.next(); next !== undefined; next = blocks.next()) {
    if (next === SKIPPED) {
      await nextTurn(); // lets signals in
      signal?.throwIfAborted();
      continue;
    }
    const { run, block } = next;
    let computed: TimedBlock;
    try {
      computed = await compute({ number: run.number, plan: run.plan, block });
    } catch (error) {
      signal?.throwIfAborted();
      run.fail(error);
      continue;
    }
    signal?.throwIfAborted();
    await run.add(computed);
    signal?.throwIfAborted();
  }
}

const SKIPPED = Symbol('a plan was skipped');

/** The blocks of all plans, one plan after the other. */
class Blocks {
  readonly #runs: Runs;
  #current: RunUnderWay | undefined;
  readonly #numbers: { next: number };
  #isOver = false;

  /** @param numbers tells the plans of one set of threads apart */
  constructor(runs: Runs, numbers: { next: number }) {
    this.#runs = runs;
    this.#numbers = numbers;
  }

  next(): { readonly run: RunUnderWay; readonly block: number } | typeof SKIPPED | undefined {
    while (!this.#isOver) {
      const block = this.#current?.nextBlock();
      if (this.#current !== undefined && block !== undefined) return { run: this.#current, block };
      const { done, value } = this.#runs.next();
      if (done === true) this.#isOver = true;
      else if (value === undefined) return SKIPPED;
      else this.#current = new RunUnderWay(value, this.#numbers.next++);
    }
    return undefined;
  }

  end(): void {
    this.#isOver = true;
  }
}

class RunUnderWay {
  readonly number: number;
  readonly plan: Plan;
  readonly #run: PlannedRun;
  readonly #fold: Fold;
  #next = 0;
  #folded = 0;
  #hasFailed = false;

  constructor(run: PlannedRun, number: number) {
    const { plan, onProgress, onBlock } = run;
    onProgress?.({ matingsDone: 0, matings: plan.matings });
    this.#run = run;
    this.#fold = new Fold(plan, onProgress, onBlock);
    this.number = number;
    this.plan = plan;
  }

  nextBlock(): number | undefined {
    if (this.#hasFailed || this.#next === this.plan.blocks) return undefined;
    this.#next += 1;
    return this.#next - 1;
  }

  /** Resolves when the block has been folded, or when it is no longer wanted. */
  async add({ result, seconds }: TimedBlock): Promise<void> {
    if (this.#hasFailed) return;
    await this.#fold.add(result, seconds);
    this.#folded += 1;
    if (this.#folded === this.plan.blocks) this.#run.done(this.#fold.totals());
  }

  fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#fold.abandon();
    this.#run.failed(error);
  }
}
