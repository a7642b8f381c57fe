/** `compare` and `--until` from the command line: words, exit codes, what programs read. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair } from './helpers.js';
import { runHere } from './in-process.js';

const quick = ['run', 'small.yaml', '--workers', '0', '--trials', '3000'];

describe('compare', () => {
  it('has an exit code by difference, words for people and JSON for programs', async () => {
    const folder = folderWithScenario();
    await runHere(folder, [...quick, '--out', 'a.json']);
    await runHere(folder, [...quick, '--seed', 'other', '--out', 'b.json']);
    await runHere(folder, [...quick, '--set', 'mating.sideLoad=40 N', '--out', 'c.json']);

    const same = await runHere(folder, ['compare', 'a.json', 'a.json']);
    expect(same).toMatchObject({ code: 0, stderr: '' });
    expect(same.stdout).toContain('The same scenario, seed and matings, and the same figures.');

    const seeds = await runHere(folder, ['compare', 'a.json', 'b.json']);
    expect(seeds.code).toBe(0);
    expect(seeds.stdout).toContain('No difference is shown.');
    for (const line of seeds.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);

    const loads = await matedpair(folder, ['compare', 'a.json', 'c.json', '--json']);
    expect(loads.code).toBe(1);
    expect(JSON.parse(loads.stdout)).toMatchObject({ verdict: 'differ', isSameSeed: true });
  });

  it('refuses what is no result, and a tolerance that is none', async () => {
    const folder = folderWithScenario();
    writeFileSync(join(folder, 'x.json'), '{}');
    const refused = async (...args: string[]) => {
      const { code, stdout, stderr } = await runHere(folder, ['compare', ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      return stderr;
    };
    expect(await refused('none.json', 'x.json')).toContain('none.json');
    expect(await refused('x.json', 'x.json')).toContain('x.json');
    expect(await refused('x.json', 'x.json', '--tolerance', 'some')).toContain('Expected a loss');
  });
});

describe('--until', () => {
  it('says what was reached, in the summary and the result', async () => {
    const folder = folderWithScenario();
    const args = [
      'run',
      'small.yaml',
      '--workers',
      '0',
      '--out',
      'u.json',
      '--until',
      'mean ± 0.01 dB',
    ];
    const { code, stdout } = await runHere(folder, args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/mean ± 0\.01 dB +±0\.00\d+ dB +reached\n/);
    expect(stdout).toContain(
      'Every interval is as narrow as asked for; matings of its stages: 10 000.',
    );
    const { matings, precision } = JSON.parse(readFileSync(join(folder, 'u.json'), 'utf8'));
    expect(matings).toBe(10_000);
    expect(precision.endedBy).toBe('precision');
  });

  it.each([
    [['--until', 'p97'], 'cannot be read as a precision'],
    [['--until', 'p97 ± 1 dB', '--trials', '100'], '--until and --trials'],
    [['--max-matings', '300'], '--max-matings without --until'],
    [['--until', 'p97 ± 1 dB', '--max-time', 'soon'], 'Expected a time such as 90 s'],
    [['--until', 'other: p97 ± 1 dB'], 'no pair "other"'],
  ])('refuses %j', async (options, words) => {
    const { code, stdout, stderr } = await runHere(folderWithScenario(), [
      'run',
      'small.yaml',
      ...options,
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
