/** `sweep` that is ended and goes on. */
import { existsSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair, start } from './helpers.js';

describe('a sweep that was ended', () => {
  it('goes on where Ctrl-C ended it, but not with other work', async () => {
    const folder = folderWithScenario();
    const long = [
      ...['sweep', 'small.yaml', '--design', 'sobol', '--points', '5000'],
      ...['--sweep', 'mating.friction=range(0.1, 0.2)', '--trials', '40000'],
      ...['--out', 's.json', '--workers', '1'],
    ];
    const partial = join(folder, 's.json.partial');
    const interrupt = async (): Promise<string> => {
      const { child, finished, saw } = start(folder, long);
      await saw(' of 5 000 points');
      while (!existsSync(partial)) await wait(20);
      child.kill('SIGINT');
      const { code, stdout, stderr } = await finished;
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      expect(stderr).toMatch(
        /Interrupted after [\d ]+ of 5 000 points: they are kept in s.json.partial and the same command goes on/,
      );
      expect(existsSync(join(folder, 's.json'))).toBe(false);
      return stderr;
    };
    expect(await interrupt()).not.toContain('Going on');
    // as if the machine had stopped in the middle of a line
    truncateSync(partial, statSync(partial).size - 20);
    const other = await matedpair(folder, [...long, '--seed', 'other']);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(
      /s\.json\.partial: was left by other work: seed "7" instead of "other", other options\n/,
    );
    expect(await interrupt()).toContain('Going on with s.json.partial.\n');
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
