/** The columns of a file of measured plugs, what their values should be near, and why they may not be. */
import { HEADER } from './csv.js';
import { type InputName, inputSpec, type Unit } from './inputs.js';
import type { Layout } from './layout.js';
import { type Details, shorten } from './raw.js';
import { shortNumber, showQuantity } from './show-quantity.js';
import { didYouMean, nearest, oneOf } from './suggest.js';
import { describeDimension, dimensionOf, UNITS } from './units.js';

/** One measured plug, in its own frame (model §1). What was not measured is absent; per-fibre values: fibre 1 first. */
export interface MeasuredPlug {
  readonly name: string;
  readonly gender: 'pinned' | 'unpinned' | undefined;
  /** Cores minus their nominal positions; x and y come together. */
  readonly coreErrorXUm?: readonly number[];
  readonly coreErrorYUm?: readonly number[];
  readonly fibreHeightUm?: readonly number[];
  readonly modeFieldDiameterUm?: readonly number[];
  readonly coreDiameterUm?: readonly number[];
  readonly numericalAperture?: readonly number[];
  readonly tiltXRad?: readonly number[];
  readonly tiltYRad?: readonly number[];
  /** The one at −x, beside fibre 1, and the one at +x. */
  readonly holeDiametersUm?: readonly [number, number];
  readonly pinDiametersUm?: readonly [number, number];
  readonly pitchErrorUm?: number;
  readonly slopeErrorXRad?: number;
  readonly slopeErrorYRad?: number;
}

type PlugField = 'pitchErrorUm' | 'slopeErrorXRad' | 'slopeErrorYRad';
type GuideField = 'holeDiametersUm' | 'pinDiametersUm';
type FibreField = Exclude<keyof MeasuredPlug, 'name' | 'gender' | PlugField | GuideField>;

/** A column that says which plug and fibre a row is about. */
interface LabelColumn {
  readonly of: 'label';
  readonly name: 'plug' | 'gender' | 'fibre';
  readonly description: string;
}

interface ValueSpec {
  readonly name: string;
  readonly unit: Unit;
  /** Part of the layout near which the values lie. */
  readonly nominal?: 'xUm' | 'yUm' | 'guidePitchUm' | 'guideHoleDiameterUm';
  /** Whether the field holds the value minus the nominal one, rather than the value itself. */
  readonly isDeviation?: boolean;
  /** Plausible range in `unit`, about the nominal value if there is one. */
  readonly plausible: readonly [number, number];
  /** Lowest value that means anything. */
  readonly atLeast?: number | undefined;
  /** Columns of which one must be measured too. */
  readonly needs?: readonly string[];
  readonly description: string;
}

/** A column of measured values, one a fibre or one a plug, and the field that they go to. */
export type ValueColumn = ValueSpec &
  (
    | { readonly of: 'fibre'; readonly field: FibreField }
    | { readonly of: 'plug'; readonly field: PlugField }
    | { readonly of: 'guide'; readonly field: GuideField; readonly side: 0 | 1 }
  );

export type MeasuredColumn = LabelColumn | ValueColumn;

/** An input that a measured value takes the place of knows its unit and its bounds. */
function like(input: InputName): Pick<ValueSpec, 'unit' | 'plausible' | 'atLeast' | 'description'> {
  const { unit, plausible, atLeast, description } = inputSpec(input);
  return { unit, plausible, atLeast, description };
}

function perFibre(name: string, field: FibreField, input: InputName): ValueColumn {
  return { of: 'fibre', name, field, ...like(input) };
}

/** A core along one axis: its position, or instead of it the deviation. */
function core(axis: 'X' | 'Y'): readonly ValueColumn[] {
  const other = axis === 'X' ? 'Y' : 'X';
  const along = axis === 'X' ? 'from fibre 1 to fibre n' : 'towards the key';
  const common = {
    ...perFibre('', `coreError${axis}Um`, `bores.positionError${axis}`),
    needs: [`core${other}`, `coreError${other}`],
  };
  return [
    {
      ...common,
      name: `core${axis}`,
      nominal: axis === 'X' ? 'xUm' : 'yUm',
      isDeviation: true,
      description: `Position of the core, from midway between the guide holes, ${along}.`,
    },
    {
      ...common,
      name: `coreError${axis}`,
      description: `Instead of core${axis}: the position minus the nominal one.`,
    },
  ];
}

