/** Runs a study at once, going on from what was kept, or a share of it into a part. */
import { existsSync } from 'node:fs';
import { defaultWorkers } from '../engine/pool.js';
import type { Engine } from '../engine/runner.js';
import { UserError } from '../errors.js';
import type { Head, Journal } from '../parts/journal.js';
import { openPart } from '../parts/merge.js';
import { runStudy, type Spent } from '../parts/run-study.js';
import type { Shard } from '../parts/shard.js';
import type { Source } from '../parts/source.js';
import { difference } from '../parts/work.js';
import { startClock } from '../result/provenance.js';
import { EXIT } from './exit-codes.js';
import { counted, integer } from './format.js';
import { Interrupted, interruptible } from './interrupt.js';
import { journalBeside, keep, tellEnding } from './journal.js';
import { defaultOutput } from './output-file.js';
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
  if (flags.json === true) {
    throw new UserError([
      { message: '--shard and --json: a part is no result', expected: '--json with merge' },
    ]);
  }
  const { scenario, work } = prepared;
  const out = flags.out ?? defaultOutput(scenario.name, work.study);
  const path = partPath(out, shard);
  const isFresh = flags.fresh === true;
  if (!isFresh && isWhole(path, prepared)) {
    process.stdout.write(`Part: ${path} is there already, whole.\n`);
    return EXIT.ok;
  }
  const head = (): Head => ({ work, shard, source: source() });
  const journal = journalBeside(path, head, isFresh);
  return runKept(prepared, flags, { journal, out: undefined, shard }, async () => {
    journal.finishAs(path);
    process.stdout.write(`Part: ${path}\n`);
    return EXIT.ok;
  });
}

/** Whether the part was written before. Throws UserError if another one was. */
function isWhole(path: string, { work }: Prepared): boolean {
  if (!existsSync(path)) return false;
  const differs = difference(openPart(path).head.work, work);
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
    let reached = progress.text(0, 1);
    const onProgress = (done: number, all: number): void => {
      reached = progress.text(done, all);
      progress.update(done, all);
    };
    try {
      const spent = await runStudy(runs(), {
        ...{ workers, engine, signal, journal, shard, onProgress },
      });
      progress.end();
      return await then(spent);
    } catch (error) {
      progress.end();
      if (!(error instanceof Interrupted)) {
        keep(journal);
        throw error;
      }
      await tellEnding(error, reached, journal, out);
      return error.exitCode;
    }
  }, maxTime);
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
