/** Worker threads for replicates of several pairs. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openThreads } from '../threads.js';
import { createReplicateRunner, type ReplicateResult, type ReplicateSource } from './replicate.js';

/** A replicate of one pair, by the pair's place among the sources. */
export interface ReplicateTask {
  readonly source: number;
  readonly replicate: number;
}

export type OnReplicate = (task: ReplicateTask, result: ReplicateResult) => void;

export interface ReplicatePool {
  /** Results in the order of the tasks; the same for any number of workers. */
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
): ReplicatePool {
  return workers === 0
    ? { run: inThisThread(createTaskRunner(sources), signal), close: async () => undefined }
    : onThreads(workers, sources, signal);
}

function inThisThread(
  runTask: (task: ReplicateTask) => ReplicateResult,
  signal: AbortSignal | undefined,
): ReplicatePool['run'] {
  return async (tasks, onDone) => {
    const results: ReplicateResult[] = [];
    for (const task of tasks) {
      const result = runTask(task);
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
): ReplicatePool {
  const threads = openThreads<ReplicateTask, ReplicateResult>('replicate', workers, 1, sources);
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
