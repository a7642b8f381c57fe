/** `matedpair run`: a scenario from file to result. */
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../errors.js';
import { formatResult, writeResult } from '../../result/files.js';
import type { Result } from '../../result/schema.js';
import { loadScenario } from '../../scenario/index.js';
import type { Scenario } from '../../scenario/types.js';
import { simulate } from '../../studies/simulate.js';
import { EXIT } from '../exit-codes.js';
import { integer } from '../format.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { progressDisplay } from '../progress.js';
import { addScenarioOptions, type ScenarioFlags, scenarioOptions } from '../scenario-options.js';
import { summaryLines } from '../summary.js';

interface RunFlags extends ScenarioFlags {
  readonly workers?: number;
  readonly out?: string;
  readonly json?: boolean;
}

function workerCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 1024) {
    throw new InvalidArgumentError('expected a whole number from 0 (no worker threads) to 1024.');
  }
  return count;
}

export function addRunCommand(program: Command): void {
  const command = program
    .command('run')
    .summary('run a scenario and write its result')
    .description(
      'Runs a scenario: mates every pair at random, prints a summary and writes a result file.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON');
  addScenarioOptions(command)
    .addOption(
      new Option('--workers <n>', 'worker threads; 0 runs in the main thread').argParser(
        workerCount,
      ),
    )
    .option('--out <file>', 'result file (default: results/<scenario name>.json)')
    .option('--json', 'print the result as JSON on stdout; write a file only with --out')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair run scenarios/mpo-vs-mtp.yaml
  $ matedpair run my.yaml --trials 1e6 --seed 7 --workers 8 --out results/my-1e6.json
  $ matedpair run my.yaml --set "designs.mtp.spring.force=12 N ± 1 N at 3 sigma"
  $ matedpair run my.yaml --limit "mtp: p97 <= 0.35 dB" --limit "worstFibre.p97 <= 1 dB"
  $ matedpair run my.yaml --json | jq '.pairs[] | {name, p97: .il.p97.value}'

Exit code: 0, 1 if a limit was missed, 2 if the input is wrong, 130 after Ctrl-C.`,
    )
    .action(async (file: string, flags: RunFlags) => {
      process.exitCode = await run(file, flags);
    });
}

async function run(file: string, flags: RunFlags): Promise<number> {
  const { scenario, warnings } = await loadScenario(file, scenarioOptions(flags));
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
  const out = flags.out ?? (flags.json === true ? undefined : defaultOut(scenario));
  if (out !== undefined && resolve(out) === resolve(file)) {
    throw new UserError([{ message: 'the result would overwrite the scenario', file: out }]);
  }
  const result = await simulateWithProgress(scenario, flags.workers, out);
  if (result === undefined) return EXIT.interrupted;
  if (out !== undefined) await writeResult(result, out);
  const report = [...summaryLines(result), ...(out === undefined ? [] : [`Result: ${out}`])];
  const text = `${report.join('\n')}\n`;
  if (flags.json === true) {
    process.stderr.write(text);
    process.stdout.write(formatResult(result));
  } else {
    process.stdout.write(text);
  }
  const missed = result.pairs.some((pair) => pair.limits.some((l) => l.verdict === 'missed'));
  return missed ? EXIT.limitMissed : EXIT.ok;
}

/** Runs with a progress display; undefined if Ctrl-C ended it. */
async function simulateWithProgress(
  scenario: Scenario,
  workers: number | undefined,
  out: string | undefined,
): Promise<Result | undefined> {
  const fibres = scenario.pairs.reduce(
    (sum, pair) => sum + (scenario.designs[pair.pinned]?.fibreCount ?? 0),
    0,
  );
  const progress = progressDisplay(process.stderr, fibres);
  let done = 0;
  try {
    return await interruptible((signal) =>
      simulate(scenario, {
        workers,
        signal,
        onProgress: (state) => {
          done = state.matingsDone;
          progress.update(state);
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    progress.end();
    const kept = out === undefined ? '' : ` ${out} was not touched.`;
    process.stderr.write(
      `Interrupted after ${integer(done)} of ${integer(scenario.matings)} matings: they are lost, no result was written.${kept}\n`,
    );
    return undefined;
  } finally {
    progress.end();
  }
}

/** results/<name>.json, the name reduced to letters, digits, dots, dashes and underscores. */
function defaultOut(scenario: Scenario): string {
  const safe = scenario.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '');
  return join('results', `${safe === '' ? 'result' : safe}.json`);
}
