/** The fields of two sides, in rows: one for every input and every other number or choice of a design and its mating. */
import { INPUTS } from '../scenario/inputs.js';
import { DESIGN_SCALARS, MATING_SCALARS } from '../scenario/scalars.js';
import { CHOICES } from './choices.js';
import { valueAt } from './tree.js';
import type { Json, JsonMap, Side } from './types.js';

export interface Row {
  /** Keys that lead to it in a side. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly description: string;
  /** law: distribution; number: value with unit; choice: one of a few. */
  readonly kind: 'law' | 'number' | 'choice';
  /** Values that make sense, in the unit of the model; null where no table says. */
  readonly plausible: readonly [number, number] | null;
}

export interface RowGroup {
  readonly title: string;
  readonly rows: readonly Row[];
}

const SECTIONS: Readonly<Record<string, string>> = {
  guidePins: 'Guide pins',
  guideHoles: 'Guide holes',
  bores: 'Bores',
  fibres: 'Fibres',
  endFace: 'End face',
  spring: 'Spring',
  mounting: 'Mounting',
};

const SPECS = new Map<
  string,
  { readonly description: string; readonly plausible: readonly [number, number] }
>([
  ...INPUTS.map((spec) => [`${spec.of}.${spec.name}`, spec] as const),
  ...DESIGN_SCALARS.map((spec) => [`design.${spec.name}`, spec] as const),
  ...MATING_SCALARS.map((spec) => [`mating.${spec.name}`, spec] as const),
]);

const CHOICE_NOTES: Readonly<Record<string, string>> = {
  'design.fibres.count': 'Number of fibres.',
  'design.guidePins.shape': 'Cross-section of the pins.',
  'design.guidePins.majorAxis': 'Axis along which an elliptical pin has its full diameter.',
  'design.guidePins.tip': 'Shape of the tips, which wear the holes.',
  'design.guidePins.clamp': 'Whether a clamp holds the pins.',
  'design.endFace.polish': 'Angled (APC) or flat (PC).',
  'design.mounting.type': 'How the ferrule is held in its housing.',
  'mating.adapter': 'Adapter: type A or type B.',
  'mating.launch': 'How light fills the mode groups of multimode fibres.',
};

/** Rows that either side has. */
export function rowsOf(sides: readonly [Side, Side]): RowGroup[] {
  const groups = Object.entries(SECTIONS).map(([section, title]) => ({
    title,
    rows: rowsBelow(sides, ['design', section]),
  }));
  return [...groups, { title: 'Mating', rows: rowsBelow(sides, ['mating']) }];
}

function rowsBelow(sides: readonly [Side, Side], below: readonly string[]): Row[] {
  const maps = sides.map((side) => (valueAt(side, below) ?? {}) as JsonMap);
  const names = [...new Set(maps.flatMap((map) => Object.keys(map)))];
  return names.flatMap((name) => {
    const keys = [...below, name];
    const path = keys.join('.');
    const value = maps.map((map) => map[name]).find((found) => found !== undefined);
    const kind = kindOf(path, value);
    if (kind === undefined) return [];
    const spec = SPECS.get(path);
    return [
      {
        keys,
        kind,
        label: inWords(name),
        description: spec?.description ?? CHOICE_NOTES[path] ?? '',
        plausible: spec?.plausible ?? null,
      },
    ];
  });
}

function kindOf(path: string, value: Json | undefined): Row['kind'] | undefined {
  if (path in CHOICES) return Array.isArray(value) ? undefined : 'choice';
  const spec = SPECS.get(path);
  if (spec === undefined) return undefined;
  return 'level' in spec ? 'law' : 'number';
}

/** `positionErrorX` → `position error X`. */
function inWords(name: string): string {
  return name
    .replaceAll(/(?<=[a-z])[A-Z](?=[a-z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll(/(?<=[a-z])([A-Z])/g, ' $1');
}
