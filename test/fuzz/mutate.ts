/** Damages texts: without regard to what they mean, and as trees whose nodes change places. */
import { parse as parseYaml, stringify } from 'yaml';
import type { Chance } from '../support/chance.js';
import { nasty, nastyKey, nastyValue } from './nasty.js';

const MOST_EDITS = 6;
/** Repeated damage may let a text grow; beyond this it only takes time. */
const LONGEST = 1_200_000;

/** One of the texts, damaged as text or, where it is YAML or JSON, as a tree. */
export class Mutator {
  readonly #texts: readonly string[];
  readonly #trees: readonly unknown[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#trees = texts.map(treeOf);
  }

  mutate(chance: Chance): string {
    if (chance.is(0.01)) return nasty(chance);
    const tree = chance.pick(this.#trees);
    const text =
      tree !== undefined && chance.is(0.5) ? this.#asTree(tree, chance) : chance.pick(this.#texts);
    return tree !== undefined && chance.is(0.7) ? text : this.#asText(text, chance);
  }

  #asTree(tree: unknown, chance: Chance): string {
    const copy = { root: structuredClone(tree) };
    for (let edits = chance.whole(1, 3); edits > 0; edits--) {
      editTree(copy, chance, () => nodeOf(chance.pick(this.#trees), chance));
    }
    const text: string | undefined = chance.is(0.9)
      ? JSON.stringify(copy.root)
      : writtenOut(copy.root);
    return text ?? '';
  }

  #asText(text: string, chance: Chance): string {
    let result = text;
    const edits = chance.is(0.5) ? 1 : chance.whole(2, MOST_EDITS);
    for (let edit = 0; edit < edits; edit++) {
      result = chance.is(0.4)
        ? editCharacters(result, chance)
        : chance.is(0.6)
          ? editTokens(result, chance)
          : editLines(result, chance, chance.pick(this.#texts));
      if (result.length > LONGEST) result = result.slice(0, LONGEST);
    }
    return result;
  }
}

function treeOf(text: string): unknown {
  try {
    const tree: unknown = text.startsWith('{') ? JSON.parse(text) : parseYaml(text);
    return typeof tree === 'object' && tree !== null ? tree : undefined;
  } catch {
    return undefined;
  }
}

function writtenOut(tree: unknown): string {
  try {
    return stringify(tree, { aliasDuplicateObjects: false });
  } catch {
    return JSON.stringify(tree);
  }
}

export function editCharacters(text: string, chance: Chance): string {
  const at = chance.whole(0, text.length);
  const length = chance.is(0.7) ? 1 : chance.whole(1, 60);
  const rest = text.slice(at + length);
  switch (chance.whole(0, 4)) {
    case 0: {
      const flipped = (text.charCodeAt(at) || 0) ^ (1 << chance.whole(0, 7));
      return text.slice(0, at) + String.fromCharCode(flipped) + text.slice(at + 1);
    }
    case 1:
      return text.slice(0, at) + rest;
    case 2: {
      const copied = text.slice(at, at + length);
      return text.slice(0, at) + copied + copied + rest;
    }
    case 3:
      return chance.is(0.1) ? text.slice(0, at) : text.slice(0, at) + nasty(chance) + rest;
    default:
      return text.slice(0, at) + nasty(chance) + text.slice(at);
  }
}

const TOKEN = /[\w.+-]+/g;

/** Replaces a word or a number. */
function editTokens(text: string, chance: Chance): string {
  const near = text.slice(chance.whole(0, Math.max(0, text.length - 400)));
  const tokens = [...near.slice(0, 400).matchAll(TOKEN)];
  if (tokens.length === 0) return text;
  const { index, 0: token } = chance.pick(tokens);
  const at = text.length - near.length + index;
  const isNumber = /^[-+]?[\d.]+$/.test(token);
  const by =
    isNumber && chance.is(0.5) ? `${Number(token) * chance.between(0.9, 1.1)}` : nasty(chance);
  return text.slice(0, at) + by + text.slice(at + token.length);
}

function editLines(text: string, chance: Chance, other: string): string {
  const lines = text.split('\n');
  const at = chance.whole(0, lines.length - 1);
  switch (chance.whole(0, 4)) {
    case 0:
      lines.splice(at, 1, ...(lines[at + 1] === undefined ? [] : [lines[at + 1] as string]));
      break;
    case 1:
      lines.splice(at, 0, lines[at] as string);
      break;
    case 2:
      lines[at] = ' '.repeat(chance.whole(1, 6)) + lines[at];
      break;
    case 3:
      lines[at] = (lines[at] as string).trimStart();
      break;
    default: {
      const others = other.split('\n');
      const from = chance.whole(0, others.length - 1);
      lines.splice(at, 0, ...others.slice(from, from + chance.whole(1, 12)));
    }
  }
  return lines.join('\n');
}

type Branch = Record<string, unknown> | unknown[];

function isBranch(node: unknown): node is Branch {
  return typeof node === 'object' && node !== null;
}

/** Somewhere in a tree: a branch and the key of one of its children. */
function somewhere(root: Branch, chance: Chance): { branch: Branch; key: string } {
  let branch = root;
  for (;;) {
    const keys = Object.keys(branch);
    const key = keys.length === 0 ? nastyKey(chance) : chance.pick(keys);
    const child = (branch as Record<string, unknown>)[key];
    if (!isBranch(child) || Object.keys(child).length === 0 || chance.is(0.15))
      return { branch, key };
    branch = child;
  }
}

function nodeOf(tree: unknown, chance: Chance): unknown {
  if (!isBranch(tree)) return nastyValue(chance);
  const { branch, key } = somewhere(tree, chance);
  return structuredClone((branch as Record<string, unknown>)[key]);
}

/** Changes one node. */
function editTree(root: { root: unknown }, chance: Chance, other: () => unknown): void {
  const { branch, key } = somewhere(root, chance);
  if (chance.is(0.12)) {
    if (Array.isArray(branch)) branch.splice(Number(key), 1);
    else delete branch[key];
    return;
  }
  const value = (branch as Record<string, unknown>)[key];
  if (chance.is(0.12))
    put(branch, Array.isArray(branch) ? `${branch.length}` : nastyKey(chance), value);
  else put(branch, key, changed(value, chance, other));
}

/** `__proto__` becomes a key like others, as it does when JSON is read. */
function put(branch: Branch, key: string, value: unknown): void {
  Object.defineProperty(branch, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function changed(value: unknown, chance: Chance, other: () => unknown): unknown {
  if (chance.is(0.2)) return other();
  if (chance.is(0.1)) return chance.is(0.5) ? [value] : { [nastyKey(chance)]: value };
  if (typeof value === 'number' && chance.is(0.6)) {
    const factor = chance.pick([-1, 0, 0.5, 2, 10, 1e3, 1e9, 1e-9]);
    return chance.is(0.5) ? value * factor : value + factor;
  }
  if (typeof value === 'string' && chance.is(0.5)) return value + nasty(chance);
  if (Array.isArray(value) && value.length > 0 && chance.is(0.5)) {
    return [...value, ...value.slice(0, chance.whole(1, 50))];
  }
  return nastyValue(chance);
}
