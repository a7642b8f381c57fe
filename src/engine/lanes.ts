/** Plans run block by block on lanes: when the blocks of one run out, those of the next fill the lanes. */
import type { Plan } from '../plan/types.js';
import {
  type BlockRange,
  Fold,
  type Kept,
  type OnProgress,
  type OwnSums,
  type RunTotals,
} from './fold.js';
import type { BlockTask, TimedBlock } from './tasks.js';

/** A plan, and who is told how it went. What these functions throw ends all runs. */
export interface PlannedRun {
  readonly plan: Plan;
  /** All blocks unless given. */
  readonly range?: BlockRange | undefined;
  /** What the first blocks of the range came to: they are not run again. */
  readonly kept?: Kept | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly own?: OwnSums | undefined;
  /** Told when blocks have been folded, of what is worth keeping, which is worked out when asked for, and of the next block. */
  readonly onFolded?: ((kept: () => Kept, next: number) => void) | undefined;
  /** Told of the totals of the range, once all of it has been folded. */
  readonly done: (totals: RunTotals, kept: () => Kept) => void;
  /** Called once, with what ended this run; the others go on. */
  readonly failed: (error: unknown) => void;
}

/** Plans one after the other; undefined where one was skipped, so that signals are heard between many of these. */
export type Runs = Iterator<PlannedRun | undefined>;

/** What computes blocks. */
export interface Lanes {
  readonly compute: (task: BlockTask) => Promise<TimedBlock>;
  /** Blocks that are asked for at a time. */
  readonly count: number;
  /** Resolves when whatever else waits in this thread has had its turn. */
  readonly nextTurn: () => Promise<unknown>;
  readonly signal?: AbortSignal | undefined;
}

/** Numbers tell the plans of one set of threads apart. */
export interface Numbers {
  next: number;
}

/** Runs plans one after the other on lanes. */
export async function runOnLanes(runs: Runs, numbers: Numbers, on: Lanes): Promise<void> {
  const { count, signal } = on;
  const blocks = new Blocks(runs, numbers);
  signal?.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
  });
  const lanes = Array.from({ length: count }, () => runLane(blocks, on));
  try {
    await Promise.race([Promise.all(lanes), aborted]);
  } finally {
    blocks.end();
    for (const pending of lanes) pending.catch(() => undefined);
    signal?.removeEventListener('abort', abort);
  }
}

/** A lane takes its next block when its last one has been folded, so that no more blocks than lanes are ever held. */
async function runLane(blocks: Blocks, { compute, nextTurn, signal }: Lanes): Promise<void> {
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
  readonly #numbers: Numbers;
  #isOver = false;

  constructor(runs: Runs, numbers: Numbers) {
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
  readonly #end: number;
  #next: number;
  #hasFailed = false;

  constructor(run: PlannedRun, number: number) {
    const { plan, range = { from: 0, to: plan.blocks }, kept, onProgress, own } = run;
    this.number = number;
    this.plan = plan;
    this.#run = run;
    this.#fold = new Fold(plan, range, { onProgress, own, kept });
    this.#next = this.#fold.next;
    this.#end = range.to;
    this.#fold.tell();
    if (this.#fold.isWhole) this.#done();
  }

  nextBlock(): number | undefined {
    if (this.#hasFailed || this.#next === this.#end) return undefined;
    this.#next += 1;
    return this.#next - 1;
  }

  /** Resolves when the block has been folded, or when it is no longer wanted. */
  async add({ result, seconds }: TimedBlock): Promise<void> {
    if (this.#hasFailed) return;
    const before = this.#fold.next;
    const folded = this.#fold.add(result, seconds);
    if (this.#fold.next > before) this.#run.onFolded?.(this.#kept, this.#fold.next);
    if (this.#fold.isWhole) this.#done();
    await folded;
  }

  fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#fold.abandon();
    this.#run.failed(error);
  }

  readonly #kept = (): Kept => this.#fold.kept();

  #done(): void {
    this.#run.done(this.#fold.totals(), this.#kept);
  }
}
