/** Random laws for every input of a design or of a mating, plausible or not. */
import { INPUTS, type InputName, inputSpec } from '../../src/scenario/inputs.js';
import { OPTICAL_INPUTS } from '../../src/scenario/inputs-optics.js';
import { LAW_NAMES } from '../../src/scenario/law-fields.js';
import { FIBRE_INPUTS, type FibreMode } from '../../src/scenario/scalars.js';
import type { Contribution, Correlation } from '../../src/scenario/types.js';
import type { Chance } from './chance.js';
import { randomLaw } from './random-laws.js';

type Range = readonly [low: number, high: number];

/**
 * Ranges of values, µm, rad, N and dB: everyday ones first, then those of the corners. Guides count from the nominal
 * hole, cores and apertures from those of the kind of fibre.
 */
// biome-ignore format: one line an input
const RANGES: Readonly<Record<InputName, readonly [Range, ...Range[]]>> = {
  'guidePins.diameter': [[-1.6, -0.6], [-0.6, 0.6], [-15, -5]], // play, press fits, huge play
  'guidePins.minorAxisShorterBy': [[0, 0.5], [0, 3]],
  'guideHoles.diameter': [[-0.6, 0.2], [-2, 1]],
  'guideHoles.pitchError': [[-1, 1], [-10, 10]],
  'guidePins.seatErrorX': [[-1, 1], [-50, 50]],
  'guidePins.seatErrorY': [[-1, 1], [-50, 50]],
  'bores.rowBiasX': [[-0.5, 0.5], [-10, 10]],
  'bores.rowBiasY': [[-0.5, 0.5], [-10, 10]],
  'bores.positionErrorX': [[-1, 1], [-10, 10]],
  'bores.positionErrorY': [[-1, 1], [-10, 10]],
  'bores.diametralClearance': [[0, 1], [0, 10]],
  'bores.tiltX': [[-2e-3, 2e-3], [-0.03, 0.03]],
  'bores.tiltY': [[-2e-3, 2e-3], [-0.03, 0.03]],
  'fibres.coreEccentricity': [[0, 0.5], [0, 5]],
  'fibres.modeFieldDiameter': [[8.8, 9.6], [4, 14], [3, 3.5], [12, 13]],
  'endFace.fibreHeight': [[-0.3, 0.3], [-5, 5]],
  'endFace.slopeErrorX': [[-2e-3, 2e-3], [-0.03, 0.03]],
  'endFace.slopeErrorY': [[-2e-3, 2e-3], [-0.03, 0.03]],
  'spring.force': [[8, 12], [0.001, 0.01], [0, 1], [20, 60], [0, 0], [0, 2e-15]], // the last one drowns in rounding
  sideLoad: [[0, 4], [0, 100]],
  sideLoadDirection: [[0, 2 * Math.PI], [-4 * Math.PI, 4 * Math.PI]],
  restTiltX: [[-1.5e-3, 1.5e-3], [-0.03, 0.03]],
  restTiltY: [[-1.5e-3, 1.5e-3], [-0.03, 0.03]],
  'spring.offsetX': [[-100, 100], [-2000, 2000]],
  'spring.offsetY': [[-100, 100], [-2000, 2000]],
  'fibres.coreDiameter': [[-1.5, 1], [-12, 4]],
  'fibres.numericalAperture': [[-0.006, 0.008], [-0.04, 0.02]],
  'endFace.layerIndex': [[1.46, 1.54], [1.3, 2]],
  'endFace.layerThickness': [[0, 0.1], [0, 1]],
  scatterFloor: [[60, 75], [30, 110], [290, 320], [-3, 1]],
  debrisGap: [[0.2, 3], [0, 100], [0, 0]],
};

/** Inputs that a design or a mating may be without, all of a group at once: they are perfect. */
const OPTIONAL: readonly (readonly InputName[])[] = [
  ['guidePins.minorAxisShorterBy'],
  ['guidePins.seatErrorX', 'guidePins.seatErrorY'],
  ['bores.tiltX', 'bores.tiltY'],
  ['bores.diametralClearance'],
  ['sideLoad'],
  ['spring.offsetX', 'spring.offsetY'],
  ['fibres.coreDiameter', 'fibres.numericalAperture'],
  ['endFace.layerIndex', 'endFace.layerThickness'],
];

const OPTICAL: readonly InputName[] = OPTICAL_INPUTS.map(({ name }) => name);

/** Perfect values other than 0, counted as the ranges are. */
const PERFECT: Readonly<Partial<Record<InputName, number>>> = {
  'endFace.layerIndex': 1.48,
  'fibres.modeFieldDiameter': 9.2,
  'spring.force': 10,
  scatterFloor: 67,
  debrisGap: 1,
};

/** Inputs that may be correlated with one another. */
const GROUPS: Readonly<Record<'design' | 'mating', readonly (readonly InputName[])[]>> = {
  design: [
    ['bores.rowBiasX', 'guideHoles.pitchError', 'endFace.slopeErrorY', 'bores.rowBiasY'],
    ['bores.positionErrorX', 'bores.tiltY', 'bores.positionErrorY', 'endFace.fibreHeight'],
    ['guidePins.seatErrorY', 'guidePins.seatErrorX'],
    ['spring.offsetY', 'spring.offsetX'],
    ['fibres.numericalAperture', 'fibres.coreDiameter'],
    ['endFace.layerIndex', 'endFace.layerThickness'],
  ],
  mating: [['restTiltY', 'restTiltX']],
};