/** Both guide holes, or pins. They lie within 20 µm of the nominal hole, as in check-guides.ts. */
function guides(part: 'hole' | 'pin'): readonly ValueColumn[] {
  return ([0, 1] as const).map((side) => ({
    of: 'guide',
    name: `${part}${side + 1}Diameter`,
    field: `${part}DiametersUm`,
    side,
    ...like('guideHoles.diameter'),
    nominal: 'guideHoleDiameterUm',
    plausible: [-20, 20],
    needs: [`${part}${2 - side}Diameter`],
    description: `Diameter of the guide ${part} at ${side === 0 ? '-x, beside fibre 1' : '+x'}.`,
  }));
}

/** Every column that a file may have. */
export const MEASURED_COLUMNS: readonly MeasuredColumn[] = [
  {
    of: 'label',
    name: 'plug',
    description: 'Name of the plug. May be left out if there is only one.',
  },
  { of: 'label', name: 'gender', description: 'pinned or unpinned. May be left out.' },
  { of: 'label', name: 'fibre', description: 'Number of the fibre, from 1.' },
  ...core('X'),
  ...core('Y'),
  perFibre('fibreHeight', 'fibreHeightUm', 'endFace.fibreHeight'),
  perFibre('modeFieldDiameter', 'modeFieldDiameterUm', 'fibres.modeFieldDiameter'),
  perFibre('coreDiameter', 'coreDiameterUm', 'fibres.coreDiameter'),
  perFibre('numericalAperture', 'numericalAperture', 'fibres.numericalAperture'),
  perFibre('tiltX', 'tiltXRad', 'bores.tiltX'),
  perFibre('tiltY', 'tiltYRad', 'bores.tiltY'),
  ...guides('hole'),
  ...guides('pin'),
  {
    of: 'plug',
    name: 'pitch',
    field: 'pitchErrorUm',
    ...like('guideHoles.pitchError'),
    nominal: 'guidePitchUm',
    isDeviation: true,
    description: 'Distance between the middles of the guide holes.',
  },
  {
    of: 'plug',
    name: 'pitchError',
    field: 'pitchErrorUm',
    ...like('guideHoles.pitchError'),
    description: 'Instead of pitch: the distance minus the nominal one.',
  },
  { of: 'plug', name: 'slopeErrorX', field: 'slopeErrorXRad', ...like('endFace.slopeErrorX') },
  { of: 'plug', name: 'slopeErrorY', field: 'slopeErrorYRad', ...like('endFace.slopeErrorY') },
];

/** `coreX [um]`: the column as a header may have it. */
export function titleOf(column: MeasuredColumn): string {
  if (column.of === 'label' || column.unit === '1') return column.name;
  return `${column.name} [${column.unit === 'rad' ? 'deg' : column.unit}]`;
}

const ALIASES = new Map([
  ['fiber', 'fibre'],
  ['fiberheight', 'fibreHeight'],
  ['mfd', 'modeFieldDiameter'],
  ['na', 'numericalAperture'],
  ['x', 'coreX'],
  ['y', 'coreY'],
]);

/** A title of a header: the column that it names, and the unit of its values. */
export interface Heading {
  readonly column: MeasuredColumn;
  readonly unit: string;
  /** Size of the unit in that of the column. */
  readonly factor: number;
  readonly problem?: Details & { readonly message: string };
}

/** The column that a title names, undefined if there is none of this name. */
export function readTitle(title: string): Heading | undefined {
  const { name = title, unit: bracket } = HEADER.exec(title)?.groups ?? {};
  const column = MEASURED_COLUMNS.find((known) => known.name === name.trim());
  if (column === undefined) return undefined;
  const wanted = column.of === 'label' ? '1' : column.unit;
  const unit = (bracket ?? '1').replace(/[µμ]/g, 'u').trim();
  if (wanted === '1' && unit === '1') return { column, unit, factor: 1 };
  const sameKind = ({ dimension }: { readonly dimension: readonly number[] }) =>
    wanted !== '1' && dimensionOf(wanted).every((power, i) => power === dimension[i]);
  const known = UNITS.get(unit);
  if (known !== undefined && sameKind(known)) return { column, unit, factor: known.factor };
  const stands = known === undefined ? 'no known unit' : describeDimension(known.dimension);
  const units = [...UNITS].filter(([, of]) => sameKind(of)).map(([symbol]) => symbol);
  const problem = {
    message: `column "${column.name}": ${bracket === undefined ? 'the unit is missing' : `${stands} in brackets`}`,
    found: shorten(title),
    expected:
      wanted === '1' ? `${column.name}, without a unit` : `${titleOf(column)}; ${oneOf(units)}`,
    suggestion: didYouMean(unit, units),
  };
  return { column, unit, factor: 1, problem };
}

