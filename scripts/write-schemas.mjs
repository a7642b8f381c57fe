// Writes the JSON Schemas of all file formats from the code's own schemas: npm run build, then this.
import { writeFileSync } from 'node:fs';
import { JSON_SCHEMAS } from '../dist/src/json-schemas.js';

for (const [name, schema] of Object.entries(JSON_SCHEMAS)) {
  const file = new URL(`../schemas/${name}.schema.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(schema(), null, 2)}\n`);
}
