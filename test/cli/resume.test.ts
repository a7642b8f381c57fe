/** Work that is killed, stopped or out of time goes on with the same command, and ends in the same bytes. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itOnSmallDisk } from '../support/small-disk.js';
import { type Finished, folderWithScenario, matedpair, start } from './helpers.js';
import { startInTerminal } from './in-terminal.js';
import { COMMANDS, type Command, KILLS } from './resume-studies.js';

const KILLS_EACH = Math.ceil(KILLS / COMMANDS.length);
/** What a command takes where nothing else runs; where it takes longer, all else may. */
const USUAL_MS = 4000;
const SOON_MS = 2000;
/** Processor time between checkpoints on each of two threads: a second, and blocks under way. */
const MOST_LOST_S = 2 * 1.6;
/** A write that the kill may have cut off. */
const WRITE_MS = 50;

const PARTIAL = 'r.json.partial';
const argsOf = ({ args }: Command, workers: number): string[] => [
  ...[...args, '--out', 'r.json', '--workers', String(workers)],
];

/** The hash of the result, but for the facts of the machine, and of its table. */
function bytesOf(folder: string): string {
  const { host: _, ...rest } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
  const table = join(folder, 'r.csv');
  const text = JSON.stringify(rest) + (existsSync(table) ? readFileSync(table, 'utf8') : '');
  return createHash('sha256').update(text).digest('hex');
}

const total = { kills: 0, early: 0, runs: 0, mostLostS: 0, mostLost: '' };
afterAll(() => {
  const { kills, early, runs, mostLostS, mostLost } = total;
  console.log(
    `${kills} kills, ${early} of them before the first checkpoint; ${runs} runs ended in the same bytes; ` +
      `at most ${mostLostS.toFixed(2)} s of processor time were lost (${mostLost})`,
  );
});

/** Starts a command, kills it at that time, and checks what is kept; false if it ended before. */
async function killed(command: Command, folder: string, afterMs: number): Promise<boolean> {
  const path = join(folder, PARTIAL);
  const running = startInTerminal(folder, argsOf(command, total.kills % 3));
  const { shown } = running;
  const markOf = () => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const left = markOf();
  // each checkpoint: when, and the processor time by then
  const writes: { readonly at: number; readonly cpu: number }[] = [];
  let firstCpu: number | undefined;
  let cpu = 0;
  const look = (): void => {
    cpu = running.cpu() ?? cpu;
    if (shown.length > 0) firstCpu ??= cpu;
    const at = markOf();
    if (at !== undefined && at !== left && at !== writes.at(-1)?.at) writes.push({ at, cpu });
  };
  const looking = setInterval(look, 20);
  await Promise.race([wait(afterMs), running.ended]);
  look();
  const killedAt = Date.now();
  running.kill();
  clearInterval(looking);
  if ((await running.ended) === command.exitCode || existsSync(join(folder, 'r.json')))
    return false;
  total.kills += 1;
  const values = shown.flatMap(({ at, text }) =>
    [...text.matchAll(command.shown)].map(([, value]) => ({ at, value: Number(value) })),
  );
  const isThere = existsSync(path);
  if (!isThere) total.early += 1;
  // all that was shown before the last checkpoint is kept
  const wroteAt = writes.filter(({ at }) => at < killedAt - WRITE_MS).at(-1)?.at ?? 0;
  const shownThen = values.filter(({ at }) => at <= wroteAt).map(({ value }) => value);
  const kept = isThere ? command.keptIn(path) : 0;
  expect(kept).toBeGreaterThanOrEqual(Math.max(0, ...shownThen));
  // and no more was done since than in an interval
  const lostS = cpu - (writes.at(-1)?.cpu ?? firstCpu ?? cpu);
  const told = `${command.name}: ${kept} kept of ${values.at(-1)?.value ?? 0} shown`;
  if (lostS > total.mostLostS) [total.mostLostS, total.mostLost] = [lostS, told];
  expect(lostS, told).toBeLessThan(command.costs * MOST_LOST_S);
  return true;
}

