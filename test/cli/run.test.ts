/** `run`: what it prints where, what it writes, its exit codes. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { withoutHost } from '../support/result-text.js';
import { folderWithScenario, matedpair } from './helpers.js';
import { runHere } from './in-process.js';

interface ResultFile {
  seed: string;
  matings: number;
  pairs: { name: string; limits: { verdict: string }[] }[];
}

function parse(json: string): ResultFile {
  return JSON.parse(json) as ResultFile;
}

describe.concurrent('run', () => {
  it('writes a result, prints the summary on stdout and plain progress on stderr', async () => {
    const folder = folderWithScenario();
    const { code, stdout, stderr } = await matedpair(folder, ['run', 'small.yaml']);
    expect(code).toBe(0);
    expect(stderr).toBe('0 of 400 matings,   0 %\n');
    expect(stdout).toMatch(/^small: two pairs\n400 matings a pair, seed "7"/);
    expect(stdout).toMatch(/^elite +0\.\d+ +0\.\d+ .* [BCD]/m);
    expect(stdout).toMatch(/Result: results\/small\.json\n$/);
    expect(readdirSync(join(folder, 'results'))).toEqual(['small.json']);
    expect(parse(readFileSync(join(folder, 'results/small.json'), 'utf8')).matings).toBe(400);
    expect(stdout + stderr).not.toMatch(/[^\n\P{Cc}]/u);
  });

  it('takes --json, --trials, --seed and --set; JSON alone on stdout', async () => {
    const folder = folderWithScenario();
    const { code, stdout, stderr } = await matedpair(folder, [
      ...['run', 'small.yaml', '--json', '--trials', '1e2', '--seed', '007: #1'],
      ...['--set', 'mating.engagedLength=1.5 mm'],
    ]);
    expect(code).toBe(0);
    const result = parse(stdout);
    expect(result).toMatchObject({ matings: 100, seed: '007: #1' });
    expect(stdout).toMatch(/"engagedLength": "1500 um"/);
    expect(stderr).toContain('100 matings a pair, seed "007: #1"');
    expect(existsSync(join(folder, 'results'))).toBe(false);
  });

  it('gives the same bytes with any number of workers, host apart', async () => {
    const folder = folderWithScenario();
    const texts = await Promise.all(
      ['0', '1', '3'].map(async (workers) => {
        const out = `w${workers}.json`;
        await runHere(folder, ['run', 'small.yaml', '--workers', workers, '--out', out]);
        return readFileSync(join(folder, out), 'utf8');
      }),
    );
    expect(withoutHost(texts[1] ?? '')).toBe(withoutHost(texts[0] ?? ''));
    expect(withoutHost(texts[2] ?? '')).toBe(withoutHost(texts[0] ?? ''));
    expect(texts[0]).toContain('"workers": 0');
    expect(texts[2]).toContain('"workers": 3');
  });

  it('makes results that its own schema accepts', async () => {
    const folder = folderWithScenario();
    const [schema, result] = await Promise.all([
      runHere(folder, ['schema', 'result']),
      runHere(folder, ['run', 'small.yaml', '--json', '--limit', 'p97 <= 1 dB']),
    ]);
    const validate = new Ajv2020.default({ strict: false }).compile(JSON.parse(schema.stdout));
    const accepted = validate(JSON.parse(result.stdout));
    expect(validate.errors ?? []).toEqual([]);
    expect(accepted).toBe(true);
    expect(validate({ ...parse(result.stdout), matings: 'many' })).toBe(false);
  });

  it.each([
    ['met', 'p97 <= 3 dB', 0],
    ['missed', 'p97 <= 0.01 dB', 1],
    ['undecided', 'p97 <= 0.76 dB', 0],
  ])('reports a limit as %s', async (verdict, limit, expected) => {
    const folder = folderWithScenario();
    const args = ['run', 'small.yaml', '--out', 'r.json', '--limit', `mpo: ${limit}`];
    const { code, stdout } = await matedpair(folder, args);
    expect(code).toBe(expected);
    expect(stdout).toMatch(new RegExp(`^mpo +${limit} .* ${verdict}$`, 'm'));
    const { pairs } = parse(readFileSync(join(folder, 'r.json'), 'utf8'));
    expect(pairs.map((pair) => pair.limits.map((one) => one.verdict))).toEqual([[], [verdict]]);
  });

  it('refuses a wrong file: place, no stack, an earlier result untouched', async () => {
    const folder = folderWithScenario();
    await runHere(folder, ['run', 'small.yaml', '--out', 'r.json']);
    const earlier = readFileSync(join(folder, 'r.json'), 'utf8');
    writeFileSync(join(folder, 'bad.yaml'), 'name: bad\nmatings: -3\nfoo: 1\n');
    const { code, stdout, stderr } = await matedpair(folder, [
      'run',
      'bad.yaml',
      '--out',
      'r.json',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: bad\.yaml:2:10: /m);
    expect(stderr).toMatch(/^error: bad\.yaml:3:1: /m);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(readFileSync(join(folder, 'r.json'), 'utf8')).toBe(earlier);
    expect(readdirSync(folder).sort()).toEqual(['bad.yaml', 'r.json', 'small.yaml']);
  });

  it.each([
    ['none.yaml', /^error: none\.yaml: the scenario file does not exist\n$/],
    ['.', /^error: \.: the scenario file is a folder/],
  ])('refuses %s', async (file, message) => {
    const { code, stderr } = await runHere(folderWithScenario(), ['run', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
