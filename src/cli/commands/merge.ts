/** `matedpair merge`: a result from its parts. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Command } from 'commander';
import { UserError } from '../../errors.js';
import {
  checkParts,
  mergeParts,
  openPart,
  type PartFile,
  sourceOfParts,
} from '../../parts/merge.js';
import { difference } from '../../parts/work.js';
import { startClock } from '../../result/provenance.js';
import { systemReason } from '../../result/whole-file.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { type Prepared, prepareSource } from '../prepared.js';
import { type ResultFlags, resultPath } from '../result-output.js';
import { printWarnings } from '../scenario-options.js';
import { resultOfParts } from '../shard-options.js';

interface Flags extends ResultFlags {
  readonly table?: string;
}

export function addMergeCommand(program: Command, onDone: (exitCode: number) => void): void {
  program
    .command('merge')
    .summary('put the parts of a sharded run together')
    .description(
      'Writes the result of a run, sweep or sensitivity from the parts that its shards have written: the same bytes as without shards.',
    )
    .argument('<parts...>', 'folder of parts, or the parts in any order')
    .option('--out <file>', 'result file (default: the folder’s name without .parts)')
    .option('--table <file>', 'of a sweep: table, .csv or .parquet')
    .option('--json', 'print the result as JSON on stdout; write a file only with --out')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair merge results/my-study.json.parts
  $ matedpair merge here/part-*.jsonl there/part-*.jsonl --out both.json

Exit code: as of the command whose shards these are; 2 if parts are missing, there
twice, of other work or damaged, 75 after SIGTERM, 130 after Ctrl-C`,
    )
    .action(async (paths: readonly string[], flags: Flags) => onDone(await merge(paths, flags)));
}

async function merge(paths: readonly string[], flags: Flags): Promise<number> {
  const hostFacts = startClock(0, 'kernel');
  const parts = checkParts(await opened(paths.flatMap(partsIn)));
  checkShards(parts);
  const [first] = parts;
  const prepared = prepareSource(sourceOfParts(parts));
  checkWork(prepared, first);
  printWarnings(prepared.warnings);
  const [folder] = paths as [string];
  const beside = paths.length === 1 ? resultOfParts(folder) : undefined;
  const asked = flags.out ?? (flags.json === true ? undefined : beside);
  const its = asked === undefined ? flags : { ...flags, out: asked };
  const out = await resultPath(its, prepared.scenario.name, first.head.work.study);
  prepared.checkOutput(flags, out);
  return interruptible(async (signal) => {
    try {
      await mergeParts(prepared.runs(), parts, signal);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      process.stderr.write(`${error.ending}: no result was written. The parts are as they were.\n`);
      return error.exitCode;
    }
    return prepared.finish({ ...hostFacts(0), computingShare: 0 }, flags, out);
  });
}

/** All parts, one after the other, so that signals are heard between them. */
async function opened(paths: readonly string[]): Promise<PartFile[]> {
  const parts: PartFile[] = [];
  for (const path of paths) {
    parts.push(openPart(path));
    await nextTurn();
  }
  return parts;
}

const PART = /^part-\d+-of-\d+\.jsonl$/;

/** The parts in a folder; or the file itself. */
function partsIn(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => PART.test(name));
    if (names.length > 0) return names.sort(byNumber).map((name) => join(path, name));
  } catch (error) {
    throw new UserError([{ message: `cannot be read: ${systemReason(error)}`, file: path }]);
  }
  const expected = 'files such as part-1-of-8.jsonl; name others one by one';
  throw new UserError([{ message: 'there are no parts', file: path, expected }]);
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

const MOST_NAMED = 20;

/** Throws UserError that names the shards without a part, where all parts are of as many shards. */
function checkShards(parts: readonly PartFile[]): void {
  const counts = new Set(parts.map(({ head }) => head.shard.count));
  const [count] = counts;
  if (counts.size !== 1 || count === undefined || count === parts.length) return;
  const there = new Set(parts.map(({ head }) => head.shard.index));
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((i) => !there.has(i));
  const named = missing.slice(0, MOST_NAMED).join(', ');
  const begun = missing
    .map((i) => `${(parts[0] as PartFile).path.replace(/part-\d+-of/, `part-${i}-of`)}.partial`)
    .filter((path) => existsSync(path));
  throw new UserError([
    {
      message: `parts are missing: shard ${named}${missing.length > MOST_NAMED ? ' …' : ''} of ${count}`,
      suggestion:
        begun.length === 0
          ? 'run them with --shard'
          : `begun, but not done: ${begun
              .slice(0, MOST_NAMED)
              .map((path) => basename(path))
              .join(', ')}`,
    },
  ]);
}

/** Throws UserError unless this program makes of the source what the parts were made of. */
function checkWork({ work }: Prepared, { path, head }: PartFile): void {
  const differs = difference(head.work, work);
  if (differs === undefined) return;
  throw new UserError([{ message: `was made otherwise than here: ${differs}`, file: path }]);
}
