/** What a log file or a narrow terminal gets of the shipped run: no escape codes, no progress bars, 80 columns. */

import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAIN, matedpair, ROOT, temporaryFolder } from './helpers.js';

const SHIPPED = join(ROOT, 'scenarios', 'mpo-vs-mtp.yaml');
const run = ['run', SHIPPED, '--trials', '5000', '--out', 'r.json'];

/** Anything but printed characters and line feeds. */
const CONTROL = /[^\n\P{Cc}]/u;

function longest(text: string): number {
  return Math.max(...text.split('\n').map((line) => Array.from(line).length));
}

describe.concurrent('the shipped run', () => {
  it.each([{}, { NO_COLOR: '1' }, { CI: 'true' }, { TERM: 'dumb' }])(
    'is plain text of 80 columns where no terminal is, with %j',
    async (env) => {
      const { code, stdout, stderr } = await matedpair(temporaryFolder(), run, env);
      expect(code).toBe(0);
      expect(stdout + stderr).not.toMatch(CONTROL);
      expect(longest(stdout)).toBeLessThanOrEqual(80);
      expect(
        stderr.split('\n').filter((line) => !/^[\d\s]+ of 5 000 matings, /.test(line)),
      ).toEqual(['']);
    },
  );

  it('leaves a log file that reads as it was printed, both streams in one', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'log.txt');
    const log = openSync(file, 'w');
    const { FORCE_COLOR, NO_COLOR, CI, ...env } = process.env;
    const { status } = spawnSync(process.execPath, [MAIN, ...run], {
      cwd: folder,
      env: { ...env, COLUMNS: '40', TERM: 'xterm-256color' },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const text = readFileSync(file, 'utf8');
    expect(status).toBe(0);
    expect(text).not.toMatch(CONTROL);
    expect(longest(text)).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^0 of 5 000 matings, +0 %\nmpo-vs-mtp: /);
    expect(text).toMatch(/\nResult: r\.json\n$/);
  });
});
