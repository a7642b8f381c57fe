/** The scenario file as a tree of scalars, lists and maps in which everything knows where it stands. */
import { type Problem, visible } from '../errors.js';

/** Where something stands: line and column from 1, or the `--set` that it came from. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** File to which relative paths refer, where it is not `file`: a `--set` belongs to the scenario file. */
  readonly origin?: string | undefined;
}

export type Scalar = string | number | boolean | null;

export interface RawScalar {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** The scalar as it stands in the file, without quotes. */
  readonly text: string;
  readonly place: Place;
}

export interface RawList {
  readonly kind: 'list';
  readonly items: readonly RawNode[];
  readonly place: Place;
}

export interface RawEntry {
  readonly keyPlace: Place;
  readonly value: RawNode;
}

export interface RawMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, RawEntry>;
  readonly place: Place;
}

export type RawNode = RawScalar | RawList | RawMap;

/** A step from a node to one of its children: a key of a map or an index of a list. */
export type PathStep = string | number;

const NOWHERE: Place = {};

export function emptyMap(place: Place = NOWHERE): RawMap {
  return { kind: 'map', entries: new Map(), place };
}

export function childOf(node: RawNode | undefined, step: PathStep): RawNode | undefined {
  if (node?.kind === 'map') return node.entries.get(String(step))?.value;
  if (node?.kind === 'list' && typeof step === 'number') return node.items[step];
  return undefined;
}

/** The text of a child; undefined if it is none. */
export function textAt(node: RawNode | undefined, key: string): string | undefined {
  const child = childOf(node, key);
  return child?.kind === 'scalar' && typeof child.value === 'string' ? child.value : undefined;
}

/** The number of a child; undefined if it is none. */
export function numberAt(node: RawNode | undefined, key: string): number | undefined {
  const child = childOf(node, key);
  return child?.kind === 'scalar' && typeof child.value === 'number' ? child.value : undefined;
}

/** The child when it is a map, otherwise an empty one. */
export function mapIn(node: RawNode | undefined, key: string): RawMap {
  const child = childOf(node, key);
  return child?.kind === 'map' ? child : emptyMap(child?.place);
}

/** A copy of `map` in which `key` has this value; the map itself stays as it is. */
export function withEntry(map: RawMap, key: string, entry: RawEntry): RawMap {
  const entries = new Map(map.entries);
  entries.set(key, entry);
  return { ...map, entries };
}

const LONGEST_QUOTE = 80;
/** What is looked at of a text that is to be quoted: enough for blanks that are dropped. */
const LONGEST_READ = 10_000;

/** The node as a short text for an error message. */
export function quote(node: RawNode): string {
  if (node.kind === 'map') {
    if (node.entries.size === 0) return 'an empty map';
    return shorten(`a map with ${[...node.entries.keys()].join(', ')}`);
  }
  if (node.kind === 'list') return `a list of ${node.items.length}`;
  return shorten(node.text === '' ? (node.value === null ? 'nothing' : '""') : node.text);
}

/** The text in one line, cut, and with its invisible characters shown, such as those that turn the direction. */
export function shorten(text: string): string {
  const line = text.slice(0, LONGEST_READ).replace(/\s+/g, ' ').trim();
  const shown = visible(line.slice(0, LONGEST_QUOTE + 1), /[\p{Cc}\p{Cf}]/gu);
  return shown.length > LONGEST_QUOTE ? `${shown.slice(0, LONGEST_QUOTE)}…` : shown;
}

export interface Details {
  readonly found?: string | undefined;
  readonly expected?: string | undefined;
  readonly suggestion?: string | undefined;
}

export function problemAt(place: Place, message: string, details: Details = {}): Problem {
  const { file, line, column } = place;
  return { message, file, line, column, ...details };
}

/** Plain value of a node for checking its structure; maps become objects without a prototype. */
export function toPlain(node: RawNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, { value }] of node.entries) object[key] = toPlain(value);
  return object;
}

/** The node of a plain value that stands in no file, such as a default. */
export function fromPlain(value: unknown, place: Place = NOWHERE): RawNode {
  if (Array.isArray(value)) {
    return { kind: 'list', items: value.map((item) => fromPlain(item, place)), place };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = new Map<string, RawEntry>();
    for (const [key, item] of Object.entries(value)) {
      entries.set(key, { keyPlace: place, value: fromPlain(item, place) });
    }
    return { kind: 'map', entries, place };
  }
  const scalar = value as Scalar;
  return { kind: 'scalar', value: scalar, text: String(scalar ?? ''), place };
}
