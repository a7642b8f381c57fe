/** How the fields of designs and of mating sections are laid out: rows of the tables, choices, correlations. */
import { z } from 'zod';
import { INPUTS, type InputSpec } from './inputs.js';
import { MATING_INPUT_DEFAULTS, REQUIRED_INPUTS } from './scalars.js';
import { type Documentation, documented, inputValue, quantity } from './schema-parts.js';

export const correlations = documented(
  z.array(
    z.strictObject(
      {
        inputs: z
          .array(z.string({ error: 'the path of an input' }), { error: 'a list of inputs' })
          .min(2),
        matrix: z.array(z.array(quantity('1'), { error: 'a list of numbers' }), {
          error: 'a list of rows',
        }),
      },
      { error: 'a group with inputs and matrix' },
    ),
    { error: 'a list of groups, each with inputs and matrix' },
  ),
  {
    description:
      'Groups of untruncated normal inputs with their correlation matrix within one level.',
  },
);

export type Shape = Record<string, z.ZodType>;

/** Adds a row of a table at its dotted path, `section.field` or `field`. */
export function place(
  sections: Map<string, Shape>,
  path: string,
  schema: z.ZodType,
  text: Documentation,
): void {
  const [section, fieldName] = path.includes('.') ? path.split('.') : ['', path];
  const shape = sections.get(section!) ?? {};
  shape[fieldName!] = documented(schema.clone(), text).optional();
  sections.set(section!, shape);
}

export function inputRows(of: 'design' | 'mating', sections: Map<string, Shape>): void {
  for (const spec of INPUTS as readonly InputSpec[]) {
    if (spec.of !== of) continue;
    const required = REQUIRED_INPUTS.some((input) => input === spec.name);
    const fallback =
      of === 'mating'
        ? MATING_INPUT_DEFAULTS[spec.name as keyof typeof MATING_INPUT_DEFAULTS]
        : undefined;
    place(sections, spec.name, inputValue(spec), {
      description: `${spec.description} Drawn per ${spec.level}.${required ? ' Required.' : ''}`,
      ...(fallback === undefined ? {} : { default: fallback }),
    });
  }
}

export function choice<const T extends readonly (string | number)[]>(
  values: T,
  text: Documentation,
): z.ZodType {
  return documented(z.literal([...values]), text).optional();
}
