/** Entry of the workers that compute blocks for the director. */
import { BlockComputer, type BlockTask } from '../../engine/tasks.js';
import type { HelperReply, HelperStart } from './messages.js';

const worker = globalThis as unknown as { onmessage: ((event: MessageEvent) => void) | null };

worker.onmessage = ({ data: { kernel, director } }: MessageEvent<HelperStart>) => {
  const computer = new BlockComputer(kernel);
  director.onmessage = ({ data }: MessageEvent<BlockTask>) => {
    director.postMessage(computed(computer, data));
  };
};

function computed(computer: BlockComputer, task: BlockTask): HelperReply {
  try {
    return { kind: 'block', block: computer.compute(task) };
  } catch (error) {
    return { kind: 'defect', message: String(error) };
  }
}
