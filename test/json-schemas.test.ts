/** The checked-in JSON Schemas of all file formats are those that the code makes. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { JSON_SCHEMAS } from '../src/json-schemas.js';

const FOLDER = 'schemas';
const read = (name: string): unknown =>
  JSON.parse(readFileSync(`${FOLDER}/${name}.schema.json`, 'utf8'));

describe('schemas/', () => {
  it.each(Object.entries(JSON_SCHEMAS))('%s is in step with the code', (name, schema) => {
    expect(read(name), 'run npm run schemas').toEqual(JSON.parse(JSON.stringify(schema())));
  });

  it.each(Object.keys(JSON_SCHEMAS))('%s is a JSON Schema that refuses a list', (name) => {
    const validate = new Ajv2020({ strict: false }).compile(read(name) as object);
    expect(validate([])).toBe(false);
  });

  it('holds no others', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.schema.json'));
    const names = Object.keys(JSON_SCHEMAS).map((name) => `${name}.schema.json`);
    expect(files.sort()).toEqual(names.sort());
  });
});
