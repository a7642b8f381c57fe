/** The file of a sweep: every point with the figures of its pairs. */
import { z } from 'zod';
import { SWEEP_DESIGNS } from '../scenario/sweep-schema.js';
import { host, studyFields } from './provenance.js';
import { channel } from './schema-channel.js';
import { comparison, count, pair } from './schema-pair.js';

const value = z.object({
  text: z.string().describe('As --set takes it'),
  number: z.number().nullable().describe('null for what is no number with a unit'),
  unit: z.string(),
});

/** Of a pair's result what can be told in a line; the rest comes from running the point. */
const sweptPair = pair.pick({
  name: true,
  fibres: true,
  matings: true,
  il: true,
  worstFibre: true,
  gapFraction: true,
  returnLoss: true,
  yields: true,
  grade: true,
  limits: true,
  causes: true,
  largestChange: true,
});

export const sweptPoint = z.object({
  point: count.describe('From 1'),
  values: z.array(value).describe('One a parameter'),
  scenarioHash: z
    .string()
    .nullable()
    .describe('Of the scenario of this point; null if there is none'),
  warnings: z.array(z.string()),
  error: z.string().nullable().describe('Why the point could not be run; null if it was'),
  pairs: z.array(sweptPair),
  comparisons: z.array(comparison),
  channels: z.array(channel.omit({ lanes: true })),
});

export const sweepSchema = z
  .object({
    ...studyFields('sweep'),
    written: z.string().describe('The scenario file as it was written'),
    set: z
      .array(z.object({ path: z.string(), value: z.string() }))
      .describe('What --set, --trials and --seed put into it'),
    limits: z.array(z.string()).describe('What --limit added'),
    design: z.enum(SWEEP_DESIGNS),
    parameters: z.array(
      z.object({
        paths: z.array(z.string()).describe('Paths as of --set'),
        unit: z.string().nullable().describe('Of all values; null if they are no such numbers'),
        range: z
          .object({ low: z.number(), high: z.number(), unit: z.string(), isLog: z.boolean() })
          .nullable()
          .describe('From which values were taken; null if they were listed'),
      }),
    ),
    confidence: z.number(),
    points: z.array(sweptPoint),
    host: host.extend({
      computingShare: z
        .number()
        .describe('Time in which threads computed matings, over that of all worker threads'),
    }),
  })
  .meta({ title: 'matedpair sweep' });

export type SweepResult = z.infer<typeof sweepSchema>;
export type SweptPoint = z.infer<typeof sweptPoint>;
export type SweepHost = SweepResult['host'];
export type SweptPair = z.infer<typeof sweptPair>;

/** The schema of the files of sweeps as JSON Schema (draft 2020-12). */
export function sweepJsonSchema(): object {
  return z.toJSONSchema(sweepSchema);
}
