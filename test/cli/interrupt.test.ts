/** Ctrl-C, closed pipes and terminals. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  endedAfter,
  type Finished,
  folderWithScenario,
  MAIN,
  matedpair,
  namesIn,
  start,
} from './helpers.js';

/** Milliseconds within which a run of an hour must end, on a machine that tests keep busy. */
const SOON_MS = 5000;
const LONG_RUN = ['run', 'small.yaml', '--trials', '1e10', '--out', 'r.json'];

interface Interrupted extends Finished {
  readonly ms: number;
}

/** Sends SIGINT when stderr shows `text` and `delayMs` have passed. */
async function interrupt(
  folder: string,
  args: readonly string[],
  text: string,
  delayMs: number,
): Promise<Interrupted> {
  const { child, saw, finished } = start(folder, args);
  await saw(text);
  await wait(delayMs);
  const sent = performance.now();
  child.kill('SIGINT');
  const end = await finished;
  return { ...end, ms: performance.now() - sent };
}

describe('Ctrl-C', () => {
  it.each([
    ['0', 600],
    ['2', 600],
    ['0', 0],
    ['2', 0],
    ['2', 40],
  ])('ends a run with --workers %s at once, %d ms after it began', async (workers, delay) => {
    const folder = folderWithScenario();
    await matedpair(folder, ['run', 'small.yaml', '--out', 'r.json', '--workers', '0']);
    const earlier = readFileSync(join(folder, 'r.json'), 'utf8');
    const args = [...LONG_RUN, '--workers', workers];
    const { code, stdout, stderr, ms } = await interrupt(folder, args, ' of 10 000 000 000', delay);
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(endedAfter('[\\d ]+ of 10 000 000 000 matings'));
    expect(stderr).toContain(' r.json is as it was.');
    expect(ms).toBeLessThan(SOON_MS);
    expect(readFileSync(join(folder, 'r.json'), 'utf8')).toBe(earlier);
    expect(namesIn(folder)).toEqual(['r.json', 'small.yaml']);
  });

  it('ends the program while it is still loading', async () => {
    const folder = folderWithScenario();
    let seen = '';
    // Later and later, until it falls between the program's first line and the start of the run.
    for (let delay = 40; delay < 4000 && seen === ''; delay += 40) {
      const { child, finished } = start(folder, LONG_RUN);
      await wait(delay);
      child.kill('SIGINT');
      const { code, signal, stderr } = await finished;
      // Before that first line the system itself ends the process; a shell shows 130 either way.
      expect(code ?? signal).toBe(signal === null ? 130 : 'SIGINT');
      expect(readdirSync(folder)).toEqual(['small.yaml']);
      seen = stderr;
    }
    expect(seen).toBe('Interrupted; no run was under way, so nothing is lost.\n');
  });
});

/** Runs a line of shell; "$M" is the command line. */
function shell(folder: string, line: string, env: Readonly<Record<string, string>> = {}) {
  const M = `${process.execPath} ${MAIN}`;
  return spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', M, ...env },
  });
}

describe('pipes', () => {
  it('a reader of stdout that leaves early is no crash, and the result is written', () => {
    const folder = folderWithScenario();
    const line = '{ $M run small.yaml --out r.json; echo "code $?" >&2; } | head -1';
    const { stdout, stderr } = shell(folder, line);
    expect(stdout).toBe('small: two pairs\n');
    expect(stderr).toBe('0 of 400 matings,   0 %\ncode 0\n');
    expect(readdirSync(folder).sort()).toEqual(['r.json', 'small.yaml']);
    const json = shell(folder, '{ $M replay r.json --json; echo "code $?" >&2; } | head -c 1');
    expect(json).toMatchObject({ stdout: '{', stderr: 'code 0\n' });
  });

  it('nor is a reader of stderr', () => {
    const folder = folderWithScenario();
    const line = '{ $M run small.yaml --json 2>&1 >r.json; echo "code $?" >code; } | head -c 1';
    expect(shell(folder, line).stdout).toBe('0');
    expect(readFileSync(join(folder, 'code'), 'utf8')).toBe('code 0\n');
    expect(() => JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))).not.toThrow();
  });

  it.runIf(process.platform === 'linux')(
    'an output that cannot be written gives exit code 2',
    () => {
      const { status, stderr } = shell(folderWithScenario(), '$M schema > /dev/full');
      expect(status).toBe(2);
      expect(stderr).toMatch(/^error: the output could not be written: ENOSPC[^\n]*\n$/);
    },
  );
});

const hasScript = shell('/', 'script --version').status === 0;

if (hasScript) {
  describe('a terminal', () => {
    const inTerminal = (folder: string, command: string, env = {}): string =>
      shell(folder, `script -qec "stty cols 80; ${command}" /dev/null < /dev/null`, env).stdout;

    it('shows a bar within 80 columns and takes it away', () => {
      const folder = folderWithScenario();
      const out = inTerminal(folder, '$M run small.yaml --trials 5e5 --workers 0');
      const drawn = out.split('\r\u001b[K').slice(1);
      expect(drawn[0]).toMatch(/^░{24} {3}0 %$/);
      expect(drawn.length).toBeGreaterThan(2);
      const [last = '', ...bars] = drawn.reverse();
      for (const bar of bars) {
        expect(bar).toMatch(/^█*░* +\d+ %/);
        expect(bar.length).toBeLessThan(80);
      }
      expect(last.startsWith('\u001b[1msmall: two pairs\u001b[22m')).toBe(true);
      expect(last).toContain('Result: results/small.json');
    });

    it('has no colours with NO_COLOR', () => {
      const folder = folderWithScenario();
      const out = inTerminal(folder, '$M run small.yaml', { NO_COLOR: '1' });
      expect(out).toContain('small: two pairs');
      expect(out.replaceAll('\r\u001b[K', '')).not.toContain('\u001b');
    });

    it('colours neither a redirected stderr nor a redirected stdout', () => {
      const folder = folderWithScenario();
      inTerminal(folder, '$M run none.yaml 2> err; $M run small.yaml > out');
      expect(readFileSync(join(folder, 'err'), 'utf8')).toMatch(/^error: none.yaml/);
      expect(readFileSync(join(folder, 'out'), 'utf8')).not.toContain('\u001b');
    });
  });
} else {
  console.warn('skipped: a pseudo-terminal (script of util-linux is missing)');
}
