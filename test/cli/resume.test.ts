/** Work that is killed, stopped or out of time goes on with the same command, and ends in the same bytes. */
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
import { indexRecords } from '../../src/parts/record-file.js';
import { itOnSmallDisk } from '../support/small-disk.js';
import { folderWithScenario, matedpair, start } from './helpers.js';
import { startInTerminal } from './in-terminal.js';
import { COMMANDS, type Command } from './resume-studies.js';

/** SIGKILLs in all; 200 in the long test. */
const KILLS = Number(process.env['MATEDPAIR_KILLS'] ?? 10);
/** What a command takes where nothing else runs; where it takes longer, all else may. */
const USUAL_MS = 4000;
/** A checkpoint a second, unless it costs more than 2 % of the time; and the blocks that are under way. */
const MOST_LOST_MS = 2500;
const SOON_MS = 2000;
/** A write that the kill may have cut off. */
const WRITE_MS = 50;

const PARTIAL = 'r.json.partial';
const argsOf = ({ args }: Command, workers: number): string[] => [
  ...[...args, '--out', 'r.json', '--workers', String(workers)],
];

/** The result, but for the facts of the machine, and its table. */
function bytesOf(folder: string): string {
  const { host: _, ...rest } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
  const table = join(folder, 'r.csv');
  return JSON.stringify(rest) + (existsSync(table) ? readFileSync(table, 'utf8') : '');
}

const total = { kills: 0, early: 0, runs: 0, mostLostMs: 0, mostLost: '' };
afterAll(() => {
  const { kills, early, runs, mostLostMs, mostLost } = total;
  console.log(
    `${kills} kills, ${early} of them before the first checkpoint; ${runs} runs ended in the same bytes; ` +
      `at most ${mostLostMs} ms were lost (${mostLost})`,
  );
});

/** Starts a command, kills it at that time, and checks what is kept; false if it ended before. */
async function killed(command: Command, folder: string, afterMs: number, slow: number) {
  const path = join(folder, PARTIAL);
  const running = startInTerminal(folder, argsOf(command, total.kills % 3));
  const writes: number[] = [];
  const look = setInterval(() => {
    const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (at !== undefined && at !== writes.at(-1)) writes.push(at);
  }, 20);
  await Promise.race([wait(afterMs), running.ended]);
  const killedAt = Date.now();
  running.kill();
  clearInterval(look);
  if ((await running.ended) === command.exitCode) return false;
  total.kills += 1;
  const shown = running.shown.flatMap(({ at, text }) =>
    [...text.matchAll(command.shown)].map(([, value]) => ({ at, value: Number(value) })),
  );
  const last = shown.at(-1)?.value ?? 0;
  if (!existsSync(path)) {
    total.early += 1;
    const since = killedAt - (shown[0]?.at ?? killedAt);
    expect(since).toBeLessThan(MOST_LOST_MS * slow);
    return true;
  }
  const wroteAt = writes.filter((at) => at < killedAt - WRITE_MS).at(-1) ?? 0;
  const shownThen = shown.filter(({ at }) => at <= wroteAt).map(({ value }) => value);
  const kept = command.keptIn(path);
  expect(kept).toBeGreaterThanOrEqual(Math.max(0, ...shownThen));
  // a command that goes on has lost nothing before it has shown anything
  const lostMs = Math.round(killedAt - Math.max(writes.at(-1) ?? 0, shown[0]?.at ?? killedAt));
  if (lostMs > total.mostLostMs) {
    total.mostLostMs = lostMs;
    total.mostLost = `${command.name}: ${kept} kept of ${last} shown`;
  }
  expect(lostMs).toBeLessThan(MOST_LOST_MS * slow);
  return true;
}

describe.each(COMMANDS)('$name', (command) => {
  let whole: string;
  let slow = 1;
  let usualMs: number;
  const expectDone = (folder: string): void => {
    expect(bytesOf(folder)).toBe(whole);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
    total.runs += 1;
  };
  beforeAll(async () => {
    const folder = folderWithScenario();
    const began = performance.now();
    const { code, stderr } = await matedpair(folder, argsOf(command, 2));
    expect(code, stderr).toBe(command.exitCode);
    usualMs = performance.now() - began;
    slow = Math.max(1, usualMs / USUAL_MS);
    whole = bytesOf(folder);
    expectDone(folder);
  });

  const mine = COMMANDS.indexOf(command);
  const kills = Math.floor((KILLS * (mine + 1)) / 5) - Math.floor((KILLS * mine) / 5);
  it(`goes on after ${kills} SIGKILLs, SIGTERM and the end of its time`, {
    timeout: 3e6,
  }, async () => {
    const folder = folderWithScenario();
    const forget = (): void => {
      for (const name of ['r.json', 'r.csv']) rmSync(join(folder, name), { force: true });
    };
    for (let done = 0; done < kills; ) {
      if (await killed(command, folder, 1.2 * usualMs * Math.random(), slow)) done += 1;
      else {
        expectDone(folder);
        forget();
      }
    }
    const term = start(folder, argsOf(command, 1));
    await term.saw('0');
    await wait(500 * Math.random());
    const sent = performance.now();
    term.child.kill('SIGTERM');
    const ended = await term.finished;
    expect(performance.now() - sent).toBeLessThan(SOON_MS * slow);
    if (ended.code === command.exitCode) forget();
    else expectEnding(ended, 'Terminated', folder);

    const timed = start(folder, [...argsOf(command, 2), '--max-time', '0.6 s']);
    await timed.saw('0');
    const began = performance.now();
    const late = await timed.finished;
    expect(performance.now() - began).toBeLessThan(600 + (SOON_MS + 1000) * slow);
    if (late.code === command.exitCode) forget();
    else expectEnding(late, 'Out of time', folder);

    const { code, stderr } = await matedpair(folder, argsOf(command, 2));
    expect(code, stderr).toBe(command.exitCode);
    expectDone(folder);
  });
});

function expectEnding(
  { code, stdout, stderr }: { code: number | null; stdout: string; stderr: string },
  ending: string,
  folder: string,
): void {
  expect({ code, stdout }).toEqual({ code: 75, stdout: '' });
  const isKept = existsSync(join(folder, PARTIAL));
  const fate = isKept ? 'are kept in r.json.partial and the same command goes on' : 'are lost';
  expect(stderr).toMatch(new RegExp(`${ending} after .*: they ${fate}, no result was written.\n$`));
}
