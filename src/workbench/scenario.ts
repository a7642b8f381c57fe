/** A workbench as a scenario, and a scenario as a workbench. */
import { stringify } from 'yaml';
import { type Problem, UserError } from '../errors.js';
import { describeScenario } from '../scenario/describe.js';
import { type Parsed, parseScenario } from '../scenario/parse.js';
import { freeName } from './names.js';
import type { JsonMap, Side, Workbench } from './types.js';

/** The scenario, as `run` reads it. */
export function scenarioOf({ name, seed, returnLoss, sides }: Workbench, matings: number): JsonMap {
  const [a, b] = sides;
  return {
    name,
    seed,
    matings,
    returnLoss,
    designs: Object.fromEntries(sides.map((side) => [side.name, side.design])),
    pairs: Object.fromEntries(
      sides.map(({ name: design, mating, limits }) => [
        design,
        { pinned: design, unpinned: design, mating, limits },
      ]),
    ),
    comparisons: areComparable(a, b) ? [[a.name, b.name]] : [],
  };
}

/** Throws UserError with every problem of the workbench, each with the side it is of. */
export function readWorkbench(bench: Workbench, matings: number): Parsed {
  try {
    return readBoth(bench, matings);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problems = bench.sides.flatMap((side) => problemsOf(bench, side));
    throw problems.length > 0 ? new UserError(problems) : error;
  }
}

/** Of one side alone. */
function problemsOf(bench: Workbench, side: Side): Problem[] {
  try {
    readBoth({ ...bench, sides: [side, { ...side, name: freeName(side.name) }] }, 1);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const told = new Map(error.problems.map((problem) => [problem.message, problem]));
    return [...told.values()].map(({ message, found, expected, suggestion }) => ({
      message: `${side.name}: ${message}`,
      found,
      expected,
      suggestion,
    }));
  }
}

function readBoth(bench: Workbench, matings: number): Parsed {
  const { allowImplausible } = bench;
  return parseScenario(JSON.stringify(scenarioOf(bench, matings)), { allowImplausible });
}

/** Both sides with everything written out. */
export function resolvedSides({ scenario }: Parsed): [Side, Side] {
  const { designs, pairs } = describeScenario(scenario) as {
    designs: Record<string, JsonMap>;
    pairs: Record<string, { mating: JsonMap; limits: readonly string[] }>;
  };
  const [a, b] = scenario.pairs.map(({ name, pinned }): Side => {
    const { mating, limits } = pairs[name]!;
    return { name, design: designs[pinned]!, mating, limits };
  });
  return [a!, b!];
}

/** The scenario file that gives these numbers. */
export function scenarioFile(bench: Workbench, matings: number): string {
  const head = [
    '# Made on a matedpair workbench. These numbers come out again, to the last bit, with',
    `#   matedpair run this-file.yaml${bench.allowImplausible ? ' --allow-implausible' : ''}`,
  ];
  return `${head.join('\n')}\n${stringify(scenarioOf(bench, matings), { lineWidth: 120 })}`;
}

/** Fibres are compared one by one: they have to be as many, and of one mode. */
function areComparable(a: Side, b: Side): boolean {
  const [one, other] = [a, b].map(({ design }) => design['fibres'] as JsonMap | undefined);
  return one?.['count'] === other?.['count'] && one?.['mode'] === other?.['mode'];
}
