/** `report` from the command line. */
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONFIG } from '../../src/report/theme.js';
import { readPng } from '../support/png.js';
import { type Finished, folderWithScenario, matedpair, temporaryFolder } from './helpers.js';
import { runHere } from './in-process.js';

const run = ['run', 'small.yaml', '--trials', '500', '--workers', '0', '--out', 'r.json'];

/** A folder with a result and, drawn by a process of its own, its figures; tests work in copies. */
let original = '';
let first: Finished;
beforeAll(async () => {
  original = folderWithScenario();
  await runHere(original, run);
  first = await matedpair(original, ['report', 'r.json', '--figures', 'drawn']);
});

const hashOf = (file: Buffer) => createHash('sha256').update(file).digest('hex');

function copy(...names: string[]): string {
  const folder = temporaryFolder();
  for (const name of names) cpSync(join(original, name), join(folder, name), { recursive: true });
  return folder;
}

describe('report', () => {
  it('writes one page, and replaces an earlier one', async () => {
    const folder = copy('r.json', 'small.yaml');
    for (let i = 0; i < 2; i++) {
      const { code, stdout } = await runHere(folder, ['report', 'r.json', '-o', 'page.html']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'Report: page.html\n' });
    }
    expect(readFileSync(join(folder, 'page.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<svg/);
    expect(readdirSync(folder).sort()).toEqual(['page.html', 'r.json', 'small.yaml']);
  });

  it('writes each figure as SVG, PNG, Vega-Lite and CSV, into a folder of figures only', async () => {
    const folder = copy('r.json', 'report.html', 'drawn');
    const picturesIn = (of: string) =>
      readdirSync(join(of, 'drawn'))
        .filter((name) => name.endsWith('.png'))
        .map((name) => hashOf(readFileSync(join(of, 'drawn', name))));
    const second = await runHere(folder, ['report', 'r.json', '--figures', 'drawn']);
    for (const { code, stdout } of [first, second]) {
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: 'Report: report.html\nFigures: drawn\n',
      });
    }
    expect(picturesIn(folder)).toEqual(picturesIn(original));
    const names = readdirSync(join(folder, 'drawn'));
    const { figures } = JSON.parse(readFileSync(join(folder, 'drawn', 'figures.json'), 'utf8'));
    expect(figures.length).toBeGreaterThanOrEqual(6);
    expect(names).toHaveLength(4 * figures.length + 1);
    for (const { id } of figures) {
      const svg = readFileSync(join(folder, 'drawn', `${id}.svg`), 'utf8');
      const [, width, height] = /^<svg [^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
      const png = readPng(readFileSync(join(folder, 'drawn', `${id}.png`)));
      expect([png.width, png.height]).toEqual(
        [width, height].map((x) => Math.round(2 * Number(x))),
      );
      expect(new Set(png.data).size, id).toBeGreaterThan(100);
      const spec = JSON.parse(readFileSync(join(folder, 'drawn', `${id}.vl.json`), 'utf8'));
      expect(spec.$schema).toContain('vega-lite');
      // drawn again, it looks as the drawing does, which is on white
      expect(spec.config).toEqual({ ...CONFIG, background: '#ffffff' });
      expect(svg).toMatch(/^<svg [^>]*><rect width="100%" height="100%" fill="#ffffff"\/>/);
      expect(
        readFileSync(join(folder, 'drawn', `${id}.csv`), 'utf8').split('\n').length,
      ).toBeGreaterThan(2);
    }
    const refused = await runHere(folder, ['report', 'r.json', '--figures', '.']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('is not empty and holds no figures');
  });

  it('takes away figures of an earlier report that the new one has not, and nothing else', async () => {
    const folder = copy('r.json', 'report.html', 'drawn');
    const index = join(folder, 'drawn', 'figures.json');
    const { figures } = JSON.parse(readFileSync(index, 'utf8'));
    const old = ['old-figure', '../precious', 7].map((id) => ({ id }));
    writeFileSync(index, JSON.stringify({ figures: [...figures, ...old, null] }));
    const kept = ['drawn/mine.svg', 'precious.csv', 'precious.svg'];
    for (const name of ['drawn/old-figure.svg', 'drawn/old-figure.vl.json', ...kept])
      writeFileSync(join(folder, name), 'x');
    const { code } = await runHere(folder, ['report', 'r.json', '--figures', 'drawn']);
    expect(code).toBe(0);
    const names = readdirSync(join(folder, 'drawn'));
    expect(names.filter((name) => name.startsWith('old'))).toEqual([]);
    for (const name of kept) expect(readFileSync(join(folder, name), 'utf8')).toBe('x');
    expect(names).toHaveLength(4 * figures.length + 2);
    writeFileSync(index, 'no list');
    const again = await runHere(folder, ['report', 'r.json', '--figures', 'drawn']);
    expect(again.code).toBe(0);
  });

  it.each([
    [['missing.json'], /missing\.json: cannot read the result: no such file/],
    [['small.yaml'], /small\.yaml: not a result/],
    [['odd.json'], /odd\.json: not a result of this version[\s\S]*kind "odd"/],
    [['cut.json'], /cut\.json: damaged/],
    [['r.json', '-o', 'mine.html'], /mine\.html: exists already and is not a report/],
  ])('%s: told, and nothing written', async (args, message) => {
    const folder = copy('r.json', 'small.yaml');
    writeFileSync(join(folder, 'odd.json'), '{"kind":"odd","formatVersion":2}');
    writeFileSync(join(folder, 'cut.json'), '{"kind":"sweep","formatVersion":2}');
    writeFileSync(join(folder, 'mine.html'), 'precious');
    const before = readdirSync(folder).sort();
    const { code, stdout, stderr } = await runHere(folder, ['report', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(readFileSync(join(folder, 'mine.html'), 'utf8')).toBe('precious');
  });
});
