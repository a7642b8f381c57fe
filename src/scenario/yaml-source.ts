/** Reads YAML 1.2 or JSON into a raw tree with positions; refuses whatever a scenario has no use for. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { type Problem, UserError } from '../errors.js';
import { Problems } from './problems.js';
import { type Place, quote, type RawEntry, type RawNode, shorten } from './raw.js';
import { withoutStackTraces } from './stack-traces.js';
import { refuseUnreadableText, UNPRINTABLE } from './text-check.js';

const MOST_NODES = 250_000;
const DEEPEST = 20;
const MOST_SYNTAX_ERRORS = 10;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** The text as a raw tree. Throws UserError with all syntax problems. `file` is used in messages only. */
export function readYaml(text: string, file?: string): RawNode {
  refuseUnreadableText(text, file);
  const lines = new LineCounter();
  const document = parse(text, lines, file);
  const problems = new Problems();
  for (const error of document.errors.slice(0, MOST_SYNTAX_ERRORS)) {
    const { line, col } = lines.linePos(error.pos[0]);
    problems.push(syntaxProblem(error.code, error.message, { file, line, column: col }));
  }
  problems.throwIfAny();
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    problems.add({ file, line: 1, column: 1 }, 'only YAML 1.2 is read', {
      found: `%YAML ${document.directives.yaml.version}`,
    });
  }
  if (document.contents === null || isEmptyScalar(document.contents)) {
    throw new UserError([{ message: 'the file is empty', file }]);
  }
  const root = new Converter(lines, file, problems).node(document.contents, 0).node;
  problems.throwIfAny();
  return root;
}

function parse(text: string, lines: LineCounter, file: string | undefined): Document.Parsed {
  try {
    return withoutStackTraces(() =>
      parseDocument(text, {
        version: '1.2',
        schema: 'core',
        merge: false,
        // checked below: the parser's own check takes quadratic time
        uniqueKeys: false,
        prettyErrors: false,
        // 'silent' would pass over further documents as well
        logLevel: 'error',
        lineCounter: lines,
      }),
    );
  } catch (error) {
    // the parser looks for its way back from some slips line by line, each a call deeper than the last
    if (!(error instanceof RangeError)) throw error;
    throw new UserError([{ message: 'not valid YAML: too broken to be read', file }]);
  }
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.source ?? '') === '' && !node.anchor;
}

function syntaxProblem(code: string, message: string, place: Place): Problem {
  if (code === 'MULTIPLE_DOCS') {
    return {
      message: 'the file holds several documents',
      ...place,
      expected: 'one scenario a file',
    };
  }
  if (code === 'TAB_AS_INDENT') {
    return { message: 'a tab stands where YAML wants spaces', ...place };
  }
  return { message: `not valid YAML: ${message}`, ...place };
}

interface Converted {
  readonly node: RawNode;
  /** Nodes with all aliases written out, and levels below this one. */
  readonly count: number;
  readonly height: number;
}

/** Turns the parser's nodes into raw nodes, writing out aliases and refusing keys and tags that are not allowed. */
class Converter {
  readonly #anchors = new Map<string, Converted | 'open'>();
  readonly #lines: LineCounter;
  readonly #file: string | undefined;
  readonly #problems: Problems;

  constructor(lines: LineCounter, file: string | undefined, problems: Problems) {
    this.#lines = lines;
    this.#file = file;
    this.#problems = problems;
  }

