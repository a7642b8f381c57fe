/** Worker threads for replicates of several pairs. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Faults, ReplicateFailure } from '../failure.js';
import { SECONDS_PER_FIBRE_MATING } from '../pool.js';
import { openThreads } from '../threads.js';
import { evaluationsPerLevel } from './explore.js';
import { createReplicateRunner, type ReplicateResult, type ReplicateSource } from './replicate.js';

/** A replicate of one pair, by the pair's place among the sources. */
export interface ReplicateTask {
  readonly source: number;
  readonly replicate: number;
}

export type OnReplicate = (task: ReplicateTask, result: ReplicateResult) => void;

export interface ReplicatePool {
  /** Results in the order of the tasks; the same for any number of workers. Rejects with a ReplicateFailure. */
  run(tasks: readonly ReplicateTask[], onDone: OnReplicate): Promise<ReplicateResult[]>;
  /** Ends all threads at once, whatever they do. */
  close(): Promise<void>;
}

/** What a thread does: a task from its sources. */
export function createTaskRunner(
  sources: readonly ReplicateSource[],
): (task: ReplicateTask) => ReplicateResult {
  const runners = sources.map(createReplicateRunner);
  return ({ source, replicate }) => runners[source]!(replicate);
}

/**
 * Opens threads that know all sources; with 0 workers this thread does the work.
 * Aborting rejects what runs with the signal's reason.
 */
export function openReplicatePool(
  workers: number,
  sources: readonly ReplicateSource[],
  signal: AbortSignal | undefined,
  faults?: Faults,
): ReplicatePool {
  return workers === 0
    ? { run: inThisThread(sources, signal), close: async () => undefined }
    : onThreads(workers, sources, signal, faults);
}

function inThisThread(
  sources: readonly ReplicateSource[],
  signal: AbortSignal | undefined,
): ReplicatePool['run'] {
  const runTask = createTaskRunner(sources);
  const done = (task: ReplicateTask): ReplicateResult => {
    try {
      return runTask(task);
    } catch (error) {
      throw failureOf(sources, task, 1, error);
    }
  };
  return async (tasks, onDone) => {
    const results: ReplicateResult[] = [];
    for (const task of tasks) {
      const result = done(task);
      results.push(result);
      onDone(task, result);
      await nextTurn(); // lets signals and timers in
      signal?.throwIfAborted();
    }
    return results;
  };
}

function onThreads(
  workers: number,
  sources: readonly ReplicateSource[],
  signal: AbortSignal | undefined,
  faults: Faults | undefined,
): ReplicatePool {
  const threads = openThreads<ReplicateTask, ReplicateResult>({
    entry: 'replicate',
    threads: workers,
    atHand: 1,
    workerData: sources,
    expectedSeconds: ({ source }) => SECONDS_PER_FIBRE_MATING * fibreMatings(sources[source]!),
    failure: (task, attempts, cause) => failureOf(sources, task, attempts, cause),
    faults,
  });
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => undefined);
  return {
    run: (tasks, onDone) => {
      const results = tasks.map(async (task) => {
        const result = await threads.run(task);
        onDone(task, result);
        return result;
      });
      // Closing the pool rejects what still waits; the abort itself is the error to report.
      for (const pending of results) pending.catch(() => undefined);
      return Promise.race([Promise.all(results), aborted]);
    },
    close: threads.close,
  };
}

function fibreMatings({
  ladder: { levels, effort },
  pair: { mechanics },
}: ReplicateSource): number {
  return levels.length * evaluationsPerLevel(effort) * mechanics.fibres;
}

function failureOf(
  sources: readonly ReplicateSource[],
  { source, replicate }: ReplicateTask,
  attempts: number,
  cause: unknown,
): ReplicateFailure {
  return new ReplicateFailure(sources[source]!.name, replicate, attempts, cause);
}
