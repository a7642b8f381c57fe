/** `matedpair predict`: what measured plugs will lose. */
import type { Command } from 'commander';
import type { PairResult, Result } from '../../result/schema.js';
import { predictScenario } from '../../studies/predict.js';
import type { Colours } from '../colours.js';
import { counted, fixed } from '../format.js';
import { addKeepOptions, addRunOptions, type RunFlags, runAndReport } from '../run-and-report.js';
import { matingCount, printWarnings } from '../scenario-options.js';
import { table, wrap } from '../table.js';

interface PredictFlags extends RunFlags {
  readonly design: string;
  readonly mateWith?: string;
  readonly trials: string;
  readonly seed: string;
  readonly allowImplausible?: boolean;
}

export function addPredictCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('predict')
    .summary('predict the loss of measured plugs')
    .description(
      'Mates the measured plugs of a CSV file with each other, or with plugs of a design, and tells each fibre’s loss with an interval from what was not measured.',
    )
    .argument('<csv>', 'measured plugs: a row a fibre, units in the header')
    .requiredOption('--design <name>', 'design whose laws stand for what was not measured')
    .option('--mate-with <name>', 'mate every plug with this design instead of with each other')
    .option('--trials <n>', 'matings of each pair', matingCount, '20000')
    .option('--seed <text>', 'seed of the random numbers', '1')
    .option('--allow-implausible', 'accept values outside their plausible range');
  addKeepOptions(addRunOptions(command))
    .addHelpText(
      'after',
      `
Designs are those that come with matedpair, such as mtp-standard.

Examples:
  $ matedpair predict plugs.csv --design mtp-standard
  $ matedpair predict plugs.csv --design mtp-elite --mate-with generic-mpo`,
    )
    .action(async (csv: string, flags: PredictFlags) => {
      const { scenario, warnings } = predictScenario(csv, {
        design: flags.design,
        mateWith: flags.mateWith,
        matings: Number(flags.trials),
        seed: flags.seed,
        allowImplausible: flags.allowImplausible,
      });
      printWarnings(warnings);
      onDone(await runAndReport(scenario, flags, predictionLines));
    });
}

/** A block of columns a pair, a row a fibre. */
function predictionLines(result: Result, { bold, dim }: Colours): string[] {
  return [
    ...wrap(String((result.scenario as { description?: unknown }).description ?? '')).map(bold),
    ...wrap(
      `${counted(result.matings, 'mating')} a pair. Loss in dB: the mean, and between which losses 95 % of the matings lie, by all that was not measured.`,
    ),
    ...result.pairs.flatMap((pair) => ['', bold(pair.name), ...fibreTable(pair)]),
    '',
    ...wrap(`Left out of the model: ${result.leftOut.join(', ')}.`).map(dim),
  ];
}

function fibreTable({ positions, worstFibre }: PairResult): string[] {
  const rows = positions.map(({ fibre, facingFibre, mean, lowDb, highDb }) => [
    `${fibre} – ${facingFibre}`,
    fixed(mean.value, 3),
    `${fixed(lowDb, 3)} to ${fixed(highDb, 3)}`,
  ]);
  return [
    ...table([['fibres', 'mean', '95 % of matings'], ...rows]),
    `worst fibre: mean ${fixed(worstFibre.mean.value, 3)}, 97 % ${fixed(worstFibre.p97.value, 3)}`,
  ];
}