  node(node: Node | null, depth: number): Converted {
    const place = this.#place(node);
    if (depth > DEEPEST) this.#stop(place, `nested more than ${DEEPEST} levels deep`);
    if (isAlias(node)) return this.#alias(node.source, depth, place);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    if (node !== null && node.tag !== undefined) {
      this.#problems.add(place, 'tags are not used in a scenario', { found: shorten(node.tag) });
    }
    const converted = this.#content(node, depth, place);
    if (converted.count > MOST_NODES) {
      this.#stop(
        place,
        `the file holds more than ${MOST_NODES} values with its aliases written out`,
      );
    }
    if (anchor !== undefined) this.#anchors.set(anchor, converted);
    return converted;
  }

  #content(node: Node | null, depth: number, place: Place): Converted {
    if (isMap(node)) return this.#map(node.items as Pair<Node | null, Node | null>[], depth, place);
    if (isSeq(node)) {
      const items: RawNode[] = [];
      const size = new Size();
      for (const item of node.items as (Node | null)[]) {
        const converted = this.node(item, depth + 1);
        size.add(converted);
        items.push(converted.node);
      }
      return { node: { kind: 'list', items, place }, count: size.count, height: size.height };
    }
    return { node: this.#scalar(node, place), count: 1, height: 0 };
  }

  #map(pairs: readonly Pair<Node | null, Node | null>[], depth: number, place: Place): Converted {
    const entries = new Map<string, RawEntry>();
    const size = new Size();
    for (const pair of pairs) {
      const keyPlace = this.#place(pair.key);
      const key = this.#key(pair.key, keyPlace);
      const converted = this.node(pair.value, depth + 1);
      size.add(converted);
      if (key === undefined) continue;
      const earlier = entries.get(key);
      if (earlier !== undefined) {
        this.#problems.add(keyPlace, `the key "${shorten(key)}" stands twice in this map`, {
          found: `${shorten(key)}: ${quote(converted.node)}`,
          suggestion: `it stands first in line ${earlier.keyPlace.line}; remove one of them`,
        });
        continue;
      }
      // an empty value has no position of its own worth showing
      const value =
        converted.node.place.line === undefined
          ? { ...converted.node, place: keyPlace }
          : converted.node;
      entries.set(key, { keyPlace, value });
    }
    return { node: { kind: 'map', entries, place }, count: size.count, height: size.height };
  }

  #key(node: Node | null, place: Place): string | undefined {
    if (!isScalar(node) || node.value === null) {
      this.#problems.add(place, 'a key must be plain text');
      return undefined;
    }
    const key = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    if (node.tag !== undefined) this.#problems.add(place, 'tags are not used in a scenario');
    if (UNPRINTABLE.test(key)) {
      this.#problems.add(place, 'a key contains a control character or half a surrogate pair');
      return undefined;
    }
    if (key === '<<') {
      this.#problems.add(place, 'merge keys are not part of YAML 1.2', {
        found: '<<',
        suggestion: 'to build on another design use extends',
      });
      return undefined;
    }
    if (FORBIDDEN_KEYS.has(key)) {
      this.#problems.add(place, `the key "${key}" is not allowed`);
      return undefined;
    }
    return key;
  }

  #scalar(node: Node | null, place: Place): RawNode {
    const value: unknown = isScalar(node) ? node.value : null;
    const text = isScalar(node) ? (node.source ?? String(value ?? '')) : '';
    if (typeof value === 'string') {
      if (UNPRINTABLE.test(value)) {
        this.#problems.add(place, 'a text contains a control character or half a surrogate pair', {
          found: shorten(text),
        });
      }
      return { kind: 'scalar', value, text, place };
    }
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) {
        this.#problems.add(place, 'not a finite number', { found: shorten(text) });
        return { kind: 'scalar', value: 0, text, place };
      }
      return { kind: 'scalar', value, text, place };
    }
    if (typeof value === 'boolean' || value === null) return { kind: 'scalar', value, text, place };
    return this.#stop(place, 'a value of this kind is not used in a scenario');
  }

  #alias(name: string, depth: number, place: Place): Converted {
    const target = this.#anchors.get(name);
    if (target === undefined)
      return this.#stop(place, `the alias "*${shorten(name)}" has no anchor before it`);
    if (target === 'open')
      return this.#stop(place, `the alias "*${shorten(name)}" stands inside its own anchor`);
    if (depth + target.height > DEEPEST)
      this.#stop(place, `nested more than ${DEEPEST} levels deep`);
    return target;
  }

  #place(node: Node | null): Place {
    if (node?.range === undefined || node.range === null) return { file: this.#file };
    const { line, col } = this.#lines.linePos(node.range[0]);
    return { file: this.#file, line, column: col };
  }

  #stop(place: Place, message: string): never {
    this.#problems.add(place, message);
    this.#problems.throwIfAny();
    throw new UserError([{ message, ...place }]);
  }
}

class Size {
  count = 1;
  height = 0;
  add(child: Converted): void {
    this.count += child.count;
    this.height = Math.max(this.height, child.height + 1);
  }
}
