/** The kernel and the reference agree in every bit on plans of variants, whose pairs read different streams. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/types.js';
import { compileVariants } from '../../src/plan/variants.js';
import { LAW } from '../../src/random/draw.js';
import type { Design, Pair, Scenario } from '../../src/scenario/types.js';
import { type Factor, factorsOf } from '../../src/studies/sensitivity/factors.js';
import { pickFreeze } from '../../src/studies/sensitivity/indices.js';
import { spreadStudy } from '../../src/studies/sensitivity/spreads.js';
import { Chance } from '../support/chance.js';
import { everyInput } from '../support/every-input.js';
import { randomScenario } from '../support/random-plans.js';
import { kernelCounter, outcome, referenceCounter, type Window } from './blocks.js';
import { firstDifference } from './difference.js';

const SEEDS = Array.from({ length: 26 }, (_, i) => 5000 + i);
/** Short windows, whose sums keep the last bit of each mating, and one far out, across 2³² within a vector. */
const WINDOWS: readonly Window[] = [
  { start: 0, count: 6 },
  { start: 6, count: 6 },
  { start: 2 ** 32 - 2, count: 5 },
];
/** Fibres of all variants of a plan, so that the test does not take long. */
const MOST_FIBRES = 900;

/** What the random scenarios have to be for the test to mean anything, and how often they were. */
const KINDS = {
  'one design': ({ pinned, unpinned }) => pinned === unpinned,
  'mixed pair': ({ pinned, unpinned }) => pinned !== unpinned,
  multimode: (pair, scenario) => designOf(pair, scenario).mode === 'multimode',
  'return loss': (_, { returnLoss }) => returnLoss,
  'no return loss': (_, { returnLoss }) => !returnLoss,
  'correlated inputs': (pair, scenario) => designOf(pair, scenario).correlations.length > 0,
  'correlated inputs of the mating': ({ mating }) => mating.correlations.length > 0,
  stress: (_, { experiment }) => experiment.type === 'stress',
  're-mating': (_, { experiment }) => experiment.type === 're-mating',
  debris: ({ mating }) => mating.debrisProbability > 0,
} satisfies Readonly<Record<string, (pair: Pair, scenario: Scenario) => boolean>>;
const seen = new Map<string, number>();

function designOf({ pinned }: Pair, { designs }: Scenario): Design {
  return designs[pinned] as Design;
}

/** Where kernel and reference differ first, in any window. */
function difference(ofKernel: Plan, ofReference: Plan = ofKernel): string | undefined {
  let byKernel = kernelCounter(ofKernel);
  const byReference = referenceCounter(ofReference);
  for (const window of WINDOWS) {
    const kernel = outcome(() => byKernel(window));
    const found = firstDifference(
      kernel,
      outcome(() => byReference(window)),
    );
    if (found !== undefined) return `${window.count} matings from ${window.start} on: ${found}`;
    if (typeof kernel === 'string') byKernel = kernelCounter(ofKernel);
  }
  return undefined;
}

/** The factors in pieces, so that a plan has no more fibres than MOST_FIBRES. */
function pieces(factors: readonly Factor[], fibres: number): Factor[][] {
  const size = Math.max(1, Math.floor(MOST_FIBRES / fibres) - 2);
  const count = Math.ceil(factors.length / size);
  return Array.from({ length: count }, (_, p) => factors.slice(size * p, size * (p + 1)));
}

describe('kernel and reference have the same bits', () => {
  it.each(SEEDS)('in pick-freeze plans of every factor, seed %i', (seed) => {
    const scenario = randomScenario(seed, 100);
    const chance = new Chance(seed);
    const pair = chance.pick(scenario.pairs);
    for (const [kind, is] of Object.entries(KINDS)) {
      if (is(pair, scenario)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    const factors = factorsOf(scenario, pair.name, chance.is(0.5));
    for (const some of pieces(factors, designOf(pair, scenario).fibreCount)) {
      const { plan } = pickFreeze(scenario, pair.name, some);
      expect(plan.pairs).toHaveLength(2 + some.length);
      expect(difference(plan)).toBeUndefined();
    }
  });

  it('and these have reached every kind of pair, three times and more', () => {
    expect(Object.keys(KINDS).filter((kind) => (seen.get(kind) ?? 0) < 3)).toEqual([]);
  });

  it.each([
    ['own', false],
    ['mixed', true],
  ])('with every input spread, pair %s, axes %s; without and with less of each', (pair, axes) => {
    const scenario = everyInput(100);
    const factors = factorsOf(scenario, pair, axes);
    expect(difference(pickFreeze(scenario, pair, factors).plan)).toBeUndefined();
    expect(difference(spreadStudy(scenario, pair, factors, 0.25).plan)).toBeUndefined();
  });
});

/** What a kernel would draw that has one record of directions for all pairs: those of the first pair. */
function withDirectionsOfFirst(plan: Plan): Plan {
  const isDirection = ({ law }: { law: number }): boolean =>
    law === LAW.direction || law === LAW.discPoint;
  const [first] = plan.pairs as [Plan['pairs'][number]];
  const pairs = plan.pairs.map((pair) => ({
    ...pair,
    draws: [...pair.draws.filter((draw) => !isDirection(draw)), ...first.draws.filter(isDirection)],
  }));
  return { ...plan, pairs };
}

describe('pairs that read different streams have directions of their own', () => {
  const scenario = everyInput(100);
  const factors = factorsOf(scenario, 'mixed', false);
  const of = (...names: string[]) =>
    pickFreeze(
      scenario,
      'mixed',
      factors.filter(({ name }) => names.includes(name)),
    ).plan;

  it.each(['a: bores.diametralClearance', 'b: fibres.coreEccentricity', 'spring.force'])(
    'and a kernel that draws them once for all would be caught by %s',
    (name) => {
      const plan = of(name);
      expect(plan.pairs).toHaveLength(3);
      expect(difference(plan)).toBeUndefined();
      expect(difference(withDirectionsOfFirst(plan), plan)).toBeDefined();
    },
  );

  it('but not where all of them read the same', () => {
    const others = compileVariants(
      'mixed',
      [{ scenario }, { scenario, fromOther: (name) => name === 'endFace.fibreHeight' }],
      [[0, 1]],
    );
    expect(difference(withDirectionsOfFirst(others), others)).toBeUndefined();
  });
});
