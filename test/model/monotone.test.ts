/**
 * The mean loss does not fall as a tolerance grows: each input's spread halved, as it is, and doubled, on shared random
 * numbers. A step is said to rise or fall if the mean of the paired differences lies more than 4.89 standard errors off
 * zero, which happens by chance at a rate of 1e-6.
 */
import { describe, expect, it } from 'vitest';
import { createSampler, drawMating, sampleParts } from '../../src/engine/sampler.js';
import { evaluateMating } from '../../src/model/mating.js';
import { createWorkspace, type Workspace } from '../../src/model/workspace.js';
import { compilePlan } from '../../src/plan/compile.js';
import { parseScenario } from '../../src/scenario/index.js';
import { INPUTS, type InputName } from '../../src/scenario/inputs.js';
import type { Contribution, Design, Pair, Scenario } from '../../src/scenario/types.js';

const MATINGS = 3000;
const LIMIT = 4.8916;
const FACTORS = [0.5, 1, 2];

/** Shipped plugs with every tolerance that they leave out. */
function scenarioOf(design: string): Scenario {
  const text = JSON.stringify({
    designs: {
      a: {
        extends: design,
        bores: { tiltX: '0 deg ± 0.3 deg at 3 sigma', tiltY: '0 deg ± 0.3 deg at 3 sigma' },
        guidePins: {
          shape: 'elliptical',
          minorAxisShorterBy: '0.6 um',
          clamp: 'loose',
          seatErrorX: '0 um ± 0.6 um at 3 sigma',
          seatErrorY: '0 um ± 0.6 um at 3 sigma',
        },
        spring: { offsetX: '0 um ± 300 um at 3 sigma', offsetY: '0 um ± 300 um at 3 sigma' },
      },
    },
    mating: { debrisProbability: 0.1 },
    pairs: { a: { pinned: 'a', unpinned: 'a' } },
  });
  return parseScenario(text).scenario;
}

/** The law with its spread times f about the same middle; one-sided laws and play are stretched from 0. */
function stretched(law: Contribution, f: number): Contribution {
  switch (law.distribution) {
    case 'normal': {
      const bound = (x: number | null) => (x === null ? null : law.mean + f * (x - law.mean));
      return { ...law, sigma: f * law.sigma, lower: bound(law.lower), upper: bound(law.upper) };
    }
    case 'half-normal':
      return { ...law, sigma: f * law.sigma };
    case 'rayleigh':
      return { ...law, scale: f * law.scale, max: law.max === null ? null : f * law.max };
    case 'lognormal':
      return { ...law, median: f * law.median };
    case 'uniform': {
      const middle = 0.5 * (law.low + law.high);
      const half = 0.5 * f * (law.high - law.low);
      return { ...law, low: middle - half, high: middle + half };
    }
    case 'fixed':
      return { ...law, value: f * law.value };
    default:
      throw new Error(`${law.distribution} is not among these designs`);
  }
}

/** The scenario with one input stretched by each factor, as three pairs that share their random numbers. */
function threefold(scenario: Scenario, input: InputName): Scenario {
  const design = scenario.designs['a'] as Design;
  const pair = scenario.pairs[0] as Pair;
  const change = <T extends object>(inputs: T, f: number): T => {
    const laws = inputs[input as keyof T] as readonly Contribution[] | undefined;
    return laws === undefined
      ? inputs
      : { ...inputs, [input]: laws.map((law) => stretched(law, f)) };
  };
  const names = FACTORS.map((f) => `times ${f}`);
  return {
    ...scenario,
    designs: Object.fromEntries(
      FACTORS.map((f, i) => [
        names[i],
        { ...design, name: names[i] as string, inputs: change(design.inputs, f) },
      ]),
    ),
    pairs: FACTORS.map((f, i) => ({
      ...pair,
      name: names[i] as string,
      pinned: names[i] as string,
      unpinned: names[i] as string,
      mating: { ...pair.mating, inputs: change(pair.mating.inputs, f) },
    })),
    comparisons: [[names[0] as string, names[1] as string]],
  };
}

interface Steps {
  /** Standard scores of the changes from one factor to the next; 0 where no mating changes at all. */
  readonly scores: readonly number[];
  /** Means at each factor of what is looked at. */
  readonly means: readonly number[];
}

const meanLoss = ({ results }: Workspace) =>
  results.lossDb.reduce((sum, x) => sum + x, 0) / results.lossDb.length;

function stepsOf(scenario: Scenario, input: InputName, of = meanLoss): Steps {
  const plan = compilePlan(threefold(scenario, input));
  const sampler = createSampler(plan);
  const workspaces = plan.pairs.map(({ mechanics }) => createWorkspace(mechanics.fibres));
  const sums = plan.pairs.map(() => ({ value: 0, step: 0, step2: 0 }));
  for (let mating = 0; mating < MATINGS; mating++) {
    drawMating(plan, sampler, mating);
    let last = 0;
    for (const [p, pair] of plan.pairs.entries()) {
      const parts = sampleParts(pair, sampler.raw, sampler.parts[p] as Float64Array);
      evaluateMating(pair.mechanics, parts, workspaces[p] as Workspace);
      const value = of(workspaces[p] as Workspace);
      const sum = sums[p] as (typeof sums)[number];
      sum.value += value;
      sum.step += value - last;
      sum.step2 += (value - last) ** 2;
      last = value;
    }
  }
  const scores = sums.slice(1).map(({ step, step2 }) => {
    const variance = step2 / MATINGS - (step / MATINGS) ** 2;
    return step2 === 0 ? 0 : step / MATINGS / Math.sqrt(variance / MATINGS);
  });
  return { scores, means: sums.map(({ value }) => value / MATINGS) };
}

