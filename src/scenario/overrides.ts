/** Applies `--set path=value`: each puts one value into the raw scenario before anything else is read. */
import { UserError } from '../errors.js';
import type { Problems } from './problems.js';
import {
  childOf,
  emptyMap,
  type Place,
  quote,
  type RawList,
  type RawNode,
  withEntry,
} from './raw.js';
import { didYouMean } from './suggest.js';
import { readYaml } from './yaml-source.js';

/** Longest path, in characters. */
const LONGEST_PATH = 1000;

export interface Override {
  readonly path: string;
  /** In YAML. */
  readonly value: string;
  /** What that means, where it is known already: a number, or a text. */
  readonly scalar?: string | number | undefined;
}

/** The scenario with these values set; what cannot be set is told at `--set path=value`. */
export function applyOverrides(
  scenario: RawNode,
  overrides: readonly Override[],
  scenarioFile: string | undefined,
  problems: Problems,
): RawNode {
  let root = scenario;
  for (const { path, value, scalar } of overrides) {
    const place: Place = {
      file: `--set ${path}=${value}`,
      origin: scenarioFile,
    };
    const node: RawNode | undefined =
      scalar === undefined
        ? readValue(value, place, problems)
        : { kind: 'scalar', value: scalar, text: value, place };
    if (node === undefined) continue;
    if (path.length > LONGEST_PATH) {
      problems.add(place, `a path of ${path.length} characters`, {
        expected: `at most ${LONGEST_PATH}`,
      });
      continue;
    }
    if (path === '' || path.split('.').includes('')) {
      problems.add(place, 'the path is empty or has an empty part', {
        expected: 'a path such as mating.friction',
      });
      continue;
    }
    try {
      root = setAt(root, path, [], node, place);
    } catch (error) {
      if (!(error instanceof CannotSet)) throw error;
      problems.add(place, error.message, { suggestion: error.suggestion });
    }
  }
  return root;
}

class CannotSet extends Error {
  readonly suggestion: string | undefined;
  constructor(message: string, suggestion?: string) {
    super(message);
    this.suggestion = suggestion;
  }
}

function readValue(text: string, place: Place, problems: Problems): RawNode | undefined {
  if (text.trim() === '') {
    problems.add(place, 'no value is given', { expected: 'path=value' });
    return undefined;
  }
  try {
    return atPlace(readYaml(text), place);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { line: _line, column: _column, ...problem } of error.problems) {
      problems.push({ ...problem, file: place.file });
    }
    return undefined;
  }
}

function atPlace(node: RawNode, place: Place): RawNode {
  if (node.kind === 'scalar') return { ...node, place };
  if (node.kind === 'list')
    return { ...node, place, items: node.items.map((item) => atPlace(item, place)) };
  const entries = [...node.entries].map(
    ([key, { value }]) => [key, { keyPlace: place, value: atPlace(value, place) }] as const,
  );
  return { kind: 'map', entries: new Map(entries), place };
}

/** `before`: the keys that lead to `node`. Names may contain dots, so the longest key that is there wins. */
function setAt(
  node: RawNode,
  path: string,
  before: readonly string[],
  value: RawNode,
  place: Place,
): RawNode {
  if (node.kind === 'list') return setInList(node, path, before, value, place);
  if (node.kind === 'scalar') {
    throw new CannotSet(
      `${before.join('.')} is a single value (${quote(node)}) and has no fields`,
      `set ${before.join('.')} as a whole`,
    );
  }
  const known = [...node.entries.keys()]
    .filter((key) => path === key || path.startsWith(`${key}.`))
    .sort((a, b) => b.length - a.length)[0];
  const key = known ?? path.split('.')[0]!;
  const rest = path.slice(key.length + 1);
  if (
    known === undefined &&
    rest !== '' &&
    (before[0] === 'designs' || before[0] === 'pairs') &&
    before.length === 1
  ) {
    throw new CannotSet(
      `there is no ${before[0] === 'designs' ? 'design' : 'pair'} "${key}"`,
      didYouMean(key, node.entries.keys()),
    );
  }
  if (['__proto__', 'constructor', 'prototype'].includes(key)) {
    throw new CannotSet(`the key "${key}" is not allowed`);
  }
  const child = childOf(node, key) ?? emptyMap(place);
  const changed = rest === '' ? value : setAt(child, rest, [...before, key], value, place);
  // a key that the file has keeps its place: only its value is new
  return withEntry(node, key, {
    keyPlace: node.entries.get(key)?.keyPlace ?? place,
    value: changed,
  });
}

function setInList(
  list: RawList,
  path: string,
  before: readonly string[],
  value: RawNode,
  place: Place,
): RawNode {
  const [step = '', ...rest] = path.split('.');
  const index = /^\d{1,6}$/.test(step) ? Number(step) : Number.NaN;
  const item = list.items[index];
  if (item === undefined) {
    throw new CannotSet(
      `${before.join('.')} is a list of ${list.items.length}`,
      'items are counted from 0',
    );
  }
  const changed =
    rest.length === 0 ? value : setAt(item, rest.join('.'), [...before, step], value, place);
  return { ...list, items: list.items.map((old, i) => (i === index ? changed : old)) };
}
