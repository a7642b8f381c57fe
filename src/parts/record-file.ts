/**
 * Files of records, a line each, with a hash of its own: what was written before an interruption is read again, and nothing
 * that is damaged. A line that replaces an earlier one of the same key stands behind it.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { UserError } from '../errors.js';
import { parseBounded } from '../result/bounded-json.js';
import { systemReason } from '../result/whole-file.js';

export const PART_KIND = 'matedpair-part';
/** Raised whenever older files would be misread. */
const PART_FORMAT = 1;
/** Beyond these a file or a value is no part but an attack on memory. */
const MOST_FILE_OCTETS = 300_000_000;
const MOST_VALUE_OCTETS = 120_000_000;
/** Longer values are packed: JSON, gzip, base64. Shorter ones can be read by eye. */
const INLINE = 4096;

/** Blocks that a record speaks of: those from `from` to `next` − 1. */
export interface Blocks {
  readonly from: number;
  readonly next: number;
}

/** Where the last record of a key stands in its file, octets. */
export interface Entry {
  readonly offset: number;
  readonly length: number;
  readonly blocks: Blocks | null;
}

export interface RecordIndex {
  readonly head: unknown;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Octets of all whole lines. */
  readonly length: number;
  /** Octets of the file: more, if an interruption cut off a line. */
  readonly size: number;
}

/** A file as it was found: another one, or one that has grown since, has another mark. */
export function markOf({ dev, ino, size }: Stats): string {
  return `${dev}:${ino}:${size}`;
}

const HASH_START = '{"sha256":"';
const HASH_END = '",';
const REST = HASH_START.length + 64 + HASH_END.length;

function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

function formatLine(fields: object): Buffer {
  const rest = JSON.stringify(fields).slice(1);
  return Buffer.from(`${HASH_START}${sha256(rest)}${HASH_END}${rest}\n`);
}

/** The first line of a file. */
export function formatHead(head: object): Buffer {
  return formatLine({ kind: PART_KIND, formatVersion: PART_FORMAT, head });
}

/** Throws UserError for a value that could not be read again, it is so large. */
export function formatRecord(key: string, blocks: Blocks | null, value: unknown): Buffer {
  const text = textOf(value);
  const body =
    text.length <= INLINE ? { value } : { packed: gzipSync(text, { level: 1 }).toString('base64') };
  return formatLine({ key, ...(blocks === null ? {} : { blocks }), ...body });
}

function textOf(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // longer than any string
  }
  if (text !== undefined && Buffer.byteLength(text) <= MOST_VALUE_OCTETS) return text;
  throw new UserError([
    { message: 'it is too large', suggestion: 'shards, or more of them, have smaller parts' },
  ]);
}

/** The fields of a line; undefined if it is damaged. */
function parseLine(line: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, line.length).toString();
  if (!text.startsWith(HASH_START)) return undefined;
  const rest = text.slice(REST);
  if (text.slice(HASH_START.length, REST) !== sha256(rest) + HASH_END) return undefined;
  try {
    return parseBounded(`{${rest}`) as Record<string, unknown>;
  } catch {
    return undefined; // the hash of nonsense
  }
}

/**
 * What stands where in a file; undefined if there is no such file. Throws UserError if it is damaged, or something else.
 */
export function indexRecords(path: string): (RecordIndex & { readonly mark: string }) | undefined {
  let octets: Uint8Array;
  let mark: string;
  try {
    // before it is opened, which would wait for who writes to a pipe
    if (!statSync(path).isFile()) throw damage(path, 'is not a regular file');
    const file = openSync(path, 'r');
    try {
      const status = fstatSync(file);
      if (status.size > MOST_FILE_OCTETS) throw damage(path, 'is no part of a run');
      mark = markOf(status);
      octets = readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw damage(path, `cannot be read: ${systemReason(error)}`);
  }
  return { ...indexOctets(octets, path), mark };
}

const LINE_FEED = 10;

/** The same for what has been read. */
export function indexOctets(octets: Uint8Array, path: string): RecordIndex {
  const entries = new Map<string, Entry>();
  let head: unknown;
  let offset = 0;
  for (;;) {
    const end = octets.indexOf(LINE_FEED, offset);
    if (end < 0) break;
    const fields = parseLine(octets.subarray(offset, end));
    if (offset === 0) {
      if (fields?.['kind'] !== PART_KIND) throw foreign(octets.subarray(0, end), path);
      if (fields['formatVersion'] !== PART_FORMAT) {
        const found = JSON.stringify(fields['formatVersion']);
        throw damage(path, `was written by another version (format ${found})`);
      }
      head = fields['head'];
    } else {
      const { key } = fields ?? {};
      const blocks = blocksOf(fields?.['blocks']);
      if (typeof key !== 'string' || blocks === undefined) throw damage(path, 'is damaged');
      entries.set(key, { offset, length: end + 1 - offset, blocks });
    }
    offset = end + 1;
  }
  if (offset === 0) throw foreign(octets, path);
  return { head, entries, length: offset, size: octets.length };
}

/** What is said of a file that does not begin as a part does: the first format of all had no hashes. */
function foreign(line: Uint8Array, path: string): UserError {
  const start = Buffer.from(line.subarray(0, 100)).toString();
  const [, kind] = /^\{"kind":"(sweep-checkpoint|matedpair-part)"/.exec(start) ?? [];
  const message =
    kind === undefined
      ? 'is no part of a run, or is damaged'
      : `was written by an earlier version (${kind})`;
  return damage(path, message);
}

/** Null where there are none; undefined if they make no sense. */
function blocksOf(value: unknown): Blocks | null | undefined {
  if (value === undefined) return null;
  const { from, next } = (value ?? {}) as { from?: unknown; next?: unknown };
  if (!isIndex(from) || !isIndex(next) || from > next) return undefined;
  return { from, next };
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Octets of a line. Throws UserError if the file is not there any more. */
export function readLine(path: string, entry: Entry): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      return lineIn(file, entry);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw damage(path, `cannot be read: ${systemReason(error)}`);
  }
}

/** The same of an open file. What lies behind its end is zeros, which no hash fits. */
export function lineIn(file: number, { offset, length }: Entry): Buffer {
  const octets = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const read = readSync(file, octets, done, length - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return octets;
}

/** The value of a record. Throws UserError if it is damaged, or if another record stands there now. */
export function readValue(path: string, key: string, entry: Entry): unknown {
  const fields = parseLine(readLine(path, entry).subarray(0, -1));
  if (fields?.['key'] !== key) throw damage(path, 'is damaged');
  const { value, packed } = fields;
  if (value !== undefined) return value;
  try {
    const octets = gunzipSync(Buffer.from(String(packed), 'base64'), {
      maxOutputLength: MOST_VALUE_OCTETS,
    });
    return parseBounded(octets.toString());
  } catch {
    throw damage(path, 'is damaged');
  }
}

export function damage(file: string, message: string): UserError {
  const suggestion = 'a command that writes it begins anew with --fresh, or without this file';
  return new UserError([{ message, file, suggestion }]);
}
