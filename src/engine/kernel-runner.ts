/** Blocks computed by the kernel. */
import { Kernel } from '../kernel/kernel.js';
import { blockStart, type Plan } from '../plan/types.js';
import type { BlockRunner } from './block.js';
import { runChannels } from './channel-runner.js';
import { lossShiftsDb } from './reference-runner.js';

export function createKernelRunner(
  plan: Plan,
  code: WebAssembly.Module | WebAssembly.Instance,
): BlockRunner {
  const kernel = new Kernel(code, plan, lossShiftsDb(plan));
  return (block) => {
    const start = blockStart(plan, block);
    const matings = blockStart(plan, block + 1) - start;
    kernel.run(start, matings);
    const channels = runChannels(plan, start, start + matings);
    return { block, matings, ...kernel.take(matings), losses: [], channels };
  };
}
