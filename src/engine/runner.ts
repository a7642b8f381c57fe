/** Which engine computes the blocks of a plan. Both give the same bits. */
import type { Plan } from '../plan/types.js';
import type { BlockRunner } from './block.js';
import { createKernelRunner } from './kernel-runner.js';
import { createReferenceRunner } from './reference-runner.js';

/** The kernel is fast, the reference is written to be read. */
export const ENGINES = ['kernel', 'reference'] as const;
export type Engine = (typeof ENGINES)[number];

/** All that a thread needs to compute the blocks of one plan. An instance of the kernel serves its last runner only. */
export interface RunnerSource {
  readonly plan: Plan;
  /** Without it the reference runs. */
  readonly kernel: WebAssembly.Module | WebAssembly.Instance | undefined;
}

export function createRunner({ plan, kernel }: RunnerSource): BlockRunner {
  return kernel === undefined ? createReferenceRunner(plan) : createKernelRunner(plan, kernel);
}
