/** `sweep` from the command line. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair } from './helpers.js';
import { runHere } from './in-process.js';

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
    expect((await runHere(folder, args)).code).toBe(0);
  });

  it('writes Parquet where the table is so named', async () => {
    const folder = folderWithScenario();
    const { code } = await runHere(folder, [...args, '--table', 't.parquet', '--out', 's.json']);
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
    const { code, stdout } = await runHere(folder, [
      'sweep',
      's.yaml',
      '--trials',
      '200',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).points).toHaveLength(4);
    expect(existsSync(join(folder, 'results'))).toBe(false);
    const run = await runHere(folder, ['run', 's.yaml', '--trials', '200', '--out', 'r.json']);
    expect(run.code).toBe(0);
  });

  it('tells missed limits, and links of channels', async () => {
    const folder = folderWithScenario();
    const limits = [
      'sweep',
      'small.yaml',
      '--sweep',
      'limits=[["p97 <= 0.001 dB"], ["p97 <= 9 dB"]]',
      '--trials',
      '300',
      '--out',
      's.json',
    ];
    const { code, stdout } = await runHere(folder, limits);
    expect(code).toBe(1);
    expect(stdout).toContain('1 point missed a limit');
    const verdicts = read(folder, 's.csv')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').at(-2));
    expect(verdicts).toEqual(['limits', 'missed', 'missed', 'met', 'met']);
    writeFileSync(
      join(folder, 'link.yaml'),
      `designs: { e: { extends: mtp-elite } }
pairs: { e: { pinned: e, unpinned: e } }
channels:
  link: { fibre: OS2, spans: [{ polarity: B, length: 5 m }, { polarity: B, length: 5 m }], connectors: [e], budget: 0.5 dB, lanes: [{ transmit: 1, receive: 1 }] }
`,
    );
    const link = [
      'sweep',
      'link.yaml',
      '--sweep',
      'channels.link.spans.0.length=5 m, 900 m',
      '--trials',
      '300',
      '--out',
      'l.json',
    ];
    const linked = await runHere(folder, link);
    expect(linked.code).toBe(0);
    expect(linked.stdout).toContain('link (link)');
    const [header = '', ...rows] = read(folder, 'l.csv').trimEnd().split('\n');
    const column = header.split(',').indexOf('budgetMet');
    const met = rows
      .map((row) => row.split(',')[column])
      .filter((cell) => cell !== '')
      .map(Number);
    expect(met).toHaveLength(2);
    expect(met[0]).toBeGreaterThan(met[1] as number);
  });

  it('tells failed points and exits with 1', async () => {
    const folder = folderWithScenario();
    const { code, stdout } = await runHere(folder, [
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
    const { code, stdout, stderr } = await runHere(folder, [
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

  it('replaces its own tables and results only', async () => {
    const folder = folderWithScenario();
    writeFileSync(join(folder, 'mine.csv'), 'point,mine\n1,2\n');
    const again = [...args, '--table', 't.parquet', '--out', 's.json'];
    for (let i = 0; i < 2; i++) expect((await runHere(folder, again)).code).toBe(0);
    const refused = async (more: string[], message: RegExp) => {
      const { code, stderr } = await runHere(folder, more);
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    };
    await refused(
      [...args, '--out', 'mine.json'],
      /mine\.csv: exists already and is not the table of a sweep/,
    );
    await refused([...args, '--out', 'x.csv'], /x\.csv: a result is JSON/);
    await refused(
      ['run', 'small.yaml', '--out', 's.json'],
      /is the result of another command \(sweep\)/,
    );
    await refused(['compare', 's.json', 's.json'], /not the result of a run[\s\S]*kind "sweep"/);
    expect(read(folder, 'mine.csv')).toBe('point,mine\n1,2\n');
  });
});
