/** What a study has come to, kept beside its result until that is written, so that the same command goes on from there. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { systemReason } from '../result/whole-file.js';
import {
  type Blocks,
  damage,
  type Entry,
  formatHead,
  formatRecord,
  indexRecords,
  readLine,
  readValue,
} from './record-file.js';
import { sourceSchema } from './source.js';
import { difference, workSchema } from './work.js';

/** What an interruption costs, ms, unless keeping takes longer; and as a share of the time, what keeping may cost. */
const INTERVAL_MS = 1000;
const MOST_SHARE = 0.02;
/** Shorter work is begun anew. */
const WORTH_KEEPING_MS = 2000;
/** A file is written anew when so much of it, of its length, is out of date. */
const MOST_WASTE = 0.5;

export const headSchema = z.object({
  work: workSchema,
  /** Of a part. */
  shard: z.object({ index: z.int().min(1), count: z.int().min(1) }).nullable(),
  source: sourceSchema.nullable(),
});
export type Head = z.infer<typeof headSchema>;

/** Key of the share of the work that is done, 0 to 1. */
export const PROGRESS = 'progress';
/** Key of the last record of a part that is whole. */
export const END = 'end';

/** What is kept under a key: of some blocks, or for good. */
interface Kept {
  readonly blocks: Blocks | null;
  readonly value: () => unknown;
}

interface Line {
  readonly key: string;
  readonly blocks: Blocks | null;
  readonly line: Buffer;
}

export interface JournalOptions {
  /** Forgets what was left. */
  readonly isFresh: boolean;
  /** Told, once each time, when nothing can be kept; the work goes on. */
  readonly onTrouble: (message: string) => void;
}

/** Keeps values under keys. Later ones replace earlier ones. */
export class Journal {
  readonly path: string;
  readonly #head: () => Head;
  readonly #onTrouble: JournalOptions['onTrouble'];
  readonly #beganAt = performance.now();
  readonly #new = new Map<string, Kept>();
  #entries = new Map<string, Entry>();
  /** Octets that are there and whole; 0 without a file. */
  #length = 0;
  /** With what an interruption cut off. */
  #size = 0;
  #isInTrouble = false;
  #wroteAt = performance.now();
  #intervalMs = INTERVAL_MS;

  /**
   * Opens what an earlier command left, or begins. Throws UserError if that belongs to other work, or is damaged.
   *
   * @param head is asked for whenever the file is written: what a source refers to may be known only then
   */
  constructor(path: string, head: () => Head, { isFresh, onTrouble }: JournalOptions) {
    this.path = path;
    this.#head = head;
    this.#onTrouble = onTrouble;
    const found = isFresh ? undefined : indexRecords(path);
    if (found === undefined) return;
    const its = headSchema.safeParse(found.head);
    if (!its.success) throw damage(path, 'is damaged');
    const differs = difference(its.data.work, head().work);
    if (differs !== undefined) {
      throw new UserError([
        {
          message: `was left by other work: ${differs}`,
          file: path,
          suggestion: '--fresh begins anew; --out names another result',
        },
      ]);
    }
    this.#entries = new Map(found.entries);
    this.#length = found.length;
    this.#size = found.size;
  }

  /** Whether an earlier command left something to go on from. */
  get isGoingOn(): boolean {
    return this.#entries.size > 0;
  }

  /** Whether the work has gone on so long that losing it would hurt. */
  get isWorthKeeping(): boolean {
    return this.#length > 0 || performance.now() - this.#beganAt >= WORTH_KEEPING_MS;
  }

  /** What was kept under a key by an earlier command. Throws UserError if it is damaged. */
  get(key: string): { readonly blocks: Blocks | null; readonly value: unknown } | undefined {
    const entry = this.#entries.get(key);
    return entry && { blocks: entry.blocks, value: readValue(this.path, entry) };
  }

