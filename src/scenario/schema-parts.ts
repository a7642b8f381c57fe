/** The parts of which the schemas of scenario and design files are made: names, quantities, laws. */
import { z } from 'zod';
import type { InputSpec, Level, Unit } from './inputs.js';
import { type FieldKind, LAW_NAMES, LAWS } from './law-fields.js';
import { expectedQuantity, QUANTITY_NAMES, QUANTITY_OF } from './units.js';

/** Titles, descriptions and examples of the schemas, for editors; `id` names a shared part of the JSON Schema. */
export const DOCUMENTATION = z.registry<{
  id?: string;
  title?: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  /** For editors only: the reader tells in its own words what is wrong. */
  minimum?: number;
  maximum?: number;
  pattern?: string;
}>();
export type Documentation = NonNullable<ReturnType<typeof DOCUMENTATION.get>>;

export function documented<S extends z.ZodType>(schema: S, documentation: Documentation): S {
  DOCUMENTATION.add(schema, documentation);
  return schema;
}

const LONGEST_NAME = 100;
const LONGEST_DESCRIPTION = 10_000;
/** Not blank, and without control characters and invisible ones such as those that turn the direction of writing. */
const NAME = /^(?!\s*$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u;
/** Not a whole number alone: objects of JavaScript, and so results, would list such pairs in another order. */
const PAIR_NAME = /^(?!\s*$)(?!\d+$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u;
const PARAMETER_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const name = z
  .string({ error: 'a name, as text (a number needs quotes)' })
  .max(LONGEST_NAME)
  .regex(NAME, { error: 'a name of 1 to 100 characters, all of them visible' });
export const pairName = z.string().max(LONGEST_NAME).regex(PAIR_NAME, {
  error: 'a name of 1 to 100 visible characters that is not a number alone, such as "pair 1"',
});
export const parameterName = z.string().max(LONGEST_NAME).regex(PARAMETER_NAME, {
  error: 'a name of letters, digits and underscores that begins with a letter',
});
export const description = z
  .string({ error: 'a text (a number needs quotes)' })
  .max(LONGEST_DESCRIPTION);
export const schemaUrl = documented(z.string({ error: 'the address of a JSON Schema' }).max(2000), {
  description: 'JSON Schema of this file, for editors.',
});

const QUANTITIES = new Map<Unit, z.ZodType>();

/** A quantity of this unit: a text, and where the unit is 1 a number as well. */
export function quantity(unit: Unit): z.ZodType {
  let schema = QUANTITIES.get(unit);
  if (schema === undefined) {
    const error = expectedQuantity(unit);
    const { noun, example } = QUANTITY_OF[unit];
    schema = documented(
      unit === '1' ? z.union([z.number(), z.string()], { error }) : z.string({ error }),
      {
        id: QUANTITY_NAMES.get(unit) ?? noun,
        description: `${noun[0]!.toUpperCase()}${noun.slice(1)}${unit === '1' ? '' : ' with its unit'}, or an expression.`,
        examples: [unit === '1' ? Number(example) : example],
      },
    );
    QUANTITIES.set(unit, schema);
  }
  return schema;
}

function lawField(kind: FieldKind, unit: Unit): z.ZodType {
  switch (kind) {
    case 'quantity':
      return quantity(unit);
    case 'number':
      return quantity('1');
    case 'quantities':
      return z
        .array(quantity(unit), { error: `a list of quantities, each ${expectedQuantity(unit)}` })
        .min(1);
    case 'numbers':
      return z.array(quantity('1'), { error: 'a list of numbers' }).min(1);
    case 'switch':
      return z.boolean({ error: 'true or false' });
    case 'text':
      return z.string({ error: 'a text' }).min(1).max(1000);
  }
}

const LAW_SCHEMAS = new Map<string, z.ZodType>();

/** What may stand for an input: a quantity, a law, a quantity with a level, or a list of these. */
export function inputValue(spec: InputSpec): z.ZodType {
  const key = `${QUANTITY_NAMES.get(spec.unit)}-per-${spec.level}`;
  let schema = LAW_SCHEMAS.get(key);
  if (schema === undefined) {
    schema = lawOrList(key, spec.unit, spec.levels);
    LAW_SCHEMAS.set(key, schema);
  }
  return schema;
}

function lawOrList(id: string, unit: Unit, levels: readonly Level[]): z.ZodType {
  const level = documented(z.enum(levels), {
    description: `How often it is drawn: once per ${levels.join(', or once per ')}. Default ${levels[0]}.`,
  });
  const example = QUANTITY_OF[unit].example;
  const single = [
    documented(quantity(unit).clone(), {
      description: `A fixed value, or a shorthand: "${example} ± TOLERANCE at 3 sigma", the same with ", truncated", or "${example} ± TOLERANCE uniform".`,
      examples: [example],
    }),
    z.discriminatedUnion(
      'distribution',
      LAW_NAMES.map((law) => {
        const fields: Record<string, z.ZodType> = {};
        for (const [fieldName, field] of Object.entries(LAWS[law].fields)) {
          const schema = documented(lawField(field.kind, unit).clone(), {
            description: field.description,
          });
          fields[fieldName] = field.optional ? schema.optional() : schema;
        }
        return documented(
          z.strictObject({ distribution: z.literal(law), ...fields, level: level.optional() }),
          { title: law, description: LAWS[law].description },
        );
      }) as unknown as [z.ZodObject<{ distribution: z.ZodLiteral<string> }>],
    ),
    documented(z.strictObject({ value: quantity(unit), level: level.optional() }), {
      title: 'value at a level',
      description: 'A quantity or shorthand with the level at which it is drawn.',
    }),
  ] as const;
  const error = `${expectedQuantity(unit)}, a distribution, or a list of these`;
  const contribution = documented(z.union(single, { error }), { id: `${id}-contribution` });
  const list = documented(z.array(contribution, { error }).min(1).max(8), {
    description: 'Contributions that add up, each at its own level.',
  });
  return documented(z.union([contribution, list], { error }), { id });
}
