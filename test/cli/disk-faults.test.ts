/**
 * Disks that are full, become read-only or vanish: one error that names file and reason, nothing half-written under its name, no
 * temporary file, earlier files as they were, and what was computed is shown.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOutput } from '../../src/cli/output-file.js';
import { canMountDisks, mountDisk, type SmallDisk } from '../support/small-disk.js';
import { type Finished, folderWithScenario, matedpair, start } from './helpers.js';

const RUN = ['run', 'small.yaml', '--workers', '0'];

/** Ends with one error, of one line and its hint. */
function expectError({ code, stderr }: Finished, message: RegExp): void {
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr.match(/error:/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
}

/** All files and folders below a folder. */
const listed = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

const SUMMARY = /^elite +0\.\d+/m;

describe.skipIf(!canMountDisks())('a disk', () => {
  let disk: SmallDisk;
  let folder: string;
  const on = (name: string): string => join(disk.folder, name);
  const text = (name: string): string => readFileSync(on(name), 'latin1');
  beforeEach(() => {
    disk = mountDisk('size=1m');
    folder = folderWithScenario();
  });
  afterEach(() => disk.unmount());

  it('that is full keeps the earlier result', async () => {
    const out = ['--out', on('r.json')];
    await matedpair(folder, [...RUN, ...out, '--trials', '1']);
    const earlier = text('r.json');
    disk.fill(12_000);
    const finished = await matedpair(folder, [...RUN, ...out]);
    expectError(finished, /^error: .*r\.json: cannot write the result: the disk is full\n/m);
    expect(finished.stdout).toMatch(SUMMARY);
    expect(finished.stdout).not.toContain('Result:');
    expect(text('r.json')).toBe(earlier);
    expect(listed(disk.folder)).toEqual(['r.json', 'rest']);
  });

  it.each(['csv', 'parquet'])(
    'that is full has no samples as .%s, but the result',
    async (ending) => {
      disk.fill(200_000);
      const samples = on(`s.${ending}`);
      const args = [...RUN, '--trials', '4000', '--out', on('r.json'), '--samples', samples];
      const finished = await matedpair(folder, args);
      expectError(finished, /^error: .*s\.\w+: cannot write the samples: the disk is full\n/m);
      expect(finished.stdout).toMatch(SUMMARY);
      expect(JSON.parse(text('r.json'))).toMatchObject({ matings: 4000 });
      expect(listed(disk.folder)).toEqual(['r.json', 'rest']);
    },
  );

  it('that is full keeps the earlier table of a sweep', async () => {
    const table = ['--out', 's.json', '--table', on('s.parquet')];
    const sweep = (values: string) =>
      matedpair(folder, ['sweep', 'small.yaml', '--sweep', `mating.friction=${values}`, ...table]);
    expect(await sweep('0.1')).toMatchObject({ code: 0 });
    const earlier = text('s.parquet');
    disk.fill(0);
    const finished = await sweep('0.1, 0.2');
    expectError(finished, /^error: .*s\.parquet: cannot write the table: the disk is full\n/m);
    expect(text('s.parquet')).toBe(earlier);
    expect(listed(disk.folder)).toEqual(['rest', 's.parquet']);
    expect(JSON.parse(readFileSync(join(folder, 's.json'), 'utf8')).points).toHaveLength(2);
  });

  it('that is full has whole figures or none, and keeps the earlier report', async () => {
    const sweep = ['sweep', 'small.yaml', '--sweep', 'mating.friction=0.1, 0.2'];
    await matedpair(folder, [...sweep, '--workers', '0', '--out', 's.json']);
    const report = ['report', 's.json', '-o', on('r.html')];
    disk.fill(90_000);
    const half = await matedpair(folder, [...report, '--figures', on('f')]);
    expectError(
      half,
      /^error: .*f.small-[\w.-]+\.png: cannot write the figure: the disk is full\n/,
    );
    const earlier = text('r.html');
    expect(earlier).toMatch(/<\/html>\n$/);
    // The list is there, so that the next report may write into the folder.
    expect(listed(on('f'))).toEqual([
      'figures.json',
      'small-sweep-mating-friction.csv',
      'small-sweep-mating-friction.vl.json',
    ]);
    expect(() => JSON.parse(text('f/small-sweep-mating-friction.vl.json'))).not.toThrow();
    disk.fill(0);
    const full = await matedpair(folder, report);
    expectError(full, /^error: .*r\.html: cannot write the report: the disk is full\n/);
    expect(text('r.html')).toBe(earlier);
    expect(listed(disk.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('that is full takes no half of a first scenario', async () => {
    disk.fill(0);
    const finished = await matedpair(folder, ['init', on('first.yaml')]);
    expectError(finished, /first\.yaml: the scenario cannot be written: the disk is full\n/);
    expect(listed(disk.folder)).toEqual(['rest']);
  });

  it('that is read-only is refused before the run', async () => {
    disk.remount('ro');
    const finished = await matedpair(folder, [...RUN, '--out', on(join('new', 'r.json'))]);
    expectError(
      finished,
      /^error: .*r\.json: the result cannot be written: the file system is read/,
    );
  });

  it('that becomes read-only in the middle keeps the earlier result', async () => {
    const args = [...RUN, '--out', on('r.json')];
    await matedpair(folder, args);
    const earlier = text('r.json');
    const { finished, saw } = start(folder, [...args, '--trials', '300000']);
    await saw('0 of 300 000');
    disk.remount('ro');
    const ended = await finished;
    expectError(
      ended,
      /^error: .*r\.json: cannot write the result: the file system is read-only\n/m,
    );
    expect(ended.stdout).toMatch(SUMMARY);
    expect(text('r.json')).toBe(earlier);
    expect(listed(disk.folder)).toEqual(['r.json']);
  });
});

describe('a folder that vanishes in the middle', () => {
  it('is made again for a result; of samples it says that it is gone', async () => {
    const folder = folderWithScenario();
    mkdirSync(join(folder, 'samples'));
    const { finished, saw } = start(folder, [
      ...[...RUN, '--trials', '20000', '--out', 'results/r.json'],
      ...['--samples', 'samples/s.csv', '--samples-per', 'mating'],
    ]);
    await saw('0 of 20 000');
    rmSync(join(folder, 'results'), { recursive: true, force: true });
    await expect
      .poll(() => listed(join(folder, 'samples')), { timeout: 60_000, interval: 5 })
      .toEqual([expect.stringMatching(/^\.matedpair-\w+\.tmp$/)]);
    rmSync(join(folder, 'samples'), { recursive: true });
    const ended = await finished;
    expectError(
      ended,
      /^error: samples.s\.csv: cannot write the samples: no such file or folder\n/m,
    );
    expect(ended.stdout).toMatch(SUMMARY);
    expect(existsSync(join(folder, 'samples'))).toBe(false);
    // what took long is kept until all that was asked for is written
    const [partial, left] = [
      'r.json.partial',
      ['results', join('results', 'r.json'), 'small.yaml'],
    ];
    expect(listed(folder).filter((path) => path !== join('results', partial))).toEqual(left);
  });
});

it('a name that is too long is told before the run', async () => {
  const problem = { message: 'the result cannot be written: its name is too long' };
  await expect(checkOutput(`${'r'.repeat(300)}.json`)).rejects.toMatchObject({
    problems: [problem],
  });
});
