/** Runs a study at once, going on from what was kept, or a share of it into a part. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { defaultWorkers } from '../engine/pool.js';
import type { Engine } from '../engine/runner.js';
import { UserError } from '../errors.js';
import { type Head, type Journal, otherShard } from '../parts/journal.js';
import { openPart } from '../parts/merge.js';
import { runStudy, type Spent } from '../parts/run-study.js';
import type { Shard } from '../parts/shard.js';
import type { Source } from '../parts/source.js';
import type { StudyRun } from '../parts/study-run.js';
import { difference } from '../parts/work.js';
import { startClock } from '../result/provenance.js';
import { systemReason } from '../result/whole-file.js';
import { EXIT } from './exit-codes.js';
import { isFailure, TOLD_FAULTS } from './failure.js';
import { counted, integer } from './format.js';
import { Interrupted, interruptible } from './interrupt.js';
import { journalBeside, keep, tellEnding } from './journal.js';
import type { FinishFlags, Prepared } from './prepared.js';
import { countDisplay, shareDisplay } from './progress.js';
import { resultPath } from './result-output.js';
import { partPath } from './shard-options.js';

export interface PreparedFlags extends FinishFlags {
  readonly workers?: number;
  readonly engine?: Engine;
  readonly fresh?: boolean;
  readonly maxTime?: number;
  readonly shard?: Shard;
}

/**
 * Runs a study, or the share of it that is asked for; its exit code.
 *
 * @param source is asked for when all that the study refers to has been read
 */
export async function runPrepared(
  prepared: Prepared,
  source: () => Source,
  flags: PreparedFlags,
): Promise<number> {
  const { shard } = flags;
  return shard === undefined ? runWhole(prepared, flags) : runShard(prepared, source, flags, shard);
}

async function runWhole(prepared: Prepared, flags: PreparedFlags): Promise<number> {
  const { scenario, work } = prepared;
  const out = await resultPath(flags, scenario.name, work.study);
  prepared.checkOutput(flags, out);
  const head = (): Head => ({ work, shard: null, source: null });
  const journal = out === undefined ? undefined : journalBeside(out, head, flags.fresh === true);
  const workers = flags.workers ?? defaultWorkers();
  const hostFacts = startClock(workers, flags.engine ?? 'kernel');
  return runKept(prepared, flags, { journal, out }, async ({ fibreMatings, seconds }) => {
    const host = hostFacts(fibreMatings);
    const computingShare = seconds / (Math.max(1, workers) * host.seconds);
    const exitCode = await prepared.finish({ ...host, computingShare }, flags, out);
    journal?.remove();
    return exitCode;
  });
}

async function runShard(
  prepared: Prepared,
  source: () => Source,
  flags: PreparedFlags,
  shard: Shard,
): Promise<number> {
  const other = flags.json === true ? '--json' : flags.table !== undefined ? '--table' : undefined;
  if (other !== undefined) {
    throw new UserError([
      { message: `--shard and ${other}: a part is no result`, expected: `${other} with merge` },
    ]);
  }
  const { scenario, work } = prepared;
  const out = await resultPath(flags, scenario.name, work.study);
  const path = partPath(out as string, shard);
  const isFresh = flags.fresh === true;
  if (!isFresh && isWhole(path, prepared, shard)) {
    process.stdout.write(`Part: ${path} is there already, whole.\n`);
    return EXIT.ok;
  }
  checkFolder(path);
  const head = (): Head => ({ work, shard, source: source() });
  const journal = journalBeside(path, head, isFresh);
  return runKept(prepared, flags, { journal, out: undefined, shard }, async () => {
    try {
      journal.finishAs(path);
    } catch (error) {
      return endOfTwin(error, journal, path, () => isWhole(path, prepared, shard));
    }
    process.stdout.write(`Part: ${path}\n`);
    return EXIT.ok;
  });
}

/**
 * The same shard may run twice, as where a cluster starts it anew because it no longer hears of its machine. Then the part is
 * there, or will be: whoever comes later sees to it. Throws the error if there is no other.
 */
function endOfTwin(error: unknown, journal: Journal, path: string, isThere: () => boolean): number {
  if (isThere()) {
    process.stdout.write(`Part: ${path} is there by now: another process wrote it.\n`);
    return EXIT.ok;
  }
  if (!journal.isContended) throw error;
  process.stderr.write(
    `${path}: another process runs the same shard; if that ends before its time, the same command goes on with what it kept.\n`,
  );
  return EXIT.stopped;
}

/** Throws UserError unless a part can be written there: told before the work, not after it. */
function checkFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    const message = `the part cannot be written: ${systemReason(error)}`;
    throw new UserError([{ message, file: path, suggestion: 'name another file with --out' }]);
  }
}

/** Whether the part was written before. Throws UserError if another one was. */
function isWhole(path: string, { work }: Prepared, shard: Shard): boolean {
  if (!existsSync(path)) return false;
  const { head } = openPart(path);
  const differs = difference(head.work, work) ?? otherShard(head.shard, shard);
  if (differs === undefined) return true;
  throw new UserError([
    {
      message: `is a part of other work: ${differs}`,
      file: path,
      suggestion: '--fresh replaces it; --out names another result',
    },
  ]);
}

interface Where {
  readonly journal: Journal | undefined;
  readonly out: string | undefined;
  readonly shard?: Shard;
}

/** Runs with a progress display; what ends it is told, and what was computed is kept. */
function runKept(
  { runs, unit }: Prepared,
  flags: PreparedFlags,
  { journal, out, shard }: Where,
  then: (spent: Spent) => Promise<number>,
): Promise<number> {
  const { workers = defaultWorkers(), engine = 'kernel', maxTime } = flags;
  return interruptible(async (signal) => {
    const progress = displayOf(shard === undefined ? unit : null);
    let reached = progress.text(0, workOfAll(runs()));
    const onProgress = (done: number, all: number): void => {
      reached = progress.text(done, all);
      progress.update(done, all);
    };
    try {
      const spent = await runStudy(runs(), {
        ...{ workers, engine, signal, journal, shard, onProgress },
        faults: TOLD_FAULTS,
      });
      progress.end();
      return await then(spent);
    } catch (error) {
      progress.end();
      if (error instanceof Interrupted || isFailure(error)) {
        await tellEnding(error, reached, journal, out);
      } else keep(journal);
      if (error instanceof Interrupted) return error.exitCode;
      throw error;
    }
  }, maxTime);
}

function workOfAll(runs: Iterable<StudyRun>): number {
  for (const { place } of runs) return place.total;
  return 1;
}

function displayOf(unit: Prepared['unit']) {
  const { stderr } = process;
  if (unit === null) {
    const { update, end } = shareDisplay(stderr);
    return {
      update: (done: number, all: number) => update(done / all),
      end,
      text: (done: number, all: number) => `${Math.floor((100 * done) / all)} % of the work`,
    };
  }
  const { update, end } = countDisplay(stderr, unit);
  return {
    update,
    end,
    text: (done: number, all: number) =>
      `${integer(Math.floor(done))} of ${counted(Math.round(all), unit)}`,
  };
}
