/**
 * Reshapes the generated JSON Schema for editors: what zod writes as a choice of thirteen forms, of which each that
 * does not fit is an error, becomes conditions on the value at hand, so that one mistake gives one message or two.
 */
import type { z } from 'zod';
import type { Unit } from './inputs.js';
import { LAW_NAMES } from './law-fields.js';
import { COMPOUND_UNITS, dimensionOf, expectedQuantity, QUANTITY_NAMES, UNITS } from './units.js';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

const CONTRIBUTION = '-contribution';
const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;

/** The schema in its form for editors; it accepts what the given one accepts, but for what the patterns refuse. */
export function forEditors(schema: JsonSchema): JsonSchema {
  const joined = joinScalars(schema) as JsonSchema;
  const parts: Record<string, JsonSchema> = { ...joined.$defs };
  for (const [id, part] of Object.entries(parts)) {
    const contribution = parts[`${id}${CONTRIBUTION}`];
    if (id.endsWith(CONTRIBUTION)) parts[id] = conditional(part, parts);
    else if (contribution !== undefined) parts[id] = valueOrList(id, part);
  }
  for (const [unit, id] of QUANTITY_NAMES) {
    const part = parts[id];
    if (part !== undefined) parts[id] = { ...part, ...quantityPattern(unit) };
  }
  return { ...joined, $defs: parts };
}

/** Every choice between plain types, such as a number or a text, as one schema with several types. */
function joinScalars(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(joinScalars);
  if (typeof node !== 'object' || node === null) return node;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, joinScalars(value)]),
  );
  if (!Array.isArray(anyOf)) return anyOf === undefined ? rest : { ...rest, anyOf };
  const types = (anyOf as JsonSchema[]).map(({ type }) => type);
  const isScalar = (type: unknown) => type === 'string' || type === 'number' || type === 'integer';
  if (!types.every(isScalar) || new Set(types).size < types.length) return { ...rest, anyOf };
  // the keywords of a number do not touch a text, nor the other way round
  return { ...Object.assign({}, ...anyOf), ...rest, type: types };
}

/** A law, a quantity, or a quantity with a level: the fields follow from `distribution`. */
function conditional(part: JsonSchema, parts: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const [text, laws, atLevel] = part.anyOf as [JsonSchema, JsonSchema, JsonSchema];
  const namesLaw = (law: string): JsonSchema => ({
    type: 'object',
    properties: { distribution: { const: law } },
    required: ['distribution'],
  });
  const quantityId = text.$ref?.split('/').at(-1) ?? '';
  const unit = [...QUANTITY_NAMES].find(([, id]) => id === quantityId)?.[0] ?? '1';
  return {
    description: text.description ?? parts[quantityId]?.description ?? '',
    ...quantityPattern(unit),
    properties: { distribution: { enum: LAW_NAMES } },
    allOf: [
      ...(laws.oneOf as JsonSchema[]).map((law, i) => implies(namesLaw(LAW_NAMES[i]!), law)),
      implies({ type: 'object', not: { required: ['distribution'] } }, atLevel),
    ],
  };
}

/** What fits the condition must fit the consequence. */
function implies(condition: JsonSchema, consequence: JsonSchema): JsonSchema {
  // from pairs: an object written with a key "then" reads like a promise
  return Object.fromEntries([
    ['if', condition],
    ['then', consequence],
  ]);
}

function valueOrList(id: string, part: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = part;
  const list = (anyOf as JsonSchema[])[1];
  const contribution = { $ref: `#/$defs/${id}${CONTRIBUTION}` };
  return {
    ...rest,
    type: ['string', 'object', 'array'] as unknown as 'string',
    ...contribution,
    minItems: list?.minItems ?? 1,
    maxItems: list?.maxItems ?? 1,
    items: { type: ['string', 'object'] as unknown as 'string', ...contribution },
  };
}

/**
 * Refuses what no expression can be: a number alone or with a unit of another kind, and a decimal comma.
 *
 * Other texts may be expressions, of which only the reader can tell whether they are right.
 */
function quantityPattern(unit: Unit): JsonSchema {
  const wanted = dimensionOf(unit);
  const wrong = [...UNITS, ...COMPOUND_UNITS]
    .filter(([, { dimension }]) => dimension.some((power, i) => power !== wanted[i]))
    .map(([name]) => name);
  const units = unit === '1' ? `(?:${wrong.join('|')})` : `(?:${wrong.join('|')})?`;
  return {
    pattern: String.raw`^(?!\s*${NUMBER}\s*${units}\s*$)(?![^(]*\d,\d[^(]*$)`,
    patternErrorMessage: `Expected ${expectedQuantity(unit)}.`,
  };
}
