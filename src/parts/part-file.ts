/** Files with what some blocks of a run came to: kept while it goes on, or written by one of several shards. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Kept } from '../engine/fold.js';
import { KERNEL_PATH } from '../engine/load-kernel.js';
import { UserError } from '../errors.js';
import { VERSION } from '../package-root.js';
import { systemReason } from '../result/whole-file.js';
import { keptSchema } from './totals-schema.js';

export const PART_KIND = 'matedpair-part';
/** Raised whenever older parts would be misread. */
const PART_FORMAT = 1;
/** What a part may unpack to: beyond it, it is no part but an attack on memory. */
const MOST_OCTETS = 400_000_000;

const count = z.int().min(0);

/** Of what work it is a part. Parts of other work, or of another build, are never mixed. */
const workSchema = z.object({
  study: z.string().describe('The command that began it'),
  version: z.string(),
  kernel: z.string().describe('SHA-256 of the kernel'),
  scenario: z.string().describe('Name of the scenario'),
  scenarioHash: z.string(),
  seed: z.string(),
  matings: count,
  options: z.string().describe('What else its numbers depend on'),
});
export type Work = z.infer<typeof workSchema>;

const partSchema = z.object({
  kind: z.literal(PART_KIND),
  formatVersion: z.literal(PART_FORMAT),
  work: workSchema,
  plans: z
    .array(z.object({ matings: count, blocks: count, from: count, next: count, to: count }))
    .describe(
      'Of each plan: its matings and blocks, the blocks that belong here, and how far they are',
    ),
  sha256: z.string().describe('Of the payload before it was packed'),
  payload: z.string().describe('What the blocks came to: JSON, gzip, base64'),
});

export interface PartOfPlan {
  readonly matings: number;
  readonly blocks: number;
  readonly to: number;
  readonly kept: Kept;
}

export interface Part {
  readonly work: Work;
  readonly plans: readonly PartOfPlan[];
}

/** SHA-256 of the kernel as it was built. */
export function kernelHash(): string {
  return createHash('sha256').update(readFileSync(KERNEL_PATH)).digest('hex');
}

export function workOf(work: Omit<Work, 'version' | 'kernel'>): Work {
  return { ...work, version: VERSION, kernel: kernelHash() };
}

/** A part as text. */
export function formatPart({ work, plans }: Part): string {
  const payload = JSON.stringify(plans.map(({ kept }) => kept));
  return `${JSON.stringify({
    kind: PART_KIND,
    formatVersion: PART_FORMAT,
    work,
    plans: plans.map(({ matings, blocks, to, kept: { from, next } }) => ({
      matings,
      blocks,
      from,
      next,
      to,
    })),
    sha256: createHash('sha256').update(payload).digest('hex'),
    payload: gzipSync(payload, { level: 1 }).toString('base64'),
  } satisfies z.infer<typeof partSchema>)}\n`;
}

/** Reads a part; undefined if there is no such file. Throws UserError for one that is damaged, or no part. */
export function readPart(path: string): Part | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw refusal(path, `cannot be read: ${systemReason(error)}`);
  }
  return parsePart(text, path);
}

export function parsePart(text: string, path: string): Part {
  const json = parsed(text) as { kind?: unknown; formatVersion?: unknown } | undefined;
  if (json?.kind !== PART_KIND) throw refusal(path, 'is no part of a run, or is damaged');
  if (json.formatVersion !== PART_FORMAT)
    throw refusal(path, `was written by another version (format ${String(json.formatVersion)})`);
  const head = partSchema.safeParse(json);
  if (!head.success) throw refusal(path, 'is damaged');
  const { work, plans, sha256, payload } = head.data;
  const unpacked = unpack(payload);
  if (unpacked === undefined || createHash('sha256').update(unpacked).digest('hex') !== sha256)
    throw refusal(path, 'is damaged');
  const kept = z.array(keptSchema).safeParse(parsed(unpacked));
  const isWhole =
    kept.success &&
    kept.data.length === plans.length &&
    kept.data.every(
      ({ from, next }, k) =>
        from === plans[k]!.from &&
        next === plans[k]!.next &&
        next <= plans[k]!.to &&
        plans[k]!.to <= plans[k]!.blocks,
    );
  if (!isWhole) throw refusal(path, 'is damaged');
  return {
    work,
    plans: plans.map(({ matings, blocks, to }, k) => ({
      matings,
      blocks,
      to,
      kept: kept.data[k]!,
    })),
  };
}

/** What differs between two works, in words; undefined if nothing does. */
export function difference(of: Work, from: Work): string | undefined {
  const names: Readonly<Record<keyof Work, string>> = {
    study: 'command',
    version: 'version',
    kernel: 'build',
    scenario: 'name',
    scenarioHash: 'scenario',
    seed: 'seed',
    matings: 'number of matings',
    options: 'options',
  };
  const keys = (Object.keys(names) as (keyof Work)[]).filter(
    (key) => key !== 'scenario' && of[key] !== from[key],
  );
  if (keys.length === 0) return undefined;
  const shown = keys.map((key) =>
    key === 'kernel' || key === 'scenarioHash'
      ? `another ${names[key]}`
      : `${names[key]} ${JSON.stringify(of[key])} instead of ${JSON.stringify(from[key])}`,
  );
  return shown.join(', ');
}

function refusal(file: string, message: string): UserError {
  return new UserError([
    { message, file, suggestion: '--fresh begins anew; --out names another result' },
  ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unpack(payload: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(payload, 'base64'), { maxOutputLength: MOST_OCTETS }).toString();
  } catch {
    return undefined;
  }
}
