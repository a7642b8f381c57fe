/** Checks the structure of a raw tree by its zod schema and tells each issue at the place where it stands. */
import type { z } from 'zod';
import { decimalPoint } from './expression.js';
import { LAW_NAMES } from './law-fields.js';
import type { Problems } from './problems.js';
import {
  childOf,
  type PathStep,
  quote,
  type RawMap,
  type RawNode,
  shorten,
  toPlain,
} from './raw.js';
import { kindsAt, knownKeys, schemaAt } from './schema-at.js';
import { didYouMean, oneOf } from './suggest.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PathStep[];

/** Tells every structural problem of `root`, and marks the nodes that later steps must pass over. */
export function checkStructure(root: RawNode, schema: z.ZodType, problems: Problems): void {
  const result = schema.safeParse(toPlain(root));
  if (result.success) return;
  new Issues(root, schema, problems).tell(result.error.issues, []);
}

class Issues {
  readonly #root: RawNode;
  readonly #schema: z.ZodType;
  readonly #problems: Problems;

  constructor(root: RawNode, schema: z.ZodType, problems: Problems) {
    this.#root = root;
    this.#schema = schema;
    this.#problems = problems;
  }

  tell(issues: readonly Issue[], base: Path): void {
    for (const issue of issues) {
      const path = [...base, ...(issue.path as PathStep[])];
      if (issue.code === 'unrecognized_keys') this.#unknownKeys(issue.keys, path);
      else if (issue.code === 'invalid_union') this.#union(issue, path);
      else if (issue.code === 'invalid_key') this.#key(issue.issues, path);
      else this.#value(issue, path);
    }
  }

  #at(path: Path): RawNode | undefined {
    return path.reduce<RawNode | undefined>(childOf, this.#root);
  }

  #unknownKeys(keys: readonly string[], path: Path): void {
    const map = this.#at(path);
    if (map?.kind !== 'map') return;
    const known = knownKeys(schemaAt(this.#schema, this.#root, path), map);
    for (const key of keys) {
      const entry = map.entries.get(key);
      if (entry === undefined) continue;
      const isCut = !this.#problems.full && quote(entry.value) === 'nothing';
      const cut = isCut ? cutByComma(key, map) : undefined;
      this.#problems.add(entry.keyPlace, `unknown key "${shorten(key)}"${within(path)}`, {
        found: shorten(`${key}: ${quote(entry.value)}`),
        expected: this.#problems.full ? undefined : oneOf(known),
        suggestion: cut ?? (this.#problems.full ? undefined : didYouMean(key, known)),
      });
      this.#problems.markBad(entry.value);
    }
  }

  #key(issues: readonly Issue[], path: Path): void {
    const map = this.#at(path.slice(0, -1));
    const key = String(path[path.length - 1]);
    const entry = map?.kind === 'map' ? map.entries.get(key) : undefined;
    if (entry === undefined) return;
    const expected = issues.find((issue) => issue.code === 'invalid_format')?.message;
    this.#problems.add(
      entry.keyPlace,
      `"${shorten(key)}" cannot be a name${within(path.slice(0, -1))}`,
      {
        found: `${shorten(key)}:`,
        expected: expected ?? 'a name of 1 to 100 characters',
      },
    );
    this.#problems.markBad(entry.value);
  }

  #union(issue: z.core.$ZodIssueInvalidUnion, path: Path): void {
    if (issue.errors.length === 0) {
      this.#kind(path);
      return;
    }
    const node = this.#at(path);
    const viable = issue.errors.filter((branch) => isViable(branch, node));
    const best = viable.sort((a, b) => misfit(a, node) - misfit(b, node))[0];
    if (best === undefined) this.#value(issue, path);
    else this.tell(best, path);
  }

  /** The key that tells kinds apart, `distribution` or the `type` of an experiment, is missing or names none. */
  #kind(path: Path): void {
    const node = this.#at(path);
    const parent = this.#at(path.slice(0, -1));
    if (parent !== undefined) this.#problems.markBad(parent);
    const key = String(path[path.length - 1]);
    const kinds = kindsAt(this.#schema, this.#root, path.slice(0, -1));
    const known = kinds ?? LAW_NAMES;
    const expected = `${key}: ${oneOf(known)}${kinds === undefined ? '; or value and level' : ''}`;
    if (node === undefined) {
      if (parent === undefined) return;
      this.#problems.add(parent.place, `"${key}" is missing${within(path.slice(0, -1))}`, {
        found: quote(parent),
        expected,
      });
      return;
    }
    const message =
      kinds === undefined
        ? `"${quote(node)}" is not a distribution`
        : `${label(path)}not one of the known values`;
    this.#problems.add(node.place, message, {
      found: quote(node),
      expected,
      suggestion: didYouMean(quote(node), known),
    });
  }

  #value(issue: Issue, path: Path): void {
    const node = this.#at(path);
    if (node === undefined) {
      const parent = this.#at(path.slice(0, -1));
      if (parent === undefined) return;
      this.#problems.markBad(parent);
      const field = String(path[path.length - 1]);
      this.#problems.add(parent.place, `"${field}" is missing${within(path.slice(0, -1))}`, {
        found: quote(parent),
        expected: expectation(issue),
      });
      return;
    }
    if (this.#problems.isBad(node)) return;
    this.#problems.markBad(node);
    const known = issue.code === 'invalid_value' ? issue.values.map(String) : [];
    const message =
      path.length === 0
        ? 'the file does not hold a map'
        : `${label(path)}${complaint(issue, node)}`;
    this.#problems.add(node.place, message, {
      found: quote(node),
      expected: expectation(issue),
      suggestion: this.#problems.full ? undefined : didYouMean(quote(node), known),
    });
  }
}

