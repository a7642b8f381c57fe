/** The units a scenario may use: each a factor to the model's own unit, taken from mathjs, and a dimension. */
import type { Unit } from './inputs.js';
import { mathjs } from './mathjs.js';

/** Powers of length, angle, force, temperature and level (decibels), in the order of BASES. */
export type Dimension = readonly number[];

const BASES = ['um', 'rad', 'N', 'degC', 'dB'] as const;
type Base = (typeof BASES)[number];

export const DIMENSIONLESS: Dimension = BASES.map(() => 0);

function powers(of: Partial<Record<Base, number>>): Dimension {
  return BASES.map((base) => of[base] ?? 0);
}

const DIMENSION_OF: Readonly<Record<Unit, Dimension>> = {
  um: powers({ um: 1 }),
  rad: powers({ rad: 1 }),
  N: powers({ N: 1 }),
  'N/um': powers({ N: 1, um: -1 }),
  'N um/rad': powers({ N: 1, um: 1, rad: -1 }),
  degC: powers({ degC: 1 }),
  '/degC': powers({ degC: -1 }),
  'um/degC': powers({ um: 1, degC: -1 }),
  dB: powers({ dB: 1 }),
  'dB/um': powers({ dB: 1, um: -1 }),
  '1': DIMENSIONLESS,
};

export function dimensionOf(unit: Unit): Dimension {
  return DIMENSION_OF[unit];
}

/** How a quantity of this unit is called and written, for messages and editors. */
export const QUANTITY_OF: Readonly<
  Record<Unit, { readonly noun: string; readonly example: string }>
> = {
  um: { noun: 'a length', example: '698.8 um' },
  rad: { noun: 'an angle', example: '0.03 deg' },
  N: { noun: 'a force', example: '9.8 N' },
  'N/um': { noun: 'a stiffness', example: '2 N/um' },
  'N um/rad': { noun: 'an angular stiffness', example: '2e7 N um/rad' },
  degC: { noun: 'a temperature', example: '23 degC' },
  '/degC': { noun: 'a temperature coefficient', example: '20 ppm/K' },
  'um/degC': { noun: 'a length per temperature', example: '1 nm/K' },
  dB: { noun: 'a level', example: '67 dB' },
  'dB/um': { noun: 'an attenuation', example: '0.4 dB/km' },
  '1': { noun: 'a plain number', example: '0.12' },
};

/** The nouns without their article, as names: `angular-stiffness`. */
export const QUANTITY_NAMES: ReadonlyMap<Unit, string> = new Map(
  (Object.keys(QUANTITY_OF) as Unit[]).map((unit) => [
    unit,
    QUANTITY_OF[unit].noun.replace(/^an? /, '').replaceAll(' ', '-'),
  ]),
);

/** `a length such as 698.8 um`. */
export function expectedQuantity(unit: Unit): string {
  const { noun, example } = QUANTITY_OF[unit];
  return `${noun} such as ${example}`;
}

export interface NamedUnit {
  /** Size in µm, rad, N, °C or dB. */
  readonly factor: number;
  readonly dimension: Dimension;
}

const LENGTHS = ['pm', 'nm', 'um', 'mm', 'cm', 'm', 'km', 'mil', 'inch'];
const ANGLES = ['urad', 'mrad', 'rad', 'deg', 'arcmin', 'arcsec'];
const FORCES = ['uN', 'mN', 'N', 'kN', 'kgf', 'lbf'];

/**
 * The names a quantity may use as units. A kelvin is a degree here: temperatures are counted in °C, and only their
 * differences and what goes by them are written with K.
 */
export const UNITS: ReadonlyMap<string, NamedUnit> = new Map([
  ...LENGTHS.map((name) => unitRow(name, 'um')),
  ...ANGLES.map((name) => unitRow(name, 'rad')),
  ...FORCES.map((name) => unitRow(name, 'N')),
  ...(['degC', 'K'] as const).map((name) => ownUnit(name, 1, 'degC')),
  ownUnit('dB', 1, 'dB'),
  ownUnit('ppm', 1e-6, '1'),
]);

function ownUnit(name: string, factor: number, unit: Unit): [string, NamedUnit] {
  return [name, { factor, dimension: dimensionOf(unit) }];
}

/** Compound units, so that the common way to write them needs no parsing. */
export const COMPOUND_UNITS: ReadonlyMap<string, NamedUnit> = new Map([
  ...(['N/um', 'N um/rad', '/degC', 'um/degC', 'dB/um'] as const).map((unit) =>
    ownUnit(unit, 1, unit),
  ),
  ownUnit('/K', 1, '/degC'),
  ownUnit('um/K', 1, 'um/degC'),
]);

function unitRow(name: string, base: 'um' | 'rad' | 'N'): [string, NamedUnit] {
  const factor = mathjs.unit(1, name).toNumber(base);
  // Lengths and forces are decimal by definition: rounding takes off what the conversion left in the last bits.
  return [
    name,
    { factor: base === 'rad' ? factor : round15(factor), dimension: dimensionOf(base) },
  ];
}

/** x to 15 significant digits: what a decimal of that length and back leaves unchanged. */
export function round15(x: number): number {
  return Number(x.toPrecision(15)) + 0;
}

/** `a length`, `an angle`, or the powers of a dimension that has no name: `um^2 N`. */
export function describeDimension(dimension: Dimension): string {
  for (const unit of Object.keys(DIMENSION_OF) as Unit[]) {
    if (dimensionOf(unit).every((power, i) => power === dimension[i]))
      return QUANTITY_OF[unit].noun;
  }
  const factors = BASES.map((name, i) =>
    dimension[i] === 1 ? name : `${name}^${dimension[i]}`,
  ).filter((_, i) => dimension[i] !== 0);
  return `a quantity in ${factors.join(' ')}`;
}
