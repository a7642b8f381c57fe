/** `matedpair sensitivity`: which inputs drive the loss. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { type Asked, sourceOf } from '../../parts/source.js';
import { openScenario } from '../../scenario/index.js';
import { prepare } from '../prepared.js';
import { addEngineOptions, addKeepOptions, type RunFlags } from '../run-and-report.js';
import { runPrepared } from '../run-prepared.js';
import {
  addScenarioOptions,
  collect,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';
import { addShardOptions, type ShardFlags } from '../shard-options.js';

export interface SensitivityFlags {
  readonly pair?: readonly string[];
  readonly axes?: boolean;
  readonly yieldAt?: number;
}

type Flags = RunFlags & ScenarioFlags & ShardFlags & SensitivityFlags;

export function addSensitivityCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('sensitivity')
    .summary('tell which inputs drive the loss')
    .description(
      'Tells for each random input which share of the variance it explains (Sobol’ indices), and what mean, 97 % point and yield gain if it spreads less.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .option('--pair <name>', 'a pair to look at (default: all); repeatable', collect)
    .option('--axes', 'tell inputs along x and along y apart')
    .option('--yield-at <loss>', 'loss at which the yield is taken (default: 0.25 dB)', decibel);
  addShardOptions(addKeepOptions(addEngineOptions(addScenarioOptions(command))))
    .option('--out <file>', 'result file (default: results/<scenario name>-sensitivity.json)')
    .option('--json', 'print the result as JSON on stdout; write a file only with --out')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair sensitivity my.yaml --pair mtp
  $ matedpair sensitivity my.yaml --trials 1e6 --yield-at "0.35 dB" --axes

Exit code: 0, 2 if the input is wrong, 75 if time ran out, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: Flags) => {
      const options = scenarioOptions(flags);
      const text = openScenario(file, options);
      const asked = askedOfSensitivity(flags);
      const prepared = prepare(text, { ...options, asked });
      printWarnings(prepared.warnings);
      onDone(await runPrepared(prepared, () => sourceOf(text, file, options, asked), flags));
    });
}

/** What the options ask for. */
export function askedOfSensitivity({ pair, axes, yieldAt }: SensitivityFlags): Asked {
  return {
    study: 'sensitivity',
    pairs: pair === undefined ? null : [...pair],
    axes: axes === true,
    yieldAtDb: yieldAt ?? null,
  };
}

function decibel(text: string): number {
  const value = Number(/^\s*(\d+(?:\.\d*)?|\.\d+)\s*dB\s*$/.exec(text)?.[1]);
  if (value > 0) return value;
  throw new InvalidArgumentError('Expected a loss such as "0.25 dB".');
}
