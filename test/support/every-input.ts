/** A scenario in which every random input spreads, so that each can be told apart by what it changes. */
import { INPUTS, type InputName } from '../../src/scenario/inputs.js';
import type { Contribution, Design, MatingConditions, Scenario } from '../../src/scenario/types.js';
import { MTP, scenarioFrom } from './scenarios.js';

/** Standard deviations in the unit of the input. */
const SIGMAS: Readonly<Record<string, number>> = {
  um: 0.05,
  rad: 0.0004,
  N: 0.3,
  dB: 0.5,
  '1': 0.003,
};

/** Adds a narrow uniform part at the input's own level; the mean stays. */
function spread(name: InputName, before: readonly Contribution[]): Contribution[] {
  const spec = INPUTS.find((input) => input.name === name) as (typeof INPUTS)[number];
  const width = SIGMAS[spec.unit] as number;
  // What must not fall below 0 is made larger, all else spreads about where it was.
  const low = 'atLeast' in spec ? 0 : -width;
  return [...before, { distribution: 'uniform', low, high: low + 2 * width, level: spec.level }];
}

function spreadAll<Name extends InputName>(
  inputs: Readonly<Record<Name, readonly Contribution[]>>,
): Record<Name, readonly Contribution[]> {
  const all: Record<Name, readonly Contribution[]> = { ...inputs };
  for (const name of Object.keys(inputs) as Name[]) all[name] = spread(name, inputs[name]);
  return all;
}

/** Pair `own`: design a with itself. Pair `mixed`: a pinned, b unpinned. Return loss, debris in a third of the matings. */
export function everyInput(matings: number): Scenario {
  const scenario = scenarioFrom(MTP, 'every input', matings);
  const plain = scenario.designs['design'] as Design;
  const a: Design = { ...plain, name: 'a', inputs: spreadAll(plain.inputs), pinClamp: 'loose' };
  const [pair] = scenario.pairs as [Scenario['pairs'][number]];
  const mating: MatingConditions = {
    ...pair.mating,
    debrisProbability: 1 / 3,
    inputs: spreadAll(pair.mating.inputs),
  };
  return {
    ...scenario,
    returnLoss: true,
    designs: { a, b: { ...a, name: 'b' } },
    pairs: [
      { ...pair, mating, name: 'own', pinned: 'a', unpinned: 'a' },
      { ...pair, mating, name: 'mixed', pinned: 'a', unpinned: 'b' },
    ],
    // Compared, so that nothing is drawn as one with others.
    comparisons: [['own', 'mixed']],
  };
}
