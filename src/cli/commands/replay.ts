/** `matedpair replay`: one mating of a result, step by step. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import leven from 'leven';
import { replayMating } from '../../engine/replay.js';
import { UserError } from '../../errors.js';
import { compilePlan } from '../../plan/compile.js';
import { readResult } from '../../result/files.js';
import type { Result } from '../../result/schema.js';
import { parseScenario, scenarioHash } from '../../scenario/index.js';
import { replayLines } from '../replay-report.js';

interface ReplayFlags {
  readonly pair?: string;
  readonly mating?: number;
  readonly json?: boolean;
}

function matingIndex(text: string): number {
  const index = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(index)) {
    throw new InvalidArgumentError('expected the index of a mating, a whole number from 0.');
  }
  return index;
}

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .summary('show one mating of a result, step by step')
    .description(
      'Recomputes one mating from the scenario in a result file and prints every sampled dimension and every step: pose, load, contact, offsets, loss by cause.',
    )
    .argument('<result>', 'result file')
    .option('--pair <name>', 'pair (default: the first)')
    .addOption(
      new Option('--mating <index>', 'mating, counted from 0 (default: the worst)').argParser(
        matingIndex,
      ),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair replay results/mpo-vs-mtp.json --pair mpo
  $ matedpair replay results/mpo-vs-mtp.json --pair mtp --mating 4711 --json`,
    )
    .action(async (file: string, flags: ReplayFlags) => {
      const result = await readResult(file);
      const name = flags.pair ?? (result.pairs[0]?.name as string);
      const index = pairIndex(result, name, file);
      const mating = flags.mating ?? (result.pairs[index]?.worstMatings[0]?.mating as number);
      if (mating >= result.matings) {
        throw new UserError([
          {
            message: 'the result has no such mating',
            file,
            found: `--mating ${mating}`,
            expected: `an index from 0 to ${result.matings - 1}`,
          },
        ]);
      }
      const { scenario } = parseScenario(JSON.stringify({ ...result.scenario }), {
        file,
        allowImplausible: true,
      });
      if (scenarioHash(scenario) !== result.scenarioHash) {
        throw new UserError([
          {
            message:
              'the scenario in the result was changed after the run: its hash does not match',
            file,
            found: scenarioHash(scenario),
            expected: result.scenarioHash,
          },
        ]);
      }
      const replay = replayMating(compilePlan(scenario), index, mating);
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify({ pair: name, ...replay }, null, 2)}\n`
          : `${replayLines(name, replay).join('\n')}\n`,
      );
    });
}

function pairIndex(result: Result, name: string, file: string): number {
  const index = result.pairs.findIndex((pair) => pair.name === name);
  if (index >= 0) return index;
  const names = result.pairs.map((pair) => pair.name);
  const nearest = [...names].sort((a, b) => leven(a, name) - leven(b, name))[0];
  throw new UserError([
    {
      message: 'the result has no such pair',
      file,
      found: `--pair ${name}`,
      expected: `one of ${names.join(', ')}`,
      suggestion: nearest === undefined ? undefined : `did you mean ${nearest}?`,
    },
  ]);
}
