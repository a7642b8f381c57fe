/** Files of figures and the command line of `npm run bench`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readReport } from '../../bench/files.js';
import { readOptions } from '../../bench/options.js';
import { reportText } from '../../bench/print.js';
import { UserError } from '../../src/errors.js';
import { environment } from '../../src/studies/bench/environment.js';
import { benchReport } from '../../src/studies/bench/report.js';

const folder = mkdtempSync(join(tmpdir(), 'matedpair-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(text: string): string {
  const file = join(folder, 'figures.json');
  writeFileSync(file, text);
  return file;
}

const report = benchReport(
  { environment: environment(), scenario: 's', rounds: 2, seconds: 1, notes: ['Skipped: a peer.'] },
  [
    { group: 'g', name: 'slow, 12', unit: 'fibre matings/s', values: [1e6, 2e6] },
    {
      group: 'g',
      name: 'fast, 12',
      unit: 'fibre matings/s',
      values: [8e6, 16e6],
      against: 'slow, 12',
    },
    { group: 'w', name: '1 worker', unit: 'fibre matings/s', values: [1e6, 1e6], workers: 1 },
    {
      ...{ group: 'w', name: '4 workers', unit: 'fibre matings/s', values: [3e6, 3e6] },
      ...{ workers: 4, against: '1 worker' },
    },
  ] as const,
);

describe('files of figures', () => {
  it('are read as they were written', () => {
    expect(readReport(written(JSON.stringify(report)))).toEqual(report);
  });

  it.each([
    ['{', /cannot be read/],
    ['{}', /no figures of a benchmark: benchFormatVersion/],
    [JSON.stringify({ ...report, measurements: [] }), /no figures of a benchmark: measurements/],
  ])('%s is refused', (text, message) => {
    const file = written(text);
    expect(() => readReport(file)).toThrow(UserError);
    expect(() => readReport(file)).toThrow(message);
  });

  it('become tables, ratios taken round by round', () => {
    const text = reportText(report, true);
    expect(text).toContain(
      '| g, M fibre matings/s | median | range | ratio |\n|---|---:|---:|---:|\n',
    );
    expect(text).toContain('| slow, 12 | 1.50 | 1.00–2.00 |  |');
    expect(text).toContain('| fast, 12 | 12.00 | 8.00–16.00 | 8.00 × slow |');
    expect(text).toContain('| 4 workers | 3.00 | 3.00–3.00 | 0.75 | 75 % | 3.00 × 1 worker |');
    expect(text).toContain('- Skipped: a peer.');
  });
});

describe('options', () => {
  it('have defaults', () => {
    expect(readOptions([])).toMatchObject({ rounds: 9, seconds: 0.4, compare: undefined });
    expect(readOptions(['--compare', 'a', 'b']).compare).toEqual(['a', 'b']);
    expect(readOptions(['--only', 'stages,memory']).sections).toEqual(['stages', 'memory']);
  });

  it.each([
    [['--only', 'stage'], /no section "stage"/],
    [['--rounds', '0'], /--rounds/],
    [['--seconds', 'x'], /--seconds/],
    [['--compare', 'a'], /--compare takes two files/],
    [['file.json'], /--compare takes two files/],
    [['--fast'], /--fast/],
  ])('%j is refused', (args, message) => {
    expect(() => readOptions(args)).toThrow(UserError);
    expect(() => readOptions(args)).toThrow(message);
  });
});
