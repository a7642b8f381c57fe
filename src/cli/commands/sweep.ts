/** `matedpair sweep`: a scenario at many points. */
import type { Command } from 'commander';
import { type Asked, sourceOf } from '../../parts/source.js';
import { openScenario } from '../../scenario/index.js';
import { replayable } from '../failure.js';
import { prepare } from '../prepared.js';
import { addKeepOptions, addRunOptions, type RunFlags } from '../run-and-report.js';
import { runPrepared } from '../run-prepared.js';
import {
  addScenarioOptions,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';
import { addShardOptions, type ShardFlags } from '../shard-options.js';
import { addSweepOptions, type SweepFlags } from '../sweep-options.js';

type Flags = RunFlags & ScenarioFlags & SweepFlags & ShardFlags;

export function addSweepCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('sweep')
    .summary('run a scenario at many points')
    .description(
      'Runs a scenario once for each point of a sweep, on shared random numbers, and writes all figures as JSON and as a table.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON');
  addRunOptions(addScenarioOptions(addSweepOptions(command)), 'sweep');
  addShardOptions(addKeepOptions(command))
    .addHelpText(
      'after',
      `
Values: 8 N, 10 N, 12 N   or range(8 N, 12 N, 5)   or logrange(0.1 N, 10 N, 7).
Several paths with commas between them get the same value. latin-hypercube and
sobol take range(8 N, 12 N) and --points.

An interrupted sweep goes on where it was when the same command is given again.

Examples:
  $ matedpair sweep my.yaml --sweep "mating.friction=range(0.05, 0.25, 5)"
  $ matedpair sweep my.yaml --sweep "designs.mtp.mounting.type=floating, fixed" \\
      --sweep "mating.sideLoad=0 N, 2 N, 4 N" --trials 2e5 --table loads.parquet
  $ matedpair sweep my.yaml --design sobol --points 256 \\
      --sweep "mating.temperature=range(-10 degC, 60 degC)" \\
      --sweep "mating.friction=range(0.05, 0.25)"

Exit code: 0, 1 if a point could not be run or missed a limit, 2 if the input is
wrong, 75 if time ran out, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: Flags) => {
      const options = scenarioOptions(flags);
      const text = openScenario(file, options);
      const asked = askedOfSweep(flags);
      const prepared = prepare(text, { ...options, asked });
      printWarnings(prepared.warnings);
      const source = () => sourceOf(text, file, options, asked);
      const run = () => runPrepared(prepared, source, flags);
      onDone(await replayable(file, flags, undefined, run));
    });
}

/** What the options ask for. */
export function askedOfSweep({ sweep, design, points }: SweepFlags): Asked {
  return {
    study: 'sweep',
    parameters: sweep === undefined ? null : [...sweep],
    design: design ?? null,
    points: points ?? null,
  };
}
