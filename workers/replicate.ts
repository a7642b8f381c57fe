/** Entry of a worker thread: replicates of the pairs with which it was started. */
import { workerData } from 'node:worker_threads';
import { createTaskRunner, type ReplicateTask } from '../src/engine/splitting/pool.js';
import type { ReplicateResult, ReplicateSource } from '../src/engine/splitting/replicate.js';

const run = createTaskRunner(workerData as readonly ReplicateSource[]);

export default function replicate(task: ReplicateTask): ReplicateResult {
  return run(task);
}
