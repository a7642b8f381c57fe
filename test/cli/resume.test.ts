/** Runs that are killed, stopped or out of time go on with the same command and end in the same bytes. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair, start } from './helpers.js';

const MATINGS = '6e7';
const RUN = ['run', 'small.yaml', '--trials', MATINGS, '--workers', '2', '--out', 'r.json'];
/** More of them in a long test. */
const KILLS = Number(process.env['MATEDPAIR_KILLS'] ?? 3);
/** What an interruption may cost: an interval between two checkpoints, on a machine that tests keep busy. */
const INTERVAL_MS = 5000;

/** All but the facts of the machine. */
function bytesOf(folder: string): string {
  const { host: _host, ...rest } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
  return JSON.stringify(rest);
}

interface Partial {
  readonly work: Record<string, unknown>;
  readonly plans: readonly { readonly next: number; readonly blocks: number }[];
}

const partialOf = (folder: string): Partial =>
  JSON.parse(readFileSync(join(folder, 'r.json.partial'), 'utf8'));

function shareKept(folder: string): number {
  if (!existsSync(join(folder, 'r.json.partial'))) return 0;
  const [plan] = partialOf(folder).plans;
  return plan!.next / plan!.blocks;
}

let whole: string;
beforeAll(async () => {
  const folder = folderWithScenario();
  expect((await matedpair(folder, RUN)).code).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['r.json', 'small.yaml']);
  whole = bytesOf(folder);
});

describe('a run goes on', () => {
  it(`after ${KILLS} SIGKILLs at random moments, to the same bytes`, async () => {
    const folder = folderWithScenario();
    let kept = 0;
    for (let i = 0; i < KILLS && !existsSync(join(folder, 'r.json')); i++) {
      const { child, finished } = start(folder, RUN);
      await wait(INTERVAL_MS + INTERVAL_MS * Math.random());
      child.kill('SIGKILL');
      await finished;
      const now = shareKept(folder);
      expect(now).toBeGreaterThanOrEqual(kept);
      kept = now;
    }
    expect(kept).toBeGreaterThan(0);
    const { code, stderr } = await matedpair(folder, RUN);
    expect(code).toBe(0);
    expect(stderr).toContain('Going on with r.json.partial.');
    expect(bytesOf(folder)).toBe(whole);
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it.each([
    ['SIGTERM', 75, 'Terminated'],
    ['SIGINT', 130, 'Interrupted'],
  ] as const)('after %s, which keeps all of it within 2 s', async (signal, exitCode, word) => {
    const folder = folderWithScenario();
    const { child, finished, saw } = start(folder, RUN);
    await saw(' of 60 000 000');
    await wait(3000);
    const sent = performance.now();
    child.kill(signal);
    const { code, stderr } = await finished;
    expect(performance.now() - sent).toBeLessThan(2000);
    expect(code).toBe(exitCode);
    expect(stderr).toMatch(
      new RegExp(`${word} after [\\d ]+ of 60 000 000 matings: they are kept in r.json.partial`),
    );
    const share = shareKept(folder);
    expect(share).toBeGreaterThan(0);
    expect((await matedpair(folder, RUN)).code).toBe(0);
    expect(bytesOf(folder)).toBe(whole);
  });

  it('after --max-time, as often as it takes', async () => {
    const folder = folderWithScenario();
    let share = 0;
    for (let code: number | null = 75; code === 75; ) {
      const finished = await matedpair(folder, [...RUN, '--max-time', '4 s']);
      code = finished.code;
      if (code !== 75) break;
      expect(finished.stderr).toContain('Out of time after');
      expect(shareKept(folder)).toBeGreaterThan(share);
      share = shareKept(folder);
    }
    expect(share).toBeGreaterThan(0);
    expect(bytesOf(folder)).toBe(whole);
  });
});

describe('what was left by other work', () => {
  const args = (more: readonly string[]) => [
    ...['run', 'small.yaml', '--workers', '2', '--out', 'r.json', '--max-time', '3 s'],
    ...more,
  ];

  it('is refused with what differs, and forgotten with --fresh', async () => {
    const folder = folderWithScenario();
    expect((await matedpair(folder, args(['--trials', MATINGS]))).code).toBe(75);
    const before = readFileSync(join(folder, 'r.json.partial'), 'utf8');
    for (const [more, message] of [
      [['--trials', '2e7'], /number of matings 60000000 instead of 20000000/],
      [['--trials', MATINGS, '--seed', '9'], /seed "\w+" instead of "9"/],
      [['--trials', MATINGS, '--set', 'mating.friction=0.5'], /another scenario/],
    ] as const) {
      const { code, stdout, stderr } = await matedpair(folder, args(more));
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^r\.json\.partial: was left by other work: /);
      expect(stderr).toMatch(message);
      expect(readFileSync(join(folder, 'r.json.partial'), 'utf8')).toBe(before);
    }
    const fresh = await matedpair(folder, args(['--trials', '1000', '--fresh']));
    expect(fresh.code).toBe(0);
    expect(existsSync(join(folder, 'r.json'))).toBe(true);
  });

  it('is refused when it is damaged, of another build, or no part at all', async () => {
    const folder = folderWithScenario();
    expect((await matedpair(folder, args(['--trials', MATINGS]))).code).toBe(75);
    const path = join(folder, 'r.json.partial');
    const good = readFileSync(path, 'utf8');
    const part = JSON.parse(good);
    const at = good.indexOf('"payload":"') + 3000;
    for (const [text, message] of [
      [good.slice(0, -500), /is no part of a run, or is damaged/],
      [`${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`, /is damaged/],
      [JSON.stringify({ ...part, payload: '' }), /is damaged/],
      [JSON.stringify({ ...part, plans: [] }), /is damaged/],
      [JSON.stringify({ ...part, formatVersion: 99 }), /another version \(format 99\)/],
      [JSON.stringify({ ...part, work: { ...part.work, version: '9.9.9' } }), /version "9.9.9"/],
      [JSON.stringify({ ...part, work: { ...part.work, build: 'f00' } }), /another build/],
      ['precious', /is no part of a run/],
      ['', /is no part of a run/],
    ] as const) {
      writeFileSync(path, text);
      const { code, stdout, stderr } = await matedpair(folder, args(['--trials', MATINGS]));
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });
});
