/** The result file's schema: checked when a file is read, published as JSON Schema. */
import { z } from 'zod';
import { ENGINES } from '../engine/runner.js';
import { LEVELS } from '../scenario/inputs.js';
import { LOSS_STATISTICS } from '../scenario/types.js';

/** Raised whenever a reader of the old format would misread the new one. */
export const FORMAT_VERSION = 1;

const count = z.int().min(0);
const bound = z.number().nullable();

const estimate = z
  .object({ value: z.number(), low: bound, high: bound })
  .describe('Estimate with its 95 % interval; a bound that so short a run cannot give is null');

const loss = z
  .object(
    Object.fromEntries(LOSS_STATISTICS.map((name) => [name, estimate])) as Record<
      (typeof LOSS_STATISTICS)[number],
      typeof estimate
    >,
  )
  .describe('Statistics of a loss in dB');

const gradeName = z.enum(['B', 'C', 'D']).nullable();

const grade = z
  .object({ name: gradeName, best: gradeName, worst: gradeName, decided: z.boolean() })
  .describe(
    'IEC grade of random-mate insertion loss by the estimates, by the lower and by the upper ends of their intervals; null: none is met',
  );

const histogram = z
  .object({ firstBin: count, counts: z.array(count), overflow: count })
  .describe(
    'Count i belongs to losses from (firstBin + i)·binWidthDb on; overflow counts losses from 20 dB on',
  );

const limit = z
  .object({
    limit: z.string(),
    estimate,
    verdict: z.enum(['met', 'missed', 'undecided']),
  })
  .describe('Undecided: the interval straddles the limit. Losses in dB, shares as fractions');

const merged = z
  .object({
    inputs: z.array(z.string()),
    level: z.enum(LEVELS),
    sigma: z.number(),
    unit: z.string(),
  })
  .describe(
    'Independent normals drawn as one, since only their sum counts: its standard deviation. A replay shows the sum in the place of the first input and the means of the others in theirs',
  );

const pair = z.object({
  name: z.string(),
  pinned: z.string(),
  unpinned: z.string(),
  fibres: count,
  matings: count,
  merged: z.array(merged).describe('Inputs that were drawn together; none if pairs are compared'),
  il: loss.describe('Insertion loss of all fibres, dB'),
  worstFibre: loss.describe('Insertion loss of the worst fibre of a mating, dB'),
  gapFraction: estimate.describe('Share of fibres with an air gap'),
  yields: z
    .array(z.object({ limitDb: z.number(), fibre: estimate, mating: estimate }))
    .describe('Share of fibres, and of matings with all their fibres, at or below a loss'),
  grade,
  limits: z.array(limit),
  causes: z
    .object({
      lateral: estimate,
      angular: estimate,
      modeMismatch: estimate,
      gap: estimate,
      interaction: estimate,
    })
    .describe('Mean loss by cause, dB; the five add up to the mean'),
  positions: z.array(
    z.object({
      fibre: count,
      facingFibre: count,
      xUm: z.number(),
      yUm: z.number(),
      mean: estimate,
      p97: estimate,
    }),
  ),
  designEffect: z
    .number()
    .nullable()
    .describe('Variance of a mating mean over that of as many independent fibres'),
  contactVisits: z
    .object({ mean: z.number(), mostInABlock: z.number() })
    .describe(
      'Points per mating that the contact solver looked at: on average, and in its slowest block',
    ),
  minDb: z.number(),
  maxDb: z.number(),
  histogram: z.object({ binWidthDb: z.number(), il: histogram, worstFibre: histogram }),
  worstMatings: z.array(
    z.object({
      mating: count.describe('Index from 0, as `replay --mating` takes it'),
      fibre: count,
      worstFibreDb: z.number(),
      meanDb: z.number(),
    }),
  ),
});

const comparison = z
  .object({
    first: z.string(),
    second: z.string(),
    mean: estimate,
    p50: estimate,
    p97: estimate,
    p99: estimate,
    secondLower: z
      .object({ mean: estimate, worstFibre: estimate })
      .describe('Probability that in one mating the second pair has the lower loss'),
  })
  .describe('Differences on shared random numbers, second minus first, dB');

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
    host,
  })
  .meta({ title: 'matedpair result' });

export type Result = z.infer<typeof resultSchema>;
export type PairResult = z.infer<typeof pair>;
export type ComparisonResult = z.infer<typeof comparison>;
export type LimitResult = z.infer<typeof limit>;
export type HostFacts = z.infer<typeof host>;

/** The schema of result files as JSON Schema (draft 2020-12). */
export function resultJsonSchema(): object {
  return z.toJSONSchema(resultSchema);
}
