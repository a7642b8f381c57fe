/**
 * What `matedpair cluster slurm` writes, on a real Slurm: an array of 8 shards, of which one is killed and one reaches its time
 * limit, and the merge after it, to the same bytes as on one machine.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folderWithScenario, matedpair } from '../cli/helpers.js';
import { withoutHost } from '../support/result-text.js';
import { describeWithSlurm, type Slurm, startSlurm, until } from './one-machine-slurm.js';

/** Seconds for anything that takes a few on an idle machine. */
const PATIENCE = 120;
/** Slurm looks after time limits every 30 s. */
const TIMEOUT_MS = 300_000;

describeWithSlurm('a job array', () => {
  let slurm: Slurm;
  beforeAll(async () => {
    slurm = await startSlurm();
  });
  afterAll(() => slurm?.stop());

  interface Submitted {
    readonly array: string;
    readonly merge: string;
    readonly log: (name: string) => string;
    readonly hasCheckpoint: (shard: number) => boolean;
  }

  /** Writes the script and runs it as a user does. */
  async function submit(folder: string, shards: number, study: string[]): Promise<Submitted> {
    const { code } = await matedpair(folder, [
      ...['cluster', 'slurm', 'small.yaml', '--shards', String(shards), '--time', '1 min'],
      ...['--memory', '300M', '--out', 'job.sh', '--', ...study, '--out', 'r.json'],
    ]);
    expect(code).toBe(0);
    const { env } = slurm;
    const told = execFileSync('bash', ['job.sh'], { cwd: folder, env, encoding: 'utf8' });
    const [array, merge] = Array.from(told.matchAll(/(?:array|merge) (\d+)/g), ([, id]) => id!);
    const parts = join(folder, 'r.json.parts');
    return {
      array: array!,
      merge: merge!,
      log: (name) => {
        const path = join(parts, `slurm-${name}.log`);
        return existsSync(path) ? readFileSync(path, 'utf8') : '';
      },
      hasCheckpoint: (shard) =>
        existsSync(parts) &&
        readdirSync(parts).includes(`part-${shard}-of-${shards}.jsonl.partial`),
    };
  }

  /** What Slurm says of a task. */
  function taskOf(task: string): { readonly jobId: string; readonly restarts: number } {
    const text = slurm.ask('scontrol', 'show', 'job', task);
    const field = (name: string) => new RegExp(`\\b${name}=(\\d+)`).exec(text)![1]!;
    return { jobId: field('JobId'), restarts: Number(field('Restarts')) };
  }

  /** The processes of a task, from Slurm's own down to the program. */
  function processesOf(task: string): { readonly all: number[]; readonly program: number } {
    const { jobId } = taskOf(task);
    const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .filter((row) => row !== null)
      .map(([, pid, parent, args]) => ({ pid: Number(pid), parent: Number(parent), args: args! }));
    const step = table.find(({ args }) => args === `slurmstepd: [${jobId}.batch]`)!;
    const shell = table.find(({ parent }) => parent === step.pid)!;
    const program = table.find(({ parent, args }) => parent === shell.pid && /--shard/.test(args))!;
    return { all: [step.pid, shell.pid, program.pid], program: program.pid };
  }

  const isDone = (job: string) =>
    !slurm.ask('squeue', '--noheader', '--format=%A').split('\n').includes(job);

  it(
    'of which a task is killed and another reaches its time limit comes to the same bytes',
    async () => {
      const above = folderWithScenario();
      const folder = join(above, 'it\'s "$(here)"');
      mkdirSync(folder);
      renameSync(join(above, 'small.yaml'), join(folder, 'small.yaml'));
      const study = ['--trials', '1.2e7'];
      const { array, merge, log, hasCheckpoint } = await submit(folder, 8, study);
      const killed = `${array}_3`;
      const slow = `${array}_6`;
      await until('checkpoints', () => [3, 6].every(hasCheckpoint), PATIENCE);

      // the one is too slow for its limit, the other is gone as when its machine fails
      const { program } = processesOf(slow);
      process.kill(program, 'SIGSTOP');
      for (const pid of processesOf(killed).all) process.kill(pid, 'SIGKILL');
      // Slurm misses the task when the daemon of its node is there again
      do {
        await slurm.restartNode();
        await wait(2000);
      } while (taskOf(killed).restarts === 0);

      const local = matedpair(folder, ['run', 'small.yaml', ...study, '--out', 'local.json']);
      await until('the limit', () => log(slow).includes('the time is nearly up'), PATIENCE);
      process.kill(program, 'SIGCONT');
      expect((await local).code).toBe(0);
      await until('the merge', () => isDone(merge), PATIENCE);

      const controller = slurm.controllerLog().split('\n');
      const ofSlurm = controller.filter((line) => /JobId=|ime limit/.test(line)).join('\n');
      console.log(
        [log(killed), log(slow), log(`${merge}-merge`).slice(-200), ofSlurm].join('\n---\n'),
      );
      expect(log(killed)).toMatch(/restart \d+\nGoing on with .*part-3-of-8/);
      expect(log(slow)).toMatch(/nearly up\n(.*\n)*.*exit code 75\n(.*\n)*.*restart \d+\nGoing on/);
      expect(ofSlurm).toContain(`requeue JobId=${killed}`);
      const bytesOf = (name: string) => withoutHost(readFileSync(join(folder, name), 'utf8'));
      expect(bytesOf('r.json')).toBe(bytesOf('local.json'));
    },
    TIMEOUT_MS,
  );

  it(
    'that is cancelled is not requeued, and the merge tells that parts are missing',
    async () => {
      const folder = folderWithScenario();
      const { array, merge, log, hasCheckpoint } = await submit(folder, 2, ['--trials', '1e9']);
      await until('checkpoints', () => [1, 2].every(hasCheckpoint), PATIENCE);
      slurm.ask('scancel', array);
      await until('the merge', () => isDone(merge), PATIENCE);
      for (const shard of [1, 2]) {
        expect(log(`${array}_${shard}`)).toMatch(/exit code 75\n.*not requeued from here/);
        expect(hasCheckpoint(shard)).toBe(true);
      }
      expect(log(`${merge}-merge`)).toContain('there are no parts');
      expect(existsSync(join(folder, 'r.json'))).toBe(false);
      expect(slurm.ask('squeue', '--noheader').trim()).toBe('');
    },
    TIMEOUT_MS,
  );
});
