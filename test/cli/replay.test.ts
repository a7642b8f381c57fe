/** `replay`: the numbers of the run, and its refusals. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { withoutHash } from '../support/result-text.js';
import { folderWithScenario, matedpair } from './helpers.js';
import { runHere } from './in-process.js';

interface Replayed {
  pair: string;
  mating: number;
  meanDb: number;
  worstFibreDb: number;
  fibres: { fibre: number; lossDb: number }[];
}

let folder: string;
let text: string;

beforeAll(async () => {
  folder = folderWithScenario();
  await runHere(folder, ['run', 'small.yaml', '--out', 'r.json']);
  text = readFileSync(join(folder, 'r.json'), 'utf8');
});

async function replay(...args: string[]): Promise<Replayed> {
  const { code, stdout, stderr } = await runHere(folder, ['replay', 'r.json', '--json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Replayed;
}

describe.concurrent('replay', () => {
  it('gives the run’s own numbers for every mating that the result keeps', async () => {
    const { pairs } = JSON.parse(text);
    const kept = pairs[1].worstMatings.slice(0, 3);
    expect(kept).toHaveLength(3);
    for (const { mating, fibre, worstFibreDb, meanDb } of kept) {
      const replayed = await replay('--pair', 'mpo', '--mating', String(mating));
      expect(replayed).toMatchObject({ pair: 'mpo', mating, worstFibreDb });
      expect(replayed.meanDb).toBeCloseTo(meanDb, 12);
      expect(replayed.fibres[fibre - 1]).toMatchObject({ fibre, lossDb: worstFibreDb });
    }
  });

  it('shows the worst mating of the first pair unless told otherwise', async () => {
    const [{ name, worstMatings }] = JSON.parse(text).pairs;
    const { mating, worstFibreDb } = worstMatings[0];
    expect(await replay()).toMatchObject({ pair: name, mating, worstFibreDb });
    const { stdout } = await matedpair(folder, ['replay', 'r.json']);
    expect(stdout).toContain(`Mating ${mating} of pair ${name}\n`);
    expect(stdout).toContain(`worst fibre ${worstFibreDb.toFixed(4)} dB\n`);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each([
    [
      ['--pair', 'mpoo'],
      /found: +--pair mpoo\n +expected: elite or mpo\n +hint: +did you mean "mpo"\?/,
    ],
    [['--mating', '400'], /found: +--mating 400\n +expected: an index from 0 to 399\n/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await runHere(folder, ['replay', 'r.json', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  const changed = /the scenario in the result was changed after the run/;
  it.each<[string, (json: string) => string, RegExp]>([
    [
      'changed value',
      (json) => json.replace('"1310 nm"', '"1550 nm"').replace('"1.31 um"', '"1.55 um"'),
      changed,
    ],
    ['changed seed', (json) => json.replace('    "seed": "7"', '    "seed": "8"'), changed],
    [
      'both seeds changed',
      (json) => json.replaceAll('"seed": "7"', '"seed": "8"'),
      /computes other losses than the result/,
    ],
    [
      'scenario no longer valid',
      (json) => json.replaceAll('"pinned": "elite"', '"pinned": "x"'),
      changed,
    ],
    ['no pairs', (json) => JSON.stringify({ ...JSON.parse(json), pairs: [] }), /at pairs/],
    ['truncated', (json) => json.slice(0, 1000), /not a result file: /],
    ['no JSON', () => 'name: x\n', /not a result file: /],
    ['empty', () => '', /not a result file: /],
    ['null', () => 'null', /not a result file of this version/],
    [
      'other version',
      (json) => json.replace('"formatVersion": 2', '"formatVersion": 1'),
      /found: +formatVersion 1\n +expected: formatVersion 2\n/,
    ],
    [
      'pairs missing',
      (json) => json.replace('"pairs": [\n    {\n      "name"', '"pears": [\n    {\n      "name"'),
      /damaged result file at pairs/,
    ],
  ])('refuses a result: %s', async (name, change, message) => {
    const file = `${name.replaceAll(' ', '-')}.json`;
    const other = change(withoutHash(text));
    expect(other).not.toBe(withoutHash(text));
    writeFileSync(join(folder, file), other);
    const { code, stdout, stderr } = await runHere(folder, ['replay', file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.match(/error:/g)).toHaveLength(1);
    expect(stderr).toContain(file);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it.each([
    ['none.json', /^error: none\.json: cannot read the result: no such file or folder\n$/],
    ['.', /^error: \.: cannot read the result: it is a folder, not a file\n$/],
  ])('refuses %s', async (file, message) => {
    const { code, stderr } = await runHere(folder, ['replay', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
