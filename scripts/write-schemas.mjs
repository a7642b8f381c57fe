// Writes the JSON Schemas of scenario, design and result files from the code's own schemas: npm run build, then this.
import { writeFileSync } from 'node:fs';
import { designJsonSchema, resultJsonSchema, scenarioJsonSchema } from '../dist/src/index.js';

for (const [name, schema] of [
  ['scenario', scenarioJsonSchema()],
  ['design', designJsonSchema()],
  ['result', resultJsonSchema()],
]) {
  const file = new URL(`../schemas/${name}.schema.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}
