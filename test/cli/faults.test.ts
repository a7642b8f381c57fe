/**
 * Worker threads that throw, exit, run out of memory or hang, made to by test/support/fault.mjs: the result has the bytes of an
 * undisturbed run, or the run ends with one message and the command that replays the block.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { ScenarioText } from '../../src/scenario/index.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { exceedance } from '../../src/studies/exceedance.js';
import { simulate } from '../../src/studies/simulate.js';
import { sweep } from '../../src/studies/sweep/sweep.js';
import { withoutHost } from '../support/result-text.js';
import { type Finished, folderWithScenario, matedpair, ROOT, SMALL } from './helpers.js';

const support = (name: string): string => join(ROOT, 'test', 'support', name);

interface Fault {
  readonly kinds: Readonly<Record<number, 'throw' | 'half' | 'exit' | 'memory' | 'loop' | 'slow'>>;
  readonly plans?: readonly number[];
  readonly times?: number;
}

/** Enough for what the blocks here need, and soon used up. */
const NODE_ARGS = ['--max-old-space-size=120', '--import', support('fault.mjs')];

function environment(folder: string, fault: Fault): Record<string, string> {
  return { MATEDPAIR_FAULT: JSON.stringify({ ...fault, log: logOf(folder) }) };
}

const logOf = (folder: string): string => join(folder, 'attempts.log');

function disturbed(folder: string, args: readonly string[], fault: Fault): Promise<Finished> {
  return matedpair(folder, args, environment(folder, fault), NODE_ARGS);
}

/** Attempts at each task. */
function attempts(folder: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const task of readFileSync(logOf(folder), 'utf8').trim().split('\n'))
    counts[task] = (counts[task] ?? 0) + 1;
  return counts;
}

/** All but the log and the scenario. */
function files(folder: string): string[] {
  return readdirSync(folder).filter((name) => name !== 'small.yaml' && name !== 'attempts.log');
}

const bytesOf = (folder: string, file = 'r.json'): string =>
  withoutHost(readFileSync(join(folder, file), 'utf8'));

/** The arguments of the command that a failure names. */
function replayOf(stderr: string): string[] {
  const [, line = ''] = /^ {4}replay: +matedpair (.*)$/m.exec(stderr) ?? [];
  return Array.from(line.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '');
}

const RUN = ['run', 'small.yaml', '--trials', '30000', '--seed', 'a b', '--workers', '2'];
const OUT = ['--out', 'r.json'];

/** What no fault can have touched: computed in this thread. */
const small = new ScenarioText(SMALL);
const scenarioOf = (matings: number, seed = '7') => ({ ...small.parse().scenario, matings, seed });
const textOf = (result: { readonly host: unknown }): string => withoutHost(JSON.stringify(result));

let undisturbed: string;
beforeAll(async () => {
  undisturbed = textOf(await simulate(scenarioOf(30_000, 'a b'), { workers: 0 }));
});

