/** Entry of a worker thread: blocks of whatever plans it is given. */
import { workerData } from 'node:worker_threads';
import { BlockComputer, type BlockTask, type TimedBlock } from '../src/engine/tasks.js';

const { kernel } = workerData as { readonly kernel: WebAssembly.Module | undefined };
const computer = new BlockComputer(kernel);

export default function block(task: BlockTask): TimedBlock {
  return computer.compute(task);
}
