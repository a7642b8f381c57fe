/** Laws moved and widened as a whole, on the fields that stand in a scenario file. */
import { readQuantity, tidy, writeQuantity } from './quantity.js';
import type { Json, JsonMap } from './types.js';

/** A number of a law that a slider moves: where the law lies, or how wide it is. */
export interface Handle {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** The law with another number in this place, all else in proportion. */
  readonly moved: (law: JsonMap, to: number) => JsonMap;
}

interface Family {
  /** Field that says where the law lies, or the two whose middle does. */
  readonly centre: readonly string[];
  /** Field that says how wide it is; the two of the centre are wide by half their distance. */
  readonly width: string | null;
  /** Fields that move along, and grow about the centre. */
  readonly places: readonly string[];
  /** Fields that grow with the width. */
  readonly sizes: readonly string[];
}

const NONE = { centre: [], places: [], sizes: [] } as const;
const FAMILIES: Readonly<Record<string, Family>> = {
  fixed: { ...NONE, centre: ['value'], width: null, places: ['value'] },
  uniform: { ...NONE, centre: ['low', 'high'], width: null, places: ['low', 'high'] },
  normal: {
    centre: ['mean'],
    width: 'sigma',
    places: ['mean', 'lower', 'upper'],
    sizes: ['sigma'],
  },
  'half-normal': { ...NONE, width: 'sigma', sizes: ['sigma'] },
  triangular: { ...NONE, centre: ['low', 'high'], width: null, places: ['low', 'mode', 'high'] },
  lognormal: { ...NONE, width: 'median', sizes: ['median'] },
  rayleigh: { ...NONE, width: 'scale', sizes: ['scale', 'max'] },
  weibull: { ...NONE, width: 'scale', sizes: ['scale'] },
  beta: { ...NONE, centre: ['low', 'high'], width: null, places: ['low', 'high'] },
  toleranced: {
    centre: ['nominal'],
    width: 'plus',
    places: ['nominal'],
    sizes: ['plus', 'minus'],
  },
};

/** What can be moved of a law; nothing of one with expressions, lists, or several laws added up. */
export function handlesOf(law: Json): { readonly centre?: Handle; readonly width?: Handle } {
  if (law === null || typeof law !== 'object' || Array.isArray(law)) return {};
  const fields = law as JsonMap;
  const family = FAMILIES[String(fields['distribution'])];
  if (family === undefined) return {};
  const all = [...family.places, ...family.sizes].filter((field) => field in fields);
  if (all.some((field) => readQuantity(fields[field]) === undefined)) return {};
  const centre = centreOf(fields, family);
  const width = widthOf(fields, family);
  return {
    ...(centre === undefined
      ? {}
      : {
          centre: {
            label: family.centre.length === 1 ? family.centre[0]! : 'middle',
            ...centre,
            moved: (from: JsonMap, to: number) => shifted(from, family, to),
          },
        }),
    ...(width === undefined || width.value <= 0
      ? {}
      : {
          width: {
            label: family.width ?? 'half range',
            ...width,
            moved: (from: JsonMap, to: number) => widened(from, family, to),
          },
        }),
  };
}

function centreOf(law: JsonMap, { centre }: Family) {
  const ends = centre.map((field) => readQuantity(law[field])!);
  const [one, other = one] = ends;
  if (one === undefined || other === undefined || one.unit !== other.unit) return undefined;
  return { value: tidy(0.5 * (one.value + other.value)), unit: one.unit };
}

function widthOf(law: JsonMap, { centre, width }: Family) {
  if (width !== null) return readQuantity(law[width]);
  const [low, high] = centre.map((field) => readQuantity(law[field])!);
  if (low === undefined || high === undefined || low.unit !== high.unit) return undefined;
  return { value: tidy(0.5 * (high.value - low.value)), unit: low.unit };
}

function shifted(law: JsonMap, family: Family, to: number): JsonMap {
  const by = to - centreOf(law, family)!.value;
  return changed(law, family.places, (value) => value + by);
}

function widened(law: JsonMap, family: Family, to: number): JsonMap {
  const factor = to / widthOf(law, family)!.value;
  const middle = centreOf(law, family)?.value ?? 0;
  const placed = changed(law, family.places, (value) => middle + factor * (value - middle));
  return changed(placed, family.sizes, (value) => factor * value);
}

function changed(law: JsonMap, fields: readonly string[], to: (value: number) => number): JsonMap {
  const entries = fields.flatMap((field) => {
    const quantity = readQuantity(law[field]);
    if (quantity === undefined) return [];
    return [[field, writeQuantity({ ...quantity, value: tidy(to(quantity.value)) })] as const];
  });
  return { ...law, ...Object.fromEntries(entries) };
}
