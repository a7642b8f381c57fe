/** The batch script of Slurm, run by a real bash with stand-ins for the programs that it calls. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { shellQuote } from '../../src/cluster/shell-quote.js';
import { SBATCH_OPTION, type SlurmJob, slurmScript, slurmTime } from '../../src/cluster/slurm.js';
import { temporaryFolder } from '../cli/helpers.js';
import { until } from './one-machine-slurm.js';

const NASTY =
  'a b\'c"d`touch PWNED`$(touch PWNED)\\ \n#SBATCH --array=1-9\nEND_OF_MERGE\n;*~é\t!{1,2}';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
});

/** A program of that name that the script finds first. */
function standIn(name: string, body: string): string {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/bash\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Notes its arguments, each ended by a zero octet, then does `then`. */
const noting = (then = '') => `printf '%s\\0' "$@" > "$0.$$.noted"\n${then}`;

/** Arguments of all calls of a stand-in, in the order of their process numbers' files. */
function calls(name: string): string[][] {
  const found = execFileSync(
    'bash',
    ['-c', `ls -tr ${folder}/bin/${name}.*.noted 2>/dev/null || :`],
    {
      encoding: 'utf8',
    },
  );
  return found
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => readFileSync(path, 'utf8').split('\0').slice(0, -1));
}

function job(changes: Partial<SlurmJob> = {}): SlurmJob {
  return {
    name: 'small',
    title: 'Written by a test',
    shards: 8,
    seconds: 3600,
    cpus: 2,
    memory: '2G',
    options: ['--partition=long'],
    mostRestarts: 5,
    folder,
    setup: [],
    command: [join(folder, 'bin', 'matedpair')],
    study: ['run', 'small.yaml', '--out', 'r.json'],
    parts: 'r.json.parts',
    mergeFlags: [],
    ...changes,
  };
}

function written(changes: Partial<SlurmJob> = {}): string {
  const path = join(folder, 'job.sh');
  writeFileSync(path, slurmScript(job(changes)));
  return path;
}

const TASK = { SLURM_ARRAY_JOB_ID: '7', SLURM_ARRAY_TASK_ID: '3', SLURM_JOB_ID: '9' };

function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, ...extra };
}

function bash(script: string, extra: Readonly<Record<string, string>> = {}) {
  return spawnSync('bash', [script], { cwd: folder, env: environment(extra), encoding: 'utf8' });
}

describe('the script', () => {
  it('is good bash with whatever names, and so is the merge in it', () => {
    const path = written({
      ...{ folder: NASTY, parts: NASTY, study: [NASTY], command: [NASTY], mergeFlags: [NASTY] },
      title: `of ${shellQuote(NASTY)}`,
      setup: ['module load nodejs'],
    });
    expect(spawnSync('bash', ['-n', path], { encoding: 'utf8' })).toMatchObject({
      ...{ status: 0, stderr: '' },
    });
    const checked = spawnSync('shellcheck', ['--exclude=SC2317', path], { encoding: 'utf8' });
    // not installed everywhere
    if (checked.error === undefined) expect(checked.stdout).toBe('');
  });

  it('has all options of sbatch before its first command, one a line', () => {
    const lines = slurmScript(job({ atOnce: 3, options: ['--partition=long', '--qos=x'] })).split(
      '\n',
    );
    const header = lines.slice(
      0,
      lines.findIndex((line) => !line.startsWith('#')),
    );
    expect(
      header.filter((line) => line.startsWith('#SBATCH ')).map((line) => line.slice(8)),
    ).toEqual([
      ...['--job-name=small', '--array=1-8%3', '--time=01:00:00', '--cpus-per-task=2', '--mem=2G'],
      ...['--requeue', '--open-mode=append', '--output=slurm-%A_%a.log', '--signal=B:USR1@60'],
      ...['--nodes=1', '--ntasks=1', '--partition=long', '--qos=x'],
    ]);
    expect(lines.filter((line) => line.startsWith('#SBATCH --array'))).toHaveLength(1);
    expect(lines.filter((line) => line === '#SBATCH --qos=x')).toHaveLength(2);
  });

  it.each([
    [60, '00:01:00'],
    [61, '00:02:00'],
    [5400, '01:30:00'],
    [86_400, '1-00:00:00'],
    [366 * 86_400, '366-00:00:00'],
  ])('%d s are %s', (seconds, text) => {
    expect(slurmTime(seconds)).toBe(text);
  });

  it.each(['--qos=long', '--exclusive', '--constraint=[a|b]', '--gres=gpu:1', '--mail-user=a@b.c'])(
    'lets %s through',
    (option) => expect(option).toMatch(SBATCH_OPTION),
  );

  it.each([
    '--qos=a b',
    '--qos="a"',
    "--qos='a'",
    '--qos=a\n',
    '-p',
    'long',
    '--qos=a#b',
    '--qos=$x',
  ])('refuses %j', (option) => expect(option).not.toMatch(SBATCH_OPTION));
});

