/**
 * The random inputs of the model: one row an input, in the order in which their draws stand in a stream.
 *
 * Schema, units, plausibility, levels and documentation all derive from this table; a new input is a new row at the
 * end, so that the draws of the others stay where they are.
 */

/** How often an input is drawn. Sharing a level is what correlates the fibres of a mating. */
export const LEVELS = ['lot', 'plug', 'hole', 'pin', 'fibre', 'mating'] as const;
export type Level = (typeof LEVELS)[number];

/** Unit in which the model counts a quantity. */
export type Unit = 'um' | 'rad' | 'N' | 'N/um' | 'N um/rad' | '1';

export interface InputSpec {
  /** Path in a design or in the mating section, `section.field` or `field`. */
  readonly name: string;
  readonly of: 'design' | 'mating';
  readonly unit: Unit;
  /** Level at which it is drawn unless the scenario says otherwise. */
  readonly level: Level;
  /** Levels that a scenario may give instead. */
  readonly levels: readonly Level[];
  /** Plausible range of its values, in `unit`; outside it a scenario is refused unless it insists. */
  readonly plausible: readonly [number, number];
  /** Lowest value that means anything; nothing may be drawn from a law that lies wholly below it. */
  readonly atLeast?: number;
  readonly description: string;
}

const PLUG_LEVELS = ['plug', 'lot'] as const;
const FIBRE_LEVELS = ['fibre', 'plug', 'lot'] as const;
const MATING_LEVELS = ['mating', 'lot'] as const;
const DEG = Math.PI / 180;