describe('a run', () => {
  it('in which blocks fail once has the same bytes, whatever made them fail', async () => {
    const folder = folderWithScenario();
    const kinds = { 0: 'throw', 3: 'half', 20: 'exit', 40: 'memory' } as const;
    const { code, stderr } = await disturbed(folder, [...RUN, ...OUT], { kinds, times: 1 });
    expect(code).toBe(0);
    expect(bytesOf(folder)).toBe(undisturbed);
    expect(attempts(folder)).toEqual({ 0: 2, 3: 2, 20: 2, 40: 2 });
    const warned = (block: number, reason: string) =>
      new RegExp(
        `^warning: block ${block} of 64 \\(matings \\d+ to \\d+\\) failed: .*${reason}.*; trying it again$`,
        'm',
      );
    expect(stderr).toMatch(warned(0, 'boom'));
    expect(stderr).toMatch(warned(3, 'half of it'));
    expect(stderr).toMatch(warned(20, 'worker exited with code: 9'));
    expect(stderr).toMatch(warned(40, 'out of memory'));
    expect(files(folder)).toEqual(['r.json']);
  });

  it('in which a block always fails ends after three attempts with one message', async () => {
    const folder = folderWithScenario();
    await matedpair(folder, ['run', 'small.yaml', '--workers', '0', ...OUT]);
    const earlier = readFileSync(join(folder, 'r.json'), 'utf8');
    const { code, stdout, stderr } = await disturbed(folder, [...RUN, ...OUT], {
      kinds: { 5: 'exit' },
    });
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(attempts(folder)).toEqual({ 5: 3 });
    expect(stderr).toContain(
      'error: small.yaml: block 5 of 64 (matings 2345 to 2813) failed 3 times: worker exited with code: 9\n',
    );
    expect(stderr.match(/error:/g)).toHaveLength(1);
    expect(stderr).toContain('r.json is as it was.');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readFileSync(join(folder, 'r.json'), 'utf8')).toBe(earlier);
    // On a slow machine the blocks before it were worth keeping.
    expect(files(folder).filter((name) => name !== 'r.json.partial')).toEqual(['r.json']);
    expect(replayOf(stderr)).toEqual([
      ...['replay', 'small.yaml', '--block', '5', '--trials', '30000', '--seed', 'a b'],
    ]);
    const replayed = await matedpair(folder, replayOf(stderr));
    expect(replayed).toMatchObject({ code: 0, stderr: '' });
    expect(replayed.stdout).toMatch(/^Block 5 of 64: 469 matings from 2345 on, by the kernel in /);
  });
});

