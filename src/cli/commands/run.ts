/** `matedpair run`: a scenario from file to result. */
import type { Command } from 'commander';
import { inFile, UserError } from '../../errors.js';
import { sourceOf } from '../../parts/source.js';
import { compilePlan } from '../../plan/compile.js';
import { openScenario } from '../../scenario/index.js';
import { replayable } from '../failure.js';
import { prepare } from '../prepared.js';
import { addKeepOptions, addRunOptions, type RunFlags, runAndReport } from '../run-and-report.js';
import { runPrepared } from '../run-prepared.js';
import { addSamplesOptions, checkSamples, type SamplesFlags } from '../samples-options.js';
import {
  addScenarioOptions,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';
import { addShardOptions, type ShardFlags } from '../shard-options.js';
import { summaryLines } from '../summary.js';
import { addUntilOptions, type UntilFlags, untilOf } from '../until-options.js';

type Flags = RunFlags & ScenarioFlags & UntilFlags & SamplesFlags & ShardFlags;

export function addRunCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('run')
    .summary('run a scenario and write its result')
    .description(
      'Runs a scenario: mates every pair as its experiment says, prints a summary and writes a result file.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON');
  addSamplesOptions(addUntilOptions(addRunOptions(addScenarioOptions(command))));
  addShardOptions(addKeepOptions(command))
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

Exit code: 0, 1 if a limit was missed, 2 if the input is wrong, 75 if time ran
out, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: Flags) => {
      const until = untilOf(flags);
      const options = scenarioOptions(flags);
      const text = openScenario(file, options);
      const { scenario, warnings } = text.parse(options.overrides);
      printWarnings(warnings);
      // what shows only when a scenario is compiled does not know its file
      inFile(file, () => compilePlan(scenario));
      if (flags.shard !== undefined) {
        checkShard(flags);
        const asked = { study: 'run' as const };
        const source = () => sourceOf(text, file, options, asked);
        const prepared = prepare(text, { ...options, asked });
        const run = () => runPrepared(prepared, source, flags);
        onDone(await replayable(file, flags, scenario.matings, run));
        return;
      }
      await checkSamples(flags);
      const run = () => runAndReport(scenario, flags, summaryLines, until);
      onDone(await replayable(file, flags, scenario.matings, run));
    });
}

/** Throws UserError for options that need all matings. */
function checkShard({ until, samples }: Flags): void {
  const other = until !== undefined ? '--until' : samples !== undefined ? '--samples' : undefined;
  if (other === undefined) return;
  throw new UserError([
    { message: `--shard and ${other}: a share of a run cannot know what the whole comes to` },
  ]);
}
