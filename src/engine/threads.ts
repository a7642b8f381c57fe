/** Worker threads that run one file. Only this file knows piscina. */
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { PACKAGE_ROOT } from '../package-root.js';

export interface Threads<Task, Result> {
  readonly run: (task: Task) => Promise<Result>;
  /** Ends all threads at once, whatever they do. */
  readonly close: () => Promise<void>;
}

/**
 * Starts threads. They run the built code, also when this code runs from its sources.
 *
 * @param entry the file in workers/, without its ending
 * @param atHand tasks that a thread is given before it has finished the first
 * @param workerData what every thread is started with
 */
export function openThreads<Task, Result>(
  entry: string,
  threads: number,
  atHand: number,
  workerData: unknown,
): Threads<Task, Result> {
  const piscina = new Piscina({
    filename: join(PACKAGE_ROOT, 'dist', 'workers', `${entry}.js`),
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: atHand,
    workerData,
  });
  let isClosing = false;
  piscina.on('error', (error) => {
    // What a thread had finished when it was ended may arrive after its task has been given up.
    if (!isClosing) throw error;
  });
  return {
    run: (task) => piscina.run(task) as Promise<Result>,
    close: () => {
      isClosing = true;
      return piscina.destroy();
    },
  };
}
