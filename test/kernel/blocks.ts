/** Blocks of any matings by either engine. */
import type { BlockResult } from '../../src/engine/block.js';
import { loadKernel } from '../../src/engine/load-kernel.js';
import { createReferenceRunner, lossShiftsDb } from '../../src/engine/reference-runner.js';
import { Kernel, type KernelCounts } from '../../src/kernel/kernel.js';
import { blockStart, type Plan } from '../../src/plan/types.js';

/** Matings start … start + count − 1. */
export interface Window {
  readonly start: number;
  readonly count: number;
}

/** One kernel for all windows of a plan: what it counted is taken out after each. */
export function kernelCounter(plan: Plan): (window: Window) => KernelCounts {
  const kernel = new Kernel(loadKernel(), plan, lossShiftsDb(plan));
  return ({ start, count }) => {
    kernel.run(start, count);
    return kernel.take(count);
  };
}

/** The same by the reference. */
export function referenceCounter(plan: Plan): (window: Window) => KernelCounts {
  return (window) => {
    const { plan: cut, block } = planWithBlock(plan, window);
    const { pairs, comparisons, series }: BlockResult = createReferenceRunner(cut)(block);
    return { pairs, comparisons, series };
  };
}

/** The plan with a number of matings and of blocks such that the window is one of its blocks, the last one. */
function planWithBlock(plan: Plan, { start, count }: Window): { plan: Plan; block: number } {
  const block = Math.floor(start / count);
  const longer = start % count;
  const blocks = block + 1;
  const cut = { ...plan, blocks, matings: blocks * count + longer };
  if (blockStart(cut, block) !== start || blockStart(cut, blocks) !== start + count) {
    throw new Error(`no block of ${count} matings can start at ${start}`);
  }
  return { plan: cut, block };
}

/** What a window gave, or the error that it ended with. */
export function outcome<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}
