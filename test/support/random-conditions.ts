/** Random conditions of mating, plausible or not, and what a stress makes of them. */
import { ADAPTERS } from '../../src/scenario/layout.js';
import type { FibreMode } from '../../src/scenario/scalars.js';
import type { LaunchChoice, MatingConditions } from '../../src/scenario/types.js';
import type { Chance } from './chance.js';
import { type Roughness, randomInputs } from './random-inputs.js';

export interface Conditions {
  readonly rough: Roughness;
  /** New parts at 23 °C, and no particles. */
  readonly isNominal: boolean;
}

const WAVELENGTHS_UM: Readonly<Record<FibreMode, readonly number[]>> = {
  'single-mode': [1.31, 1.55, 0.85, 1.625],
  multimode: [0.85, 1.3],
};

/** Given powers fill no more groups than the smallest of the random fibres guides, 7; one leaves the lowest dark. */
const LAUNCHES: readonly LaunchChoice[] = [
  'encircled-flux',
  'overfilled',
  [1],
  [2, 1, 0, 0.5],
  [0, 0, 0, 0, 0, 1, 2],
];

export function randomMating(
  chance: Chance,
  mode: FibreMode,
  { rough, isNominal }: Conditions,
): MatingConditions {
  const scalar = (everyday: number, corners: readonly number[]): number =>
    chance.is(rough.corners) ? chance.pick(corners) : everyday;
  const other = (nominal: number, others: readonly number[]): number =>
    !isNominal && chance.is(0.5) ? chance.pick(others) : nominal;
  const { inputs, correlations } = randomInputs(chance, 'mating', mode, rough, () => 0);
  return {
    adapter: chance.pick(ADAPTERS),
    // powers of the higher groups of the smallest fibre alone: cores far below the others end their table
    launch: chance.is(0.3) ? [0, 0, 0, 0, 0, 0, 0, 0, 1, 2] : chance.pick(LAUNCHES),
    temperatureDegC: other(23, [-40, 21, 70]),
    unpinnedWarmerByDegC: other(0, [-15, 2]),
    earlierMatings: other(0, [0.5, 1, 250, 10_000]),
    debrisProbability: other(0, [0.05, 0.5, 1]),
    wavelengthUm: chance.pick(WAVELENGTHS_UM[mode]),
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

/** The conditions with some of them changed, each with the chance of three in ten. */
export function changedMating(
  chance: Chance,
  mating: MatingConditions,
  mode: FibreMode,
  conditions: Conditions,
): MatingConditions {
  const fresh = randomMating(chance, mode, conditions);
  const changed: Record<string, unknown> = { ...mating };
  for (const [name, value] of Object.entries(fresh)) {
    if (name !== 'inputs' && name !== 'correlations' && chance.is(0.3)) changed[name] = value;
  }
  // Laws and their correlations go together.
  const { inputs, correlations } = chance.is(0.3) ? fresh : mating;
  return { ...(changed as unknown as MatingConditions), inputs, correlations };
}
