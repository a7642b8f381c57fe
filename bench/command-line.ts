/** The command line as users start it: a process a run. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE_ROOT } from '../src/package-root.js';

export const MAIN = join(PACKAGE_ROOT, 'dist', 'src', 'cli', 'main.js');
const PEAK = pathToFileURL(join(PACKAGE_ROOT, 'dist', 'bench', 'report-peak.js')).href;

const MATED: readonly number[] = [0, 1]; // 1: a limit was missed

/** A folder that is there while `work` runs. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'matedpair-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Wall time of a Node process with these arguments, s. */
export function nodeSeconds(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  if (status === null || !MATED.includes(status)) throw new Error(`node ${args[0]}: ${stderr}`);
  return seconds;
}

/** Arguments for Node of `matedpair run`, the result written into a folder. */
export function runArguments(
  folder: string,
  scenario: string,
  matings: number,
  workers: number,
): string[] {
  const out = join(folder, 'result.json');
  return [
    ...[MAIN, 'run', scenario, '--trials', `${matings}`],
    ...['--workers', `${workers}`, '--out', out],
  ];
}

/** Peak of the memory in use while a run lasts, MB (10^6 octets). */
export function peakMegabytes(
  folder: string,
  scenario: string,
  matings: number,
  workers: number,
): number {
  const file = join(folder, 'peak');
  process.env['MATEDPAIR_PEAK_FILE'] = file;
  nodeSeconds(['--import', PEAK, ...runArguments(folder, scenario, matings, workers)]);
  return Number(readFileSync(file, 'utf8')) / 1e6;
}
