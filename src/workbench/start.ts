/** What a workbench begins with: two designs of a scenario, and all designs to choose from. */
import { UserError } from '../errors.js';
import { SHIPPED_DESIGNS } from '../scenario/files.js';
import { describeScenario, parseScenario } from '../scenario/index.js';
import type { Scenario } from '../scenario/types.js';
import { freeName } from './names.js';
import type { JsonMap, Side, Start } from './types.js';

/**
 * Throws UserError if no design can be mated with itself.
 *
 * @param file name of the scenario, for messages
 * @param allowImplausible whether the scenario was read so
 */
export function startOf(scenario: Scenario, file: string, allowImplausible = false): Start {
  const own = ownSides(scenario);
  const [first, second] = own;
  if (first === undefined) {
    throw new UserError([
      {
        message: 'no design of this scenario can be mated with itself, as a workbench does',
        file,
        suggestion: 'give a design the gender either',
      },
    ]);
  }
  const names = new Set(own.map(({ name }) => name));
  return {
    bench: {
      name: scenario.name,
      seed: scenario.seed,
      returnLoss: scenario.returnLoss,
      allowImplausible,
      sides: [first, second ?? { ...first, name: freeName(first.name) }],
    },
    choices: [...own, ...shippedSides().filter(({ name }) => !names.has(name))],
    leftOut: leftOut(scenario),
  };
}

/** Designs in the order of the pairs in which they stand, each with the conditions of its first pair. */
function ownSides(scenario: Scenario): Side[] {
  const { designs, pairs } = describeScenario(scenario) as {
    designs: Record<string, JsonMap>;
    pairs: Record<
      string,
      { pinned: string; unpinned: string; mating: JsonMap; limits: readonly string[] }
    >;
  };
  const sides = new Map<string, Side>();
  // Pairs of a design with itself first: their limits are its own.
  const isOwn = ({ pinned, unpinned }: { pinned: string; unpinned: string }): boolean =>
    pinned === unpinned;
  const all = Object.values(pairs);
  for (const pair of [...all.filter(isOwn), ...all.filter((pair) => !isOwn(pair))]) {
    for (const name of [pair.pinned, pair.unpinned]) {
      const design = designs[name];
      if (sides.has(name) || design?.['gender'] !== 'either' || 'measured' in design) continue;
      sides.set(name, {
        name,
        design,
        mating: pair.mating,
        limits: isOwn(pair) ? pair.limits : [],
      });
    }
  }
  return [...sides.values()];
}

function shippedSides(): Side[] {
  const text = {
    designs: Object.fromEntries(SHIPPED_DESIGNS.map((name) => [name, { extends: name }])),
    pairs: Object.fromEntries(
      SHIPPED_DESIGNS.map((name) => [name, { pinned: name, unpinned: name }]),
    ),
    comparisons: [],
  };
  return ownSides(parseScenario(JSON.stringify(text)).scenario);
}

function leftOut({ experiment, pairs, channels, claims, designs }: Scenario): string[] {
  const mixed = pairs.filter(({ pinned, unpinned }) => pinned !== unpinned);
  const one = Object.values(designs).filter(
    ({ gender, measured }) => gender !== 'either' || measured !== null,
  );
  return [
    ...(experiment.type === 'random-mate' ? [] : [`the experiment ${experiment.type}`]),
    ...(mixed.length === 0 ? [] : [`mixed pairs (${mixed.map(({ name }) => name).join(', ')})`]),
    ...(one.length === 0 ? [] : ['designs that are measured or of one gender']),
    ...(channels.length === 0 ? [] : ['links']),
    ...(claims.length === 0 ? [] : ['claims']),
  ];
}
