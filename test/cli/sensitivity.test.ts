/** `sensitivity` from the command line. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SensitivityResult } from '../../src/result/schema-sensitivity.js';
import { endedAfter, folderWithScenario, matedpair, namesIn, SMALL, start } from './helpers.js';
import { runHere } from './in-process.js';

const args = ['sensitivity', 'small.yaml', '--trials', '64', '--workers', '0'];
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const parsed = (text: string) => JSON.parse(text) as SensitivityResult;
const widest = (text: string): number =>
  Math.max(...text.split('\n').map((line) => Array.from(line).length));

describe('sensitivity', () => {
  it('prints a tornado for each pair and writes its result', async () => {
    const folder = folderWithScenario();
    const { code, stdout } = await matedpair(folder, args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nResult: results\/small-sensitivity\.json\n$/);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(
      /^elite: mean 0\.\d+ dB, 97 % 0\.\d+ dB, .* within 0\.25 dB; 64 matings$/m,
    );
    expect(stdout).toMatch(/^ +S +T +mean +97 % +yield +−10 %$/m);
    expect(stdout).toMatch(/^bores\.positionError +−?\d+\.\d %.*█+$/m);
    const result = parsed(read(folder, 'results/small-sensitivity.json'));
    expect(result.pairs.map(({ name }) => name)).toEqual(['elite', 'mpo']);
    expect(result).toMatchObject({ kind: 'sensitivity', yieldAtDb: 0.25 });
    expect(readdirSync(join(folder, 'results'))).toEqual(['small-sensitivity.json']);
  });

  it('keeps to 80 columns with a mixed pair of long names', async () => {
    const long = SMALL.replaceAll('elite', 'elite-of-a-supplier-far-away')
      .replaceAll('mtp-elite-of-a-supplier-far-away', 'mtp-elite')
      .replace(
        /mpo: \{ pinned: mpo, unpinned: mpo \}/,
        'x: { pinned: mpo, unpinned: elite-of-a-supplier-far-away }',
      );
    const folder = folderWithScenario(long);
    for (const more of [[], ['--axes']]) {
      const { code, stdout } = await runHere(folder, [...args, '--pair', 'x', ...more]);
      expect(code).toBe(0);
      expect(widest(stdout)).toBeLessThanOrEqual(80);
      expect(stdout).toMatch(/^mpo: bores.positionError/m);
      expect(stdout).toMatch(/^elite-.*…: bores.positionError/m);
    }
  });

  it('prints JSON alone on stdout, a pair that is named twice once; a file holds the same', async () => {
    const folder = folderWithScenario();
    const { code, stdout, stderr } = await runHere(folder, [
      ...[...args, '--json', '--out', 'r.json'],
      ...['--pair', 'mpo', '--pair', 'mpo', '--axes', '--yield-at', '0.35 dB'],
    ]);
    expect(code).toBe(0);
    const result = parsed(stdout);
    expect(result.yieldAtDb).toBe(0.35);
    expect(result.pairs.map(({ name }) => name)).toEqual(['mpo']);
    expect(result.pairs[0]?.factors.map(({ name }) => name)).toContain('bores.positionErrorX');
    expect(stdout).toBe(read(folder, 'r.json'));
    expect(stderr).toContain('mpo: mean');
    expect(existsSync(join(folder, 'results'))).toBe(false);
  });

  it.each([
    [['--pair', 'elit'], /--pair: there is no pair "elit"[\s\S]*elite[\s\S]*did you mean "elite"/],
    [['--yield-at', '0.25'], /--yield-at.*\n?.*Expected a loss such as "0\.25 dB"/],
    [['--yield-at', '-1 dB'], /Expected a loss such as "0\.25 dB"/],
    [
      ['--set', 'experiment={ type: lot, pinned: 8, unpinned: 8, repeats: 1 }'],
      /a lot draws its plugs once/,
    ],
    [['--set', 'mating.frictoin=0.1'], /did you mean "friction"/],
    [['--out', 'mine.json'], /is not a matedpair result: it will not be overwritten/],
  ])('refuses %s with exit code 2 and writes nothing', async (more, message) => {
    const folder = folderWithScenario();
    writeFileSync(join(folder, 'mine.json'), '{"precious": true}\n');
    const { code, stdout, stderr } = await runHere(folder, [...args, ...more]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder).sort()).toEqual(['mine.json', 'small.yaml']);
    expect(read(folder, 'mine.json')).toBe('{"precious": true}\n');
  });

  it('replaces an earlier result of its own kind, and not that of a run', async () => {
    const folder = folderWithScenario();
    const study = [...args, '--pair', 'mpo', '--out', 'r.json'];
    expect((await runHere(folder, study)).code).toBe(0);
    expect(parsed(read(folder, 'r.json')).kind).toBe('sensitivity');
    expect((await runHere(folder, [...study, '--seed', 'other'])).code).toBe(0);
    expect(parsed(read(folder, 'r.json')).seed).toBe('other');
    const run = ['run', 'small.yaml', '--trials', '64', '--workers', '0'];
    expect((await runHere(folder, [...run, '--out', 'run.json'])).code).toBe(0);
    const before = read(folder, 'run.json');
    const refused = await runHere(folder, [...args, '--pair', 'mpo', '--out', 'run.json']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      'run.json: exists already and is the result of another command (run)',
    );
    expect(read(folder, 'run.json')).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(['r.json', 'run.json', 'small.yaml']);
  });

  it.each(['0', '2'])(
    'Ctrl-C ends it with 130 and leaves everything as it was, --workers %s',
    async (workers) => {
      const folder = folderWithScenario();
      writeFileSync(join(folder, 'r.json'), '');
      const long = ['sensitivity', 'small.yaml', '--trials', '1e9', '--out', 'r.json'];
      const { child, saw, finished } = start(folder, [...long, '--workers', workers]);
      await saw('0 %');
      child.kill('SIGINT');
      const { code, stdout, stderr } = await finished;
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      expect(stderr).toMatch(endedAfter('0 % of the work'));
      expect(namesIn(folder)).toEqual(['r.json', 'small.yaml']);
      expect(read(folder, 'r.json')).toBe('');
    },
  );

  it('tells its own default file in --help', async () => {
    const { code, stdout } = await runHere(folderWithScenario(), ['sensitivity', '--help']);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('results/<scenario name>-sensitivity.json');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });
});
