/** The JSON Schemas of scenario and design files, for editors; generated from the schema that the reader uses. */
import { z } from 'zod';
import { designSchema, scenarioSchema } from './schema.js';
import { DOCUMENTATION } from './schema-parts.js';

/** JSON Schema (draft 2020-12) of a scenario file. */
export function scenarioJsonSchema(): object {
  return toJsonSchema(scenarioSchema);
}

/** JSON Schema (draft 2020-12) of a design file. */
export function designJsonSchema(): object {
  return toJsonSchema(designSchema);
}

function toJsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { metadata: DOCUMENTATION, io: 'input', reused: 'inline' });
}
