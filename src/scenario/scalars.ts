/**
 * The values of a scenario that are not random, and the laws of the inputs that a scenario leaves out.
 *
 * Marks: [S] read in a public source; [E] an estimate or assumption that users are expected to replace.
 */
import type { DesignInput, MatingInput, Unit } from './inputs.js';

export interface ScalarSpec {
  readonly name: string;
  readonly unit: Unit;
  /** As a user would write it. */
  readonly default: string;
  /** Hard bounds in `unit`: outside them the model means nothing. */
  readonly bounds: { readonly min: number; readonly max: number; readonly minAllowed: boolean };
  /** Outside this range, in `unit`, a scenario is refused unless it insists. */
  readonly plausible: readonly [number, number];
  readonly description: string;
}

const DEG = Math.PI / 180;
const POSITIVE = { min: 0, max: Infinity, minAllowed: false };
const NOT_NEGATIVE = { min: 0, max: Infinity, minAllowed: true };
const SHARE = { min: 0, max: 1, minAllowed: true };
const ANY = { min: -Infinity, max: Infinity, minAllowed: true };
const TEMPERATURE = { min: -273.15, max: Infinity, minAllowed: true };

export const MATING_SCALARS = [
  {
    name: 'wavelength',
    unit: 'um',
    default: '1310 nm', // [E] a choice: the wavelength at which the shipped mode-field diameters hold
    bounds: POSITIVE,
    plausible: [0.4, 2],
    description: 'Wavelength in vacuum. Default 1310 nm, of multimode pairs 850 nm.',
  },
  {
    name: 'glassIndex',
    unit: '1',
    default: '1.4677', // [E]
    bounds: { min: 1, max: 4, minAllowed: true },
    plausible: [1.3, 2],
    description: 'Refractive index of the fibre.',
  },
  {
    name: 'seatCentring',
    unit: '1',
    default: '1', // [E] pins seat anywhere in their play
    bounds: SHARE,
    plausible: [0, 1],
    description: 'Share of the play within which the pins seat: 1 all of it, 0 always centred.',
  },
  {
    name: 'friction',
    unit: '1',
    default: '0.12', // [E]
    bounds: NOT_NEGATIVE,
    plausible: [0, 1],
    description:
      'Coefficient of friction between the faces; holds them up to friction times spring force.',
  },
  {
    name: 'slipStiffness',
    unit: 'N/um',
    default: '2 N/um', // [E]
    bounds: POSITIVE,
    plausible: [0.01, 200],
    description: 'Force per distance by which a plug slides once friction is overcome.',
  },
  {
    name: 'pinStiffness',
    unit: 'N/um',
    default: '14 N/um', // [E] from 0.146 um/N for one steel cantilever of 0.7 mm diameter
    bounds: POSITIVE,
    plausible: [0.1, 1000],
    description: 'Bending stiffness of both guide pins together.',
  },
  {
    name: 'pinAngularStiffness',
    unit: 'N um/rad',
    default: '2e7 N um/rad', // [E]
    bounds: POSITIVE,
    plausible: [1e4, 1e10],
    description: 'Resistance of the pins against tilt beyond their play.',
  },
  {
    name: 'contactStiffness',
    unit: 'N/um',
    default: '1 N/um', // [E] estimates range from 0.7 to 1.2
    bounds: POSITIVE,
    plausible: [0.01, 100],
    description: 'Contact stiffness of one pair of facing fibres.',
  },
  {
    name: 'engagedLength',
    unit: 'um',
    default: '2 mm', // [E]
    bounds: POSITIVE,
    plausible: [100, 20000],
    description: 'Length over which the pins are engaged in the holes.',
  },
  {
    name: 'temperature',
    unit: 'degC',
    default: '23 degC', // [S] at which dimensions are stated and connectors tested
    bounds: TEMPERATURE,
    plausible: [-60, 150],
    description: 'Temperature of both plugs. Dimensions are stated at 23 degC.',
  },
  {
    name: 'unpinnedWarmerBy',
    unit: 'degC',
    default: '0 K',
    bounds: ANY,
    plausible: [-50, 50],
    description: 'By how much the unpinned plug is warmer than the pinned one.',
  },
  {
    name: 'earlierMatings',
    unit: '1',
    default: '0',
    bounds: NOT_NEGATIVE,
    plausible: [0, 100000],
    description: 'Matings that a pair has behind it, which have worn its guide holes.',
  },
  {
    name: 'debrisProbability',
    unit: '1',
    default: '0',
    bounds: SHARE,
    plausible: [0, 1],
    description: 'Probability that a mating catches a particle between the faces.',
  },
] as const satisfies readonly ScalarSpec[];

