/** Runs the built command line the way a user does, in a temporary folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves when stderr holds the text, or matches. */
  readonly saw: (text: string | RegExp) => Promise<void>;
  readonly finished: Promise<Finished>;
}

/** No colours by accident, whatever the environment of the tests. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { FORCE_COLOR, NO_COLOR, CI, NODE_OPTIONS, ...rest } = process.env;
  return { ...rest, ...extra };
}

export function start(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  nodeArgs: readonly string[] = [],
): Running {
  const child = spawn(process.execPath, [...nodeArgs, MAIN, ...args], {
    cwd,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const saw = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (typeof text === 'string' ? stderr.includes(text) : text.test(stderr)) resolve();
      };
      look();
      child.stderr.on('data', look);
      child.on('close', () => reject(new Error(`ended without "${text}": ${stderr}`)));
    });
  return { child, saw, finished };
}

export function matedpair(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  nodeArgs: readonly string[] = [],
): Promise<Finished> {
  return start(cwd, args, env, nodeArgs).finished;
}

const folders: string[] = [];

/** A fresh folder, removed when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'matedpair-test-')));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export const SMALL = `name: small
description: two pairs
seed: "7"
matings: 400
designs:
  elite: { extends: mtp-elite }
  mpo: { extends: generic-mpo }
pairs:
  elite: { pinned: elite, unpinned: elite }
  mpo: { pinned: mpo, unpinned: mpo }
`;

/** A fresh folder with `small.yaml`. */
export function folderWithScenario(text: string = SMALL): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'small.yaml'), text);
  return folder;
}

/**
 * What a command says of work that was ended, as a pattern: where it had gone on for two seconds, it is kept.
 *
 * @param done pattern of how far it says to be
 */
export function endedAfter(done: string): RegExp {
  return new RegExp(
    `Interrupted after ${done}: they (are lost|are kept in \\S+\\.partial and the same command goes on), no result was written\\.( r\\.json is as it was\\.)?\n$`,
  );
}

/** Names in a folder, but for those of checkpoints. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.partial'))
    .sort();
}
