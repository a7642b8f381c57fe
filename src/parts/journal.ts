/** What a study has come to, kept beside its result until that is written, so that the same command goes on from there. */
import { z } from 'zod';
import { inFile, UserError } from '../errors.js';
import { systemReason } from '../result/whole-file.js';
import { type Blocks, damage, formatHead, formatRecord, indexRecords } from './record-file.js';
import { type Line, RecordStore } from './record-store.js';
import { MOST_SHARDS, type Shard } from './shard.js';
import { sourceSchema } from './source.js';
import { difference, workSchema } from './work.js';

/** What an interruption costs, ms, unless keeping takes longer; and as a share of the time, what keeping may cost. */
export const INTERVAL_MS = 1000;
export const MOST_SHARE = 0.02;
/** Shorter work is begun anew. */
export const WORTH_KEEPING_MS = 2000;

const shardSchema = z
  .object({ index: z.int().min(1), count: z.int().min(1).max(MOST_SHARDS) })
  .refine(({ index, count }) => index <= count, 'no share');

export const headSchema = z.object({
  work: workSchema,
  /** Of a part. */
  shard: shardSchema.nullable(),
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

export interface JournalOptions {
  /** Forgets what was left. */
  readonly isFresh: boolean;
  /** Told, once each time, when nothing can be kept; the work goes on. */
  readonly onTrouble: (message: string) => void;
  /** Clock, ms. */
  readonly now?: () => number;
}

/** Keeps values under keys. Later ones replace earlier ones. */
export class Journal {
  readonly path: string;
  /** Tells the share of the work that is done, 0 to 1. */
  progress: (() => number) | undefined;
  readonly #head: () => Head;
  readonly #onTrouble: JournalOptions['onTrouble'];
  readonly #now: () => number;
  readonly #beganAt: number;
  readonly #store: RecordStore;
  readonly #new = new Map<string, Kept>();
  #isInTrouble = false;
  #wroteAt: number;
  #intervalMs = INTERVAL_MS;

  /**
   * Opens what an earlier command left, or begins. Throws UserError if that belongs to other work, or is damaged.
   *
   * @param head is asked for whenever the file is written: what a source refers to may be known only then
   */
  constructor(path: string, head: () => Head, options: JournalOptions) {
    const { isFresh, onTrouble, now = () => performance.now() } = options;
    this.path = path;
    this.#head = head;
    this.#onTrouble = onTrouble;
    this.#now = now;
    this.#beganAt = now();
    this.#wroteAt = this.#beganAt;
    const found = isFresh ? undefined : indexRecords(path);
    if (found !== undefined) checkHead(found.head, head(), path);
    this.#store = new RecordStore(path, found);
  }

  /** Whether an earlier command left something to go on from. */
  get isGoingOn(): boolean {
    return this.#store.keys > 0;
  }

  /** Whether the work has gone on so long that losing it would hurt. */
  get isWorthKeeping(): boolean {
    return this.isGoingOn || this.#now() - this.#beganAt >= WORTH_KEEPING_MS;
  }

  /** Whether another process writes to the file, too: that of the same command, given twice. */
  get isContended(): boolean {
    return this.#store.isContended;
  }

  /** What was kept under a key. What can no longer be read counts as not kept, which is told. */
  get(key: string): { readonly blocks: Blocks | null; readonly value: unknown } | undefined {
    try {
      return this.#store.read(key);
    } catch (error) {
      this.#tell(error);
      return undefined;
    }
  }

  /** Keeps a value, which is asked for when it is written: every few seconds. */
  put(key: string, blocks: Blocks | null, value: () => unknown): void {
    this.#new.set(key, { blocks, value });
    if (this.#now() - this.#wroteAt >= this.#intervalMs) this.save();
  }

  /** Forgets a value. */
  drop(key: string): void {
    this.#new.delete(key);
    if (this.#store.has(key)) this.#new.set(key, { blocks: null, value: () => null });
  }

  /** Writes what there is; false if nothing is kept. Trouble is told, and writing tried again the next time. */
  save(): boolean {
    const began = this.#now();
    try {
      this.#store.write(() => formatHead(this.#head()), this.#lines());
      this.#new.clear();
      this.#isInTrouble = false;
    } catch (error) {
      this.#tell(error);
    }
    this.#wroteAt = this.#now();
    this.#intervalMs = Math.max(INTERVAL_MS, (this.#wroteAt - began) / MOST_SHARE);
    return !this.#isInTrouble && this.isGoingOn;
  }

  /** The result has been written. */
  remove(): void {
    this.#store.remove();
  }

  /** Gives the journal, whole, its final name. Throws UserError. */
  finishAs(path: string): void {
    const refuse = (message: string): UserError =>
      new UserError([
        { message: `cannot write the part: ${message}`, file: path, suggestion: 'run it again' },
      ]);
    this.progress = undefined;
    this.#new.set(END, { blocks: null, value: () => true });
    try {
      if (this.#store.hasLost) throw refuse(`some of what was kept in ${this.path} is lost`);
      inFile(path, () => {
        this.#store.writeAs(path, formatHead(this.#head()), this.#lines(), PROGRESS);
      });
    } catch (error) {
      this.#new.delete(END);
      if (!isTrouble(error)) throw error;
      throw error instanceof UserError ? error : refuse(systemReason(error));
    }
    this.remove();
  }

  #lines(): Line[] {
    const lines = [...this.#new].map(([key, { blocks, value }]) => {
      return { key, blocks, octets: formatRecord(key, blocks, value()) };
    });
    const { progress } = this;
    if (lines.length === 0 || progress === undefined) return lines;
    return [
      ...lines,
      { key: PROGRESS, blocks: null, octets: formatRecord(PROGRESS, null, progress()) },
    ];
  }

  #tell(error: unknown): void {
    if (!isTrouble(error)) throw error;
    if (!this.#isInTrouble) this.#onTrouble(reasonOf(error, this.path));
    this.#isInTrouble = true;
  }
}

/** Throws UserError unless the head of a file is that of this work. */
function checkHead(found: unknown, head: Head, path: string): void {
  const its = headSchema.safeParse(found);
  if (!its.success) throw damage(path, 'is damaged');
  const differs = difference(its.data.work, head.work) ?? otherShard(its.data.shard, head.shard);
  if (differs === undefined) return;
  throw new UserError([
    {
      message: `was left by other work: ${differs}`,
      file: path,
      suggestion: '--fresh begins anew; --out names another result',
    },
  ]);
}

/** How the shard of a file is another one, in words; undefined if it is not. */
export function otherShard(its: Shard | null, wanted: Shard | null): string | undefined {
  const name = (shard: Shard | null): string =>
    shard === null ? 'no shard' : `shard ${shard.index}/${shard.count}`;
  return name(its) === name(wanted) ? undefined : `${name(its)} instead of ${name(wanted)}`;
}

function isTrouble(error: unknown): boolean {
  return error instanceof UserError || (error as NodeJS.ErrnoException).syscall !== undefined;
}

function reasonOf(error: unknown, path: string): string {
  const reason = error instanceof UserError ? error.problems[0]!.message : systemReason(error);
  return `${path}: ${reason}`;
}
