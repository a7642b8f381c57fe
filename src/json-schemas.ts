/** The JSON Schemas of all file formats, by the names of their files in schemas/. */
import { resultJsonSchema } from './result/schema.js';
import { allocationJsonSchema } from './result/schema-allocation.js';
import { exceedanceJsonSchema } from './result/schema-exceedance.js';
import { sensitivityJsonSchema } from './result/schema-sensitivity.js';
import { sweepJsonSchema } from './result/schema-sweep.js';
import { designJsonSchema, scenarioJsonSchema } from './scenario/index.js';

export const JSON_SCHEMAS = {
  scenario: scenarioJsonSchema,
  design: designJsonSchema,
  result: resultJsonSchema,
  sweep: sweepJsonSchema,
  sensitivity: sensitivityJsonSchema,
  allocation: allocationJsonSchema,
  exceedance: exceedanceJsonSchema,
} as const;
