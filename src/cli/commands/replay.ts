/** `matedpair replay`: one mating of a result, step by step, or one block of a run. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { replayMating } from '../../engine/replay.js';
import { ENGINES, type Engine } from '../../engine/runner.js';
import { type Problem, UserError } from '../../errors.js';
import { compilePlan } from '../../plan/compile.js';
import type { Plan } from '../../plan/types.js';
import { readResult } from '../../result/files.js';
import type { PairResult, Result } from '../../result/schema.js';
import { parseScenario, scenarioHash } from '../../scenario/index.js';
import { didYouMean, oneOf } from '../../scenario/suggest.js';
import type { Scenario } from '../../scenario/types.js';
import { type Colours, coloursOf } from '../colours.js';
import { blockLines, replayBlock } from '../replay-block.js';
import { replayLines } from '../replay-report.js';
import { addScenarioOptions, type ScenarioFlags } from '../scenario-options.js';

interface ReplayFlags extends ScenarioFlags {
  readonly pair?: string;
  readonly mating?: number;
  readonly block?: number;
  readonly engine: Engine;
  readonly json?: boolean;
}

function indexOf(text: string): number {
  const index = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(index)) {
    throw new InvalidArgumentError('Expected an index, a whole number from 0.');
  }
  return index;
}

export function addReplayCommand(program: Command): void {
  const command = program
    .command('replay')
    .summary('show one mating of a result, step by step')
    .description(
      'Recomputes one mating from the scenario in a result file and prints every sampled dimension and every step: pose, load, contact, offsets, loss by cause. With --block, computes one block of matings of a result or a scenario, without threads.',
    )
    .argument('<file>', 'result file; with --block also a scenario file')
    .option('--pair <name>', 'pair (default: the first)')
    .addOption(
      new Option('--mating <index>', 'mating, counted from 0 (default: the worst)').argParser(
        indexOf,
      ),
    )
    .addOption(
      new Option('--block <index>', 'a block of matings instead, as a failed run names it')
        .argParser(indexOf)
        .conflicts(['pair', 'mating']),
    )
    .addOption(
      new Option('--engine <engine>', 'what computes the block').choices(ENGINES).default('kernel'),
    )
    .option('--json', 'print JSON');
  addScenarioOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair replay results/mpo-vs-mtp.json --pair mpo
  $ matedpair replay results/mpo-vs-mtp.json --pair mtp --mating 4711 --json
  $ matedpair replay my.yaml --trials 1e6 --seed 7 --block 17`,
    )
    .action(async (file: string, flags: ReplayFlags) => {
      if (flags.block === undefined) replay(await readResult(file), file, flags);
      else print(await replayBlock(file, flags.block, flags.engine, flags), flags, blockLines);
    });
}

function print<T extends object>(
  replayed: T,
  { json }: ReplayFlags,
  lines: (replayed: T, colours: Colours) => readonly string[],
): void {
  const text =
    json === true
      ? JSON.stringify(replayed, null, 2)
      : lines(replayed, coloursOf(process.stdout)).join('\n');
  process.stdout.write(`${text}\n`);
}

function replay(result: Result, file: string, flags: ReplayFlags): void {
  checkNothingChanges(flags);
  const index = pairIndex(result, flags.pair, file);
  const pair = result.pairs[index] as PairResult;
  const mating = flags.mating ?? (pair.worstMatings[0]?.mating as number);
  if (mating >= result.matings) {
    throw problem({
      message: 'the result has no such mating',
      file,
      found: `--mating ${mating}`,
      expected: `an index from 0 to ${result.matings - 1}`,
    });
  }
  const plan = compilePlan(scenarioOf(result, file));
  checkNumbers(plan, index, result, file);
  const replayed = replayMating(plan, index, mating);
  print({ pair: pair.name, ...replayed }, flags, (its, colours) =>
    replayLines(pair.name, its, colours),
  );
}

/** A mating is one of the run as it was. */
function checkNothingChanges({ trials, seed, set, limit }: ReplayFlags): void {
  const given = Object.entries({ trials, seed, set, limit }).find(
    ([, value]) => value !== undefined,
  );
  if (given === undefined) return;
  throw problem({
    message: `--${given[0]} without --block`,
    expected: 'a mating as it was in the run',
  });
}

function pairIndex(result: Result, name: string | undefined, file: string): number {
  if (name === undefined) return 0;
  const names = result.pairs.map((pair) => pair.name);
  const index = names.indexOf(name);
  if (index >= 0) return index;
  throw problem({
    message: 'the result has no such pair',
    file,
    found: `--pair ${name}`,
    expected: oneOf(names),
    suggestion: didYouMean(name, names),
  });
}

/** The scenario in a result, if it is still the one that was run. */
function scenarioOf(result: Result, file: string): Scenario {
  const changed = (found: string, expected: string): UserError =>
    problem({
      message: 'the scenario in the result was changed after the run',
      file,
      found,
      expected,
      suggestion: 'run the scenario again',
    });
  let scenario: Scenario;
  try {
    scenario = parseScenario(JSON.stringify(result.scenario), { allowImplausible: true }).scenario;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw changed(error.problems[0]?.message ?? 'a mistake', 'the scenario as it was run');
  }
  const hash = scenarioHash(scenario);
  if (hash !== result.scenarioHash) throw changed(`hash ${hash}`, `hash ${result.scenarioHash}`);
  if (scenario.seed !== result.seed || scenario.matings !== result.matings) {
    throw changed(
      `seed "${scenario.seed}", ${scenario.matings} matings`,
      `seed "${result.seed}", ${result.matings} matings`,
    );
  }
  return scenario;
}

/** A replay is worth something only if it gives the run's own numbers: tried on the worst mating, which is kept. */
function checkNumbers(plan: Plan, index: number, result: Result, file: string): void {
  const kept = result.pairs[index]?.worstMatings[0];
  if (kept === undefined) return;
  const { worstFibreDb } = replayMating(plan, index, kept.mating);
  if (worstFibreDb === kept.worstFibreDb) return;
  throw problem({
    message: `this version of matedpair computes other losses than the result (made by version ${result.generator.version}) holds`,
    file,
    found: `mating ${kept.mating}: worst fibre ${worstFibreDb} dB`,
    expected: `${kept.worstFibreDb} dB`,
    suggestion: 'run the scenario again',
  });
}

function problem(one: Problem): UserError {
  return new UserError([one]);
}
