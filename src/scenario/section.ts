/**
 * The values of one design or one mating section: read on demand, so that expressions may refer to values in any
 * order, each read once, and circles of references are found.
 */

import type { Context } from './context.js';
import { checkCorrelations } from './correlations.js';
import { isReservedName, type Names, type Quantity } from './evaluate.js';
import { ExpressionError } from './expression.js';
import { INPUTS, type InputSpec, type Unit } from './inputs.js';
import { LAWS } from './law-fields.js';
import { lawNominal } from './law-shape.js';
import { checkPlausible, checkScalarPlausible } from './plausibility.js';
import { readNumber, readQuantity, requireFinite } from './quantity.js';
import { childOf, mapIn, quote, type RawMap, type RawNode } from './raw.js';
import { readContributions } from './read-law.js';
import type { ScalarSpec } from './scalars.js';
import type { Contribution, Correlation } from './types.js';
import { DIMENSIONLESS, dimensionOf, expectedQuantity, round15 } from './units.js';

/** A problem that has been told where it stands; whatever depends on it stays silent. */
class AlreadyTold extends Error {}

const MOST_PARAMETERS = 200;
/** Longest chain of values that refer to one another. */
const LONGEST_CHAIN = 30;

export interface SectionOptions {
  readonly root: RawMap;
  readonly of: 'design' | 'mating';
  readonly scalars: readonly ScalarSpec[];
  /** What stands for a value that the section leaves out; undefined if it must be given. */
  readonly fallback: (name: string) => unknown;
  readonly context: Context;
}

export class Section implements Names {
  readonly context: Context;
  readonly #root: RawMap;
  readonly #inputs: ReadonlyMap<string, InputSpec>;
  readonly #scalars: ReadonlyMap<string, ScalarSpec>;
  readonly #parameters: RawMap;
  readonly #fallback: (name: string) => unknown;
  readonly #values = new Map<string, unknown>();
  readonly #open: string[] = [];
  #references = 0;

  constructor(options: SectionOptions) {
    this.context = options.context;
    this.#root = options.root;
    const inputs = (INPUTS as readonly InputSpec[]).filter((spec) => spec.of === options.of);
    this.#inputs = new Map(inputs.map((spec) => [spec.name, spec]));
    this.#scalars = new Map(options.scalars.map((spec) => [spec.name, spec]));
    this.#fallback = options.fallback;
    this.#parameters = mapIn(options.root, 'parameters');
    this.#checkParameterNames();
  }

