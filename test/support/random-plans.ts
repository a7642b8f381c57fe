/** Random scenarios that reach into every corner of the model, plausible or not; a seed fixes each. */
import {
  ADAPTERS,
  FIBRE_COUNTS,
  type FibreCount,
  ferruleLayout,
} from '../../src/scenario/layout.js';
import type { Design, MatingConditions, Pair, Scenario } from '../../src/scenario/types.js';
import { Chance } from './chance.js';
import { type Roughness, randomInputs } from './random-inputs.js';

const ROUGHNESSES: readonly Roughness[] = [
  { corners: 0, size: 1, plain: false },
  { corners: 0.1, size: 1, plain: true },
  { corners: 0, size: 0.001, plain: false },
  { corners: 0.1, size: 1, plain: false },
  { corners: 0.3, size: 1, plain: false },
  { corners: 0.6, size: 1, plain: false },
];

/** A scenario of one to four pairs, some compared. `matings` is for the caller to cut into blocks. */
export function randomScenario(seed: number, matings: number): Scenario {
  const chance = new Chance(seed);
  const rough = chance.pick(ROUGHNESSES);
  const designs: Record<string, Design> = {};
  const pairs: Pair[] = [];
  for (let p = chance.whole(1, chance.pick([1, 2, 4])); p > 0; p--) {
    const fibres = chance.pick(FIBRE_COUNTS);
    const [pinned, unpinned] = [`${fibres} a`, chance.pick([`${fibres} a`, `${fibres} b`])];
    for (const name of [pinned, unpinned]) {
      designs[name] ??= randomDesign(chance, name, fibres, rough);
    }
    pairs.push({
      name: `pair ${p}`,
      pinned,
      unpinned,
      mating: randomMating(chance, rough),
      limits: [],
    });
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
    designs,
    pairs,
    comparisons,
  };
}

function randomDesign(chance: Chance, name: string, fibres: FibreCount, rough: Roughness): Design {
  const { guideHoleDiameterUm } = ferruleLayout(fibres);
  const isApc = chance.is(0.5);
  const isFloating = chance.is(0.5);
  const { inputs, correlations } = randomInputs(chance, 'design', rough, (input) =>
    input === 'guidePins.diameter' || input === 'guideHoles.diameter' ? guideHoleDiameterUm : 0,
  );
  return {
    name,
    description: '',
    gender: 'either',
    fibreCount: fibres,
    mode: 'single-mode',
    pinShape: 'elliptical',
    pinTip: 'round',
    polish: isApc ? 'APC' : 'PC',
    endFaceAngleRad: isApc ? (8 * Math.PI) / 180 : 0,
    mounting: {
      type: isFloating ? 'floating' : 'fixed',
      sideLoadTransmission: isFloating ? 0.15 : 1,
      // The softest mountings and the tiniest forces make contact problems of many steps.
      angularStiffness: chance.is(rough.corners)
        ? chance.pick([1e2, 1e3, 1e10])
        : isFloating
          ? 2e5
          : 2e7,
    },
    inputs: inputs as Design['inputs'],
    correlations,
  };
}

function randomMating(chance: Chance, rough: Roughness): MatingConditions {
  const scalar = (everyday: number, corners: readonly number[]): number =>
    chance.is(rough.corners) ? chance.pick(corners) : everyday;
  const { inputs, correlations } = randomInputs(chance, 'mating', rough, () => 0);
  return {
    adapter: chance.pick(ADAPTERS),
    wavelengthUm: chance.pick([1.31, 1.55, 0.85, 1.625]),
    glassIndex: scalar(1.4677, [1, 1.3, 2, 3.5]),
    seatCentring: scalar(1, [0, 0.4]),
    frictionCoefficient: scalar(0.12, [0, 1]),
    slipStiffnessNPerUm: scalar(2, [0.01, 200]),
    pinStiffnessNPerUm: scalar(14, [0.1, 1000]),
    pinAngularStiffness: scalar(2e7, [1e4, 1e10]),
    contactStiffnessNPerUm: scalar(1, [0.01, 100]),
    engagedLengthUm: scalar(2000, [100, 20000]),
    inputs: inputs as MatingConditions['inputs'],
    correlations,
  };
}