export type MatingScalar = (typeof MATING_SCALARS)[number]['name'];

/** Scalars of a design; some defaults depend on the polish, the mounting or the tips: see below. */
export const DESIGN_SCALARS = [
  {
    name: 'endFace.angle',
    unit: 'rad',
    default: '8 deg', // [S] of an APC face; of a PC face it is 0
    bounds: { min: 0, max: 45 * DEG, minAllowed: true },
    plausible: [0, 15 * DEG],
    description: 'Angle of the end face: 8 deg for APC, 0 for PC.',
  },
  {
    name: 'mounting.sideLoadTransmission',
    unit: '1',
    default: '1', // [E] for a fixed ferrule; see MOUNTING_DEFAULTS
    bounds: SHARE,
    plausible: [0, 1],
    description:
      'Share of the side load on the housing that reaches the ferrule. Default 1 for a fixed and 0.15 for a floating one.',
  },
  {
    name: 'mounting.angularStiffness',
    unit: 'N um/rad',
    default: '2e7 N um/rad', // [E] for a fixed ferrule; see MOUNTING_DEFAULTS
    bounds: POSITIVE,
    plausible: [1e2, 1e10],
    description:
      'Resistance of the mounting against tilt. Default 2e7 N um/rad for a fixed and 2e5 N um/rad for a floating ferrule.',
  },
  {
    name: 'mounting.ferruleExpansion',
    unit: '/degC',
    default: '20 ppm/K', // [E] glass-filled PPS; epoxy ferrules about 12
    bounds: ANY,
    plausible: [-100e-6, 200e-6],
    description: 'Thermal expansion of the ferrule.',
  },
  {
    name: 'guidePins.expansion',
    unit: '/degC',
    default: '17.2 ppm/K', // [E] austenitic stainless steel
    bounds: ANY,
    plausible: [-100e-6, 200e-6],
    description: 'Thermal expansion of the guide pins.',
  },
  {
    name: 'guidePins.wearFactor',
    unit: '1',
    default: '1', // [E] of a round tip; see WEAR_FACTORS
    bounds: NOT_NEGATIVE,
    plausible: [0, 10],
    description:
      'By how much the pins wear holes, against round tips. Default 1 for a round and 0.4 for an elliptical tip.',
  },
  {
    name: 'guideHoles.wearRate',
    unit: 'um',
    default: '0.4 nm', // [E]
    bounds: NOT_NEGATIVE,
    plausible: [0, 0.1],
    description: 'By how much the first mating widens a hole.',
  },
  {
    name: 'guideHoles.wearExponent',
    unit: '1',
    default: '1', // [E]
    bounds: { min: 0, max: 4, minAllowed: true },
    plausible: [0.1, 2],
    description: 'Power of the number of matings with which a hole widens.',
  },
  {
    name: 'endFace.withdrawal',
    unit: 'um/degC',
    default: '1 nm/K', // [E]
    bounds: ANY,
    plausible: [-0.1, 0.1],
    description: 'By how much a fibre tip falls back behind the face as the plug gets warmer.',
  },
  {
    name: 'spring.temperatureCoefficient',
    unit: '/degC',
    default: '-200 ppm/K', // [E]
    bounds: ANY,
    plausible: [-0.01, 0.01],
    description: 'Change of the spring force with temperature.',
  },
] as const satisfies readonly ScalarSpec[];

