/** Reads what a sweep varies: from the section `sweep` of a scenario, and from `--sweep path=values`. */
import { UserError } from '../errors.js';
import { exp, log } from '../numerics/elementary.js';
import type { Context } from './context.js';
import { Problems } from './problems.js';
import {
  childOf,
  numberAt,
  type Place,
  quote,
  type RawNode,
  type RawScalar,
  textAt,
  toPlain,
} from './raw.js';
import { MOST_LEVELS, type SweepDesign } from './sweep-schema.js';
import { readYaml } from './yaml-source.js';

/** What one parameter of a sweep may be. */
export type Levels =
  | { readonly kind: 'values'; readonly values: readonly Level[] }
  | {
      readonly kind: 'range';
      readonly low: number;
      readonly high: number;
      /** Unit of both ends as written; empty without one. */
      readonly unit: string;
      readonly isLog: boolean;
    };

/** One value: its text in YAML, and number and unit where it is nothing else. */
export interface Level {
  readonly text: string;
  readonly number: number | null;
  readonly unit: string;
}

export interface SweepParameter {
  /** Paths as of `--set`; all of them get the same value. */
  readonly paths: readonly string[];
  readonly levels: Levels;
}

export interface SweepSpec {
  readonly design: SweepDesign;
  /** Of latin-hypercube and sobol. */
  readonly points: number | null;
  readonly parameters: readonly SweepParameter[];
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
const QUANTITY = new RegExp(String.raw`^(${NUMBER})\s*([^\d\s].*)?$`);
const UNIT = /^[A-Za-zµμ%°/^* ·]*$/;
const RANGE = /^(log)?range\s*\((.*)\)$/;
const EXPECTED = 'range(from, to, values), such as range(8 N, 12 N, 5) or logrange(0.1, 10, 3)';
/** Digits of the numbers between the ends of a range: so many that equal steps stay equal, so few that 0.1 + 0.2 is 0.3. */
const DIGITS = 12;

/** The section of a scenario; undefined without one, or if it cannot be read, which has then been told. */
export function readSweep(root: RawNode, { problems }: Context): SweepSpec | undefined {
  const node = childOf(root, 'sweep');
  const given = childOf(node, 'parameters');
  if (node === undefined || given?.kind !== 'map' || problems.isBadWithin(node)) return undefined;
  const parameters: SweepParameter[] = [];
  for (const [paths, { keyPlace, value }] of given.entries) {
    const parameter = readParameter(paths, value, keyPlace, problems);
    if (parameter !== undefined) parameters.push(parameter);
  }
  const design = (textAt(node, 'design') ?? 'grid') as SweepDesign;
  return { design, points: numberAt(node, 'points') ?? null, parameters };
}

/** A parameter as `--sweep` gives it: `path=range(8 N, 12 N, 5)` or `path=8 N, 10 N, 12 N`. Throws UserError. */
export function parseSweepParameter(text: string): SweepParameter {
  const at = text.indexOf('=');
  const values = text.slice(at + 1).trim();
  const place: Place = { file: `--sweep ${text}` };
  const problems = new Problems();
  let parameter: SweepParameter | undefined;
  if (at < 1 || values === '') {
    problems.add(place, 'no path with values', { expected: 'path=8 N, 10 N, 12 N' });
  } else {
    try {
      const list = values.startsWith('[') ? values : `[${values}]`;
      const node = RANGE.test(values) ? scalar(values) : readYaml(list);
      parameter = readParameter(text.slice(0, at), node, place, problems);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      for (const { line: _line, column: _column, ...problem } of error.problems) {
        problems.push({ ...problem, file: place.file });
      }
    }
  }
  problems.throwIfAny();
  return parameter as SweepParameter;
}

function scalar(text: string): RawNode {
  return { kind: 'scalar', value: text, text, place: {} };
}

function readParameter(
  key: string,
  node: RawNode,
  place: Place,
  problems: Problems,
): SweepParameter | undefined {
  const paths = key.split(',').map((path) => path.trim());
  if (paths.some((path) => path === '' || path.split('.').includes(''))) {
    problems.add(place, 'the path is empty or has an empty part', {
      found: key,
      expected: 'a path such as mating.friction',
    });
    return undefined;
  }
  if (paths.some((path) => /^(sweep|seed)(\.|$)/.test(path))) {
    problems.add(place, 'this cannot be swept: points share their random numbers', {
      found: key,
      expected: 'a field of the scenario',
    });
    return undefined;
  }
  const levels =
    node.kind === 'list' ? listed(node.items, place, problems) : range(node, problems, place);
  return levels === undefined ? undefined : { paths, levels };
}

function listed(items: readonly RawNode[], place: Place, problems: Problems): Levels | undefined {
  const range = items.find((item) => item.kind === 'scalar' && /range\s*\(/.test(item.text));
  if (range !== undefined) {
    problems.add(place, 'a range among other values', {
      found: quote(range),
      expected: 'a range alone, or values alone',
    });
    return undefined;
  }
  if (items.length === 0) {
    problems.add(place, 'no values', { expected: 'at least one' });
    return undefined;
  }
  return { kind: 'values', values: items.map(levelOf) };
}

function levelOf(node: RawNode): Level {
  // JSON is YAML
  if (node.kind !== 'scalar')
    return { text: JSON.stringify(toPlain(node)), number: null, unit: '' };
  const text = typeof node.value === 'string' ? node.value.trim() : node.text;
  const [, number, unit = ''] = QUANTITY.exec(text) ?? [];
  // a text of digits alone is a name
  const isText = unit === '' && typeof node.value === 'string';
  if (number === undefined || isText || !UNIT.test(unit)) {
    return {
      text: isPlain(text, node.value) ? text : JSON.stringify(node.value),
      number: null,
      unit: '',
    };
  }
  return { text, number: Number(number), unit };
}

/** Whether the text means the value without quotes. */
function isPlain(text: string, value: RawScalar['value']): boolean {
  try {
    const node = readYaml(text);
    return node.kind === 'scalar' && node.value === value;
  } catch {
    return false;
  }
}

function range(node: RawNode, problems: Problems, place: Place): Levels | undefined {
  const refuse = (message: string, expected = EXPECTED): undefined => {
    const at = node.place.line === undefined ? place : node.place;
    problems.add(at, message, { found: quote(node), expected });
  };
  const match = node.kind === 'scalar' ? RANGE.exec(node.text.trim()) : null;
  if (match === null) return refuse('neither a list of values nor a range');
  const parts = (match[2] as string).split(',').map((part) => part.trim());
  const isLog = match[1] !== undefined;
  const ends = parts.slice(0, 2).map((part) => QUANTITY.exec(part));
  const [first, second] = ends;
  if (!first || !second || parts.length > 3) return refuse('cannot be read as a range');
  const [low, high] = [Number(first[1]), Number(second[1])];
  const [unit = '', unitOfHigh = ''] = [first[2], second[2]];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return refuse('an end that is no number');
  if (plainUnit(unit) !== plainUnit(unitOfHigh))
    return refuse('the ends of the range have different units');
  if (isLog && !(low > 0 && high > 0)) return refuse('a logarithmic range that is not above 0');
  if (low === high) return refuse('the ends of the range are alike', 'two different ends');
  if (parts[2] === undefined) return { kind: 'range', low, high, unit, isLog };
  const count = /^\d+$/.test(parts[2]) ? Number(parts[2]) : 0;
  if (!(count >= 2 && count <= MOST_LEVELS)) {
    return refuse('not a number of values', `a whole number from 2 to ${MOST_LEVELS}`);
  }
  const spread = { low, high, unit, isLog };
  const values = Array.from({ length: count }, (_, i) => levelAt(spread, i / (count - 1)));
  return { kind: 'values', values };
}

/** The micro sign and the Greek letter are one. */
function plainUnit(unit: string): string {
  return unit.replace(/[µμ]/g, 'u').trim();
}

/** The value at a share of a range, 0 to 1, by equal steps or equal ratios. */
export function levelAt(
  { low, high, unit, isLog }: Omit<Extract<Levels, { kind: 'range' }>, 'kind'>,
  share: number,
): Level {
  const value = isLog ? exp(log(low) + share * (log(high) - log(low))) : low + share * (high - low);
  const number = Number(value.toPrecision(DIGITS));
  return { text: unit === '' ? String(number) : `${number} ${unit}`, number, unit };
}
