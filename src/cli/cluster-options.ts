/** What all commands that bring a study to a cluster have in common: options, and the file that they write. */
import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { MOST_WORKERS } from '../engine/pool.js';
import { UserError } from '../errors.js';
import { VERSION } from '../package-root.js';
import { systemReason, writeWholeText } from '../result/whole-file.js';
import { SHARDED_STUDIES, type ShardedStudy } from './checked-study.js';

export interface ClusterFlags {
  readonly shards: number;
  readonly study: ShardedStudy;
  readonly atOnce?: number;
  readonly cpus: number;
  readonly memory?: Memory;
  readonly out?: string;
  readonly command?: readonly string[];
}

/** Whole MiB or GiB. */
export interface Memory {
  readonly amount: number;
  readonly unit: 'M' | 'G';
}

const MOST_SHARDS = 10_000;
/** A run takes 0.3 GB with 4 workers; what studies hold together, and files of parts, come on top. */
const MEMORY_MIB = 1024;
const MEMORY_MIB_A_CPU = 128;

export function addClusterOptions(command: Command, file: string): Command {
  return command
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .argument('[flags...]', 'after --: flags of the study')
    .requiredOption('--shards <n>', 'how many shards', wholeNumber(1, MOST_SHARDS))
    .addOption(
      new Option('--study <study>', 'what to do with the scenario')
        .choices(SHARDED_STUDIES)
        .default('run'),
    )
    .option('--at-once <n>', 'shards at a time at most', wholeNumber(1, MOST_SHARDS))
    .option('--cpus <n>', 'processors, and workers, of a shard', wholeNumber(1, MOST_WORKERS), 1)
    .option(
      '--memory <size>',
      'memory of a shard, such as 2G or 1500M (default: 1024M and 128M a processor)',
      memory,
    )
    .option('--command <words>', 'how matedpair is called there, words with spaces between', words)
    .option('-o, --out <file>', `${file}; - for stdout`);
}

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

function memory(text: string): Memory {
  const [, amount, unit] = /^([1-9]\d{0,5})\s*(M|G)(?:i?B)?$/.exec(text.trim()) ?? [];
  if (unit === 'M' || unit === 'G') return { amount: Number(amount), unit };
  throw new InvalidArgumentError('Expected a size such as 2G or 1500M.');
}

export function memoryOf({ memory: given, cpus }: ClusterFlags): Memory {
  return given ?? { amount: MEMORY_MIB + MEMORY_MIB_A_CPU * cpus, unit: 'M' };
}

function words(text: string): readonly string[] {
  const found = text.split(/\s+/).filter((word) => word !== '');
  if (found.length > 0) return found;
  throw new InvalidArgumentError('Expected a program, such as "npx matedpair".');
}

/** First line of a file that these commands write. */
const MARK = 'Written by matedpair';

export function titleOf(study: string, scenario: string, shards: number): string {
  return `${MARK} ${VERSION}: ${study} of ${scenario} in ${shards} shard${shards === 1 ? '' : 's'}`;
}

/** Writes the file, or prints it. Throws UserError where something else would be lost. */
export async function writeOwnFile(path: string, text: string): Promise<void> {
  if (path === '-') {
    process.stdout.write(text);
    return;
  }
  const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new UserError([{ message: `cannot be written: ${systemReason(error)}`, file: path }]);
  });
  if (before !== '' && !before.slice(0, 200).includes(MARK)) {
    throw new UserError([
      {
        message: 'exists already and was not written by this command: it will not be overwritten',
        file: path,
        suggestion: 'name another file with --out',
      },
    ]);
  }
  await writeWholeText(path, 'the file', text);
}

/** Lines for whoever submits the file, on stderr. */
export function tell(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}
