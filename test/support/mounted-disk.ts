/** File systems of a few kilobytes, to be filled up, made read-only and taken away. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, realpathSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Leaves so many octets free. */
  readonly fill: (free: number) => void;
  /** Mounts it anew, with what is on it. */
  readonly remount: (options: string) => void;
  readonly unmount: () => void;
}

/** Mounts one. Throws where that is not allowed. */
export function mountDisk(options: string): SmallDisk {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'matedpair-disk-')));
  const mount = (args: readonly string[]) => execFileSync('mount', args, { stdio: 'ignore' });
  try {
    mount(['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  return {
    folder,
    fill: (free) => {
      const { bavail, bsize } = statfsSync(folder);
      appendFileSync(join(folder, 'rest'), Buffer.alloc(Math.max(0, bavail * bsize - free)));
    },
    remount: (anew) => mount(['-o', `remount,${anew}`, folder]),
    unmount: () => {
      execFileSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

/** Whether disks can be mounted here. Where everything must hold they can. */
export function canMountDisks(): boolean {
  try {
    mountDisk('size=64k').unmount();
    return true;
  } catch (error) {
    if (process.env['CI'] !== undefined && process.platform === 'linux') throw error;
    console.warn('skipped: full and read-only disks (mounting needs root on Linux)');
    return false;
  }
}
