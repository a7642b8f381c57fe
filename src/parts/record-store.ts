/** A file of records that is written to: lines are added behind, and it is written anew when most of it is out of date. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { type Blocks, type Entry, lineIn, markOf, readValue } from './record-file.js';

/** A file is written anew when so much of it, of its length, is out of date. */
const MOST_WASTE = 0.5;

export interface Line {
  readonly key: string;
  readonly blocks: Blocks | null;
  readonly octets: Buffer;
}

/** What was found in a file. */
export interface FoundRecords {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly length: number;
  readonly mark: string;
}

export class RecordStore {
  readonly path: string;
  #entries: Map<string, Entry>;
  /** Octets that are there and whole; 0 before anything is. */
  #length: number;
  /** Of the file when this process last touched it; undefined if there was none. */
  #mark: string | undefined = undefined;
  #hasLost = false;
  #isContended = false;

  /** @param found what is gone on with; whatever else lies there is replaced */
  constructor(path: string, found: FoundRecords | undefined) {
    this.path = path;
    this.#entries = new Map(found?.entries);
    this.#length = found?.length ?? 0;
    try {
      this.#mark = found?.mark ?? markAt(path);
      this.#removeTemporary();
    } catch {
      // What is wrong there is told when something is written.
    }
  }

  get keys(): number {
    return this.#entries.size;
  }

  /** Whether records were taken away from under this process. */
  get hasLost(): boolean {
    return this.#hasLost;
  }

  /** Whether another process writes to the file, too. */
  get isContended(): boolean {
    return this.#isContended;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** Throws UserError if it cannot be read, which forgets it. */
  read(key: string): { readonly blocks: Blocks | null; readonly value: unknown } | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    try {
      return { blocks: entry.blocks, value: readValue(this.path, key, entry) };
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }

  /** Later records replace earlier ones of the same key. Throws UserError, or an error of the system. */
  write(head: () => Buffer, lines: readonly Line[]): void {
    this.#checkMark();
    if (lines.length === 0) return;
    const sum = (total: number, length = 0): number => total + length;
    const replaced = lines.map(({ key }) => this.#entries.get(key)?.length).reduce(sum, 0);
    const live = [...this.#entries.values()].map(({ length }) => length).reduce(sum, 0);
    if (this.#length === 0 || live - replaced < (1 - MOST_WASTE) * this.#length) {
      this.#rewrite(this.path, head(), lines);
    } else this.#append(lines);
  }

  /** Writes all records but one, and these, to a file of another name. Throws UserError, or an error of the system. */
  writeAs(path: string, head: Buffer, lines: readonly Line[], without: string): void {
    if (this.#entries.size > 0) this.#checkMark();
    this.#entries.delete(without);
    const mark = this.#mark;
    this.#rewrite(path, head, lines);
    this.#mark = mark;
  }

  /** Removes the file, unless it is another process's by now. */
  remove(): void {
    try {
      const mark = markAt(this.path);
      if (mark !== undefined && mark === this.#mark) rmSync(this.path, { force: true });
    } catch {
      // What is left there does no harm: the same command goes on with it, at once to the end.
    }
  }

  /** What writers left half-written that were killed. */
  #removeTemporary(): void {
    const folder = dirname(this.path);
    const start = `${basename(this.path)}.`;
    for (const name of readdirSync(folder)) {
      if (name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length))) {
        rmSync(join(folder, name), { force: true });
      }
    }
  }

  /** Throws UserError if somebody else has touched the file. Where it was taken away, a new one is begun the next time. */
  #checkMark(): void {
    const mark = markAt(this.path);
    if (mark === this.#mark) return;
    this.#isContended = mark !== undefined;
    if (mark !== undefined) throw trouble('another process writes to it', this.path);
    if (this.#entries.size > 0) this.#hasLost = true;
    this.#entries.clear();
    this.#length = 0;
    this.#mark = undefined;
    throw trouble('it was taken away', this.path);
  }

  /** What could not be written whole is taken back; where it cannot be, it is left out when the file is read. */
  #append(lines: readonly Line[]): void {
    const file = openSync(this.path, 'r+');
    try {
      ftruncateSync(file, this.#length);
      try {
        let offset = this.#length;
        for (const { octets } of lines) {
          writeWhole(file, octets, offset);
          offset += octets.length;
        }
        fsyncSync(file);
        this.#took(lines);
      } catch (error) {
        ftruncateSync(file, this.#length);
        throw error;
      }
    } finally {
      closeSync(file);
      this.#mark = markAt(this.path);
    }
  }

  /** Writes all that counts to another file, which then takes the name: the old one stays until the new one is whole. */
  #rewrite(path: string, head: Buffer, lines: readonly Line[]): void {
    try {
      this.#rewriteOnce(path, head, lines);
    } catch (error) {
      // a process that has just begun may have taken the file for one that was left behind
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.#rewriteOnce(path, head, lines);
    }
  }

  #rewriteOnce(path: string, head: Buffer, lines: readonly Line[]): void {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${this.path}.${randomBytes(6).toString('hex')}.tmp`;
    const replaced = new Set(lines.map(({ key }) => key));
    const old = [...this.#entries].filter(([key]) => !replaced.has(key));
    const entries = new Map<string, Entry>();
    let offset = 0;
    try {
      const file = openSync(temporary, 'wx');
      const from = old.length === 0 ? undefined : openSync(this.path, 'r');
      try {
        const add = (octets: Buffer): void => {
          writeWhole(file, octets, offset);
          offset += octets.length;
        };
        add(head);
        for (const [key, entry] of old) {
          entries.set(key, { ...entry, offset });
          add(lineIn(from as number, entry));
        }
        for (const { octets } of lines) add(octets);
        fsyncSync(file);
      } finally {
        closeSync(file);
        if (from !== undefined) closeSync(from);
      }
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    this.#entries = entries;
    this.#length = offset - lines.reduce((sum, { octets }) => sum + octets.length, 0);
    this.#took(lines);
    this.#mark = markAt(path);
  }

  #took(lines: readonly Line[]): void {
    for (const { key, blocks, octets } of lines) {
      this.#entries.set(key, { offset: this.#length, length: octets.length, blocks });
      this.#length += octets.length;
    }
  }
}

function markAt(path: string): string | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  return status && markOf(status);
}

function trouble(message: string, file: string): UserError {
  return new UserError([{ message, file }]);
}

function writeWhole(file: number, octets: Buffer, offset: number): void {
  for (let done = 0; done < octets.length; ) {
    done += writeSync(file, octets, done, octets.length - done, offset + done);
  }
}
