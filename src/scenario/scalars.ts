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

export const MATING_SCALARS = [
  {
    name: 'wavelength',
    unit: 'um',
    default: '1310 nm', // [E] a choice: the wavelength at which the shipped mode-field diameters hold
    bounds: POSITIVE,
    plausible: [0.4, 2],
    description: 'Wavelength in vacuum.',
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
] as const satisfies readonly ScalarSpec[];

export type MatingScalar = (typeof MATING_SCALARS)[number]['name'];

/** Scalars of a design; their defaults depend on the polish or the mounting and are given by the reader. */
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

/** Inputs without which a design says nothing; the others are perfect (0) when left out. */
export const REQUIRED_INPUTS: readonly DesignInput[] = [
  'guidePins.diameter',
  'guideHoles.diameter',
  'fibres.modeFieldDiameter',
  'spring.force',
];

/** Laws of the mating inputs that a scenario leaves out, all [E]. */
export const MATING_INPUT_DEFAULTS: Readonly<Record<MatingInput, unknown>> = {
  sideLoad: { distribution: 'half-normal', sigma: '2 N' },
  sideLoadDirection: { distribution: 'uniform', low: '0 deg', high: '360 deg' },
  restTiltX: '0 deg ± 0.09 deg at 3 sigma, truncated',
  restTiltY: '0 deg ± 0.09 deg at 3 sigma, truncated',
};

/** Defaults of the scenario itself. */
export const DEFAULT_SEED = '1';
export const DEFAULT_MATINGS = 100_000;
export const DEFAULT_ADAPTER = 'key-up-to-key-down';
