/** Points of a sweep that have ended, kept beside its result until that is written, so that an interrupted sweep goes on. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../errors.js';
import { VERSION } from '../../package-root.js';
import { FORMAT_VERSION } from '../../result/provenance.js';
import { type SweptPoint, sweptPoint } from '../../result/schema-sweep.js';
import { systemReason } from '../../result/whole-file.js';
import { describeScenario } from '../../scenario/index.js';
import type { SweepSpec } from '../../scenario/read-sweep.js';
import type { Scenario } from '../../scenario/types.js';
import type { PointValues } from './points.js';

/** Points are written in bunches: of at most so many ms, which is what an interruption may cost. */
const FLUSH_MS = 500;

/** What the points of a sweep depend on: another key, other points. */
export function sweepKey(
  scenario: Scenario,
  spec: SweepSpec,
  values: readonly PointValues[],
): string {
  const paths = spec.parameters.map((parameter) => parameter.paths);
  const texts = values.map((its) => its.map(({ text }) => text));
  const limits = scenario.pairs.map((pair) => pair.limits.map(({ text }) => text));
  const all = [VERSION, FORMAT_VERSION, describeScenario(scenario), limits, paths, texts];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

export class SweepCheckpoint {
  readonly path: string;
  readonly known: ReadonlyMap<number, SweptPoint>;
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
    const kept = isFresh ? undefined : readText(path);
    this.known = kept === undefined ? new Map() : readPoints(kept, path, key);
    this.#write(() => {
      mkdirSync(dirname(path), { recursive: true });
      const points = [...this.known.values()].map((point) => `${JSON.stringify(point)}\n`);
      writeFileSync(
        path,
        `${JSON.stringify({ kind: 'sweep-checkpoint', key })}\n${points.join('')}`,
      );
    });
  }

  add(point: SweptPoint): void {
    this.#lines.push(`${JSON.stringify(point)}\n`);
    if (performance.now() - this.#flushedAt >= FLUSH_MS) this.flush();
  }

  flush(): void {
    const lines = this.#lines.join('');
    this.#lines = [];
    this.#flushedAt = performance.now();
    if (lines !== '') this.#write(() => appendFileSync(this.path, lines));
  }

  /** The result has been written. */
  remove(): void {
    rmSync(this.path, { force: true });
  }

  #write(write: () => void): void {
    try {
      write();
    } catch (error) {
      throw new UserError([
        { message: `cannot keep the points: ${systemReason(error)}`, file: this.path },
      ]);
    }
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
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
