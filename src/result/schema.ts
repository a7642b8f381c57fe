/** The result file's schema: checked when a file is read, published as JSON Schema. */
import { z } from 'zod';
import { host, provenanceFields } from './provenance.js';
import { channel } from './schema-channel.js';
import { claim, comparison, count, type limit, pair } from './schema-pair.js';

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

/** Those of a prediction: one a fibre. */
const MOST_PAIRS = 2000;
/** The first pair with every other, and those of claims. */
const MOST_COMPARISONS = 2100;

export const resultSchema = z
  .object({
    $schema: z.string().optional(),
    ...provenanceFields,
    matings: count,
    confidence: z.number(),
    pairs: z.array(pair).min(1).max(MOST_PAIRS),
    comparisons: z.array(comparison).max(MOST_COMPARISONS),
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

/** The schema of result files as JSON Schema (draft 2020-12). */
export function resultJsonSchema(): object {
  return z.toJSONSchema(resultSchema);
}