/** What each input does to the mean insertion loss. */
type Effect = 'rises' | 'does not fall' | 'falls' | 'waves' | 'none';

/**
 * `rises`: clearly at both steps. `does not fall`: too little to tell, or to both sides in single matings.
 * `falls`: unequal pitches take up play along x, which centres the plug, and the model strains no pin for it.
 * `waves`: a particle's gap runs through the fringes of half a wavelength.
 * `none`: nothing but return loss depends on it.
 */
const EFFECTS: Readonly<Partial<Record<InputName, Effect>>> = {
  'guidePins.diameter': 'does not fall',
  'guidePins.minorAxisShorterBy': 'rises',
  'guidePins.seatErrorX': 'rises',
  'guidePins.seatErrorY': 'rises',
  'guideHoles.diameter': 'does not fall',
  'guideHoles.pitchError': 'falls',
  'bores.rowBiasX': 'rises',
  'bores.rowBiasY': 'rises',
  'bores.positionErrorX': 'rises',
  'bores.positionErrorY': 'rises',
  'bores.diametralClearance': 'rises',
  'bores.tiltX': 'rises',
  'bores.tiltY': 'rises',
  'fibres.coreEccentricity': 'rises',
  'fibres.modeFieldDiameter': 'rises',
  'fibres.coreDiameter': 'rises',
  'fibres.numericalAperture': 'rises',
  'endFace.fibreHeight': 'does not fall',
  'endFace.slopeErrorX': 'rises',
  'endFace.slopeErrorY': 'rises',
  'endFace.layerIndex': 'none',
  'endFace.layerThickness': 'none',
  'spring.force': 'does not fall',
  'spring.offsetX': 'does not fall',
  'spring.offsetY': 'rises',
  sideLoad: 'does not fall',
  sideLoadDirection: 'does not fall',
  restTiltX: 'does not fall',
  restTiltY: 'does not fall',
  scatterFloor: 'none',
  debrisGap: 'waves',
};

const OF_OTHER_MODE = {
  'mtp-standard': ['fibres.coreDiameter', 'fibres.numericalAperture'],
  'mtp-standard-multimode': ['fibres.modeFieldDiameter'],
} as const;

describe.each(['mtp-standard', 'mtp-standard-multimode'] as const)('with %s', (name) => {
  const scenario = scenarioOf(name);
  const inputs = INPUTS.filter(
    (input) => !OF_OTHER_MODE[name].some((other) => other === input.name),
  );

  it.each(inputs.map((input) => [input.name, EFFECTS[input.name]] as const))(
    'a wider %s: the mean loss %s',
    (input, effect) => {
      const { scores, means } = stepsOf({ ...scenario, returnLoss: effect === 'none' }, input);
      expect(effect).toBeDefined();
      for (const mean of means) expect(mean).toBeGreaterThan(0);
      for (const score of scores) {
        if (effect === 'rises') expect(score).toBeGreaterThan(LIMIT);
        if (effect === 'does not fall') expect(score).toBeGreaterThan(-LIMIT);
        if (effect === 'falls') expect(score).toBeLessThan(-LIMIT);
        if (effect === 'none') expect(score).toBe(0);
      }
    },
  );
});

describe('why the exceptions', () => {
  it('unequal pitches leave less play along x, and presses fit more often', () => {
    const scenario = scenarioOf('mtp-standard');
    const play = stepsOf(scenario, 'guideHoles.pitchError', ({ state }) =>
      Math.abs(state.insertionXUm),
    );
    for (const score of play.scores) expect(score).toBeLessThan(-LIMIT);
    const pressed = stepsOf(scenario, 'guideHoles.pitchError', ({ state }) => +state.pressFit);
    for (const score of pressed.scores) expect(score).toBeGreaterThan(LIMIT);
  });

  it('two fibres half a wavelength apart lose less than a quarter apart', () => {
    const at = (um: string) => {
      const scenario = scenarioOf('mtp-standard-multimode');
      const pair = scenario.pairs[0] as Pair;
      const debrisGap = [{ distribution: 'fixed', value: Number(um), level: 'mating' }] as const;
      const inputs = { ...pair.mating.inputs, debrisGap };
      const mating = { ...pair.mating, debrisProbability: 1, inputs };
      return stepsOf({ ...scenario, pairs: [{ ...pair, mating }] }, 'scatterFloor')
        .means[1] as number;
    };
    const [quarter, half, three] = [at('0.2125'), at('0.425'), at('0.6375')] as [
      number,
      number,
      number,
    ];
    expect(quarter - half).toBeGreaterThan(0.1);
    expect(three - half).toBeGreaterThan(0.1);
  });
});