/** A hint for a key without a value that is the rest of the value before it, which held a comma. */
function cutByComma(key: string, map: RawMap): string | undefined {
  if (key === 'truncated') return 'within { } put quotes around a shorthand that contains a comma';
  const { line, column = 0 } = map.entries.get(key)?.keyPlace ?? {};
  let start = '';
  let nearest = 0;
  for (const [name, { keyPlace, value }] of map.entries) {
    const at = keyPlace.column ?? 0;
    if (keyPlace.line !== line || at >= column || at <= nearest) continue;
    nearest = at;
    start = value.kind === 'scalar' ? value.text || name : '';
  }
  return decimalPoint(`${start},${key}`);
}

function label(path: Path): string {
  const text = shown(path);
  return text === '' ? '' : `${text}: `;
}

function within(path: Path): string {
  const text = shown(path);
  return text === '' ? '' : ` in ${text}`;
}

/** The path as text; without the name of the design, so that a mistake that several inherit is told once. */
function shown(path: Path): string {
  const steps = path[0] === 'designs' && path.length > 2 ? path.slice(2) : path;
  return steps.map((step) => shorten(String(step))).join('.');
}

/** Whether a branch of a union is of the right kind, so that its issues are worth telling. */
function isViable(branch: readonly Issue[], node: RawNode | undefined): boolean {
  return !branch.some(
    (issue) =>
      issue.path.length === 0 &&
      (issue.code === 'invalid_type' ||
        (issue.code === 'invalid_value' && node?.kind !== 'scalar') ||
        (issue.code === 'invalid_union' &&
          issue.errors.length > 0 &&
          !issue.errors.some((inner) => isViable(inner, node)))),
  );
}

/** More issues than any branch is compared by. */
const MOST_ISSUES = 1_000_000_000;

/** How badly a branch fits: a map that names its distribution is a law, one with a value alone is none. */
function misfit(branch: readonly Issue[], node: RawNode | undefined): number {
  const namesLaw = childOf(node, 'distribution') !== undefined;
  const isWrong = branch.some((issue) =>
    namesLaw
      ? issue.code === 'unrecognized_keys' && issue.keys.includes('distribution')
      : issue.path[0] === 'distribution' && childOf(node, 'value') !== undefined,
  );
  return isWrong ? MOST_ISSUES : Math.min(branch.length, MOST_ISSUES - 1);
}

function complaint(issue: Issue, node: RawNode): string {
  if (issue.code === 'too_small') return `too ${sizes(issue.origin)[0]}`;
  if (issue.code === 'too_big') return `too ${sizes(issue.origin)[1]}`;
  if (node.kind === 'list') return 'a list cannot stand here';
  if (node.kind === 'map') return 'a map cannot stand here';
  if (node.value === null) return 'a value is missing';
  if (issue.code === 'invalid_value') return 'not one of the known values';
  if (issue.code === 'invalid_format') {
    return issue.message.startsWith('a name') ? 'cannot be a name' : 'cannot be read';
  }
  if (typeof node.value === 'number' && / such as /.test(issue.message))
    return 'a number without a unit';
  return 'not what belongs here';
}

function expectation(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  if (issue.code === 'too_small') {
    const least = counted(issue.minimum, issue.origin);
    return issue.inclusive === false ? `more than ${least}` : `at least ${least}`;
  }
  if (issue.code === 'too_big') return `at most ${counted(issue.maximum, issue.origin)}`;
  return issue.message;
}

const LISTS = ['array', 'set', 'map'];

/** What is below and what is above the bounds of a text, a list or a number. */
function sizes(origin: string): readonly [below: string, above: string] {
  if (origin === 'string') return ['short', 'long'];
  return LISTS.includes(origin) ? ['few items', 'many items'] : ['small', 'large'];
}

/** A bound with what it counts: characters of a text, items of a list; that of a number counts nothing. */
function counted(bound: number | bigint, origin: string): string {
  const thing = origin === 'string' ? 'character' : LISTS.includes(origin) ? 'item' : undefined;
  if (thing === undefined) return `${bound}`;
  return `${bound} ${thing}${Number(bound) === 1 ? '' : 's'}`;
}