export type DesignScalar = (typeof DESIGN_SCALARS)[number]['name'];

/** Angle of the end face by polish: [S] 8 deg for APC. */
export const ANGLE_DEFAULTS: Readonly<Record<string, string>> = { APC: '8 deg', PC: '0 deg' };

/** Defaults by mounting, all [E]. */
export const MOUNTING_DEFAULTS: Readonly<
  Record<string, { readonly sideLoadTransmission: string; readonly angularStiffness: string }>
> = {
  fixed: { sideLoadTransmission: '1', angularStiffness: '2e7 N um/rad' },
  floating: { sideLoadTransmission: '0.15', angularStiffness: '2e5 N um/rad' },
};

/** Wear of the holes by the shape of the pins' tips, [E]. */
export const WEAR_FACTORS: Readonly<Record<string, string>> = { round: '1', elliptical: '0.4' };

/** Laws of the seat errors of pins without a clamp, [E]. */
export const LOOSE_PIN = '0 um ± 1.5 um at 3 sigma, truncated';

/** What a fibre is described by, by its mode; the other is not given. */
export const FIBRE_INPUTS = {
  'single-mode': ['fibres.modeFieldDiameter'],
  multimode: ['fibres.coreDiameter', 'fibres.numericalAperture'],
} as const satisfies Readonly<Record<string, readonly DesignInput[]>>;
export type FibreMode = keyof typeof FIBRE_INPUTS;
export const FIBRE_MODES = ['single-mode', 'multimode'] as const satisfies readonly FibreMode[];

/** Inputs without which a design says nothing, besides those of its fibres; the others are perfect when left out. */
export const REQUIRED_INPUTS: readonly DesignInput[] = [
  'guidePins.diameter',
  'guideHoles.diameter',
];

/** [S] 7.8 to 11.8 N for 12 fibres, 20 N for 24; [E] the spreads, and that 16 fibres go with 12 and all others with 24. */
export function springForceDefault(fibres: number): string {
  return fibres <= 16
    ? '9.8 N ± 1.8 N at 3 sigma, truncated'
    : '20 N ± 3.6 N at 3 sigma, truncated';
}

/** Perfect values other than 0. */
export const PERFECT_INPUTS: Readonly<Partial<Record<DesignInput, string>>> = {
  'endFace.layerIndex': '1.48', // [E] of a layer that has no thickness unless one is given
};

/** Laws of the mating inputs that a scenario leaves out, all [E]. */
export const MATING_INPUT_DEFAULTS: Readonly<Record<MatingInput, unknown>> = {
  sideLoad: { distribution: 'half-normal', sigma: '2 N' },
  sideLoadDirection: { distribution: 'uniform', low: '0 deg', high: '360 deg' },
  restTiltX: '0 deg ± 0.09 deg at 3 sigma, truncated',
  restTiltY: '0 deg ± 0.09 deg at 3 sigma, truncated',
  scatterFloor: '67 dB ± 4.5 dB at 3 sigma, truncated', // [E] around 65 to 70 dB
  debrisGap: { distribution: 'lognormal', median: '1 um', sigmaLog: 0.5 }, // [E]
};

/** [S] the window of multimode links. */
export const MULTIMODE_WAVELENGTH = '850 nm';

/** Defaults of the scenario itself. */
export const DEFAULT_SEED = '1';
export const DEFAULT_MATINGS = 100_000;
export const DEFAULT_ADAPTER = 'key-up-to-key-down';
export const LAUNCHES = ['encircled-flux', 'overfilled'] as const;
export const DEFAULT_LAUNCH = 'encircled-flux';
/** Mode groups that a launch may fill. */
export const MOST_GROUPS = 60;
/** `35 USD` or `35 to 60 USD`. */
export const PRICE_PATTERN = /^(\d+(?:\.\d+)?)(?: to (\d+(?:\.\d+)?))? ([A-Z]{3})$/;
