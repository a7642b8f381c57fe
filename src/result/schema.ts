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
    host,
  })
  .meta({ title: 'matedpair result' });

export type Result = z.infer<typeof resultSchema>;
export type PairResult = z.infer<typeof pair>;
export type ClaimResult = z.infer<typeof claim>;
export type ChannelResult = z.infer<typeof channel>;
export type ComparisonResult = z.infer<typeof comparison>;
export type LimitResult = z.infer<typeof limit>;
export type HostFacts = z.infer<typeof host>;

/** The schema of result files as JSON Schema (draft 2020-12). */
export function resultJsonSchema(): object {
  return z.toJSONSchema(resultSchema);
}