function expectEnding({ code, stdout, stderr }: Finished, ending: string, folder: string): void {
  expect({ code, stdout }).toEqual({ code: 75, stdout: '' });
  const isKept = existsSync(join(folder, PARTIAL));
  const fate = isKept ? `are kept in ${PARTIAL} and the same command goes on` : 'are lost';
  expect(stderr).toMatch(new RegExp(`${ending} after .*: they ${fate}, no result was written.\n$`));
}

describe.each(COMMANDS)('$name', (command) => {
  let whole: string;
  let slow = 1;
  let usualMs: number;
  beforeAll(async () => {
    const folder = folderWithScenario();
    const began = performance.now();
    const { code, stderr } = await matedpair(folder, argsOf(command, 2));
    expect(code, stderr).toBe(command.exitCode);
    usualMs = performance.now() - began;
    slow = Math.max(1, usualMs / USUAL_MS);
    whole = bytesOf(folder);
  });

  /** Checks a result if there is one, and makes room for the next. */
  const checkIfDone = (folder: string): boolean => {
    const path = join(folder, 'r.json');
    if (!existsSync(path)) return false;
    // exceedance may have ended itself in time
    const isShort = readFileSync(path, 'utf8').includes('"endedBy": "time"');
    if (!isShort) expect(bytesOf(folder)).toBe(whole);
    for (const name of ['r.json', 'r.csv', PARTIAL]) rmSync(join(folder, name), { force: true });
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
    total.runs += isShort ? 0 : 1;
    return true;
  };

  /** Starts it, and ends it soon after it has shown something; how long it went on. */
  const ended = async (folder: string, args: readonly string[], signal?: NodeJS.Signals) => {
    const { child, saw, finished } = start(folder, args);
    await saw(/\d (%|of|evaluations)/);
    if (signal !== undefined) await wait(500 * Math.random());
    const began = performance.now();
    if (signal !== undefined) child.kill(signal);
    const end = await finished;
    return { end, ms: performance.now() - began };
  };

  it(`goes on after SIGKILLs, SIGTERM and the end of its time`, { timeout: 3e6 }, async () => {
    const folder = folderWithScenario();
    for (let done = 0; done < KILLS_EACH; ) {
      if (await killed(command, folder, usualMs * Math.random())) done += 1;
      else expect(checkIfDone(folder)).toBe(true);
    }
    const term = await ended(folder, argsOf(command, 1), 'SIGTERM');
    expect(term.ms).toBeLessThan(SOON_MS * slow);
    if (!checkIfDone(folder)) expectEnding(term.end, 'Terminated', folder);
    const late = await ended(folder, [...argsOf(command, 2), '--max-time', '0.6 s']);
    // exceedance, which means to keep to its time itself, is given a second more
    expect(late.ms).toBeLessThan(600 + 1000 + SOON_MS * slow);
    if (!checkIfDone(folder)) expectEnding(late.end, 'Out of time', folder);
    const { code, stderr } = await matedpair(folder, argsOf(command, 2));
    expect(code, stderr).toBe(command.exitCode);
    expect(checkIfDone(folder)).toBe(true);
  });
});