describe('the library call', () => {
  interface Outcome {
    readonly result?: object;
    readonly retries: readonly string[];
  }

  /** @param stopMs how long the process is stopped in the middle */
  function simulated(folder: string, matings: string, fault: Fault, stopMs = 0): Promise<Outcome> {
    const args = [...NODE_ARGS, support('simulate.mjs'), 'small.yaml', matings, '1'];
    const env = { ...process.env, ...environment(folder, fault) };
    const child = spawn(process.execPath, args, { cwd: folder, env });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    if (stopMs > 0) {
      child.stderr.once('data', async () => {
        await wait(400);
        child.kill('SIGSTOP');
        await wait(stopMs);
        child.kill('SIGCONT');
      });
    }
    return new Promise((resolve, reject) => {
      child.on('close', () => {
        try {
          resolve(JSON.parse(stdout));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  it('ends a thread that hangs, and has the same bytes', async () => {
    const folder = folderWithScenario();
    const fault = { kinds: { 30: 'loop' }, times: 1 } as const;
    const { result, retries } = await simulated(folder, '3000', fault);
    expect(JSON.stringify(result)).toBe(textOf(await simulate(scenarioOf(3000), { workers: 0 })));
    expect(attempts(folder)).toEqual({ 30: 2 });
    expect(retries.join('\n')).toMatch(/^block 30 of 64 .* hangs: no answer in [\d.]+ s of proc/m);
  });

  it.skipIf(process.platform === 'win32')(
    'takes a process that is stopped for none that hangs',
    async () => {
      // Two seconds of work: 5 s for a block of 0.1 s would be absurd.
      const kinds = Object.fromEntries(Array.from({ length: 64 }, (_, b) => [b, 'slow' as const]));
      const { result, retries } = await simulated(folderWithScenario(), '3000', { kinds }, 5000);
      expect(result).toBeDefined();
      expect(retries).toEqual([]);
    },
  );
});

describe('a sweep', () => {
  const SWEEP = [
    ...['sweep', 'small.yaml', '--trials', '3000', '--workers', '2', '--out', 's.json'],
    ...['--sweep', 'mating.friction=0.1, 0.2, 0.3', '--sweep', 'designs.mpo.spring.force=9 N'],
  ];

  it('ends at a point whose block always fails, keeps the points before it, and goes on from there', async () => {
    const folder = folderWithScenario();
    const { code, stdout, stderr } = await disturbed(folder, SWEEP, {
      kinds: { 7: 'exit' },
      plans: [1],
    });
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(attempts(folder)).toEqual({ 7: 3 });
    expect(stderr).toContain(
      'error: small.yaml, point 2 (mating.friction=0.2, designs.mpo.spring.force=9 N): block 7 of 64 (matings 329 to 375) failed 3 times: worker exited with code: 9\n',
    );
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(replayOf(stderr).slice(0, 6)).toEqual([
      'replay',
      'small.yaml',
      '--block',
      '7',
      '--trials',
      '3000',
    ]);
    expect(replayOf(stderr).slice(6)).toEqual([
      '--set',
      'mating.friction=0.2',
      '--set',
      'designs.mpo.spring.force=9 N',
    ]);
    expect(await matedpair(folder, replayOf(stderr))).toMatchObject({ code: 0 });
    expect(files(folder)).toEqual(['s.json.partial']);

    const again = await matedpair(folder, SWEEP);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('Going on with s.json.partial.\n1 of 3 points');
    const parameters = ['mating.friction=0.1, 0.2, 0.3', 'designs.mpo.spring.force=9 N'];
    const plain = await sweep(
      small,
      { design: 'grid', points: null, parameters: parameters.map(parseSweepParameter) },
      { workers: 0, overrides: [{ path: 'matings', value: '3000' }] },
    );
    expect(bytesOf(folder, 's.json')).toBe(textOf(plain));
  });
});

describe('exceedance', () => {
  const EXCEEDANCE = [
    ...['exceedance', 'small.yaml', '--above', '0.2 dB', '--pair', 'mpo', '--workers', '2'],
    ...['--max-replicates', '2', '--out', 'r.json'],
  ];

  it('has the same bytes when replicates fail once, and ends with a message when one always does', async () => {
    const options = { aboveDb: [0.2], pairs: ['mpo'], maxReplicates: 2, workers: 0 };
    const plain = textOf(await exceedance(scenarioOf(400), options));
    const folder = folderWithScenario();
    const once = await disturbed(folder, EXCEEDANCE, {
      kinds: { 1: 'exit', 2: 'throw' },
      times: 1,
    });
    expect(once.code).toBe(0);
    expect(attempts(folder)).toEqual({ 1: 2, 2: 2 });
    expect(bytesOf(folder)).toBe(plain);

    writeFileSync(logOf(folder), '');
    const { code, stdout, stderr } = await disturbed(folder, EXCEEDANCE, {
      kinds: { 2: 'throw' },
    });
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toMatch(
      /^error: replicate 2 of pair mpo failed 3 times: boom\n {4}replay: {3}matedpair exceedance small\.yaml .* --workers 0\n/m,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(bytesOf(folder)).toBe(plain);
    // slow enough, the other replicate is kept
    expect(files(folder).filter((name) => name !== 'r.json.partial')).toEqual(['r.json']);
  });
});

describe('a wall clock that goes backwards', () => {
  const BACKWARDS = ['--import', support('clock.mjs')];

  it('changes nothing but the start that a result tells', async () => {
    const folder = folderWithScenario();
    const { code, stderr } = await matedpair(folder, [...RUN, ...OUT], {}, BACKWARDS);
    expect(code).toBe(0);
    expect(stderr).not.toContain('warning');
    expect(bytesOf(folder)).toBe(undisturbed);
    const { host } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
    expect(Date.now() - Date.parse(host.startedAt)).toBeGreaterThan(3_600_000);
    expect(host.seconds).toBeGreaterThan(0);
    expect(host.seconds).toBeLessThan(60);
  });

  it('neither shortens nor lengthens --max-time', async () => {
    const folder = folderWithScenario();
    const args = ['run', 'small.yaml', '--trials', '1e9', '--workers', '1', '--max-time', '1 s'];
    const began = performance.now();
    const { code, stderr } = await matedpair(folder, [...args, ...OUT], {}, BACKWARDS);
    expect(code).toBe(75);
    expect(stderr).toContain('Out of time after');
    expect(performance.now() - began).toBeGreaterThan(1000);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(existsSync(join(folder, 'r.json'))).toBe(false);
  });
});
