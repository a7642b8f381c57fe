/** One worker thread that runs one file. Only this file knows piscina. */
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { PACKAGE_ROOT } from '../package-root.js';

interface Job<Task> {
  readonly task: Task;
  readonly lose: (reason: unknown) => void;
}

/**
 * Does tasks in the order in which it is given them. The first one that fails, for whatever reason, ends the thread: what it has
 * left behind there is not trusted, and tasks behind it are lost with it.
 */
export class Thread<Task, Result> {
  readonly #piscina: Piscina;
  readonly #jobs: Job<Task>[] = [];
  /** Time of the task at hand, s. */
  #seconds = 0;
  #isWarm = false;
  #hasEnded = false;
  #whenEnded: Promise<void> | undefined;

  /**
   * Starts the built code, also when this code runs from its sources.
   *
   * @param entry the file in workers/, without its ending
   * @param workerData what the thread is started with
   */
  constructor(entry: string, workerData: unknown) {
    this.#piscina = new Piscina({
      filename: join(PACKAGE_ROOT, 'dist', 'workers', `${entry}.js`),
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: Number.MAX_SAFE_INTEGER,
      recordTiming: false,
      workerData,
    });
    // Of a thread without a task; one that has been ended may still report what it had finished.
    this.#piscina.on('error', (error) => this.fail(error));
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Tasks that it was given and has not done. */
  get count(): number {
    return this.#jobs.length;
  }

  /** What it does now. */
  get current(): Task | undefined {
    return this.#jobs[0]?.task;
  }

  get seconds(): number {
    return this.#seconds;
  }

  /** Counts time of the task at hand. */
  pass(seconds: number): void {
    if (this.#jobs.length > 0) this.#seconds += seconds;
  }

  /** @param onDone told how long the task has taken, s; not of the first one, for which the thread had to start */
  run(task: Task, onDone: (seconds: number) => void): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const job = { task, lose: reject };
      this.#jobs.push(job);
      const done = (result: Result): void => {
        if (this.#hasEnded) return;
        this.#jobs.shift();
        if (this.#isWarm) onDone(this.#seconds);
        this.#isWarm = true;
        this.#seconds = 0;
        resolve(result);
      };
      this.#piscina.run(task).then(done, (error) => this.fail(error, job));
    });
  }

  /** Ends the thread because of one of its tasks, the one at hand unless given. */
  fail(reason: unknown, of = this.#jobs[0]): void {
    if (this.#hasEnded) return;
    const text = reason instanceof Error ? reason.message : String(reason);
    const others = this.#jobs.splice(0).filter((job) => job !== of);
    void this.end();
    of?.lose(reason);
    for (const { lose } of others) lose(new Error(`lost with its thread: ${text}`));
  }

  /** Ends the thread at once, whatever it does. */
  end(): Promise<void> {
    this.#hasEnded = true;
    for (const { lose } of this.#jobs.splice(0)) lose(new Error('the thread was ended'));
    this.#whenEnded ??= this.#piscina.destroy();
    return this.#whenEnded;
  }
}
