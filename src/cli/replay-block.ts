/** One block of a run computed in this thread, where a debugger can be. */
import { runnerSource } from '../engine/load-kernel.js';
import { createRunner, type Engine } from '../engine/runner.js';
import { UserError } from '../errors.js';
import { compilePlan } from '../plan/compile.js';
import { blockStart, type Plan } from '../plan/types.js';
import { parseResult, readResultText } from '../result/files.js';
import { loadScenario, parseScenario } from '../scenario/index.js';
import { stepName } from '../scenario/steps.js';
import type { Scenario } from '../scenario/types.js';
import type { SpreadData } from '../statistics/spread.js';
import * as SUM from '../statistics/sums.js';
import type { Colours } from './colours.js';
import { counted, fixed } from './format.js';
import { printWarnings, type ScenarioFlags, scenarioOptions } from './scenario-options.js';
import { shorten, table } from './table.js';

const NAME_WIDTH = 50;
/** How results begin, and no scenario does. */
const RESULT = /^\s*\{\s*"(formatVersion|kind)"/;

/** What came of a block. */
export interface ReplayedBlock {
  readonly block: number;
  readonly blocks: number;
  readonly firstMating: number;
  readonly matings: number;
  readonly engine: Engine;
  readonly seconds: number;
  /** Of each pair, in each of its steps, and of each channel. */
  readonly losses: readonly {
    readonly name: string;
    readonly meanDb: number;
    readonly maxDb: number;
  }[];
}

/**
 * Computes block `block` of what is in a file: a scenario, or the one in the result of a run. Throws UserError for a block that is
 * not there; what the block throws is passed on.
 */
export async function replayBlock(
  file: string,
  block: number,
  engine: Engine,
  flags: ScenarioFlags,
): Promise<ReplayedBlock> {
  const scenario = await scenarioIn(file, flags);
  const plan = compilePlan(scenario);
  if (block >= plan.blocks) {
    throw new UserError([
      {
        message: 'there is no such block',
        file,
        found: `--block ${block}`,
        expected: plan.blocks === 1 ? '0, the only one' : `a number from 0 to ${plan.blocks - 1}`,
      },
    ]);
  }
  const source = runnerSource(plan, engine);
  const started = performance.now();
  const { matings, pairs, channels } = createRunner(source)(block);
  const seconds = (performance.now() - started) / 1000;
  const all = [...pairs, ...channels.map(({ losses }) => losses)];
  const names = [...namesOf(scenario, plan), ...scenario.channels.map(({ name }) => name)];
  return {
    block,
    blocks: plan.blocks,
    firstMating: blockStart(plan, block),
    matings,
    engine: source.kernel === undefined ? 'reference' : 'kernel',
    seconds,
    losses: all.map((data, i) => ({
      name: names[i] as string,
      meanDb: meanDb(data),
      maxDb: data.maxDb,
    })),
  };
}

export function blockLines(replayed: ReplayedBlock, { bold }: Colours): string[] {
  const { block, blocks, firstMating, matings, engine, seconds, losses } = replayed;
  const [head = '', ...lines] = table([
    ['insertion loss, dB', 'mean', 'highest'],
    ...losses.map((loss) => [
      shorten(loss.name, NAME_WIDTH),
      fixed(loss.meanDb, 6),
      fixed(loss.maxDb, 6),
    ]),
  ]);
  return [
    `Block ${block} of ${blocks}: ${counted(matings, 'mating')} from ${firstMating} on, by the ${engine} in ${fixed(seconds, 3)} s`,
    '',
    bold(head),
    ...lines,
  ];
}

async function scenarioIn(file: string, flags: ScenarioFlags): Promise<Scenario> {
  const options = scenarioOptions(flags);
  // what cannot be read is told when it is read as a scenario
  const text = await readResultText(file).catch(() => '');
  if (!RESULT.test(text)) {
    const { scenario, warnings } = loadScenario(file, options);
    printWarnings(warnings);
    return scenario;
  }
  const written = JSON.stringify(parseResult(text, file).scenario);
  return parseScenario(written, { ...options, file, allowImplausible: true }).scenario;
}

/** Of the pairs of a plan, in their order. */
function namesOf({ pairs, experiment }: Scenario, { members }: Plan): string[] {
  const names: string[] = [];
  members.forEach((steps, p) => {
    steps.forEach((index, k) => {
      const step = stepName(experiment, k);
      names[index] = `${pairs[p]?.name}${step === undefined ? '' : `, ${step}`}`;
    });
  });
  return names;
}

function meanDb({ shiftDb, sums, matings }: SpreadData): number {
  return shiftDb + sums[SUM.a]! / matings;
}
