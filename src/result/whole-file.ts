/** Files that appear under their name when they are whole, or not at all. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.js';

/** The bits of a mode that say who may read, write and run a file. */
const PERMISSIONS = 0o777;

/**
 * Lets `write` write a temporary file in the folder of `path`, which is made if it is missing, and then gives it its name. An
 * earlier file is replaced whole or not at all, by one that the same people may read; a link stays a link.
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
    await sync(temporary);
    const earlier = await stat(target).catch(() => undefined);
    // last, for a mode may forbid its owner to write
    if (earlier?.isFile() === true) await chmod(temporary, earlier.mode & PERMISSIONS);
    await rename(temporary, target);
    await syncFolder(folder);
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
    await writeFile(temporary, text, { flag: 'wx' });
  });
}

/** Brings a file onto the disk: only now may a network disk say that it is full, and only then may it have its name. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Brings the name onto the disk as well, where the system syncs folders: Windows does not, nor do some network disks. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    await folder.sync().finally(() => folder.close());
  } catch {}
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
    EEXIST: 'a file of that name is in the way',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota of the disk is used up',
    EFBIG: 'the file is larger than the file system or a limit allows',
    EIO: 'the disk does not read or write it (input/output error)',
    ENODEV: 'the disk is gone',
    ENXIO: 'the disk is gone',
    ESTALE: 'the network disk has lost the file',
    ENAMETOOLONG: 'its name is too long',
    ELOOP: 'its links lead in a circle',
    EMFILE: 'too many files are open',
    ENFILE: 'too many files are open',
    EBUSY: 'another program has it in use',
    ETXTBSY: 'another program has it in use',
  };
  return reasons[code ?? ''] ?? (error as Error).message;
}
