/** The file of `matedpair exceedance`: probabilities of great losses. */
import { z } from 'zod';
import { host, studyFields } from './provenance.js';
import { count, estimate } from './schema-pair.js';

const loss = z.object({
  aboveDb: z.number().describe('The loss to be exceeded, dB'),
  probability: estimate.describe(
    'Share of fibre matings above it, with its 95 % interval; from 0 to a greater share where no level reaches so far',
  ),
  relativeHalfWidth: z
    .number()
    .nullable()
    .describe('Half the interval of the logarithm; null where there is none'),
  isReached: z.boolean().describe('Whether that is as narrow as asked for'),
  plainFibreMatings: z
    .number()
    .nullable()
    .describe(
      'Fibre matings of plain sampling for as narrow an interval, were they independent; fibres of a mating share parts, so more',
    ),
  replicates: z.array(z.number()).describe('What each replicate found'),
});

const pair = z.object({
  name: z.string(),
  fibres: count,
  levels: z
    .array(z.object({ aboveDb: z.number(), probability: z.number() }))
    .describe('Levels that the pilot run set, and the shares above them'),
  evaluations: count.describe('Fibre matings computed, the pilot run among them'),
  endedBy: z
    .enum(['precision', 'replicates', 'time', 'levels'])
    .describe('Which came first: the precision, a bound, or losses that no level reaches'),
  rounds: z.array(count).describe('Replicates after each round'),
  losses: z.array(loss),
});

export const exceedanceSchema = z
  .object({
    ...studyFields('exceedance'),
    confidence: z.number(),
    relativeHalfWidth: z.number().describe('What half an interval was to be'),
    effort: z
      .object({ seeds: count, cycles: count, ownMoves: count })
      .describe(
        'Chains a level, cycles a chain; a cycle moves once what reaches the contact and so many times the rest',
      ),
    pairs: z.array(pair),
    host,
  })
  .meta({ title: 'matedpair exceedance' });

export type ExceedanceResult = z.infer<typeof exceedanceSchema>;
export type ExceedancePair = z.infer<typeof pair>;
export type ExceedanceLoss = z.infer<typeof loss>;

/** The schema of exceedance files as JSON Schema (draft 2020-12). */
export function exceedanceJsonSchema(): object {
  return z.toJSONSchema(exceedanceSchema);
}
