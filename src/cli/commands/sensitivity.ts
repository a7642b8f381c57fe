/** `matedpair sensitivity`: which inputs drive the loss. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { loadScenario } from '../../scenario/index.js';
import { sensitivity } from '../../studies/sensitivity/sensitivity.js';
import { knownPairs } from '../pair-option.js';
import { addEngineOptions, type RunFlags } from '../run-and-report.js';
import {
  addScenarioOptions,
  collect,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';
import { sensitivityLines } from '../sensitivity-summary.js';
import { studyAndReport } from '../study.js';

interface Flags extends RunFlags, ScenarioFlags {
  readonly pair?: readonly string[];
  readonly axes?: boolean;
  readonly yieldAt?: number;
}

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
  addEngineOptions(addScenarioOptions(command))
    .option('--out <file>', 'result file (default: results/<scenario name>-sensitivity.json)')
    .option('--json', 'print the result as JSON on stdout; write a file only with --out')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair sensitivity my.yaml --pair mtp
  $ matedpair sensitivity my.yaml --trials 1e6 --yield-at "0.35 dB" --axes

Exit code: 0, 2 if the input is wrong, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: Flags) => {
      const { scenario, warnings } = loadScenario(file, scenarioOptions(flags));
      printWarnings(warnings);
      const { workers, engine, axes, yieldAt: yieldAtDb } = flags;
      const pairs = flags.pair === undefined ? undefined : knownPairs(flags.pair, scenario);
      const study = (signal: AbortSignal, onProgress: (share: number) => void) =>
        sensitivity(scenario, { workers, engine, axes, yieldAtDb, pairs, signal, onProgress });
      onDone(
        (await studyAndReport('sensitivity', scenario.name, flags, study, sensitivityLines))
          .exitCode,
      );
    });
}

function decibel(text: string): number {
  const value = Number(/^\s*(\d+\.?\d*|\.\d+)\s*dB\s*$/.exec(text)?.[1]);
  if (value > 0) return value;
  throw new InvalidArgumentError('Expected a loss such as "0.25 dB".');
}
