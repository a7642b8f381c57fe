/** `matedpair exceedance`: how likely great losses are. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../errors.js';
import { workOf } from '../../parts/work.js';
import { loadScenario } from '../../scenario/index.js';
import type { Scenario } from '../../scenario/types.js';
import { type ExceedanceProgress, exceedance } from '../../studies/exceedance.js';
import { exceedanceLines } from '../exceedance-table.js';
import { EXIT } from '../exit-codes.js';
import { TOLD_FAULTS } from '../failure.js';
import { counted, integer } from '../format.js';
import { endingAfter, Interrupted, interruptible } from '../interrupt.js';
import { journalBeside, keep, tellEnding } from '../journal.js';
import { countDisplay } from '../progress.js';
import { type ResultFlags, resultPath, tellResult } from '../result-output.js';
import { seconds, workerCount } from '../run-and-report.js';
import {
  addScenarioOptions,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';

interface ExceedanceFlags extends ScenarioFlags, ResultFlags {
  readonly above: readonly number[];
  readonly pair?: readonly string[];
  readonly precision: number;
  readonly maxReplicates: number;
  readonly fresh?: boolean;
  readonly maxTime?: number;
  readonly workers?: number;
}

/** Hours of one machine. */
const MOST_REPLICATES = 100_000;

export function addExceedanceCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('exceedance')
    .summary('estimate how rarely a loss is exceeded')
    .description(
      'Estimates the probability that a fibre loses more than a given loss, down to 1e-9 and below, with far fewer matings than sampling at random needs.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON');
  addScenarioOptions(command)
    .addOption(
      new Option('--above <loss>', 'loss to be exceeded, such as "0.75 dB"; repeatable')
        .argParser((text, all: readonly number[] = []) => [...all, decibelsOf(text)])
        .makeOptionMandatory(),
    )
    .option('--pair <name>', 'only this pair; repeatable', (name, all: readonly string[] = []) => [
      ...all,
      name,
    ])
    .option('--precision <share>', 'half an interval at most, of the probability', shareOf, 0.1)
    .option('--max-replicates <n>', 'replicates a pair at most', replicateCount, 2000)
    .option(
      '--max-time <time>',
      'time at most, such as 90 s, 10 min or 2 h: the result of as many replicates, or what there is is kept',
      seconds,
    )
    .option('--fresh', 'begin anew instead of going on with what was interrupted')
    .option(
      '--workers <n>',
      'worker threads (default: one a processor); 0 runs in the main thread',
      workerCount,
    )
    .option('--out <file>', 'result file (default: results/<scenario name>-exceedance.json)')
    .option('--json', 'print the result as JSON on stdout; write a file only with --out')
    .addHelpText(
      'after',
      `
Pairs count in the first of their steps; lots are refused, channels left out.

Examples:
  $ matedpair exceedance scenarios/mpo-vs-mtp.yaml --above "1 dB"
  $ matedpair exceedance my.yaml --above "0.5 dB" --above "0.75 dB" --pair mtp --precision "5 %"

Exit code: 0, 2 if the input is wrong, 75 if not even a first result was there in
time, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: ExceedanceFlags) => {
      if (flags.trials !== undefined) {
        throw new UserError([
          {
            message: '--trials: exceedance decides how many matings it needs',
            expected: '--precision',
          },
        ]);
      }
      const { scenario, warnings } = loadScenario(file, scenarioOptions(flags));
      printWarnings(warnings);
      onDone(await exceedanceAndReport(scenario, flags));
    });
}

async function exceedanceAndReport(scenario: Scenario, flags: ExceedanceFlags): Promise<number> {
  const out = await resultPath(flags, scenario.name, 'exceedance');
  const { above: aboveDb, pair: pairs, precision, maxReplicates, maxTime, workers } = flags;
  const asked = { aboveDb, pairs, precision, maxReplicates };
  const work = workOf('exceedance', { ...scenario, matings: 0 }, asked);
  const head = () => ({ work, shard: null, source: null });
  const journal = out === undefined ? undefined : journalBeside(out, head, flags.fresh === true);
  return interruptible(async (signal) => {
    const display = countDisplay(process.stderr, 'replicate');
    let done: ExceedanceProgress = { replicatesDone: 0, replicates: 0 };
    const onProgress = (progress: ExceedanceProgress): void => {
      done = progress;
      display.update(progress.replicatesDone, progress.replicates);
    };
    try {
      const result = await exceedance(scenario, {
        ...{ aboveDb, pairs, maxReplicates, workers, journal, onProgress, signal },
        faults: TOLD_FAULTS,
        relativeHalfWidth: precision,
        maxSeconds: maxTime,
      });
      display.end();
      await tellResult(result, exceedanceLines, flags, out);
      journal?.remove();
      return EXIT.ok;
    } catch (error) {
      display.end();
      if (!(error instanceof Interrupted)) {
        keep(journal);
        throw error;
      }
      const { replicatesDone, replicates } = done;
      const reached = `${integer(replicatesDone)} of ${counted(replicates, 'replicate')}`;
      await tellEnding(error, reached, journal, out);
      return error.exitCode;
    }
  }, endingAfter(maxTime));
}

function decibelsOf(text: string): number {
  const value = Number(/^\s*(\d+(?:\.\d*)?|\.\d+)\s*(?:dB\s*)?$/.exec(text)?.[1]);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a loss such as "0.75 dB".');
}

function shareOf(text: string): number {
  const value = Number(/^\s*(?:±\s*)?(\d+(?:\.\d*)?|\.\d+)\s*%\s*$/.exec(text)?.[1]) / 100;
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a share of the probability such as "10 %".');
}

function replicateCount(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 2 && value <= MOST_REPLICATES) return value;
  throw new InvalidArgumentError(`Expected a whole number from 2 to ${MOST_REPLICATES}.`);
}
