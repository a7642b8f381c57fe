/** Several worker threads that share tasks, outlive those that fail, and end those that hang. */
import type { ComputeFailure, Faults } from './failure.js';
import { checkThreadMemory } from './memory.js';
import { withRetries } from './retry.js';
import { Thread } from './thread.js';
import { processorTicks, Watch } from './watch.js';

export interface Threads<Task, Result> {
  /** Tasks may be given in any number; they are begun in their order. Rejects when a task has failed too often. */
  readonly run: (task: Task) => Promise<Result>;
  /** Ends all threads at once, whatever they do. */
  readonly close: () => Promise<void>;
}

export interface ThreadsOptions<Task> {
  /** The file in workers/, without its ending. */
  readonly entry: string;
  /** At most; they are started when there is work for them. */
  readonly threads: number;
  /** Tasks that a thread is given before it has finished the first. */
  readonly atHand: number;
  /** What every thread is started with. */
  readonly workerData: unknown;
  /** What a task takes on a slow machine, s: how long threads are given grows with it. */
  readonly expectedSeconds: (task: Task) => number;
  readonly failure: (task: Task, attempts: number, cause: unknown) => ComputeFailure;
  readonly faults?: Faults | undefined;
}

/** Starts threads. */
export function openThreads<Task, Result>(options: ThreadsOptions<Task>): Threads<Task, Result> {
  checkThreadMemory(options.threads);
  const crew = new Crew<Task, Result>(options);
  const run = withRetries({
    usual: crew.run,
    apart: crew.runApart,
    hasEnded: () => crew.hasEnded,
    failure: options.failure,
    onRetry: (failure) => options.faults?.onRetry?.(failure as ComputeFailure),
  });
  return { run, close: () => crew.close() };
}

interface Waiting<Task, Result> {
  readonly task: Task;
  readonly resolve: (result: Promise<Result>) => void;
  readonly reject: (error: unknown) => void;
}

class Crew<Task, Result> {
  readonly #options: ThreadsOptions<Task>;
  readonly #watch: Watch;
  readonly #clock: NodeJS.Timeout;
  readonly #threads: Thread<Task, Result>[] = [];
  /** Those that each do one task, and then end. */
  readonly #apart = new Set<Thread<Task, Result>>();
  readonly #queue: Waiting<Task, Result>[] = [];
  hasEnded = false;

  constructor(options: ThreadsOptions<Task>) {
    this.#options = options;
    this.#watch = new Watch(options.faults?.patienceSeconds);
    const { tickSeconds } = this.#watch;
    const ticks = processorTicks(tickSeconds);
    this.#clock = setInterval(() => this.#tick(ticks), 1000 * tickSeconds).unref();
  }

  readonly run = (task: Task): Promise<Result> =>
    new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#share();
    });

  readonly runApart = async (task: Task): Promise<Result> => {
    const thread = this.#start();
    this.#apart.add(thread);
    try {
      return await this.#runOn(thread, task);
    } finally {
      this.#apart.delete(thread);
      await thread.end();
    }
  };

  async close(): Promise<void> {
    this.hasEnded = true;
    clearInterval(this.#clock);
    for (const { reject } of this.#queue.splice(0)) reject(new Error('the threads were ended'));
    await Promise.all([...this.#threads, ...this.#apart].map((thread) => thread.end()));
  }

  #start(): Thread<Task, Result> {
    return new Thread(this.#options.entry, this.#options.workerData);
  }

  /** Gives tasks to those who have the fewest. */
  #share(): void {
    while (this.#queue.length > 0 && !this.hasEnded) {
      const thread = this.#freest();
      if (thread === undefined) continue;
      if (thread.count >= this.#options.atHand) return;
      const { task, resolve } = this.#queue.shift() as Waiting<Task, Result>;
      const result = this.#runOn(thread, task);
      resolve(result);
      const more = (): void => this.#share();
      result.then(more, more);
    }
  }

  /** Undefined where the system refuses a thread: then a task is lost instead. */
  #freest(): Thread<Task, Result> | undefined {
    try {
      this.#threads.forEach((thread, t) => {
        if (thread.hasEnded) this.#threads[t] = this.#start();
      });
      const isBusy = this.#threads.every(({ count }) => count > 0);
      if (isBusy && this.#threads.length < this.#options.threads) this.#threads.push(this.#start());
    } catch (error) {
      this.#queue.shift()?.reject(error);
      return undefined;
    }
    return this.#threads.reduce((best, thread) => (thread.count < best.count ? thread : best));
  }

  #runOn(thread: Thread<Task, Result>, task: Task): Promise<Result> {
    const expected = this.#options.expectedSeconds(task);
    return thread.run(task, (seconds) => this.#watch.took(seconds, expected));
  }

  #tick(ticks: (busy: number) => number): void {
    const busy = [...this.#threads, ...this.#apart].filter(({ count }) => count > 0);
    const seconds = ticks(Math.max(1, busy.length));
    for (const thread of busy) {
      thread.pass(seconds);
      const most = this.#watch.mostSeconds(this.#options.expectedSeconds(thread.current as Task));
      if (thread.seconds > most)
        thread.fail(
          new Error(`hangs: no answer in ${Number(most.toPrecision(2))} s of processor time`),
        );
    }
  }
}
