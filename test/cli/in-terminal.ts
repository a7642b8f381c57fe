/** Runs the command line in a pseudo-terminal, where it shows its progress ten times a second, and knows its process. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MAIN } from './helpers.js';

const canScript = spawnSync('script', ['--version']).status === 0;
if (!canScript) {
  const message = 'no pseudo-terminal (script of util-linux is missing)';
  if (process.env['CI']) throw new Error(message);
  console.warn(`skipped: what is shown of progress (${message})`);
}

/** Processor time of a process so far, s; undefined where the system does not tell, or it has ended. */
function cpuSeconds(pid: string): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

export interface InTerminal {
  /** Kills the program itself at once, if it has not ended. */
  readonly kill: () => void;
  /** All that was shown so far, and when. */
  readonly shown: readonly { readonly at: number; readonly text: string }[];
  /** Processor time that it has taken by now, s: unlike the time on the clock, it does not grow with what else is running. */
  readonly cpu: () => number | undefined;
  readonly ended: Promise<number | null>;
}

/** Arguments must need no quotes within quotes. */
export function startInTerminal(folder: string, args: readonly string[]): InTerminal {
  const pidPath = join(folder, 'pid');
  rmSync(pidPath, { force: true });
  const words = [process.execPath, MAIN, ...args].map((arg) => `'${arg}'`).join(' ');
  const line = `stty cols 80; echo $$ > pid; exec ${words}`;
  const [command, ...rest] = canScript
    ? ['script', '-qefc', line, '/dev/null']
    : ['sh', '-c', line.replace('stty cols 80; ', '')];
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm', SHELL: '/bin/sh' };
  const child = spawn(command as string, rest, { cwd: folder, env });
  const shown: { at: number; text: string }[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => shown.push({ at: Date.now(), text }));
  }
  const pid = (): string =>
    existsSync(pidPath) ? readFileSync(pidPath, 'utf8').trim() : 'not begun';
  return {
    cpu: () => cpuSeconds(pid()),
    kill: () => {
      try {
        process.kill(Number(pid()), 'SIGKILL');
      } catch {
        child.kill('SIGKILL'); // before it has begun, or after it has ended
      }
    },
    shown,
    ended: new Promise((resolve) => child.on('close', resolve)),
  };
}
