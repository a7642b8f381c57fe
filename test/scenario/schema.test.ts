/** The JSON Schemas under schemas/: in step with the code, and an editor's judgement agrees with the reader's. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { UserError } from '../../src/errors.js';
import {
  describeScenario,
  designJsonSchema,
  loadScenario,
  parseScenario,
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

  it.each<[string, number]>([
    ['{ distribution: normal, mean: 1 N, sigmaa: 1 N }', 3],
    ['{ distribution: normal, mean: 1 N, sigma: 1 N, extra: 1 }', 2],
    ['{ distribution: normal, mean: 1, sigma: 1 N }', 2],
    ['{ distribution: normall, mean: 1 N }', 1],
    ['[1 N, { distribution: normal, mean: 1 N, sigma: 1 N, extra: 1 }]', 2],
    ['{ value: 1 N, level: fibre }', 2],
    ['{}', 2],
    ['10', 1],
    ['[10]', 1],
    ['"10"', 1],
    ['10 um', 1],
    ['"9,8 N"', 1],
    ['true', 1],
  ])('refuses the force %s in a message or two', (force, most) => {
    expect(scenarioCheck(parseYaml(scenarioText(`spring: { force: ${force} }`)))).toBe(false);
    expect(scenarioCheck.errors?.length, ajv.errorsText(scenarioCheck.errors)).toBeLessThanOrEqual(
      most,
    );
  });

  it.each([
    '"9.8 N"',
    '-1e0N',
    '" 9.8 N "',
    '9.8 N ± 1 N uniform',
    '"10 N ± 1.2 N at 3 sigma,truncated"',
    '"max(9.8 N, 2,5)"',
    '2 * preload',
    '10 preload',
    '10 um * 2 N/um',
    'spring.force.mean',
    '"[1 N, 2 N]"',
  ])('leaves %s, which may be an expression, to the reader', (force) => {
    expect(scenarioCheck(parseYaml(scenarioText(`spring: { force: ${force} }`)))).toBe(true);
  });

  it('refuses no quantity that the reader accepts', () => {
    const tokens = ['1', '2.5', '.5', '1e1', ' ', ' ', 'N', 'mN', 'um', 'N/um', '*', '/', '+', '-'];
    const token = fc.constantFrom(...tokens, ',', '(', ')', 'min', 'k', '±', 'uniform', '%', 'µm');
    const text = fc.array(token, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    let accepted = 0;
    fc.assert(
      fc.property(text, (force) => {
        const source = {
          designs: {
            a: { extends: 'mtp-standard', parameters: { k: '1 N' }, spring: { force } },
          },
          pairs: { p: { pinned: 'a', unpinned: 'a' } },
        };
        try {
          parseScenario(JSON.stringify(source), { allowImplausible: true });
        } catch (error) {
          if (error instanceof UserError) return;
          throw error;
        }
        accepted += 1;
        expect(scenarioCheck(source), force).toBe(true);
      }),
      { seed: 7, numRuns: 2000, examples: [['2.5 N'], ['min(1,2)*k'], ['1 k']] },
    );
    expect(accepted).toBeGreaterThan(30);
  });

  it.each([
    ['matings: 0', false],
    ['matings: 1', true],
    ['matings: "1e6"', true],
    ['limits: ["p97 <= 0.25 dB", "worstFibre.p999>=1e0dB", "gapFraction <= 5%"]', true],
    ['limits: ["yield(0.25 dB) >= 97 %", " matingYield( 0.25dB ) >= 0.9"]', true],
    ['limits: [p97 < 0.25 dB]', false],
    ['limits: [p98 <= 0.25 dB]', false],
    ['limits: ["yield >= 97 %"]', false],
    ['limits: [gapFraction <= 5 dB]', false],
    ['mating: { friction: 0.1 }', true],
    ['mating: { friction: 10 % }', true],
    ['mating: { friction: 0.1 N }', false],
    ['mating: { pinStiffness: 14 N }', false],
  ])('%s: %s', (line, isRight) => {
    expect(scenarioCheck(parseYaml(scenarioText('', line)))).toBe(isRight);
  });

  it('has an identity', () => {
    expect(scenarioJsonSchema()).toMatchObject({ $id: 'urn:matedpair:scenario' });
    expect(designJsonSchema()).toMatchObject({ $id: 'urn:matedpair:design' });
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
