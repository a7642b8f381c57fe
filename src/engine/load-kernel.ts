/** The compiled kernel from its file. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.js';
import type { Plan } from '../plan/types.js';
import type { Engine, RunnerSource } from './runner.js';

export const KERNEL_PATH = join(PACKAGE_ROOT, 'dist', 'kernel.wasm');

/** The kernel as the build left it, compiled once a process and shared with the workers. */
export function loadKernel(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(KERNEL_PATH));
}

export function runnerSource(plan: Plan, engine: Engine): RunnerSource {
  const isKernel = engine === 'kernel' && plan.lot === null;
  return { plan, kernel: isKernel ? loadKernel() : undefined };
}

let hash: string | undefined;

/** SHA-256 of the kernel as it was built: where numbers come from. */
export function kernelHash(): string {
  hash ??= createHash('sha256').update(readFileSync(KERNEL_PATH)).digest('hex');
  return hash;
}
