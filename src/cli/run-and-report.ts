/** Running a scenario with progress, and writing what came out: what `run` and `predict` have in common. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ComputeFailure } from '../engine/failure.js';
import type { RunProgress } from '../engine/fold.js';
import { MOST_WORKERS } from '../engine/pool.js';
import { ENGINES, type Engine } from '../engine/runner.js';
import type { SampleRow } from '../engine/sample-rows.js';
import type { Journal } from '../parts/journal.js';
import { workOf } from '../parts/work.js';
import type { Result } from '../result/schema.js';
import { fibresOfAllPairs } from '../scenario/fibres.js';
import type { Scenario } from '../scenario/types.js';
import { writeSamples } from '../studies/samples.js';
import { simulate } from '../studies/simulate.js';
import { simulateUntil, type UntilOptions } from '../studies/until.js';
import type { Colours } from './colours.js';
import { EXIT } from './exit-codes.js';
import { TOLD_FAULTS } from './failure.js';
import { counted, integer } from './format.js';
import { endingAfter, Interrupted, interruptible } from './interrupt.js';
import { journalBeside, keep, tellEnding } from './journal.js';
import { endingOf } from './output-file.js';
import { progressDisplay } from './progress.js';
import { type ResultFlags, resultPath, tellResult } from './result-output.js';

/** Targets that a run goes on for, and its bounds. */
export type Until = Pick<UntilOptions, 'targets' | 'maxMatings' | 'maxSeconds'>;

export interface RunFlags extends ResultFlags {
  readonly workers?: number;
  readonly engine?: Engine;
  readonly samples?: string;
  readonly samplesPer?: SampleRow;
  readonly fresh?: boolean;
  readonly maxTime?: number;
}

/** @param kind of the result that is written */
export function addRunOptions(command: Command, kind = 'run'): Command {
  return addEngineOptions(command)
    .option('--out <file>', `result file (default: results/<scenario name>${endingOf(kind)}.json)`)
    .option('--json', 'print the result as JSON on stdout; write a file only with --out');
}

export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--workers <n>',
        'worker threads (default: one a processor); 0 runs in the main thread',
      ).argParser(workerCount),
    )
    .addOption(
      new Option(
        '--engine <engine>',
        'what computes the matings; both give the same numbers, the kernel faster',
      )
        .choices(ENGINES)
        .default('kernel'),
    );
}

/** Options of work that is kept while it goes on. */
export function addKeepOptions(command: Command): Command {
  return command
    .option(
      '--max-time <time>',
      'time at most, such as 90 s, 10 min or 2 h: what was computed by then is kept, and the same command goes on',
      seconds,
    )
    .option('--fresh', 'begin anew instead of going on with what was interrupted');
}

/** A time such as `90 s` in seconds. */
export function seconds(text: string): number {
  const [, amount, unit] = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*(s|min|h)\s*$/.exec(text) ?? [];
  const value = Number(amount) * SECONDS_OF[unit as keyof typeof SECONDS_OF];
  if (!(value > 0)) throw new InvalidArgumentError('Expected a time such as 90 s, 10 min or 2 h.');
  return value;
}

const SECONDS_OF = { s: 1, min: 60, h: 3600 } as const;

export function workerCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > MOST_WORKERS) {
    throw new InvalidArgumentError(
      `Expected a whole number from 0 (no worker threads) to ${MOST_WORKERS}; more need --shard.`,
    );
  }
  return count;
}

type Summary = (result: Result, colours: Colours) => readonly string[];

/** Runs, prints the summary and writes the result; returns the exit code. */
export async function runAndReport(
  scenario: Scenario,
  flags: RunFlags,
  summary: Summary,
  until?: Until,
): Promise<number> {
  const out = await resultPath(flags, scenario.name);
  const journal = out === undefined ? undefined : journalOf(scenario, out, flags, until);
  const work = async (signal: AbortSignal): Promise<number> => {
    try {
      const result = await simulateWithProgress(scenario, flags, { signal, out, until, journal });
      if (result instanceof Interrupted) return result.exitCode;
      const report = await tellResult(result, summary, flags, out);
      if (flags.samples !== undefined) keep(journal);
      const run = { ...scenario, matings: result.matings };
      const ended = await reportSamples(run, flags, signal, report);
      if (ended !== undefined) return ended.exitCode;
      journal?.remove();
      return exitCodeOf(result);
    } catch (error) {
      keep(journal);
      throw error;
    }
  };
  return interruptible(work, until === undefined ? flags.maxTime : endingAfter(flags.maxTime));
}

export function exitCodeOf({ pairs }: Result): number {
  const isMissed = pairs.some(({ limits }) => limits.some(({ verdict }) => verdict === 'missed'));
  return isMissed ? EXIT.limitMissed : EXIT.ok;
}

/** What was kept of the same run, beside its result. */
function journalOf(
  scenario: Scenario,
  out: string,
  { fresh }: RunFlags,
  until: Until | undefined,
): Journal {
  const work =
    until === undefined
      ? workOf('run', scenario)
      : workOf(
          'run --until',
          { ...scenario, matings: 0 },
          { targets: until.targets.map(({ text }) => text), maxMatings: until.maxMatings },
        );
  return journalBeside(out, () => ({ work, shard: null, source: null }), fresh === true);
}

/** Writes the samples that were asked for; the reason if it was ended before it was done. */
async function reportSamples(
  scenario: Scenario,
  { samples, samplesPer: row }: RunFlags,
  signal: AbortSignal,
  report: NodeJS.WriteStream,
): Promise<Interrupted | undefined> {
  if (samples === undefined) return undefined;
  try {
    const rows = await writeSamples(scenario, samples, { row, signal });
    report.write(`Samples: ${samples}, ${counted(rows, 'row')}\n`);
    return undefined;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write(`${error.ending} while writing samples: no such file was written.\n`);
    return error;
  }
}

interface Under {
  readonly signal: AbortSignal;
  /** The result file, where there is one. */
  readonly out?: string | undefined;
  readonly until?: Until | undefined;
  readonly journal?: Journal | undefined;
}

/** Runs with a progress display; the reason if it was ended before it was done. */
export async function simulateWithProgress(
  scenario: Scenario,
  { workers, engine }: RunFlags,
  { signal, out, until, journal }: Under,
): Promise<Result | Interrupted> {
  const display = () => progressDisplay(process.stderr, fibresOfAllPairs(scenario));
  let progress = display();
  let { matings } = scenario;
  let matingsDone = 0;
  const options = {
    workers,
    engine,
    signal,
    journal,
    faults: TOLD_FAULTS,
    onProgress: (state: RunProgress) => {
      ({ matings, matingsDone } = state);
      progress.update(state);
    },
  };
  const onStage = (): void => {
    progress.end();
    progress = display();
  };
  try {
    return until === undefined
      ? await simulate(scenario, options)
      : await simulateUntil(scenario, { ...options, ...until, onStage });
  } catch (error) {
    if (!(error instanceof Interrupted || error instanceof ComputeFailure)) throw error;
    progress.end();
    const done = `${integer(matingsDone)} of ${counted(matings, 'mating')}`;
    await tellEnding(error, done, journal, out);
    if (error instanceof Interrupted) return error;
    throw error;
  } finally {
    progress.end();
  }
}
