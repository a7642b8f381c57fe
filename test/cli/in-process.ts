/**
 * Runs commands in the process of the tests, which spares each its start: for tests of what a command says, writes and
 * refuses. Where the process is the point (signals, pipes, the streams it has, the code it ends with), `helpers.ts` starts one.
 */
import { vi } from 'vitest';
import { runProgram } from '../../src/cli/program.js';
import type { Finished } from './helpers.js';

/** The working folder and the streams belong to the process: commands wait for each other. */
let last: Promise<unknown> = Promise.resolve();

/** What `matedpair` does with these arguments in a folder; a defect rejects. */
export function runHere(cwd: string, args: readonly string[]): Promise<Finished> {
  const run = last.then(() => inFolder(cwd, args));
  last = run.catch(() => undefined);
  return run;
}

/** The same where the process is, with these variables in its environment. */
export async function inProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    return await runHere(process.cwd(), args);
  } finally {
    vi.unstubAllEnvs();
  }
}

async function inFolder(cwd: string, args: readonly string[]): Promise<Finished> {
  const before = process.cwd();
  const [out, err] = [capture(process.stdout), capture(process.stderr)];
  process.chdir(cwd);
  try {
    const code = await runProgram([process.execPath, 'matedpair', ...args]);
    return { code, signal: null, stdout: out.text(), stderr: err.text() };
  } finally {
    process.chdir(before);
    out.end();
    err.end();
  }
}

/** Keeps what is written to a stream, and from it. */
function capture(stream: NodeJS.WriteStream): { text(): string; end(): void } {
  const { write } = stream;
  const texts: string[] = [];
  stream.write = (text: string | Uint8Array, ...rest: unknown[]): boolean => {
    texts.push(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'));
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  return {
    text: () => texts.join(''),
    end: () => {
      stream.write = write;
    },
  };
}
