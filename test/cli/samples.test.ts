/** `run --samples` from the command line. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair, start } from './helpers.js';
import { runHere } from './in-process.js';

const run = ['run', 'small.yaml', '--workers', '0', '--out', 'r.json'];

describe('--samples', () => {
  it('writes every mating beside the result, and says how many rows', async () => {
    const folder = folderWithScenario();
    const args = [...run, '--trials', '50', '--samples', 's.csv', '--samples-per', 'mating'];
    const { code, stdout } = await matedpair(folder, args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Result: r\.json\nSamples: s\.csv, 100 rows\n$/);
    const lines = readFileSync(join(folder, 's.csv'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(101);
    expect(lines[0]).toMatch(/^pair,mating,meanLossDb,/);
  });

  it('is refused before anything is run where it could not be kept', async () => {
    const folder = folderWithScenario();
    writeFileSync(join(folder, 'mine.csv'), 'precious\n');
    for (const [name, words] of [
      ['mine.csv', 'error: mine.csv: exists already'],
      ['s.xls', 'the ending of a table says its format'],
    ] as const) {
      const { code, stdout, stderr } = await runHere(folder, [...run, '--samples', name]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(words);
    }
    expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe('precious\n');
    expect(existsSync(join(folder, 'r.json'))).toBe(false);
  });

  it('ended by Ctrl-C leaves the result and no samples', async () => {
    const folder = folderWithScenario();
    const args = [...run, '--trials', '1e6', '--samples', 's.parquet'];
    const { child, finished } = start(folder, args);
    while (!existsSync(join(folder, 'r.json'))) await new Promise((go) => setTimeout(go, 20));
    child.kill('SIGINT');
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted while writing samples: no such file was written.\n');
    expect(existsSync(join(folder, 's.parquet'))).toBe(false);
  });
});