  /** The node at a dotted path of the section. */
  node(path: string): RawNode | undefined {
    return path.split('.').reduce<RawNode | undefined>(childOf, this.#root);
  }

  /** The contributions of an input; undefined if they cannot be read, which has then been told. */
  contributions(name: string): readonly Contribution[] | undefined {
    const spec = this.#inputs.get(name);
    if (spec === undefined) return undefined;
    return this.#once(name, () => {
      const node = this.#given(name);
      if (node === undefined) return undefined;
      return this.#recall(node, name, () => {
        const contributions = readContributions(node, spec, this);
        if (contributions !== undefined) checkPlausible(contributions, spec, node, this.context);
        return contributions;
      });
    });
  }

  scalar(name: string): number | undefined {
    const spec = this.#scalars.get(name);
    if (spec === undefined) return undefined;
    return this.#once(name, () => {
      const node = this.#given(name);
      if (node === undefined) return undefined;
      return this.#recall(node, name, () => {
        const value = this.number(node, spec.unit, name);
        const isFine = value !== undefined && checkScalarPlausible(value, spec, node, this.context);
        return isFine ? value : undefined;
      });
    });
  }

  /** All parameters, so that the mistakes of unused ones are told as well. */
  readParameters(): void {
    for (const name of this.#parameters.entries.keys()) this.#parameter(name);
  }

  correlations(): readonly Correlation[] {
    const node = this.node('correlations');
    return node === undefined ? [] : checkCorrelations(node, this.#inputs, this);
  }

  /** The number at a node in this unit; undefined if it cannot be read, which has then been told. */
  number(node: RawNode, unit: Unit, label: string): number | undefined {
    return this.attempt(node, label, () => {
      if (node.kind !== 'scalar') throw new AlreadyTold();
      if (typeof node.value === 'string') {
        return readNumber(node.value, unit, this, this.context.budget);
      }
      if (typeof node.value !== 'number')
        throw new ExpressionError('not a value', expectedQuantity(unit));
      if (unit !== '1')
        throw new ExpressionError('a number without a unit', expectedQuantity(unit));
      return requireFinite(round15(node.value));
    });
  }

  /** Runs a reader and tells its ExpressionError at the node. */
  attempt<T>(node: RawNode, label: string, read: () => T): T | undefined {
    const { problems } = this.context;
    if (problems.isBad(node)) return undefined;
    try {
      return problems.attempt(node.place, label, () => quote(node), read);
    } catch (error) {
      if (error instanceof AlreadyTold) return undefined;
      throw error;
    }
  }

  lookUp(path: readonly string[]): Quantity | undefined {
    this.#references += 1;
    const name = path.join('.');
    if (this.#parameters.entries.has(name)) return told(this.#parameter(name));
    if (name === 'fibres.count') return this.#count();
    const scalar = this.#scalars.get(name);
    if (scalar !== undefined) {
      return { value: told(this.scalar(name)), dimension: dimensionOf(scalar.unit) };
    }
    for (const [input, spec] of this.#inputs) {
      if (name === input) return this.#nominal(spec);
      if (name.startsWith(`${input}.`)) return this.#field(spec, name.slice(input.length + 1));
    }
    return undefined;
  }

  *known(): Iterable<string> {
    yield* this.#parameters.entries.keys();
    yield* this.#inputs.keys();
    yield* this.#scalars.keys();
  }

  #given(name: string): RawNode | undefined {
    const node = this.node(name);
    if (node !== undefined) return this.context.problems.isBad(node) ? undefined : node;
    const fallback = this.#fallback(name);
    if (fallback === undefined) return undefined;
    return this.context.memory.defaultNode(fallback, this.#root.place);
  }

  #recall<T>(node: RawNode, name: string, read: () => T): T {
    const { memory, problems } = this.context;
    return memory.recall(node, name, problems, () => this.#references, read);
  }

  /** Runs `read` unless its value is known. Throws ExpressionError if the value is being read already. */
  #once<T>(name: string, read: () => T): T {
    if (this.#values.has(name)) return this.#values.get(name) as T;
    const start = this.#open.indexOf(name);
    if (start >= 0) {
      const circle = [...this.#open.slice(start), name].join(' → ');
      throw new ExpressionError(`values refer to each other in a circle: ${circle}`);
    }
    if (this.#open.length >= LONGEST_CHAIN) {
      throw new ExpressionError(
        `more than ${LONGEST_CHAIN} values refer to one another in a chain`,
      );
    }
    this.#open.push(name);
    try {
      const value = read();
      this.#values.set(name, value);
      return value;
    } finally {
      this.#open.pop();
    }
  }

  #parameter(name: string): Quantity | undefined {
    const node = childOf(this.#parameters, name);
    if (node === undefined) return undefined;
    return this.#once(`parameters.${name}`, () =>
      this.attempt(node, `parameters.${name}`, () => {
        if (node.kind !== 'scalar') throw new AlreadyTold();
        const { value } = node;
        if (typeof value === 'number') return { value, dimension: DIMENSIONLESS };
        return readQuantity(String(value ?? ''), this, this.context.budget);
      }),
    );
  }

  #checkParameterNames(): void {
    const { problems } = this.context;
    if (this.#parameters.entries.size > MOST_PARAMETERS) {
      problems.add(this.#parameters.place, `more than ${MOST_PARAMETERS} parameters`);
    }
    const sections = new Set([...this.#inputs.keys()].map((input) => input.split('.')[0]!));
    for (const [name, { keyPlace }] of this.#parameters.entries) {
      if (!isReservedName(name) && !sections.has(name)) continue;
      problems.add(keyPlace, `a parameter cannot be named "${name}"`, {
        found: `${name}:`,
        expected: 'a name that is no unit, function or section',
      });
    }
  }

  #count(): Quantity {
    const node = this.node('fibres.count');
    if (node?.kind !== 'scalar' || typeof node.value !== 'number') throw new AlreadyTold();
    return { value: node.value, dimension: DIMENSIONLESS };
  }

  #single(spec: InputSpec): Contribution {
    const contributions = told(this.contributions(spec.name));
    const [only] = contributions;
    if (contributions.length !== 1 || only === undefined) {
      throw new ExpressionError(`${spec.name} is a list of contributions and has no single value`);
    }
    return only;
  }

  #nominal(spec: InputSpec): Quantity {
    const law = this.#single(spec);
    const nominal = lawNominal(law);
    if (nominal === undefined) {
      throw new ExpressionError(
        `${spec.name} is ${law.distribution} and has no nominal value`,
        `one of its fields: ${quantityFields(law).join(', ')}`,
      );
    }
    return { value: nominal, dimension: dimensionOf(spec.unit) };
  }

  #field(spec: InputSpec, field: string): Quantity {
    const law = this.#single(spec);
    const description = LAWS[law.distribution].fields[field];
    const value = Object.hasOwn(law, field) ? law[field as keyof typeof law] : undefined;
    if (typeof value !== 'number' || description === undefined) {
      throw new ExpressionError(
        `${spec.name} is ${law.distribution} and has no value "${field}"`,
        `one of ${quantityFields(law).join(', ')}`,
      );
    }
    return {
      value,
      dimension: description.kind === 'quantity' ? dimensionOf(spec.unit) : DIMENSIONLESS,
    };
  }
}

function told<T>(value: T | undefined): T {
  if (value === undefined) throw new AlreadyTold();
  return value;
}

function quantityFields(law: Contribution): string[] {
  return Object.entries(law)
    .filter(([field, value]) => field !== 'level' && typeof value === 'number')
    .map(([field]) => field);
}
