/** Points of a sweep that have ended, kept beside its result until that is written, so that an interrupted sweep goes on. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../errors.js';
import { VERSION } from '../../package-root.js';
import { FORMAT_VERSION } from '../../result/provenance.js';
import { type SweptPoint, sweptPoint } from '../../result/schema-sweep.js';
import { systemReason } from '../../result/whole-file.js';
import type { Override } from '../../scenario/index.js';
import type { SweepSpec } from '../../scenario/read-sweep.js';
import type { PointValues } from './points.js';

/** Points are written in bunches: of at most so many ms, which is what an interruption may cost. */
const FLUSH_MS = 500;

/** What the points of a sweep depend on, but for files that are read besides the scenario: another key, other points. */
export function sweepKey(
  {
    text,
    overrides,
    limits,
    seed,
  }: {
    readonly text: string;
    readonly overrides: readonly Override[];
    readonly limits: readonly string[];
    readonly seed: string;
  },
  spec: SweepSpec,
  values: readonly PointValues[],
): string {
  const paths = spec.parameters.map((parameter) => parameter.paths);
  const texts = values.map((its) => its.map((value) => value.text));
  const all = [VERSION, FORMAT_VERSION, text, overrides, limits, seed, paths, texts];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

export class SweepCheckpoint {
  readonly path: string;
  /** Points that were kept, by their number; none that failed, since what made them fail may have been mended. */
  readonly known: ReadonlyMap<number, SweptPoint>;
  readonly #file: number;
  #length: number;
  #count: number;
  #lines: string[] = [];
  #flushedAt = performance.now();

  /**
   * Opens the checkpoint of a sweep, or begins it. A last line that an interruption cut off is left out.
   *
   * Throws UserError if the file belongs to another sweep, is damaged, or cannot be written.
   *
   * @param isFresh forgets what was kept
   */
  constructor(path: string, key: string, isFresh: boolean) {
    this.path = path;
    const text = isFresh ? '' : readText(path);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.known = readPoints(whole, path, key);
    this.#count = this.known.size;
    const head = `${JSON.stringify({ kind: 'sweep-checkpoint', key })}\n`;
    const kept = this.#count > 0 ? whole : '';
    this.#file = this.#write(() => {
      mkdirSync(dirname(path), { recursive: true });
      const file = openSync(path, 'a+');
      ftruncateSync(file, Buffer.byteLength(kept));
      if (kept === '') writeSync(file, head);
      return file;
    });
    this.#length = Buffer.byteLength(kept === '' ? head : kept);
  }

  add(point: SweptPoint): void {
    if (point.error !== null) return;
    this.#count += 1;
    this.#lines.push(`${JSON.stringify(point)}\n`);
    if (performance.now() - this.#flushedAt >= FLUSH_MS) this.flush();
  }

  /** Writes what has come since; what could not be written whole is taken back. */
  flush(): void {
    const lines = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.#flushedAt = performance.now();
    if (lines.length === 0) return;
    this.#write(() => {
      try {
        for (let done = 0; done < lines.length; ) done += writeSync(this.#file, lines, done);
        this.#length += lines.length;
      } catch (error) {
        ftruncateSync(this.#file, this.#length);
        throw error;
      }
    });
  }

  /** Keeps the points for the next time, if there are any. */
  keep(): void {
    this.flush();
    closeSync(this.#file);
    if (this.#count === 0) rmSync(this.path, { force: true });
  }

  /** The result has been written. */
  remove(): void {
    closeSync(this.#file);
    rmSync(this.path, { force: true });
  }

  #write<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw new UserError([
        { message: `cannot keep the points: ${systemReason(error)}`, file: this.path },
      ]);
    }
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new UserError([
      {
        message: `cannot read the points of an interrupted sweep: ${systemReason(error)}`,
        file: path,
      },
    ]);
  }
}

function readPoints(text: string, path: string, key: string): Map<number, SweptPoint> {
  const refuse = (message: string): never => {
    throw new UserError([
      { message, file: path, suggestion: '--fresh forgets it; --out names another result' },
    ]);
  };
  const [head = '', ...lines] = text.split('\n').slice(0, -1);
  // nothing is lost with a file that holds no points
  if (lines.length === 0 && /^(\{"kind":"sweep-checkpoint"|$)/.test(head)) return new Map();
  const header = parseLine(head) as { kind?: unknown; key?: unknown } | undefined;
  if (header?.kind !== 'sweep-checkpoint') refuse('is not what an interrupted sweep leaves');
  if (header?.key !== key) {
    refuse(
      'was left by an interrupted sweep of another scenario, of other values or of another version',
    );
  }
  const points = lines.map((line) => {
    const point = sweptPoint.safeParse(parseLine(line));
    return point.success ? point.data : refuse('is damaged');
  });
  return new Map(points.map((point) => [point.point, point]));
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
