/** Entry of a worker thread: one block of a plan. */
import { type BlockResult, runBlock } from '../src/engine/block.js';
import type { Plan } from '../src/plan/types.js';

export default function block(task: { readonly plan: Plan; readonly block: number }): BlockResult {
  return runBlock(task.plan, task.block);
}