  /** How many keys of that beginning an earlier command has left. */
  count(prefix: string): number {
    return [...this.#entries.keys()].filter((key) => key.startsWith(prefix)).length;
  }

  /** Keeps a value, which is asked for when it is written: every few seconds. */
  put(key: string, blocks: Blocks | null, value: () => unknown): void {
    this.#new.set(key, { blocks, value });
    if (performance.now() - this.#wroteAt >= this.#intervalMs) this.save();
  }

  /** Writes what there is; false if that cannot be, which is told, and tried again the next time. */
  save(): boolean {
    const began = performance.now();
    try {
      this.#write();
      this.#isInTrouble = false;
    } catch (error) {
      if (!isTrouble(error)) throw error;
      if (!this.#isInTrouble) this.#onTrouble(reasonOf(error, this.path));
      this.#isInTrouble = true;
      this.#forgetIfGone();
    }
    this.#wroteAt = performance.now();
    this.#intervalMs = Math.max(INTERVAL_MS, (this.#wroteAt - began) / MOST_SHARE);
    return !this.#isInTrouble;
  }

  /** The result has been written. */
  remove(): void {
    rmSync(this.path, { force: true });
  }

  /** Gives the journal, whole, its final name. Throws UserError. */
  finishAs(path: string): void {
    this.#new.delete(PROGRESS);
    this.#entries.delete(PROGRESS);
    this.#new.set(END, { blocks: null, value: () => true });
    try {
      this.#rewrite(path);
    } catch (error) {
      if (error instanceof UserError || !isTrouble(error)) throw error;
      throw new UserError([
        { message: `cannot write the part: ${systemReason(error)}`, file: path },
      ]);
    }
    this.remove();
  }

  #write(): void {
    if (this.#new.size === 0) return;
    const replaced = [...this.#new.keys()].reduce((sum, key) => sum + this.#lengthOf(key), 0);
    const live = [...this.#entries.values()].reduce((sum, { length }) => sum + length, 0);
    if (this.#length === 0 || live - replaced < (1 - MOST_WASTE) * this.#length) {
      this.#rewrite(this.path);
    } else this.#append();
  }

  /** Where the file was taken away, what comes from now on is kept in a new one. */
  #forgetIfGone(): void {
    if (existsSync(this.path)) return;
    this.#entries.clear();
    this.#length = 0;
  }

  #lengthOf(key: string): number {
    return this.#entries.get(key)?.length ?? 0;
  }

  /** What could not be written whole is taken back; where it cannot be, it is left out when the file is read. */
  #append(): void {
    const file = openSync(this.path, 'r+');
    try {
      if (fstatSync(file).size !== this.#size) {
        throw new UserError([{ message: 'another process writes to it', file: this.path }]);
      }
      ftruncateSync(file, this.#length);
      const lines = this.#newLines();
      try {
        let offset = this.#length;
        for (const { line } of lines) {
          writeWhole(file, line, offset);
          offset += line.length;
        }
        fsyncSync(file);
        this.#took(lines);
      } catch (error) {
        ftruncateSync(file, this.#length);
        throw error;
      } finally {
        this.#size = fstatSync(file).size;
      }
    } finally {
      closeSync(file);
    }
  }

  /** Writes all that counts to another file, which then takes the name: the old one stays until the new one is whole. */
  #rewrite(path: string): void {
    const folder = dirname(path);
    mkdirSync(folder, { recursive: true });
    const temporary = join(folder, `.matedpair-${randomBytes(6).toString('hex')}.tmp`);
    const entries = new Map<string, Entry>();
    const head = formatHead(this.#head());
    const lines = this.#newLines();
    try {
      const file = openSync(temporary, 'wx');
      try {
        writeWhole(file, head, 0);
        let offset = head.length;
        for (const [key, entry] of this.#entries) {
          if (this.#new.has(key)) continue;
          writeWhole(file, readLine(this.path, entry), offset);
          entries.set(key, { ...entry, offset });
          offset += entry.length;
        }
        for (const { line } of lines) {
          writeWhole(file, line, offset);
          offset += line.length;
        }
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    this.#entries = entries;
    this.#length = [...entries.values()].reduce((end, { length }) => end + length, head.length);
    this.#took(lines);
    this.#size = this.#length;
  }

  #newLines(): Line[] {
    return [...this.#new].map(([key, { blocks, value }]) => {
      return { key, blocks, line: formatRecord(key, blocks, value()) };
    });
  }

  #took(lines: readonly Line[]): void {
    for (const { key, blocks, line } of lines) {
      this.#entries.set(key, { offset: this.#length, length: line.length, blocks });
      this.#length += line.length;
    }
    this.#new.clear();
  }
}

function isTrouble(error: unknown): boolean {
  return error instanceof UserError || (error as NodeJS.ErrnoException).syscall !== undefined;
}

function reasonOf(error: unknown, path: string): string {
  if (error instanceof UserError) return error.problems[0]!.message;
  return `${path}: ${systemReason(error)}`;
}

function writeWhole(file: number, octets: Buffer, offset: number): void {
  for (let done = 0; done < octets.length; ) {
    done += writeSync(file, octets, done, octets.length - done, offset + done);
  }
}
