/** `sweep` that is ended and goes on. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair, start } from './helpers.js';

const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const json = (folder: string, name: string) => {
  const { host: _, ...rest } = JSON.parse(read(folder, name));
  return rest;
};

describe('a sweep that was ended', () => {
  it('goes on where Ctrl-C ended it, and ends in the same bits', async () => {
    const folder = folderWithScenario();
    const long = [
      'sweep',
      'small.yaml',
      '--design',
      'sobol',
      '--points',
      '60',
      '--sweep',
      'mating.friction=range(0.1, 0.2)',
      '--trials',
      '40000',
      '--out',
      's.json',
      '--workers',
      '1',
    ];
    const { child, finished } = start(folder, long);
    const partial = join(folder, 's.json.partial');
    while (!existsSync(partial) || readFileSync(partial, 'utf8').split('\n').length < 4)
      await new Promise((go) => setTimeout(go, 20));
    child.kill('SIGINT');
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toContain('the same command goes on from there');
    expect(existsSync(join(folder, 's.json'))).toBe(false);
    // as if the machine had stopped in the middle of a line
    const kept = readFileSync(partial, 'utf8');
    writeFileSync(partial, kept.slice(0, -20));
    const other = await matedpair(folder, [...long, '--seed', 'other']);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(
      /s\.json\.partial: was left by an interrupted sweep of another scenario/,
    );
    const again = await matedpair(folder, long);
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/Going on: \d+ of 60 points were kept\./);
    expect(existsSync(partial)).toBe(false);
    await matedpair(folder, [
      ...long.slice(0, -4),
      '--out',
      'whole.json',
      '--workers',
      '2',
      '--fresh',
    ]);
    expect(json(folder, 's.json')).toEqual(json(folder, 'whole.json'));
    expect(read(folder, 's.csv')).toBe(read(folder, 'whole.csv'));
  });

  it('runs points anew whose files have changed since they were kept', async () => {
    const folder = folderWithScenario();
    const design = (force: string) =>
      writeFileSync(
        join(folder, 'own.yaml'),
        `extends: mtp-standard\nspring: { force: ${force} }\n`,
      );
    const sweep = [
      ...['sweep', 'small.yaml', '--sweep', 'designs.mpo.extends=./own.yaml, mtp-standard'],
      ...['--sweep', 'mating.friction=range(0.1, 0.2, 20)', '--trials', '40000', '--workers', '1'],
    ];
    design('8 N');
    const { child, finished } = start(folder, [...sweep, '--out', 's.json']);
    const partial = join(folder, 's.json.partial');
    while (!existsSync(partial) || readFileSync(partial, 'utf8').split('\n').length < 4)
      await new Promise((go) => setTimeout(go, 20));
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
    design('12 N');
    expect((await matedpair(folder, [...sweep, '--out', 's.json'])).code).toBe(0);
    expect((await matedpair(folder, [...sweep, '--out', 'fresh.json'])).code).toBe(0);
    expect(json(folder, 's.json')).toEqual(json(folder, 'fresh.json'));
  });

  it('keeps nothing of a sweep of which nothing could be run, and no failed point', async () => {
    const folder = folderWithScenario();
    const wrong = [
      'sweep',
      'small.yaml',
      '--sweep',
      'mating.friction=3, 4',
      '--trials',
      '200',
      '--out',
      's.json',
    ];
    expect((await matedpair(folder, wrong)).code).toBe(2);
    expect(existsSync(join(folder, 's.json.partial'))).toBe(false);
    const { code, stdout } = await matedpair(folder, [...wrong, '--allow-implausible']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d+ warnings, such as: .*friction/);
  });

  it('hears Ctrl-C while points cannot be begun', async () => {
    const folder = folderWithScenario();
    const failing = [
      'sweep',
      'small.yaml',
      '--sweep',
      'mating.friction=range(3, 4, 10000)',
      '--out',
      's.json',
    ];
    const { child, finished, saw } = start(folder, failing);
    await saw('points');
    child.kill('SIGINT');
    const { code } = await finished;
    expect(code).toBe(130);
  });
});