export const INPUTS = [
  {
    name: 'guidePins.diameter',
    of: 'design',
    unit: 'um',
    level: 'pin',
    levels: ['pin', 'plug', 'lot'],
    plausible: [400, 1000],
    atLeast: 0,
    description: 'Guide-pin diameter; of an elliptical pin the axis along x.',
  },
  {
    name: 'guidePins.minorAxisShorterBy',
    of: 'design',
    unit: 'um',
    level: 'pin',
    levels: ['pin', 'plug', 'lot'],
    plausible: [0, 20],
    atLeast: 0,
    description:
      'By how much the axis along y of an elliptical pin is shorter than the one along x.',
  },
  {
    name: 'guideHoles.diameter',
    of: 'design',
    unit: 'um',
    level: 'hole',
    levels: ['hole', 'plug', 'lot'],
    plausible: [400, 1000],
    atLeast: 0,
    description: 'Guide-hole diameter.',
  },
  {
    name: 'guideHoles.pitchError',
    of: 'design',
    unit: 'um',
    level: 'plug',
    levels: PLUG_LEVELS,
    plausible: [-20, 20],
    description: 'Guide-hole pitch minus its nominal value.',
  },
  {
    name: 'bores.rowBiasX',
    of: 'design',
    unit: 'um',
    level: 'plug',
    levels: PLUG_LEVELS,
    plausible: [-10, 10],
    description: 'Shift of all fibre bores of a plug along x.',
  },
  {
    name: 'bores.rowBiasY',
    of: 'design',
    unit: 'um',
    level: 'plug',
    levels: PLUG_LEVELS,
    plausible: [-10, 10],
    description: 'Shift of all fibre bores of a plug along y, towards the key.',
  },
  {
    name: 'bores.positionErrorX',
    of: 'design',
    unit: 'um',
    level: 'fibre',
    levels: FIBRE_LEVELS,
    plausible: [-10, 10],
    description: 'Position error of a bore along x.',
  },
  {
    name: 'bores.positionErrorY',
    of: 'design',
    unit: 'um',
    level: 'fibre',
    levels: FIBRE_LEVELS,
    plausible: [-10, 10],
    description: 'Position error of a bore along y.',
  },
  {
    name: 'bores.diametralClearance',
    of: 'design',
    unit: 'um',
    level: 'fibre',
    levels: FIBRE_LEVELS,
    plausible: [0, 10],
    atLeast: 0,
    description:
      'Bore diameter minus fibre diameter; the fibre lies anywhere on the disc of half this radius, uniformly.',
  },
  {
    name: 'bores.tiltX',
    of: 'design',
    unit: 'rad',
    level: 'fibre',
    levels: FIBRE_LEVELS,
    plausible: [-2 * DEG, 2 * DEG],
    description: 'Lean of a bore towards +x out of the end face.',
  },
  {
    name: 'bores.tiltY',
    of: 'design',
    unit: 'rad',
    level: 'fibre',
    levels: FIBRE_LEVELS,
    plausible: [-2 * DEG, 2 * DEG],
    description: 'Lean of a bore towards +y out of the end face.',
  },
  {
    name: 'fibres.coreEccentricity',
    of: 'design',
    unit: 'um',
    level: 'fibre',
    levels: FIBRE_LEVELS,
    plausible: [0, 5],
    atLeast: 0,
    description: 'Distance of the core from the middle of the fibre; its azimuth is uniform.',
  },
  {
    name: 'fibres.modeFieldDiameter',
    of: 'design',
    unit: 'um',
    level: 'fibre',
    levels: FIBRE_LEVELS,
    plausible: [2, 20],
    atLeast: 0.1,
    description: 'Mode-field diameter at the wavelength of the mating section.',
  },
  {
    name: 'endFace.fibreHeight',
    of: 'design',
    unit: 'um',
    level: 'fibre',
    levels: FIBRE_LEVELS,
    plausible: [-50, 50],
    description: 'Height of a fibre tip over the common plane of the face.',
  },
  {
    name: 'endFace.slopeErrorX',
    of: 'design',
    unit: 'rad',
    level: 'plug',
    levels: PLUG_LEVELS,
    plausible: [-2 * DEG, 2 * DEG],
    description: 'End-face slope along x beyond the nominal one, out of the face.',
  },
  {
    name: 'endFace.slopeErrorY',
    of: 'design',
    unit: 'rad',
    level: 'plug',
    levels: PLUG_LEVELS,
    plausible: [-2 * DEG, 2 * DEG],
    description: 'End-face slope along y beyond the nominal one, out of the face.',
  },
  {
    name: 'spring.force',
    of: 'design',
    unit: 'N',
    level: 'mating',
    levels: MATING_LEVELS,
    plausible: [0.5, 60],
    atLeast: 0,
    description: 'Force of the spring that presses the ferrules together.',
  },
  {
    name: 'sideLoad',
    of: 'mating',
    unit: 'N',
    level: 'mating',
    levels: MATING_LEVELS,
    plausible: [0, 100],
    atLeast: 0,
    description: 'Side load on the housing.',
  },
  {
    name: 'sideLoadDirection',
    of: 'mating',
    unit: 'rad',
    level: 'mating',
    levels: MATING_LEVELS,
    plausible: [-4 * Math.PI, 4 * Math.PI],
    description: 'Direction of the side load, from +x towards +y of the pinned plug.',
  },
  {
    name: 'restTiltX',
    of: 'mating',
    unit: 'rad',
    level: 'mating',
    levels: MATING_LEVELS,
    plausible: [-2 * DEG, 2 * DEG],
    description: 'Tilt along x at which the mountings are at rest.',
  },
  {
    name: 'restTiltY',
    of: 'mating',
    unit: 'rad',
    level: 'mating',
    levels: MATING_LEVELS,
    plausible: [-2 * DEG, 2 * DEG],
    description: 'Tilt along y at which the mountings are at rest.',
  },
  {
    name: 'guidePins.seatErrorX',
    of: 'design',
    unit: 'um',
    level: 'pin',
    levels: ['pin', 'plug', 'lot'],
    plausible: [-50, 50],
    description:
      'By how far a pin that is not clamped sits off its place in its own ferrule, along x.',
  },
  {
    name: 'guidePins.seatErrorY',
    of: 'design',
    unit: 'um',
    level: 'pin',
    levels: ['pin', 'plug', 'lot'],
    plausible: [-50, 50],
    description:
      'By how far a pin that is not clamped sits off its place in its own ferrule, along y.',
  },
] as const satisfies readonly InputSpec[];

export type InputName = (typeof INPUTS)[number]['name'];
export type DesignInput = Extract<(typeof INPUTS)[number], { of: 'design' }>['name'];
export type MatingInput = Extract<(typeof INPUTS)[number], { of: 'mating' }>['name'];

const BY_NAME: ReadonlyMap<string, InputSpec> = new Map(INPUTS.map((input) => [input.name, input]));

export function inputSpec(name: InputName): InputSpec {
  return BY_NAME.get(name) as InputSpec;
}
