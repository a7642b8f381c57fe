/** Files that appear under their name when they are whole, or not at all. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.js';

/**
 * Lets `write` write a temporary file in the folder of `path`, which is made if it is missing, and then gives it its name. An
 * earlier file is replaced whole or not at all; a link stays a link.
 *
 * Throws UserError if the system refuses; whatever else `write` throws is passed on. Either way nothing is left behind.
 *
 * @param what the file, for the message: "the result"
 */
export async function writeWholeFile<T>(
  path: string,
  what: string,
  write: (temporary: string) => Promise<T>,
): Promise<T> {
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  const temporary = join(folder, `.matedpair-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const value = await write(temporary);
    await rename(temporary, target);
    return value;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if ((error as NodeJS.ErrnoException | undefined)?.syscall === undefined) throw error;
    throw new UserError([
      {
        message: `cannot write ${what}: ${systemReason(error)}`,
        file: path,
        suggestion: 'choose another file',
      },
    ]);
  }
}

/** The same for a text, or bytes. */
export async function writeWholeText(
  path: string,
  what: string,
  text: string | Uint8Array,
): Promise<void> {
  await writeWholeFile(path, what, async (temporary) => {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/** Why the system refused a file, in words. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const reasons: Record<string, string> = {
    ENOENT: 'no such file or folder',
    EACCES: 'no permission',
    EPERM: 'no permission',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is not a folder',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
  };
  return reasons[code ?? ''] ?? (error as Error).message;
}
