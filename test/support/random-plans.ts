/** Random scenarios that reach into every corner of the model, plausible or not; a seed fixes each. */
import { FIBRE_COUNTS, type FibreCount, ferruleLayout } from '../../src/scenario/layout.js';
import type { FibreMode } from '../../src/scenario/scalars.js';
import type { Design, Experiment, Pair, Scenario } from '../../src/scenario/types.js';
import { Chance } from './chance.js';
import { type Conditions, changedMating, randomMating } from './random-conditions.js';
import { type Roughness, randomInputs } from './random-inputs.js';

const EVERYDAY: Roughness = { corners: 0, size: 1, plain: false, perfect: false };
const ROUGHNESSES: readonly Roughness[] = [
  EVERYDAY,
  { ...EVERYDAY, corners: 0.1, plain: true },
  { ...EVERYDAY, size: 0.001 },
  { ...EVERYDAY, corners: 0.1 },
  { ...EVERYDAY, corners: 0.3 },
  { ...EVERYDAY, corners: 0.6 },
];
const PERFECT: Roughness = { ...EVERYDAY, perfect: true };

/** What the fibres of a pair are: nominal core and aperture of multimode ones. */
interface Kind {
  readonly name: string;
  readonly mode: FibreMode;
  readonly coreUm: number;
  readonly aperture: number;
}
const SINGLE_MODE: Kind = { name: '9', mode: 'single-mode', coreUm: 0, aperture: 0 };
const MULTIMODE: readonly Kind[] = [
  { name: '50', mode: 'multimode', coreUm: 50, aperture: 0.2 },
  { name: '62.5', mode: 'multimode', coreUm: 62.5, aperture: 0.275 },
];

/** What a scenario is about, besides its parts. */
interface Setting {
  readonly rough: Roughness;
  /** Share of the pairs whose fibres are multimode. */
  readonly multimode: number;
  readonly conditions: Conditions;
}

const APART = 1_000_003;

/** A scenario of one to four pairs, some compared. `matings` is for the caller to cut into blocks. */
export function randomScenario(seed: number, matings: number): Scenario {
  // Numbers of neighbouring seeds are the same but for one: these lie further apart than a plan is long.
  const chance = new Chance(APART * seed);
  const rough = chance.is(0.06) ? PERFECT : chance.pick(ROUGHNESSES);
  // A quarter of all are single-mode pairs of new parts at 23 °C, mated once, whose return loss is of no interest.
  const isSimple = chance.is(0.25);
  const experiment = isSimple ? RANDOM_MATE : randomExperiment(chance);
  const setting: Setting = {
    rough,
    multimode: isSimple ? 0 : chance.pick([0, 0.5, 0.7, 1]),
    conditions: { rough, isNominal: isSimple || chance.is(0.3) },
  };
  const designs: Record<string, Design> = {};
  const pairs: Pair[] = [];
  const most = experiment.type === 'random-mate' ? chance.pick([1, 2, 4]) : chance.pick([1, 1, 2]);
  for (let p = chance.whole(1, most); p > 0; p--) {
    pairs.push(randomPair(chance, `pair ${p}`, setting, experiment, designs));
  }
  const names = pairs.map(({ name }) => name);
  const comparisons = names.slice(1).flatMap((name, i) => {
    return chance.is(0.7) ? [[names[i] as string, name] as const] : [];
  });
  return {
    name: `random ${seed}`,
    description: '',
    seed: `random ${seed}`,
    matings,
    experiment,
    returnLoss: !isSimple && chance.is(0.7),
    designs,
    pairs,
    comparisons,
    channels: [],
    claims: [],
  };
}

const RANDOM_MATE: Experiment = { type: 'random-mate' };

/** Half of them change nothing; the others have as many steps as a pair may be followed through here. */
function randomExperiment(chance: Chance): Experiment {
  if (chance.is(0.5)) return RANDOM_MATE;
  if (chance.is(0.5)) {
    const cycles = [1];
    for (let k = chance.whole(1, 5); k > 0; k--) {
      cycles.push((cycles.at(-1) as number) + chance.pick([1, 1, 3, 100]));
    }
    return { type: 're-mating', cycles };
  }
  const steps = Array.from({ length: chance.whole(2, 5) }, (_, k) => ({
    name: `step ${k}`,
    sets: [],
  }));
  return { type: 'stress', steps };
}

/** Adds the designs that it needs and that are not yet there. */
function randomPair(
  chance: Chance,
  name: string,
  { rough, multimode, conditions }: Setting,
  experiment: Experiment,
  designs: Record<string, Design>,
): Pair {
  const fibres = chance.pick(FIBRE_COUNTS);
  const kind = chance.is(multimode) ? chance.pick(MULTIMODE) : SINGLE_MODE;
  const prefix = `${fibres} of ${kind.name} um`;
  const [pinned, unpinned] = [`${prefix} a`, chance.pick([`${prefix} a`, `${prefix} b`])];
  for (const design of [pinned, unpinned]) {
    designs[design] ??= randomDesign(chance, design, fibres, kind, rough);
  }
  const mating = randomMating(chance, kind.mode, conditions);
  const steps =
    experiment.type === 'stress'
      ? experiment.steps.map(() => changedMating(chance, mating, kind.mode, conditions))
      : [];
  return { name, pinned, unpinned, mating, steps, limits: [] };
}

function randomDesign(
  chance: Chance,
  name: string,
  fibres: FibreCount,
  kind: Kind,
  rough: Roughness,
): Design {
  const { guideHoleDiameterUm } = ferruleLayout(fibres);
  const isApc = chance.is(0.5);
  const isFloating = chance.is(0.5);
  const origins: Readonly<Record<string, number>> = {
    'guidePins.diameter': guideHoleDiameterUm,
    'guideHoles.diameter': guideHoleDiameterUm,
    'fibres.coreDiameter': kind.coreUm,
    'fibres.numericalAperture': kind.aperture,
  };
  const originOf = (input: string): number => origins[input] ?? 0;
  const { inputs, correlations } = randomInputs(chance, 'design', kind.mode, rough, originOf);
  const scalar = (everyday: number, corners: readonly number[]): number =>
    chance.is(rough.corners) ? chance.pick(corners) : everyday;
  return {
    name,
    description: '',
    measured: null,
    gender: 'either',
    fibreCount: fibres,
    mode: kind.mode,
    pinShape: 'elliptical',
    pinMajorAxis: chance.pick(['x', 'y']),
    pinTip: 'round',
    pinClamp: 'loose',
    polish: isApc ? 'APC' : 'PC',
    endFaceAngleRad: isApc ? (scalar(8, [15, 30]) * Math.PI) / 180 : 0,
    mounting: {
      type: isFloating ? 'floating' : 'fixed',
      sideLoadTransmission: isFloating ? 0.15 : 1,
      // The softest mountings and the tiniest forces make contact problems of many steps.
      angularStiffness: scalar(isFloating ? 2e5 : 2e7, [1e2, 1e3, 1e10]),
    },
    wear: {
      rateUm: scalar(0.0004, [0, 0.05]),
      exponent: chance.pick([1, 1, 0, 0.5, 1.7]),
      tipFactor: chance.pick([1, 0.4]),
    },
    thermal: {
      ferruleExpansion: chance.pick([20e-6, 12e-6]),
      pinExpansion: scalar(17.2e-6, [0, 100e-6]),
      springCoefficient: scalar(-200e-6, [0, -0.02]), // the last one leaves no force in the heat
      withdrawalUmPerDegC: scalar(0.001, [0, 0.1]),
    },
    price: null,
    inputs: inputs as Design['inputs'],
    correlations,
  };
}
