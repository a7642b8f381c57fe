/** The JSON Schemas of scenario and design files, for editors; generated from the schema that the reader uses. */
import { z } from 'zod';
import { designSchema } from './design-schema.js';
import { forEditors } from './editor-schema.js';
import { scenarioSchema } from './schema.js';
import { DOCUMENTATION } from './schema-parts.js';

/** JSON Schema (draft 2020-12) of a scenario file. */
export function scenarioJsonSchema(): object {
  return toJsonSchema(scenarioSchema, 'scenario');
}

/** JSON Schema (draft 2020-12) of a design file. */
export function designJsonSchema(): object {
  return toJsonSchema(designSchema, 'design');
}

function toJsonSchema(schema: z.ZodType, name: string): object {
  const generated = z.toJSONSchema(schema, {
    metadata: DOCUMENTATION,
    io: 'input',
    reused: 'inline',
  });
  const { $schema, ...rest } = forEditors(generated);
  return { $schema, $id: `urn:matedpair:${name}`, ...rest };
}
