/** The result file's schema: checked when a file is read, published as JSON Schema. */
import { z } from 'zod';
import { ENGINES } from '../engine/runner.js';
import { channel } from './schema-channel.js';
import { claim, comparison, count, type limit, pair } from './schema-pair.js';

/** Raised whenever a reader of the old format would misread the new one. */
export const FORMAT_VERSION = 2;

const host = z
  .object({
    startedAt: z.string(),
    seconds: z.number(),
    fibreMatingsPerSecond: z.number(),
    workers: count,
    engine: z.enum(ENGINES).describe('What computed the matings; both give the same numbers'),
    node: z.string(),
    platform: z.string(),
    cpu: z.string(),
    cpus: count,
  })
  .describe('What may differ between two runs of the same scenario; nothing else does');

const precision = z
  .object({
    endedBy: z
      .enum(['precision', 'matings', 'time'])
      .describe('Which came first: the targets, or a bound on matings or time'),
    stages: z.array(count).describe('Matings of each stage; the last one is this result'),
    targets: z.array(
      z.object({
        target: z.string(),
        name: z.string().describe('The pair, or second − first of a comparison'),
        value: z.number(),
        level: z.number(),
        wanted: z.number().describe('Half an interval at most, dB or a share'),
        halfWidth: z.number().nullable().describe('What it is; null while not known'),
        isReached: z.boolean(),
      }),
    ),
  })
  .describe('Of runs that went on until their intervals were narrow enough');

export const resultSchema = z
  .object({
    $schema: z.string().optional(),
    formatVersion: z.literal(FORMAT_VERSION),
    generator: z.object({ name: z.literal('matedpair'), version: z.string() }),
    seed: z.string(),
    scenarioHash: z
      .string()
      .describe('SHA-256 of the resolved scenario without seed, matings, name and description'),
    scenario: z
      .record(z.string(), z.unknown())
      .describe('The resolved scenario; itself a valid scenario file'),
    matings: count,
    confidence: z.number(),
    leftOut: z.array(z.string()).describe('What the model does not contain'),
    pairs: z.array(pair),
    comparisons: z.array(comparison),
    channels: z.array(channel),
    claims: z.array(claim),
    precision: precision.optional(),
    host,
  })
  .meta({ title: 'matedpair result' });

export type Result = z.infer<typeof resultSchema>;
export type PairResult = z.infer<typeof pair>;
export type ClaimResult = z.infer<typeof claim>;
export type ChannelResult = z.infer<typeof channel>;
export type ComparisonResult = z.infer<typeof comparison>;
export type PrecisionResult = z.infer<typeof precision>;
export type LimitResult = z.infer<typeof limit>;
export type HostFacts = z.infer<typeof host>;

/** The schema of result files as JSON Schema (draft 2020-12). */
export function resultJsonSchema(): object {
  return z.toJSONSchema(resultSchema);
}