describe('other commands', () => {
  const ROWS = Array.from({ length: 12 }, (_, i) => `A,${i + 1},0.1,0\nB,${i + 1},-0.2,0\n`);
  const CSV = `plug,fibre,coreErrorX [um],coreErrorY [um]\n${ROWS.join('')}`;
  it.each<[string, readonly string[], readonly [NodeJS.Signals, number, string]]>([
    [
      'predict',
      ['predict', 'p.csv', '--design', 'mtp-standard', '--trials', '1e9'],
      ['SIGTERM', 75, 'Terminated'],
    ],
    [
      'run --until',
      ['run', 'small.yaml', '--until', 'mean ± 1e-9 dB'],
      ['SIGINT', 130, 'Interrupted'],
    ],
    ['claims', ['claims', '--trials', '1e9'], ['SIGTERM', 75, 'Terminated']],
  ])('%s ends soon', async (_, args, [signal, exitCode, word]) => {
    const folder = folderWithScenario();
    writeFileSync(join(folder, 'p.csv'), CSV);
    const { child, finished, saw } = start(folder, args);
    await saw(' of ');
    await wait(300);
    const sent = performance.now();
    child.kill(signal);
    const { code, stderr } = await finished;
    expect(performance.now() - sent).toBeLessThan(2 * SOON_MS);
    expect(code, stderr).toBe(exitCode);
    expect(stderr).toMatch(new RegExp(`${word} after [\\d ]+ of [\\d ]+ matings: they are `));
  });
});

describe('what was left by other work', () => {
  const args = (...more: readonly string[]) => [
    ...['run', 'small.yaml', '--workers', '1', '--out', 'r.json', ...more],
  ];

  it('or is damaged, is refused and left alone; --fresh forgets it', async () => {
    const folder = folderWithScenario();
    const path = join(folder, PARTIAL);
    const { child, finished } = start(folder, args('--trials', '1e9'));
    while (!existsSync(path)) await wait(20);
    child.kill('SIGTERM');
    expect((await finished).code).toBe(75);
    const good = readFileSync(path);
    const flipped = Buffer.from(good);
    flipped[good.length >> 1]! ^= 4;
    for (const [octets, more, message] of [
      [
        good,
        ['--trials', '1e9', '--set', 'mating.friction=0.2', '--seed', '9'],
        /another scenario, seed "7" instead of "9"\n/,
      ],
      [flipped, ['--trials', '1e9'], /r\.json\.partial: is damaged\n/],
    ] as const) {
      writeFileSync(path, octets);
      const { code, stdout, stderr } = await matedpair(folder, args(...more));
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: r\.json\.partial: /);
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/--fresh/);
      expect(readFileSync(path)).toEqual(Buffer.from(octets));
    }
    const fresh = await matedpair(folder, args('--trials', '1000', '--fresh'));
    expect(fresh.code, fresh.stderr).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['r.json', 'small.yaml']);
  });
});

describe('a checkpoint that cannot be written', () => {
  const args = ['run', 'small.yaml', '--trials', '3e6', '--workers', '2', '--out', 'd/r.json'];
  const warnings = (stderr: string): string[] =>
    stderr.split('\n').filter((line) => line.startsWith('warning:'));

  it('as its folder has vanished, is told once, and the result is written', async () => {
    const folder = folderWithScenario();
    const { finished } = start(folder, [...args.slice(0, 3), '8e6', ...args.slice(4)]);
    while (!existsSync(join(folder, 'd', PARTIAL))) await wait(10);
    renameSync(join(folder, 'd'), join(folder, 'away'));
    const { code, stderr } = await finished;
    expect(code, stderr).toBe(0);
    expect(warnings(stderr)).toEqual([
      'warning: what is computed cannot be kept: d/r.json.partial: it was taken away. The work goes on.',
    ]);
    expect(readdirSync(join(folder, 'd'))).toEqual(['r.json']);
  });

  itOnSmallDisk(
    'as the disk is full, is told once, and the result is written',
    1000,
    async ({ folder: disk, fill }) => {
      const folder = folderWithScenario();
      const empty = fill(0);
      const { finished, saw } = start(folder, [...args.slice(0, -1), join(disk, 'r.json')]);
      await saw('warning:');
      empty();
      const { code, stderr } = await finished;
      expect(code, stderr).toBe(0);
      expect(warnings(stderr)).toEqual([
        `warning: what is computed cannot be kept: ${disk}/r.json.partial: the disk is full. The work goes on.`,
      ]);
      expect(readdirSync(disk)).toEqual(['r.json']);
    },
  );
});
