/** A disk of a few kilobytes, to be filled. Where none can be had, tests are skipped and say so; with CI set they fail. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, it } from 'vitest';

/** With and without asking for the right to. */
const COMMANDS = [[], ['sudo', '-n']] as const;

function asRoot(args: readonly string[]): boolean {
  return COMMANDS.some((before) => {
    const [command, ...rest] = [...before, ...args];
    return spawnSync(command as string, rest, { stdio: 'ignore' }).status === 0;
  });
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) {
    asRoot(['umount', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder on such a disk; undefined if there can be none. */
export function smallDisk(kilobytes: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'matedpair-disk-'));
  const options = `size=${kilobytes}k,mode=1777`;
  if (asRoot(['mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder])) {
    folders.push(folder);
    return folder;
  }
  rmSync(folder, { recursive: true });
  if (process.env['CI']) throw new Error('no small disk could be mounted');
  return undefined;
}

/** Fills a disk, but for so many octets; gives them back when the returned function is called. */
export function fill(folder: string, free: number): () => void {
  const path = join(folder, 'filler');
  const page = Buffer.alloc(4096);
  let size = 0;
  try {
    for (; ; size += page.length) writeFileSync(path, page, { flag: 'a' });
  } catch {
    writeFileSync(path, Buffer.alloc(Math.max(0, size - free)));
  }
  return () => rmSync(path);
}

/** A test on a small disk. */
export function itOnSmallDisk(
  name: string,
  kilobytes: number,
  test: (folder: string) => void | Promise<void>,
): void {
  it(name, async ({ skip }) => {
    const folder = smallDisk(kilobytes);
    if (folder === undefined) {
      console.warn(`skipped: ${name} (no small disk can be mounted)`);
      return skip();
    }
    await test(folder);
  });
}
