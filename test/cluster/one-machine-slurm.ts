/**
 * A real Slurm on this machine alone, for tests: controller, node and authentication in a temporary folder, on free ports. Without
 * Debian's packages slurm-wlm and munge, or without being root, tests are skipped and say so; where everything must hold (CI) they
 * fail instead.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, it } from 'vitest';

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'scontrol', 'squeue'];
const FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/usr/local/bin', '/usr/bin'];

/** Why no Slurm can be started here; undefined if one can. */
function missing(): string | undefined {
  if (process.platform !== 'linux') return 'Slurm runs on Linux';
  const absent = PROGRAMS.filter(
    (name) => !FOLDERS.some((folder) => existsSync(join(folder, name))),
  );
  if (absent.length > 0) return `not installed: ${absent.join(', ')} (slurm-wlm, munge)`;
  return process.getuid?.() === 0 ? undefined : 'the node of a Slurm must be started by root';
}

/** A `describe` that needs a Slurm on this machine. */
export function describeWithSlurm(title: string, tests: () => void): void {
  const reason = missing();
  if (reason === undefined) {
    describe(title, tests);
  } else if (process.env['CI'] === 'true') {
    it(title, () => {
      throw new Error(reason);
    });
  } else {
    console.warn(`${title}: skipped: ${reason}`);
    describe.skip(`${title} (skipped: ${reason})`, () => it('on a Slurm', () => {}));
  }
}

export interface Slurm {
  /** For all commands of Slurm. */
  readonly env: NodeJS.ProcessEnv;
  /** Output of a command of Slurm, such as `squeue`. */
  readonly ask: (command: string, ...args: string[]) => string;
  /** Ends the daemon of the node, not its tasks, and starts it again, as after a crash. */
  readonly restartNode: () => Promise<void>;
  readonly controllerLog: () => string;
  /** Ends all jobs and daemons, and everything that they started. */
  readonly stop: () => Promise<void>;
}

/** Seconds that a requeued job waits, and that Slurm waits between TERM and KILL; the least and the usual for a test. */
const REQUEUE_WAIT_S = 5;
const KILL_WAIT_S = 5;

function configuration(folder: string, [controllerPort, nodePort]: readonly number[]): string {
  const host = hostname().split('.')[0];
  // more processors than there are, so that all tasks run side by side
  return `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket,cred_expire=${REQUEUE_WAIT_S}
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=1,sched_interval=2
KillWait=${KILL_WAIT_S}
BatchStartTimeout=1
MessageTimeout=3
NodeName=${host} NodeAddr=127.0.0.1 CPUs=16 RealMemory=16000 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`;
}

export async function startSlurm(): Promise<Slurm> {
  const folder = mkdtempSync(join(tmpdir(), 'matedpair-slurm-'));
  // munged wants its socket in a folder that all may enter
  chmodSync(folder, 0o711);
  for (const name of ['state', 'spool']) mkdirSync(join(folder, name));
  const conf = join(folder, 'slurm.conf');
  writeFileSync(conf, configuration(folder, [await freePort(), await freePort()]));
  writeFileSync(join(folder, 'munge.key'), randomBytes(1024), { mode: 0o600 });
  const { CI, FORCE_COLOR, NO_COLOR, NODE_OPTIONS, ...rest } = process.env;
  const env = { ...rest, SLURM_CONF: conf, PATH: `${FOLDERS.join(':')}:${process.env['PATH']}` };
  const daemons: ChildProcess[] = [];
  const daemon = (program: string, ...args: string[]): ChildProcess => {
    const child = spawn(program, args, { env, stdio: 'ignore', detached: true });
    daemons.push(child);
    return child;
  };
  const ask = (command: string, ...args: string[]) =>
    execFileSync(command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const isUp = (command: string, ...args: string[]): boolean => {
    try {
      ask(command, ...args);
      return true;
    } catch {
      return false;
    }
  };
  const startNode = () => daemon('slurmd', '-D', '-L', join(folder, 'slurmd.log'));
  const stop = async (): Promise<void> => {
    if (isUp('scancel', '--full', '--user=root')) {
      await until('no job', () => ask('squeue', '--noheader').trim() === '', 20).catch(() => {});
    }
    for (const child of daemons) await ended(child);
    for (const pid of processesOf(conf)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const munge = (name: string) => join(folder, `munge.${name}`);
    daemon(
      'munged',
      ...['--foreground', `--socket=${munge('socket')}`, `--key-file=${munge('key')}`],
      ...[
        `--pid-file=${munge('pid')}`,
        `--log-file=${munge('log')}`,
        `--seed-file=${munge('seed')}`,
      ],
    );
    await until('munged', () => isUp('munge', '-n', '-S', munge('socket')), 60);
    daemon('slurmctld', '-D', '-L', join(folder, 'slurmctld.log'));
    await until('slurmctld', () => isUp('scontrol', 'ping'), 60);
    let node = startNode();
    await until('slurmd', () => ask('sinfo', '--noheader', '-o', '%t').trim() === 'idle', 60);
    return {
      env,
      ask,
      stop,
      controllerLog: () => readFileSync(join(folder, 'slurmctld.log'), 'utf8'),
      restartNode: async () => {
        await ended(node);
        node = startNode();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Asks until it is so; throws after so many seconds. */
export async function until(what: string, isSo: () => boolean, seconds: number): Promise<void> {
  for (const end = performance.now() + 1000 * seconds; !isSo(); await wait(100)) {
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
  }
}

/** Numbers of all processes that a Slurm with this configuration started, its daemons among them. */
function processesOf(conf: string): number[] {
  const isOwn = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`SLURM_CONF=${conf}\0`);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isOwn(name))
    .map(Number);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([exit, wait(5000)]);
  child.kill('SIGKILL');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(address),
      );
    });
  });
}
