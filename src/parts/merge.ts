/** Puts the parts of a study together: which plans they have, in whatever order, and what is missing or there twice. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kept } from '../engine/fold.js';
import { PlanTotals } from '../engine/totals.js';
import { type Problem, UserError } from '../errors.js';
import type { Plan } from '../plan/types.js';
import { END, type Head, headSchema } from './journal.js';
import { type Blocks, damage, type Entry, indexRecords, readValue } from './record-file.js';
import type { Shard } from './shard.js';
import type { Source } from './source.js';
import type { KeptRun, OpenedRun, StudyRun } from './study-run.js';
import { isOfPlan, keptSchema } from './totals-schema.js';
import { difference } from './work.js';

/** A whole part. */
export interface PartFile {
  readonly path: string;
  readonly head: Head & { readonly shard: Shard; readonly source: Source };
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Reads where everything in a part stands. Throws UserError if it is none, is damaged or not whole. */
export function openPart(path: string): PartFile {
  const index = indexRecords(path);
  if (index === undefined) throw new UserError([{ message: 'does not exist', file: path }]);
  const head = headSchema.safeParse(index.head);
  if (!head.success) throw damage(path, 'is damaged');
  const { work, shard, source } = head.data;
  if (shard === null || source === null) {
    throw new UserError([{ message: 'is a checkpoint, not a part', file: path }]);
  }
  if (!index.entries.has(END) || index.size > index.length) {
    const again = path.endsWith('.partial') ? '' : ', with --fresh';
    throw new UserError([
      { message: 'is not whole', file: path, suggestion: `run its shard again${again}` },
    ]);
  }
  return { path, head: { work, shard, source }, entries: index.entries };
}

/** Parts of one work, by shard. Throws UserError for none, for those of different works, and for the same shard twice. */
export function checkParts(found: readonly PartFile[]): readonly [PartFile, ...PartFile[]] {
  const parts = [...found].sort(byShard);
  const [first, ...others] = parts;
  if (first === undefined) throw new UserError([{ message: 'there are no parts' }]);
  const problems: Problem[] = [];
  const seen = new Map<string, PartFile>();
  for (const part of parts) {
    const differs = difference(part.head.work, first.head.work);
    const { shard } = part.head;
    if (differs !== undefined) {
      problems.push({
        message: `is of other work than ${first.path}: ${differs}`,
        file: part.path,
      });
    }
    const name = `${shard.index} of ${shard.count}`;
    const twin = seen.get(name);
    if (twin !== undefined) {
      problems.push({
        message: `has the same shard as ${twin.path}: ${name}`,
        file: part.path,
        suggestion: 'name only one of them',
      });
    }
    seen.set(name, part);
  }
  if (problems.length > 0) throw new UserError(problems);
  return [first, ...others];
}

function byShard({ head: { shard: a } }: PartFile, { head: { shard: b } }: PartFile): number {
  return a.count - b.count || a.index - b.index;
}

/**
 * What all parts were made of: each may have read other files. Throws UserError if they read different ones of one name, or took
 * different values for plausible.
 */
export function sourceOfParts(parts: readonly PartFile[]): Source {
  const files = new Map<string, { readonly file: FileOfSource; readonly part: PartFile }>();
  let source: Source | undefined;
  for (const part of parts) {
    const its = part.head.source;
    source ??= its;
    if (its.allowImplausible !== source.allowImplausible) {
      throw otherwise(part, 'was run otherwise than other parts: --allow-implausible');
    }
    for (const file of its.files) {
      const { path } = file;
      const known = files.get(path);
      if (known !== undefined && !isSame(known.file, file)) {
        throw otherwise(part, `read another ${path} than ${known.part.path}`);
      }
      files.set(path, { file, part });
    }
  }
  if (source === undefined) throw new UserError([{ message: 'there are no parts' }]);
  return { ...source, files: [...files.values()].map(({ file }) => file) };
}

type FileOfSource = Source['files'][number];

function isSame(a: FileOfSource, b: FileOfSource): boolean {
  return 'text' in a && 'text' in b ? a.text === b.text : !('text' in a) && !('text' in b);
}

function otherwise({ path }: PartFile, message: string): UserError {
  return new UserError([{ message, file: path, suggestion: 'run its shard again, with --fresh' }]);
}

interface Piece {
  readonly key: string;
  readonly part: PartFile;
  readonly entry: Entry;
  readonly blocks: Blocks | null;
}

const MOST_TOLD = 20;

/**
 * Completes the runs of a study from parts, in any order. Totals are exact, so that they are those of a single run to the last
 * bit.
 *
 * Throws UserError that names missing blocks and those that are there twice; rejects with the signal's reason.
 */
export async function mergeParts(
  runs: Iterable<StudyRun>,
  parts: readonly PartFile[],
  signal?: AbortSignal,
): Promise<void> {
  const problems: Problem[] = [];
  for (const run of runs) {
    await letSignalsIn(signal);
    const pieces = piecesOf(run.key, parts);
    const answered = pieces.find(({ blocks }) => blocks === null);
    const opened = run.open(answered === undefined ? undefined : contentOf(answered).answer);
    if (opened === undefined) {
      if (answered === undefined) problems.push(...pieces.map(unwanted));
      else if (pieces.length > 1) problems.push(twice(run.key, pieces));
      continue;
    }
    problems.push(...gapsIn(run.key, pieces, opened.plan));
    if (problems.length === 0) opened.done((await totalsOf(pieces, opened, signal)).totals());
    if (problems.length >= MOST_TOLD) break;
  }
  if (problems.length > 0) throw new UserError(problems);
}

async function letSignalsIn(signal: AbortSignal | undefined): Promise<void> {
  await nextTurn();
  signal?.throwIfAborted();
}

function piecesOf(key: string, parts: readonly PartFile[]): Piece[] {
  const pieces = parts.flatMap((part): Piece[] => {
    const entry = part.entries.get(key);
    return entry === undefined ? [] : [{ key, part, entry, blocks: entry.blocks }];
  });
  return pieces.sort((a, b) => (a.blocks?.from ?? 0) - (b.blocks?.from ?? 0));
}

function contentOf({ key, part, entry }: Piece): KeptRun {
  const value = readValue(part.path, key, entry);
  return typeof value === 'object' && value !== null ? value : {};
}

function twice(key: string, pieces: readonly Piece[]): Problem {
  const files = pieces.map(({ part }) => part.path).join(', ');
  return { message: `${key} is there more than once: in ${files}` };
}

function unwanted({ key, part }: Piece): Problem {
  return { message: `${key} was run, but cannot be run here`, file: part.path };
}

/** Blocks that no piece has, or more than one. */
function gapsIn(key: string, pieces: readonly Piece[], { blocks: all }: Plan): Problem[] {
  const problems: Problem[] = [];
  let next = 0;
  for (const { blocks, part } of pieces) {
    const { from, next: end } = blocks ?? { from: 0, next: all };
    if (from > next) problems.push(missing(key, next, from));
    if (from < next && end > from) {
      problems.push({
        message: `blocks ${from} to ${Math.min(next, end) - 1} of ${key} are there more than once`,
        file: part.path,
      });
    }
    next = Math.max(next, end);
  }
  if (next < all) problems.push(missing(key, next, all));
  if (next > all) problems.push({ message: `${key} has ${all} blocks, not ${next}` });
  return problems;
}

function missing(key: string, from: number, to: number): Problem {
  return { message: `blocks ${from} to ${to - 1} of ${key} are missing` };
}

async function totalsOf(
  pieces: readonly Piece[],
  { plan, own, from }: OpenedRun,
  signal: AbortSignal | undefined,
): Promise<PlanTotals> {
  const totals = new PlanTotals(plan, own);
  for (const piece of pieces) {
    await letSignalsIn(signal);
    const content = contentOf(piece);
    if (content.from !== from) throw otherwise(piece.part, `${piece.key} was run from other files`);
    const kept = keptSchema.safeParse(content.kept);
    if (!kept.success || !isOf(kept.data, piece) || !isOfPlan(kept.data.totals, plan, own)) {
      throw damage(piece.part.path, 'does not fit its own work');
    }
    totals.merge(kept.data.totals);
  }
  return totals;
}

function isOf({ from, next }: Kept, { blocks }: Piece): boolean {
  return blocks?.from === from && blocks.next === next;
}