/** How far from everyday a plan is. */
export interface Roughness {
  /** Share of its ranges and scalars that come from the corners. */
  readonly corners: number;
  /** Factor of the everyday sizes of what should be 0. */
  readonly size: number;
  /** Whether every part is drawn for itself, so that the base stream is enough. */
  readonly plain: boolean;
  /** Whether what should be 0 is 0, to the last bit. */
  readonly perfect: boolean;
}

interface RandomInputs {
  readonly inputs: Readonly<Record<string, readonly Contribution[]>>;
  readonly correlations: readonly Correlation[];
}

/**
 * The inputs of a design or of a mating, each at any levels its contributions may have, some of them correlated.
 *
 * @param mode what fibres of the other mode are described by is 0
 * @param originOf what the ranges of an input count from
 */
export function randomInputs(
  chance: Chance,
  of: 'design' | 'mating',
  mode: FibreMode,
  rough: Roughness,
  originOf: (input: InputName) => number,
): RandomInputs {
  const absent = new Set(OPTIONAL.filter(() => rough.plain || chance.is(0.25)).flat());
  const others = otherInputs(mode);
  const inputs: Record<string, readonly Contribution[]> = {};
  for (const { name, level } of INPUTS.filter((input) => input.of === of)) {
    const fixed = (value: number): Contribution[] => [{ distribution: 'fixed', value, level }];
    const perfect = PERFECT[name] ?? 0;
    inputs[name] = others.includes(name)
      ? fixed(0)
      : absent.has(name) || (rough.perfect && perfect === 0)
        ? fixed(originOf(name) + perfect)
        : randomContributions(
            chance,
            name,
            originOf(name),
            rangeOf(chance, name, rough),
            rough.plain,
          );
  }
  const correlations: Correlation[] = [];
  for (const group of GROUPS[of]) {
    if (rough.plain || rough.perfect || !chance.is(0.2)) continue;
    if (group.some((name) => others.includes(name))) continue;
    const names = group.slice(0, chance.whole(2, group.length));
    const level = chance.pick<Contribution['level']>(inputSpec(names[0] as InputName).levels);
    for (const name of names) {
      const [low, high] = rangeOf(chance, name, rough);
      const law = { distribution: 'normal', lower: null, upper: null, level } as const;
      const mean = originOf(name) + (low + high) / 2;
      inputs[name] = [{ ...law, mean, sigma: (high - low) / 12 }];
    }
    correlations.push({ inputs: names, matrix: randomMatrix(chance, names.length) });
  }
  return { inputs, correlations };
}

/** What only fibres of the other mode are described by. */
export function otherInputs(mode: FibreMode): readonly InputName[] {
  return FIBRE_INPUTS[mode === 'multimode' ? 'single-mode' : 'multimode'];
}

/** A range of an input; those about 0 shrink where all is fine. */
function rangeOf(chance: Chance, name: InputName, { corners, size }: Roughness): Range {
  const [everyday, ...others] = RANGES[name];
  const [low, high] = chance.is(corners) ? chance.pick(others) : everyday;
  return low === -high ? [size * low, size * high] : [low, high];
}

/** One to three contributions at any level. Those after the first are small and lie about 0, or start there. */
function randomContributions(
  chance: Chance,
  name: InputName,
  origin: number,
  [low, high]: Range,
  plain: boolean,
): Contribution[] {
  const { level: natural, levels, atLeast } = inputSpec(name);
  const contributions: Contribution[] = [];
  const add = (from: number, to: number): void => {
    const level = plain ? natural : chance.pick(levels);
    const [law, lift] = randomLaw(chance, chance.pick(LAW_NAMES), from, to);
    contributions.push({ ...law, level });
    if (lift !== 0) contributions.push({ distribution: 'fixed', value: lift, level: natural });
  };
  add(origin + low, origin + high);
  // Few scenarios read the optical inputs: more of them at a time, so that all their laws are met.
  while (chance.is(OPTICAL.includes(name) ? 0.5 : 0.2)) {
    const size = 0.2 * (high - low);
    add(atLeast === undefined ? -size / 2 : 0, atLeast === undefined ? size / 2 : size);
  }
  // In any order: a fixed one may stand before or behind the others.
  return chance.is(0.5) ? contributions : contributions.reverse();
}

/** A correlation matrix: scalar products of random unit vectors, which make it positive definite. */
function randomMatrix(chance: Chance, size: number): number[][] {
  const vectors = Array.from({ length: size }, () => {
    const vector = Array.from({ length: size + 2 }, () => chance.between(-1, 1));
    const norm = Math.hypot(...vector);
    return vector.map((x) => x / norm);
  });
  const product = (i: number, j: number): number =>
    vectors[i]!.reduce((sum, x, k) => sum + x * vectors[j]![k]!, 0);
  return vectors.map((_, i) =>
    vectors.map((_, j) => (i === j ? 1 : product(Math.min(i, j), Math.max(i, j)))),
  );
}
