/** Reads files that anybody may have put there: regular ones only, and no more of them than is wanted. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Why a file is not read, as the end of a sentence about it. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** A pipe that nobody writes to would keep whoever opens it waiting. Windows knows no such flag, nor such pipes. */
const NO_WAITING = (constants.O_NONBLOCK as number | undefined) ?? 0;

/**
 * The bytes of a file of at most so many, whatever becomes of it while it is read. Throws FileError if it is a folder, not regular
 * or too large, and what the system throws.
 */
export function readBytes(path: string, mostBytes: number): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | NO_WAITING);
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) throw new FileError('is a folder, not a file');
    if (!status.isFile()) throw new FileError('is not a regular file');
    if (status.size > mostBytes) {
      throw new FileError(`has ${status.size} bytes; at most ${mostBytes} are read`);
    }
    // one byte more than it tells to have: it may grow, or tell nothing
    let bytes = Buffer.alloc(status.size + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      if (read === 0) return bytes.subarray(0, length);
      length += read;
      if (length > mostBytes) throw new FileError(`has more than ${mostBytes} bytes`);
      if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(length)]);
    }
  } finally {
    closeSync(file);
  }
}

/** What a file begins with, at most so many bytes; what is no UTF-8 of it is replaced. Throws what the system throws. */
export function readStart(path: string, mostBytes: number): string {
  const file = openSync(path, constants.O_RDONLY | NO_WAITING);
  try {
    const bytes = Buffer.alloc(mostBytes);
    return bytes.subarray(0, readSync(file, bytes, 0, mostBytes, 0)).toString();
  } finally {
    closeSync(file);
  }
}

/** Bytes as text. Throws FileError if they are not UTF-8. */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileError('is not UTF-8 text');
  }
}
