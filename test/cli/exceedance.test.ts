/** `matedpair exceedance`: its table, its file, its refusals and Ctrl-C. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exceedanceSchema } from '../../src/result/schema-exceedance.js';
import { endedAfter, folderWithScenario, matedpair, namesIn, start } from './helpers.js';
import { runHere } from './in-process.js';

describe('exceedance', () => {
  it('prints a table within 80 columns and writes a file', async () => {
    const folder = folderWithScenario();
    const args = [
      'exceedance',
      'small.yaml',
      '--above',
      '1 dB',
      '--above',
      '0.5',
      '--above',
      '60 dB',
    ];
    const { code, stdout } = await matedpair(folder, [
      ...args,
      '--max-replicates',
      '4',
      '--workers',
      '2',
    ]);
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^pair +loss above +probability +1 in +computed +plain +fewer\n/);
    expect(stdout).toMatch(/\n +60 dB +≤ \d\.\d\de-1\d /);
    expect(stdout).toContain('Result: results/small-exceedance.json\n');
    const text = readFileSync(join(folder, 'results', 'small-exceedance.json'), 'utf8');
    const result = exceedanceSchema.parse(JSON.parse(text));
    expect(result.pairs.map(({ name }) => name)).toEqual(['elite', 'mpo']);
    expect(result.pairs[0]!.losses.map(({ aboveDb }) => aboveDb)).toEqual([0.5, 1, 60]);
  });

  it('prints JSON, of one pair', async () => {
    const folder = folderWithScenario();
    const args = ['exceedance', 'small.yaml', '--above', '1', '--pair', 'mpo', '--json'];
    const { code, stdout } = await runHere(folder, [...args, '--workers', '0']);
    expect(code).toBe(0);
    const result = exceedanceSchema.parse(JSON.parse(stdout));
    expect(result.pairs.map(({ name }) => name)).toEqual(['mpo']);
    expect(result.pairs[0]!.endedBy).toBe('precision');
    expect(existsSync(join(folder, 'results'))).toBe(false);
  });

  it.each([
    [['--above', '1 dB', '--trials', '100'], /--trials/],
    [['--above', 'high'], /Expected a loss/],
    [[], /--above/],
    [
      ['--above', '1 dB', '--pair', 'none'],
      /there is no such pair\n +found: +none\n +expected: elite, mpo/,
    ],
    [['--above', '1 dB', '--precision', '0.1'], /Expected a share/],
    [['--above', '1 dB', '--max-replicates', '1'], /Expected a whole number from 2/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await runHere(folderWithScenario(), [
      'exceedance',
      'small.yaml',
      ...args,
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it.each(['0', '2'])('ends at once with Ctrl-C, --workers %s', async (workers) => {
    const folder = folderWithScenario();
    const args = ['exceedance', 'small.yaml', '--above', '3 dB', '--precision', '0.1 %'];
    const { child, saw, finished } = start(folder, [...args, '--workers', workers]);
    await saw(' of 40 replicates');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(endedAfter('\\d+ of 40 replicates'));
    expect(namesIn(folder).filter((name) => name !== 'results')).toEqual(['small.yaml']);
  });
});
