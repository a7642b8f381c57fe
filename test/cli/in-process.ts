/** Runs the command line in this process: without what a new one costs, and without its signals. */
import { vi } from 'vitest';
import { runProgram } from '../../src/cli/program.js';

export interface Done {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One at a time. Paths are those of this process: absolute ones, that is. */
export async function inProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Done> {
  const texts = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      texts[name] += String(text);
      return true;
    }),
  );
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const code = await runProgram(['node', 'matedpair', ...args]);
    return { code, ...texts };
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
