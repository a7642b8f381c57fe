/** `matedpair run`: a scenario from file to result. */
import { normalize } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ENGINES, type Engine } from '../../engine/runner.js';
import { formatResult, writeResult } from '../../result/files.js';
import type { Result } from '../../result/schema.js';
import { fibresOfAllPairs } from '../../scenario/fibres.js';
import { loadScenario } from '../../scenario/index.js';
import type { Scenario } from '../../scenario/types.js';
import { simulate } from '../../studies/simulate.js';
import { coloursOf } from '../colours.js';
import { EXIT } from '../exit-codes.js';
import { counted, integer } from '../format.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { checkOutput, defaultOutput, isThere } from '../output-file.js';
import { progressDisplay } from '../progress.js';
import {
  addScenarioOptions,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';
import { summaryLines } from '../summary.js';

interface RunFlags extends ScenarioFlags {
  readonly workers?: number;
  readonly engine?: Engine;
  readonly out?: string;
  readonly json?: boolean;
}

function workerCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 1024) {
    throw new InvalidArgumentError('Expected a whole number from 0 (no worker threads) to 1024.');
  }
  return count;
}

export function addRunCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('run')
    .summary('run a scenario and write its result')
    .description(
      'Runs a scenario: mates every pair at random, prints a summary and writes a result file.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON');
  addScenarioOptions(command)
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
    )
    .option('--out <file>', 'result file (default: results/<scenario name>.json)')
    .option('--json', 'print the result as JSON on stdout; write a file only with --out')
    .addHelpText(
      'after',
      `
An earlier result under the same name is replaced; any other file is left alone.

Examples:
  $ matedpair run scenarios/mpo-vs-mtp.yaml
  $ matedpair run my.yaml --trials 1e6 --seed 7 --workers 8 --out my-1e6.json
  $ matedpair run my.yaml --set "designs.mtp.spring.force=12 N ± 1 N at 3 sigma"
  $ matedpair run my.yaml --limit "mtp: p97 <= 0.35 dB"
  $ matedpair run my.yaml --json | jq '.pairs[] | {name, p97: .il.p97.value}'

Exit code: 0, 1 if a limit was missed, 2 if the input is wrong, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: RunFlags) => {
      onDone(await run(file, flags));
    });
}

async function run(file: string, flags: RunFlags): Promise<number> {
  const { scenario, warnings } = loadScenario(file, scenarioOptions(flags));
  printWarnings(warnings);
  const json = flags.json === true;
  const byDefault = json ? undefined : defaultOutput(scenario.name);
  const out = flags.out === undefined ? byDefault : normalize(flags.out);
  if (out !== undefined) await checkOutput(out);
  return interruptible(async (signal) => {
    const result = await simulateWithProgress(scenario, flags, signal, out);
    if (result === undefined) return EXIT.interrupted;
    // What was computed is shown first, so that a full disk does not cost it.
    const report = json ? process.stderr : process.stdout;
    report.write(`${summaryLines(result, coloursOf(report)).join('\n')}\n`);
    if (json) process.stdout.write(formatResult(result));
    if (out !== undefined) {
      await writeResult(result, out);
      report.write(`Result: ${out}\n`);
    }
    const missed = result.pairs.some((pair) => pair.limits.some((l) => l.verdict === 'missed'));
    return missed ? EXIT.limitMissed : EXIT.ok;
  });
}

/** Runs with a progress display; undefined if Ctrl-C ended it. */
async function simulateWithProgress(
  scenario: Scenario,
  { workers, engine }: RunFlags,
  signal: AbortSignal,
  out: string | undefined,
): Promise<Result | undefined> {
  const { matings } = scenario;
  const progress = progressDisplay(process.stderr, fibresOfAllPairs(scenario));
  let matingsDone = 0;
  progress.update({ matingsDone, matings });
  try {
    return await simulate(scenario, {
      workers,
      engine,
      signal,
      onProgress: (state) => {
        matingsDone = state.matingsDone;
        progress.update(state);
      },
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    progress.end();
    const kept = out !== undefined && (await isThere(out)) ? ` ${out} is as it was.` : '';
    process.stderr.write(
      `Interrupted after ${integer(matingsDone)} of ${counted(matings, 'mating')}: they are lost, no result was written.${kept}\n`,
    );
    return undefined;
  } finally {
    progress.end();
  }
}