/** The column that a title seems to mean, of those that are not in the header yet. */
export function guessColumn(title: string, given: ReadonlyMap<string, unknown>) {
  const word = title
    .replace(/[[(].*$/su, '')
    .replace(/[\W_]/gu, '')
    .toLowerCase();
  const columns = MEASURED_COLUMNS.filter(({ name }) => !given.has(name));
  const name =
    ALIASES.get(word) ??
    nearest(
      word,
      columns.map((column) => column.name),
    );
  return columns.find((column) => column.name === name);
}

/** The column that gives the same in another way, such as coreErrorX for coreX. */
export function twinOf(column: ValueColumn): ValueColumn | undefined {
  if (column.of === 'guide') return undefined;
  return MEASURED_COLUMNS.find(
    (other): other is ValueColumn =>
      other.of !== 'label' && other.field === column.field && other !== column,
  );
}

/** A value in the column's unit; `fibre` counts from 0, and is 0 where the value is not a fibre's. */
export interface Measured {
  readonly value: number;
  readonly fibre: number;
}

/** The nominal value that the layout gives, 0 if it gives none. */
export function nominalOf({ nominal }: ValueColumn, layout: Layout, fibre: number): number {
  if (nominal === undefined) return 0;
  return nominal === 'xUm' || nominal === 'yUm' ? (layout[nominal][fibre] ?? 0) : layout[nominal];
}

export function isPlausible(column: ValueColumn, at: Measured, layout: Layout): boolean {
  const beyond = at.value - nominalOf(column, layout, at.fibre);
  return beyond >= column.plausible[0] && beyond <= column.plausible[1];
}

/** `-1385 um to -1365 um`. */
export function plausibleRange(column: ValueColumn, layout: Layout, fibre: number): string {
  const nominal = nominalOf(column, layout, fibre);
  const [low, high] = column.plausible;
  return `${showQuantity(nominal + low, column.unit)} to ${showQuantity(nominal + high, column.unit)}`;
}

/** From large to small, so that the first that fits changes the numbers least. */
const SLIPS: Partial<Record<Unit, readonly string[]>> = {
  um: ['m', 'mm', 'um', 'nm'],
  rad: ['rad', 'deg', 'mrad', 'urad'],
};

/** What would make all these values plausible: another frame, column, unit or origin. */
export function likelyCause(
  column: ValueColumn,
  values: readonly Measured[],
  unit: string,
  layout: Layout,
): string | undefined {
  const fits = (change: (value: number) => number, as = column) =>
    values.every(({ value, fibre }) => isPlausible(as, { value: change(value), fibre }, layout));
  const isPosition = column.nominal === 'xUm' || column.nominal === 'yUm';
  if (isPosition && fits((value) => -value)) {
    if (values.length === 1) return 'is the sign reversed?';
    return column.nominal === 'xUm'
      ? 'is x measured from fibre n to fibre 1?'
      : 'is y measured away from the key?';
  }
  const twin = twinOf(column);
  const belongs =
    twin !== undefined && fits((value) => value, twin)
      ? `does it belong into a column "${titleOf(twin)}"?`
      : undefined;
  const factor = UNITS.get(unit)?.factor ?? 1;
  const meant = SLIPS[column.unit]?.find(
    (other) => other !== unit && fits((value) => (value / factor) * UNITS.get(other)!.factor),
  );
  const inUnit = meant === undefined ? undefined : `is it in ${meant}?`;
  // near a large nominal value hardly anything fits by chance, near 0 much does
  const likelier = column.isDeviation === true ? (inUnit ?? belongs) : (belongs ?? inUnit);
  if (likelier !== undefined) return likelier;
  if (column.name.endsWith('Diameter') && fits((value) => 2 * value)) return 'is it a radius?';
  const shift = median(values.map((at) => at.value - nominalOf(column, layout, at.fibre)));
  if (isPosition && values.length > 2 && fits((value) => value - shift)) {
    return `is the origin midway between the guide holes? It seems ${shortNumber(Math.abs(shift))} um away from there`;
  }
  return undefined;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
