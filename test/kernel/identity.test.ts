/**
 * The kernel and the reference agree in every bit: more than four million fibre matings of random plans.
 *
 * Each plan follows from its seed, which a failure names. That the plans reach every law at every level and every branch
 * of the model is a test of its own, the last one.
 */
import { describe, expect, it } from 'vitest';
import { runnerSource } from '../../src/engine/load-kernel.js';
import { createRunner } from '../../src/engine/runner.js';
import { compilePlan } from '../../src/plan/compile.js';
import { blockStart, type Plan } from '../../src/plan/types.js';
import { fibresOfAllPairs } from '../../src/scenario/fibres.js';
import type { Scenario } from '../../src/scenario/types.js';
import { Chance } from '../support/chance.js';
import { randomScenario } from '../support/random-plans.js';
import { kernelCounter, outcome, referenceCounter, type Window } from './blocks.js';
import { firstDifference } from './difference.js';
import { Reach } from './reach.js';
import { contributionKinds, seeScenario } from './reach-scenario.js';

const PLANS = 300;
const PLANS_A_TEST = 20;
/** Matings of a short window: so few that sums keep the last bit of each. */
const SHORT = 6;
/** Fibre matings of a plan in short windows, and in a long one. */
const FIBRE_MATINGS = { short: 2000, long: 1200 };
/** Matings of a plan that are looked at for what they reach. */
const LOOKED_AT = 8;

const reach = new Reach();
let fibreMatings = 0;

/** Many short windows and a long one from mating 0 on, and some far out: across 2³² within a vector, and up to 2⁵³. */
function windowsOf(chance: Chance, fibres: number): Window[] {
  const short = Math.ceil(FIBRE_MATINGS.short / (SHORT * fibres));
  const far = (low: number, high: number): number => Math.floor(chance.between(low, high));
  return [
    ...Array.from({ length: short }, (_, i) => ({ start: SHORT * i, count: SHORT })),
    { start: 0, count: Math.ceil(FIBRE_MATINGS.long / fibres) },
    { start: far(1, 2 ** 32), count: 1 },
    { start: 2 ** 32 - chance.whole(1, 3), count: chance.pick([4, 5, 6, 7, 9, 11]) },
    { start: far(2 ** 32, 2 ** 45), count: 2 },
    { start: 2 ** 53 - 3, count: 3 },
  ];
}

function compareWindows(plan: Plan, windows: readonly Window[], seed: number): void {
  let byKernel = kernelCounter(plan);
  const byReference = referenceCounter(plan);
  for (const window of windows) {
    const kernel = outcome(() => byKernel(window));
    const reference = outcome(() => byReference(window));
    const where = `seed ${seed}, ${window.count} matings from ${window.start} on`;
    expect(firstDifference(kernel, reference), where).toBeUndefined();
    // A kernel that has failed once is not used again.
    if (typeof kernel === 'string') byKernel = kernelCounter(plan);
  }
}

/** The plan's own first and last block, as a run would have them; small ones have but one. */
function compareBlocks(plan: Plan, seed: number): void {
  const kernel = createRunner(runnerSource(plan, 'kernel'));
  const reference = createRunner(runnerSource(plan, 'reference'));
  for (const block of new Set([0, plan.blocks - 1])) {
    const [a, b] = [outcome(() => kernel(block)), outcome(() => reference(block))];
    expect(firstDifference(a, b), `seed ${seed}, block ${block}`).toBeUndefined();
    const matings = blockStart(plan, block + 1) - blockStart(plan, block);
    for (const { mechanics } of plan.pairs) fibreMatings += mechanics.fibres * matings;
  }
}

function comparePlan(scenario: Scenario, seed: number): void {
  const plan = compilePlan(scenario);
  const fibres = fibresOfAllPairs(scenario);
  const windows = windowsOf(new Chance(-1 - seed), fibres);
  compareWindows(plan, windows, seed);
  compareBlocks(plan, seed);
  for (const { count } of windows) fibreMatings += fibres * count;
  seeScenario(reach, scenario);
  reach.lookAt(plan, LOOKED_AT);
}

describe('kernel and reference have the same bits', () => {
  const firstSeeds = Array.from({ length: PLANS / PLANS_A_TEST }, (_, i) => PLANS_A_TEST * i);

  it.each(firstSeeds)(`in ${PLANS_A_TEST} random plans from seed %i on`, (first) => {
    for (let seed = first; seed < first + PLANS_A_TEST; seed++) {
      // fewer than the 64 sections of a comparison, and more
      comparePlan(randomScenario(seed, 1 + ((97 * seed) % 300)), seed);
    }
  });

  it('in four million fibre matings and more', () => {
    expect(fibreMatings).toBeGreaterThan(4_000_000);
  });
});

describe('the random plans reach', () => {
  it('every law of every input at every level', () => {
    expect(contributionKinds().filter((kind) => reach.count(kind) === 0)).toEqual([]);
  });

  it('every branch of the model, ten times and more', () => {
    expect(reach.branches().filter((branch) => reach.count(branch) < 10)).toEqual([]);
  });
});
