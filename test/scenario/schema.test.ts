/** The JSON Schemas under schemas/: in step with the code, and an editor's judgement agrees with the reader's. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  describeScenario,
  designJsonSchema,
  loadScenario,
  scenarioJsonSchema,
} from '../../src/scenario/index.js';
import { INPUTS } from '../../src/scenario/inputs.js';
import { scenarioText } from './helpers.js';

const ajv = new Ajv2020({ strict: false, allErrors: true });
const scenarioCheck = ajv.compile(scenarioJsonSchema());
const designCheck = ajv.compile(designJsonSchema());
const load = (path: string): unknown => parseYaml(readFileSync(path, 'utf8'));
const filesIn = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.yaml'));

describe('JSON Schema', () => {
  it.each([
    ['scenario', scenarioJsonSchema()],
    ['design', designJsonSchema()],
  ])('schemas/%s.schema.json is what the code says (npm run schemas)', (name, schema) => {
    expect(readFileSync(`schemas/${name}.schema.json`, 'utf8')).toBe(
      `${JSON.stringify(schema, null, 2)}\n`,
    );
  });

  it.each(filesIn('scenarios'))('accepts scenarios/%s, and what it comes to', (file) => {
    expect(scenarioCheck(load(`scenarios/${file}`)), ajv.errorsText(scenarioCheck.errors)).toBe(
      true,
    );
    const described = describeScenario(loadScenario(`scenarios/${file}`).scenario);
    expect(
      scenarioCheck(JSON.parse(JSON.stringify(described))),
      ajv.errorsText(scenarioCheck.errors),
    ).toBe(true);
  });

  it.each(filesIn('scenarios/designs'))('accepts scenarios/designs/%s', (file) => {
    expect(designCheck(load(`scenarios/designs/${file}`)), ajv.errorsText(designCheck.errors)).toBe(
      true,
    );
  });

  it.each([
    ['an unknown key', 'sprung: {}'],
    ['an unknown field', 'spring: { froce: 1 N }'],
    ['a number without a unit', 'spring: { force: 10 }'],
    [
      'an unknown distribution',
      'spring: { force: { distribution: normall, mean: 1 N, sigma: 1 N } }',
    ],
    ['a missing field', 'spring: { force: { distribution: normal, mean: 1 N } }'],
    ['a level that the input has not', 'spring: { force: { value: 1 N, level: fibre } }'],
    ['an empty list', 'spring: { force: [] }'],
    ['a fibre count of 13', 'fibres: { count: 13 }'],
    ['a polish of its own', 'endFace: { polish: UPC }'],
  ])('refuses %s', (_, lines) => {
    expect(scenarioCheck(parseYaml(scenarioText(lines)))).toBe(false);
  });

  it('refuses a scenario without pairs, and a pair without a plug', () => {
    expect(scenarioCheck({ designs: {} })).toBe(false);
    expect(scenarioCheck({ pairs: { p: { pinned: 'a' } } })).toBe(false);
    expect(scenarioCheck({ pairs: { p: { pinned: 'a', unpinned: 'a' } } })).toBe(true);
  });

  it('describes every input', () => {
    const text = JSON.stringify(scenarioJsonSchema());
    for (const { description } of INPUTS)
      expect(text).toContain(JSON.stringify(description).slice(1, -1));
  });
});