describe('run by hand', () => {
  it('submits itself as the array and the merge after it, with logs in the folder of the parts', () => {
    standIn('sbatch', noting('cat > "$0.$$.stdin"; echo "41;far"'));
    const parts = join(folder, 'r.json.parts');
    const script = written();
    const { status, stdout } = bash(script);
    expect(status).toBe(0);
    expect(stdout).toContain('array 41');
    expect(existsSync(parts)).toBe(true);
    expect(calls('sbatch')).toEqual([
      ['--parsable', `--chdir=${parts}`],
      ['--parsable', '--dependency=afterany:41', `--chdir=${parts}`],
    ]);
    const [first, second] = execFileSync('bash', ['-c', 'ls -tr bin/sbatch.*.stdin'], {
      ...{ cwd: folder, encoding: 'utf8' },
    }).split('\n') as [string, string];
    expect(readFileSync(join(folder, first), 'utf8')).toBe(readFileSync(script, 'utf8'));
    const merge = readFileSync(join(folder, second), 'utf8');
    expect(merge).toMatch(/^#!\/bin\/bash\n#SBATCH --job-name=small-merge\n/);
    expect(merge).toContain('#SBATCH --partition=long');
    expect(merge).not.toContain('--array');
  });

  it('submits no merge of an array that was refused', () => {
    standIn('sbatch', noting('echo "sbatch: error: Invalid qos" >&2; exit 1'));
    const { status, stderr } = bash(written());
    expect(status).toBe(1);
    expect(stderr).toBe('sbatch: error: Invalid qos\n');
    expect(calls('sbatch')).toHaveLength(1);
  });

  it('says so when only the merge was refused', () => {
    standIn('sbatch', noting('case $* in *dependency*) exit 1;; esac; echo 41'));
    const { status, stderr } = bash(written());
    expect(status).toBe(1);
    expect(stderr).toContain('the array runs all the same');
  });
});

describe('a task', () => {
  it('calls the study with its shard and its processors, in its folder, after the setup', () => {
    standIn('matedpair', noting('echo "$PWD $SET"'));
    const inner = join(folder, NASTY.replaceAll('/', ''));
    mkdirSync(inner);
    const study = ['run', NASTY, '--out', `${NASTY}.json`];
    const { status, stdout } = bash(
      written({ study, folder: inner, setup: ['export SET="up $((1 + 1))"'] }),
      {
        ...{ ...TASK, SLURM_CPUS_PER_TASK: '4' },
      },
    );
    expect(status).toBe(0);
    expect(calls('matedpair')).toEqual([[...study, '--shard', '3/8', '--workers', '4']]);
    expect(stdout).toContain(`${inner} up 2`);
    expect(existsSync(join(folder, 'PWNED'))).toBe(false);
    expect(existsSync(join(inner, 'PWNED'))).toBe(false);
  });

  it('the merge calls it with the parts', () => {
    standIn('matedpair', noting());
    const merge = /<<'END_OF_MERGE'\n(.*?)\nEND_OF_MERGE\n/s;
    const [, text] = merge.exec(
      slurmScript(job({ parts: NASTY, mergeFlags: ['--table', NASTY] })),
    )!;
    const path = join(folder, 'merge.sh');
    writeFileSync(path, text!);
    expect(bash(path).status).toBe(0);
    expect(calls('matedpair')).toEqual([['merge', NASTY, '--table', NASTY]]);
  });

  interface Case {
    readonly code: number;
    readonly state?: string;
    readonly restarts?: number;
    readonly requeued: boolean;
    readonly says: string;
  }

  it.each<Case>([
    { code: 0, requeued: false, says: 'ends with exit code 0' },
    { code: 2, requeued: false, says: 'ends with exit code 2' },
    { code: 70, requeued: false, says: 'ends with exit code 70' },
    { code: 137, requeued: false, says: 'ends with exit code 137' },
    { code: 75, state: 'RUNNING', requeued: true, says: 'requeued' },
    { code: 143, state: 'RUNNING', requeued: true, says: 'requeued' },
    { code: 75, state: 'RUNNING', restarts: 4, requeued: true, says: 'requeued' },
    { code: 75, state: 'RUNNING', restarts: 5, requeued: false, says: '5 restarts are the most' },
    { code: 75, state: 'COMPLETING', requeued: false, says: 'the job is COMPLETING' },
    { code: 75, state: 'CANCELLED', requeued: false, says: 'the job is CANCELLED' },
    { code: 75, state: '', requeued: false, says: 'the job is gone' },
  ])('$says (exit code $code, state $state)', ({ code, state, restarts, requeued, says }) => {
    standIn('matedpair', `exit ${code}`);
    standIn('squeue', noting(`echo "${state ?? ''}"`));
    standIn('scontrol', noting());
    const { status, stdout } = bash(written(), {
      ...TASK,
      ...(restarts !== undefined && { SLURM_RESTART_COUNT: String(restarts) }),
    });
    expect(status).toBe(code);
    expect(stdout).toContain(says);
    // by array and index: the number alone may mean the whole array
    expect(calls('scontrol')).toEqual(requeued ? [['requeue', '7_3']] : []);
    expect(calls('squeue').every((args) => args.includes('--jobs=7_3'))).toBe(true);
    expect(calls('squeue')).toHaveLength(state === undefined ? 0 : 1);
  });

  it('says so when it cannot be requeued', () => {
    standIn('matedpair', 'exit 75');
    standIn('squeue', 'echo RUNNING');
    standIn('scontrol', 'exit 1');
    const { status, stdout } = bash(written(), TASK);
    expect(status).toBe(75);
    expect(stdout).toContain('could not be requeued; submit again to go on');
  });

  it.each([
    ['SIGUSR1', 'the warning, passes it on once', true],
    ['SIGTERM', 'the end, leaves it to Slurm to tell all', false],
  ] as const)('that gets %s, %s', async (signal, _title, isPassedOn) => {
    standIn(
      'matedpair',
      'n=0; trap \'n=$((n + 1)); echo "told $n"\' TERM; echo ready; for i in $(seq 20); do sleep 0.05; done; exit 75',
    );
    standIn('squeue', 'echo RUNNING');
    standIn('scontrol', noting());
    const child = spawn('bash', [written()], { cwd: folder, env: environment(TASK) });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const code = new Promise((resolve) => child.once('close', resolve));
    await until('the program runs', () => stdout.includes('ready'), 20);
    child.kill(signal);
    expect(await code).toBe(75);
    expect(stdout.match(/told \d/g)).toEqual(isPassedOn ? ['told 1'] : null);
    expect(stdout.includes('the time is nearly up')).toBe(isPassedOn);
    expect(calls('scontrol')).toEqual([['requeue', '7_3']]);
  });

  it('does not begin in a folder that is gone', () => {
    standIn('matedpair', noting());
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    const script = written({ folder: gone });
    rmSync(gone, { recursive: true });
    expect(bash(script, TASK).status).toBe(1);
    expect(calls('matedpair')).toEqual([]);
  });
});
