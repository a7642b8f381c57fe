/** The file of an allocation of tolerances. */
import { z } from 'zod';
import { host, studyFields } from './provenance.js';
import { count, grade, loss } from './schema-pair.js';

const ratio = z
  .object({ value: z.number(), upper: z.number().nullable() })
  .describe(
    'A statistic over its limit (a yield: (1 − yield)/(1 − limit)), ≤ 1 if met, and its one-sided upper bound',
  );

/** What is found at a set of tolerances. */
export const evaluationSchema = z.object({ ratios: z.array(ratio).readonly() });

const outcome = z
  .enum(['verified', 'undecided', 'infeasible'])
  .describe(
    'verified: met by the upper bounds of an independent run; undecided: met in the search alone; infeasible: not met, what comes nearest is given',
  );

const verification = z.object({
  attempt: count,
  confidence: z.number(),
  factors: z.array(z.number()),
  ratios: z.array(ratio),
  aims: z.array(z.number()).describe('What the ratios were to stay below in the search'),
  passed: z.boolean().nullable(),
});

const cheapest = z.object({
  outcome,
  slack: z.boolean().describe('Whether the limits are met with every tolerance at its widest'),
  factors: z.array(z.number()),
  cost: z.number(),
  tolerances: z.array(
    z.object({
      name: z.string(),
      factor: z.number(),
      at: z.enum(['least', 'between', 'most', 'least and most']),
      cost: z.number(),
      costOfOnePercent: z.number().describe('What making it 1 % tighter costs'),
      worthOfOnePercent: z.number().describe('What that saves in the others'),
      sensitivities: z
        .array(z.number().nullable())
        .describe('Change of each ratio, %, for 1 % more spread; null of a ratio that is 0'),
    }),
  ),
  targets: z.array(
    z.object({
      ...ratio.shape,
      aim: z.number(),
      costOfOnePercent: z.number().describe('What is saved if the limit is 1 % looser'),
    }),
  ),
  rounds: z.array(
    z.object({
      start: z.string(),
      factors: z.array(z.number()),
      cost: z.number(),
      worst: z.number(),
      radius: z.number(),
      accepted: z.boolean(),
      evaluations: count,
    }),
  ),
  evaluations: count,
  verifications: z.array(verification),
});

const widest = z.object({
  outcome,
  name: z.string(),
  factor: z.number(),
  slack: z.boolean(),
  tooWide: z.number().nullable(),
  monotone: z
    .boolean()
    .describe('Whether the ratios rose with the factor wherever they were looked at'),
  evaluation: z.object({ ratios: z.array(ratio) }),
  curve: z.array(z.object({ factor: z.number(), worst: z.number() })),
  evaluations: count,
  verifications: z.array(verification),
});

export const allocationFigures = z.object({ il: loss, worstFibre: loss, grade });
const figures = allocationFigures.nullable();

export const allocationSchema = z
  .object({
    ...studyFields('allocation'),
    pair: z.string(),
    question: z.enum(['cheapest', 'widest']),
    limits: z.array(z.string()),
    tolerances: z.array(
      z.object({
        name: z.string(),
        inputs: z.array(z.object({ design: z.string().nullable(), input: z.string() })),
        least: z.number(),
        most: z.number(),
        cost: z.number(),
        exponent: z.number(),
      }),
    ),
    matings: count.describe('Of each evaluation'),
    verificationMatings: count,
    cheapest: cheapest.nullable(),
    widest: widest.nullable(),
    before: figures.describe(
      'With the random numbers of the last verification, as the scenario is',
    ),
    after: figures.describe('The same with the factors found'),
    allocated: z.record(z.string(), z.unknown()).describe('The scenario with the factors found'),
    host,
  })
  .meta({ title: 'matedpair allocation' });

export type AllocationResult = z.infer<typeof allocationSchema>;

/** The schema of the files of allocations as JSON Schema (draft 2020-12). */
export function allocationJsonSchema(): object {
  return z.toJSONSchema(allocationSchema);
}
