/** Entry of a worker thread: the blocks of the plan with which it was started. */
import { workerData } from 'node:worker_threads';
import type { BlockResult } from '../src/engine/block.js';
import { createRunner, type RunnerSource } from '../src/engine/runner.js';

const run = createRunner(workerData as RunnerSource);

export default function block(block: number): BlockResult {
  return run(block);
}
