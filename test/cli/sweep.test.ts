/** `sweep` from the command line. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair, start } from './helpers.js';

const args = [
  'sweep',
  'small.yaml',
  '--sweep',
  'mating.friction=range(0.1, 0.2, 3)',
  '--trials',
  '300',
  '--workers',
  '1',
];
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const json = (folder: string, name: string) => {
  const { host: _, ...rest } = JSON.parse(read(folder, name));
  return rest;
};

describe('sweep', () => {
  it('writes JSON and a table, and prints a summary of at most 80 columns', async () => {
    const folder = folderWithScenario();
    const { code, stdout } = await matedpair(folder, args);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Result: results\/small-sweep\.json\nResult: results\/small-sweep\.csv\n$/,
    );
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toContain('0.15');
    const csv = read(folder, 'results/small-sweep.csv').trimEnd().split('\n');
    expect(csv).toHaveLength(1 + 3 * 2);
    expect(csv[0]).toMatch(
      /^point,mating\.friction,pair,fibres,matings,meanDb,meanLowDb,meanHighDb,/,
    );
    expect(json(folder, 'results/small-sweep.json').points).toHaveLength(3);
    expect(readdirSync(join(folder, 'results')).sort()).toEqual([
      'small-sweep.csv',
      'small-sweep.json',
    ]);
    // a second sweep replaces the first
    expect((await matedpair(folder, args)).code).toBe(0);
  });

  it('writes Parquet where the table is so named', async () => {
    const folder = folderWithScenario();
    const { code } = await matedpair(folder, [...args, '--table', 't.parquet', '--out', 's.json']);
    expect(code).toBe(0);
    const rows = await parquetReadObjects({
      file: await asyncBufferFromFile(join(folder, 't.parquet')),
    });
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({ point: 1n, 'mating.friction': 0.1, error: null });
    expect(typeof rows[0]?.['meanDb']).toBe('number');
  });

  it('reads its parameters from the scenario', async () => {
    const folder = folderWithScenario();
    writeFileSync(
      join(folder, 's.yaml'),
      `${read(folder, 'small.yaml')}\nsweep: { design: latin-hypercube, points: 4, parameters: { mating.friction: "range(0.1, 0.2)" } }\n`,
    );
    const { code, stdout } = await matedpair(folder, [
      'sweep',
      's.yaml',
      '--trials',
      '200',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).points).toHaveLength(4);
    expect(existsSync(join(folder, 'results'))).toBe(false);
    const run = await matedpair(folder, ['run', 's.yaml', '--trials', '200', '--out', 'r.json']);
    expect(run.code).toBe(0);
  });

  it('tells failed points and exits with 1', async () => {
    const folder = folderWithScenario();
    const { code, stdout } = await matedpair(folder, [
      'sweep',
      'small.yaml',
      '--sweep',
      'mating.friction=0.1, 5 um',
      '--trials',
      '200',
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('1 point could not be run:\npoint 2: --set mating.friction=5 um: ');
  });

  it.each([
    [
      ['--sweep', 'mating.frictoin=0.1, 0.2'],
      /no point of the sweep could be run[\s\S]*did you mean "friction"/,
    ],
    [[], /the scenario has no section sweep, and there is no --sweep/],
    [['--sweep', 'mating.friction=range(0.1, 0.2)'], /a grid needs to know how many values/],
    [['--sweep', 'mating.friction=0.1', '--points', '1e3'], /whole number from 1 to 20000/],
    [
      ['--sweep', 'mating.friction=0.1', '--table', 'mine.csv'],
      /is not the table of a sweep: it will not be overwritten/,
    ],
    [
      ['--sweep', 'mating.friction=0.1', '--table', 't.xls'],
      /the ending of a table says its format/,
    ],
  ])('refuses %s with exit code 2 and leaves nothing behind', async (more, message) => {
    const folder = folderWithScenario();
    writeFileSync(join(folder, 'mine.csv'), 'precious\n');
    const { code, stdout, stderr } = await matedpair(folder, [
      'sweep',
      'small.yaml',
      '--trials',
      '100',
      ...more,
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(read(folder, 'mine.csv')).toBe('precious\n');
    expect(existsSync(join(folder, 'results', 'small-sweep.json'))).toBe(false);
  });

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
    expect(again.stderr).toMatch(/Going on: \d+ of 60 points are done\./);
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
});
