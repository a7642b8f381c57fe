/** Running a scenario with progress, and writing what came out: what `run` and `predict` have in common. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RunProgress } from '../engine/fold.js';
import { ENGINES, type Engine } from '../engine/runner.js';
import type { SampleRow } from '../engine/sample-rows.js';
import { Journal } from '../parts/journal.js';
import { workOf } from '../parts/part-file.js';
import type { Result } from '../result/schema.js';
import { fibresOfAllPairs } from '../scenario/fibres.js';
import { scenarioHash } from '../scenario/index.js';
import type { Scenario } from '../scenario/types.js';
import { writeSamples } from '../studies/samples.js';
import { simulate } from '../studies/simulate.js';
import { simulateUntil, type UntilOptions } from '../studies/until.js';
import type { Colours } from './colours.js';
import { EXIT } from './exit-codes.js';
import { counted, integer } from './format.js';
import { Interrupted, interruptible } from './interrupt.js';
import { endingOf, isThere } from './output-file.js';
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

export function workerCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 1024) {
    throw new InvalidArgumentError('Expected a whole number from 0 (no worker threads) to 1024.');
  }
  return count;
}

/** Runs, prints the summary and writes the result; returns the exit code. */
export async function runAndReport(
  scenario: Scenario,
  flags: RunFlags,
  summary: (result: Result, colours: Colours) => readonly string[],
  until?: Until,
): Promise<number> {
  const out = await resultPath(flags, scenario.name);
  const journal = out === undefined ? undefined : journalOf(scenario, out, flags, until);
  const work = async (signal: AbortSignal): Promise<number> => {
    const result = await simulateWithProgress(scenario, flags, { signal, out, until, journal });
    if (result instanceof Interrupted) return result.exitCode;
    const report = await tellResult(result, summary, flags, out);
    journal?.remove();
    const run = { ...scenario, matings: result.matings };
    if (!(await reportSamples(run, flags, signal, report))) return EXIT.interrupted;
    const missed = result.pairs.some((pair) => pair.limits.some((l) => l.verdict === 'missed'));
    return missed ? EXIT.limitMissed : EXIT.ok;
  };
  return interruptible(work, until === undefined ? flags.maxTime : undefined);
}

/** What was kept of the same run, beside its result. */
function journalOf(
  scenario: Scenario,
  out: string,
  { fresh }: RunFlags,
  until: Until | undefined,
): Journal {
  const work = workOf({
    study: 'run',
    scenario: scenario.name,
    scenarioHash: scenarioHash(scenario),
    seed: scenario.seed,
    matings: until === undefined ? scenario.matings : 0,
    options: until === undefined ? '' : JSON.stringify([until.targets, until.maxMatings]),
  });
  const journal = new Journal(`${out}.partial`, work, fresh === true);
  if (journal.isGoingOn) process.stderr.write(`Going on with ${journal.path}.\n`);
  return journal;
}

/** Writes the samples that were asked for; false if Ctrl-C ended it. */
async function reportSamples(
  scenario: Scenario,
  { samples, samplesPer: row }: RunFlags,
  signal: AbortSignal,
  report: NodeJS.WriteStream,
): Promise<boolean> {
  if (samples === undefined) return true;
  try {
    const rows = await writeSamples(scenario, samples, { row, signal });
    report.write(`Samples: ${samples}, ${counted(rows, 'row')}\n`);
    return true;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write('Interrupted while writing samples: no such file was written.\n');
    return false;
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
    if (!(error instanceof Interrupted)) throw error;
    progress.end();
    const isKept = journal?.isWorthKeeping === true;
    if (isKept) journal?.save();
    const fate = isKept ? `are kept in ${journal?.path} and the same command goes on` : 'are lost';
    const before = out !== undefined && (await isThere(out)) ? ` ${out} is as it was.` : '';
    process.stderr.write(
      `${error.ending} after ${integer(matingsDone)} of ${counted(matings, 'mating')}: they ${fate}, no result was written.${before}\n`,
    );
    return error;
  } finally {
    progress.end();
  }
}
