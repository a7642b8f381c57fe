/** Result files: text form, checks on reading, replacement in one step. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { formatResult, parseResult, readResult, writeResult } from '../../src/result/files.js';
import { resultJsonSchema } from '../../src/result/schema.js';
import { loadScenario, parseScenario, scenarioHash } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';
import { withoutHash } from '../support/result-text.js';

const folder = mkdtempSync(join(tmpdir(), 'matedpair-result-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { scenario } = await loadScenario('scenarios/mpo-vs-mtp.yaml', {
  overrides: [
    { path: 'matings', value: '500' },
    { path: 'description', value: 'with [ 1, 2 ] in its text' },
  ],
});
const result = await simulate(scenario, { workers: 0 });

describe('the text of a result', () => {
  const text = formatResult(result);

  it('is JSON that gives the result back', () => {
    const contentHash = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(JSON.parse(text)).toEqual({ ...result, contentHash });
    expect(parseResult(text)).toEqual({ ...result, contentHash });
  });

  it('whose content was changed is refused, unless its hash is taken away', () => {
    const other = text.replace('"seed": "2026"', '"seed": "2027"');
    expect(other).not.toBe(text);
    expect(() => parseResult(other)).toThrow(/was changed since it was written/);
    expect(parseResult(withoutHash(other)).seed).toBe('2027');
    // neither spaces nor the machine count
    const { host } = result;
    const elsewhere = { ...JSON.parse(text), host: { ...host, cpu: 'another' } };
    expect(parseResult(JSON.stringify(elsewhere)).host.cpu).toBe('another');
  });

  it('keeps the checked-in JSON Schema', () => {
    const validate = new Ajv2020({ strict: false }).compile(resultJsonSchema());
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...result, pairs: [{ name: 'x' }] })).toBe(false);
    const file = readFileSync('schemas/result.schema.json', 'utf8');
    expect(JSON.parse(file), 'run npm run schemas').toEqual(resultJsonSchema());
  });

  it('holds the resolved scenario, which gives the same hash', () => {
    const again = parseScenario(JSON.stringify(result.scenario), { file: 'r.json' }).scenario;
    expect(scenarioHash(again)).toBe(result.scenarioHash);
    expect(again).toEqual(scenario);
  });
});

describe('reading', () => {
  it.each([
    ['no file', undefined],
    ['not JSON', '{'],
    ['another format', '{"formatVersion": 99}'],
    ['not a result', '[]'],
    ['null', 'null'],
    ['a damaged result', JSON.stringify({ ...result, pairs: [{}] })],
    ['a truncated result', formatResult(result).slice(0, 5000)],
    ['a scenario whose name is none', JSON.stringify({ ...result, scenario: { name: ['x'] } })],
    ['designs that are none', JSON.stringify({ ...result, scenario: { designs: { a: 1 } } })],
    ['a name with an escape', formatResult(result).replace('"mtp"', '"m\\u001b[2Jtp"')],
    ['a name with a C1 control', formatResult(result).replace('"mtp"', '"m\u009b2Jtp"')],
  ])('%s is a user error', async (_, text) => {
    const path = join(folder, 'bad.json');
    rmSync(path, { force: true });
    if (text !== undefined) writeFileSync(path, text);
    await expect(readResult(path)).rejects.toBeInstanceOf(UserError);
  });
});

describe('a text with a backslash before what looks like a control character', () => {
  it('is read', async () => {
    const path = join(folder, 'backslash.json');
    const scenario = { ...result.scenario, description: String.raw`\u001b` };
    writeFileSync(path, formatResult({ ...result, scenario }));
    expect((await readResult(path)).scenario['description']).toBe(String.raw`\u001b`);
  });
});

describe('writing', () => {
  it('replaces an earlier result and leaves no other file', async () => {
    const path = join(folder, 'sub', 'result.json');
    await writeResult(result, path);
    const second = { ...result, seed: 'second' };
    await writeResult(second, path);
    expect((await readResult(path)).seed).toBe('second');
    expect(readdirSync(join(folder, 'sub'))).toEqual(['result.json']);
  });

  it('keeps the earlier result when it cannot write', async () => {
    const path = join(folder, 'kept.json');
    await writeResult(result, path);
    await expect(writeResult(result, join(path, 'below.json'))).rejects.toBeInstanceOf(UserError);
    expect((await readResult(path)).seed).toBe(result.seed);
  });
});
