/** Help, versions, wrong command lines, init, validate, schema. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair, ROOT, temporaryFolder } from './helpers.js';
import { runHere } from './in-process.js';

const SCENARIOS = join(ROOT, 'scenarios');

describe.concurrent('command line', () => {
  it.each([[], ['init'], ['validate'], ['run'], ['replay'], ['schema']])(
    'explains itself: %s --help',
    async (...command) => {
      const { code, stdout, stderr } = await runHere(temporaryFolder(), [...command, '--help']);
      expect(code).toBe(0);
      expect(stderr).toBe('');
      expect(stdout).toContain('Examples:\n  $ matedpair ');
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    },
  );

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const { code, stdout } = await matedpair(temporaryFolder(), ['--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${version}\n` });
  });

  it.each([
    [['rnu', 'x.yaml'], /^error: unknown command 'rnu'\n\(Did you mean run\?\)\n/],
    [['run', 'x.yaml', '--trails', '5'], /^error: unknown option '--trails'\n\(Did you mean/],
    [['run'], /^error: missing required argument 'scenario'\n/],
    [['run', 'a', 'b'], /^error: too many arguments/],
    [['run', 'x.yaml', '--workers', '-1'], /whole number from 0/],
    [['run', 'x.yaml', '--trials', 'many'], /--trials.*whole number from 1/],
    [['run', 'x.yaml', '--set', 'seed'], /Expected path=value/],
    [['replay', 'x.json', '--mating', '1.5'], /whole number from 0/],
    [['schema', 'results'], /Allowed choices are scenario, design, result/],
  ])('refuses %j with one message', async (args, message) => {
    const { code, stdout, stderr } = await runHere(temporaryFolder(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.match(/error:/g)).toHaveLength(1);
  });

  it('calls a defect a defect, with its stack and exit code 70', async () => {
    const breaking =
      'data:text/javascript,JSON.stringify = () => { throw new TypeError("broken") }';
    const { code, stderr } = await matedpair(temporaryFolder(), ['schema'], {}, [
      '--import',
      breaking,
    ]);
    expect(code).toBe(70);
    expect(stderr).toMatch(
      /^This is a defect of matedpair; please report it .*\nTypeError: broken\n {4}at /,
    );
  });
});

describe.concurrent('init', () => {
  it('writes a scenario that validates and runs, also into a new folder', async () => {
    const folder = temporaryFolder();
    const init = await runHere(folder, ['init', 'studies/first.yaml']);
    expect(init).toMatchObject({ code: 0, stderr: '' });
    expect(init.stdout).toContain('matedpair run studies/first.yaml');
    expect(await runHere(folder, ['validate', 'studies/first.yaml'])).toMatchObject({ code: 0 });
    const run = await runHere(folder, ['run', 'studies/first.yaml', '--trials', '500']);
    expect([0, 1]).toContain(run.code);
    expect(run.stdout).toContain('Result: results/my-study.json');
  });

  it('never overwrites', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'scenario.yaml'), 'mine');
    const { code, stdout, stderr } = await matedpair(folder, ['init']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: scenario.yaml: exists already/);
    expect(readFileSync(join(folder, 'scenario.yaml'), 'utf8')).toBe('mine');
  });
});

describe.concurrent('validate', () => {
  it('accepts every shipped scenario', async () => {
    const files = readdirSync(SCENARIOS).filter((name) => name.endsWith('.yaml'));
    const { code, stdout, stderr } = await matedpair(SCENARIOS, ['validate', ...files]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) expect(stdout).toContain(`${file}: valid; pairs `);
  });

  it('reports the mistakes of all files, each at its place', async () => {
    const folder = folderWithScenario();
    writeFileSync(join(folder, 'one.yaml'), 'name: one\nmatings: many\n');
    writeFileSync(join(folder, 'two.yaml'), 'pairs: [\n');
    const { code, stdout, stderr } = await matedpair(folder, [
      'validate',
      'one.yaml',
      'small.yaml',
      'two.yaml',
      'three.yaml',
    ]);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^small.yaml: valid; pairs elite, mpo; 400 matings; hash [0-9a-f]{12}\n$/,
    );
    expect(stderr).toMatch(/^error: one.yaml:2:10: /m);
    expect(stderr).toMatch(/^error: two.yaml:\d+:\d+: /m);
    expect(stderr).toMatch(/^error: three.yaml: .*does not exist/m);
    expect(stderr).toMatch(/^\d+ problems$/m);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('prints a resolved scenario that is itself valid and has the same hash', async () => {
    const folder = folderWithScenario();
    const { stdout } = await runHere(folder, ['validate', 'small.yaml', '--resolved']);
    writeFileSync(join(folder, 'resolved.json'), stdout);
    const both = await runHere(folder, ['validate', 'small.yaml', 'resolved.json']);
    const hashes = Array.from(both.stdout.matchAll(/hash (\w+)/g), ([, hash]) => hash);
    expect(hashes).toHaveLength(2);
    expect(hashes[0]).toBe(hashes[1]);
  });

  it('writes nothing', async () => {
    const folder = folderWithScenario();
    await runHere(folder, ['validate', 'small.yaml']);
    expect(readdirSync(folder)).toEqual(['small.yaml']);
  });
});

describe.concurrent('schema', () => {
  it.each([['scenario'], ['design'], ['result']])('prints a JSON Schema: %s', async (...format) => {
    const { code, stdout, stderr } = await runHere(temporaryFolder(), ['schema', ...format]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const ajv = new Ajv2020.default({ strict: false });
    expect(ajv.validateSchema(JSON.parse(stdout))).toBe(true);
    expect(() => ajv.compile(JSON.parse(stdout))).not.toThrow();
  });
});
