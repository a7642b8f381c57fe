/** File systems of a few kilobytes, to be filled up, made read-only and taken away. Where none can be had, tests are skipped and say so; with CI set they fail. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, realpathSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';

export interface SmallDisk {
  readonly folder: string;
  /** Leaves so many octets free, until the returned function is called. */
  readonly fill: (free: number) => () => void;
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
      const rest = join(folder, 'rest');
      appendFileSync(rest, Buffer.alloc(Math.max(0, bavail * bsize - free)));
      return () => rmSync(rest);
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

/** A test on a disk of its own. */
export function itOnSmallDisk(
  name: string,
  kilobytes: number,
  test: (disk: SmallDisk) => void | Promise<void>,
): void {
  it.skipIf(!canMountDisks())(name, async () => {
    const disk = mountDisk(`size=${kilobytes}k`);
    try {
      await test(disk);
    } finally {
      disk.unmount();
    }
  });
}
