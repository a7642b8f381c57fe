/** Lays the fields of an heir over those of its base. */
import { childOf, mapIn, type RawEntry, type RawMap, type RawNode, withEntry } from './raw.js';

/** A field of a design whose value decides the defaults of others in its section. */
interface Deciding {
  readonly section: string;
  readonly field: string;
  /** What the field is where it is left out; undefined if it must be given. */
  readonly fallback?: string;
  /** The only value that decides; any unless given. */
  readonly value?: string;
  readonly decides: readonly string[];
}

const DECIDING: readonly Deciding[] = [
  {
    section: 'mounting',
    field: 'type',
    decides: ['sideLoadTransmission', 'angularStiffness'],
  },
  { section: 'endFace', field: 'polish', decides: ['angle'] },
  { section: 'guidePins', field: 'shape', fallback: 'round', decides: ['tip', 'wearFactor'] },
  { section: 'guidePins', field: 'tip', decides: ['wearFactor'] },
  {
    section: 'guidePins',
    field: 'clamp',
    fallback: 'clamped',
    decides: ['seatErrorX', 'seatErrorY'],
  },
  {
    section: 'fibres',
    field: 'mode',
    fallback: 'single-mode',
    decides: ['modeFieldDiameter', 'coreDiameter', 'numericalAperture'],
  },
  {
    section: 'guidePins',
    field: 'shape',
    fallback: 'round',
    value: 'round',
    decides: ['minorAxisShorterBy', 'majorAxis'],
  },
];

/** The design `over` laid over its base; what a changed field decides is not inherited (see DECIDING). */
export function mergeDesigns(under: RawNode, over: RawNode): RawNode {
  return mergeMaps(withoutDecided(under, over), over, 2);
}

/** `over` laid over `under`: maps are merged down to `levels` levels, everything else is replaced whole. */
export function mergeMaps(under: RawNode | undefined, over: RawNode, levels: number): RawNode {
  if (levels === 0 || under?.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map<string, RawEntry>(under.entries);
  for (const [key, { keyPlace, value }] of over.entries) {
    const isCorrelations = key === 'correlations';
    const merged = isCorrelations ? value : mergeMaps(childOf(under, key), value, levels - 1);
    entries.set(key, { keyPlace, value: merged });
  }
  return { kind: 'map', entries, place: over.place };
}

/** The map without this key. */
export function without(map: RawMap, key: string): RawMap {
  if (!map.entries.has(key)) return map;
  const entries = new Map(map.entries);
  entries.delete(key);
  return { ...map, entries };
}

function withoutDecided(under: RawNode, over: RawNode): RawNode {
  if (under.kind !== 'map') return under;
  let base: RawMap = under;
  for (const { section, field, fallback, value, decides } of DECIDING) {
    const given = textIn(mapIn(over, section), field);
    const inherited = textIn(mapIn(under, section), field) ?? fallback;
    const isChanged = given !== undefined && inherited !== undefined && given !== inherited;
    const entry = base.entries.get(section);
    if (!isChanged || (value !== undefined && given !== value) || entry?.value.kind !== 'map')
      continue;
    base = withEntry(base, section, { ...entry, value: decides.reduce(without, entry.value) });
  }
  return base;
}

function textIn(map: RawMap, field: string): string | undefined {
  const node = childOf(map, field);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
