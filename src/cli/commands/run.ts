/** `matedpair run`: a scenario from file to result. */
import type { Command } from 'commander';
import { UserError } from '../../errors.js';
import { compilePlan } from '../../plan/compile.js';
import { loadScenario } from '../../scenario/index.js';
import type { Scenario } from '../../scenario/types.js';
import { addRunOptions, type RunFlags, runAndReport } from '../run-and-report.js';
import { addSamplesOptions, checkSamples, type SamplesFlags } from '../samples-options.js';
import {
  addScenarioOptions,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';
import { summaryLines } from '../summary.js';
import { addUntilOptions, type UntilFlags, untilOf } from '../until-options.js';

export function addRunCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('run')
    .summary('run a scenario and write its result')
    .description(
      'Runs a scenario: mates every pair as its experiment says, prints a summary and writes a result file.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON');
  addSamplesOptions(addUntilOptions(addRunOptions(addScenarioOptions(command))))
    .option('--fresh', 'begin anew instead of going on with an interrupted run')
    .addHelpText(
      'after',
      `
An earlier result under the same name is replaced; any other file is left alone.

Examples:
  $ matedpair run scenarios/mpo-vs-mtp.yaml
  $ matedpair run my.yaml --trials 1e6 --seed 7 --workers 8 --out my-1e6.json
  $ matedpair run my.yaml --set "designs.mtp.spring.force=12 N ± 1 N at 3 sigma"
  $ matedpair run my.yaml --limit "mtp: p97 <= 0.35 dB"
  $ matedpair run my.yaml --until "p97 ± 0.002 dB" --max-time 10min
  $ matedpair run my.yaml --json | jq '.pairs[] | {name, p97: .il.p97.value}'

Exit code: 0, 1 if a limit was missed, 2 if the input is wrong, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: RunFlags & ScenarioFlags & UntilFlags & SamplesFlags) => {
      const until = untilOf(flags);
      await checkSamples(flags);
      const { scenario, warnings } = loadScenario(file, scenarioOptions(flags));
      printWarnings(warnings);
      checkCompiles(scenario, file);
      onDone(await runAndReport(scenario, flags, summaryLines, until));
    });
}

/** What shows only when a scenario is compiled does not know its file. */
function checkCompiles(scenario: Scenario, file: string): void {
  try {
    compilePlan(scenario);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => ({ file, ...problem })));
  }
}
