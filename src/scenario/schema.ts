/** The structure of scenario files as a zod schema: which keys there are and what kind of thing each holds. */
import { z } from 'zod';
import { allocationSchema } from './allocation-schema.js';
import { channelsSchema } from './channel-schema.js';
import { claimsSchema } from './claims.js';
import { designSchema } from './design-schema.js';
import { experimentSchema } from './experiment-schema.js';
import { LIMIT_PATTERN } from './limits.js';
import { matingSchema } from './mating-schema.js';
import { DEFAULT_MATINGS, DEFAULT_SEED } from './scalars.js';
import { description, documented, name, pairName, schemaUrl } from './schema-parts.js';
import { sweepSchema } from './sweep-schema.js';

const limitText = documented(
  z.string({ error: 'a limit such as p97 <= 0.25 dB; put quotes around it' }),
  { pattern: LIMIT_PATTERN.source },
);

const limitList = documented(z.array(limitText, { error: 'a list of limits' }).max(100), {
  id: 'limits',
  description:
    'Limits such as "p97 <= 0.25 dB", "worstFibre.p97 <= 0.5 dB", "yield(0.25 dB) >= 97 %", "gapFraction <= 5 %".',
  examples: [['p97 <= 0.25 dB']],
});

const pairSchema = documented(
  z.strictObject(
    {
      pinned: documented(name.clone(), { description: 'Design of the plug with guide pins.' }),
      unpinned: documented(name.clone(), { description: 'Design of the plug without guide pins.' }),
      mating: documented(matingSchema.clone(), {
        description: 'Conditions of mating of this pair, laid over those of the scenario.',
      }).optional(),
      limits: documented(limitList.clone(), {
        description: 'Limits of this pair, besides those of the scenario.',
      }).optional(),
    },
    { error: 'a map with pinned and unpinned' },
  ),
  { id: 'pair', description: 'A pinned and an unpinned plug that are mated.' },
);

const experiment = experimentSchema(matingSchema);

export const scenarioSchema = documented(
  z.strictObject(
    {
      $schema: schemaUrl.optional(),
      name: documented(name.clone(), { description: 'Name of the scenario.' }).optional(),
      description: documented(description.clone(), {
        description: 'What the scenario is about.',
      }).optional(),
      seed: documented(
        z.union([z.string().min(1).max(200), z.int()], { error: 'a text or a whole number' }),
        { description: 'Seed of all random numbers.', default: DEFAULT_SEED },
      ).optional(),
      matings: documented(
        z.union([z.number(), z.string()], { error: 'a whole number such as 100000 or 1e6' }),
        {
          description: 'Number of matings per pair, 1 to 1e12.',
          minimum: 1,
          maximum: 1e12,
          default: DEFAULT_MATINGS,
        },
      ).optional(),
      experiment: experiment.optional(),
      returnLoss: documented(z.boolean({ error: 'true or false' }), {
        description:
          'Whether to work out return loss as well. Default: if a limit speaks of it, otherwise not.',
      }).optional(),
      designs: documented(z.record(name, designSchema, { error: 'a map of designs' }), {
        description: 'The plug designs by name.',
      }).optional(),
      mating: documented(matingSchema.clone(), {
        description: 'Conditions of mating of all pairs.',
      }).optional(),
      pairs: documented(z.record(pairName, pairSchema, { error: 'a map of pairs' }), {
        description: 'The pairs to simulate by name.',
      }),
      channels: channelsSchema.optional(),
      claims: claimsSchema.optional(),
      sweep: sweepSchema.optional(),
      allocation: allocationSchema.optional(),
      limits: documented(limitList.clone(), {
        description: 'Limits that every pair must keep.',
      }).optional(),
      comparisons: documented(
        z
          .array(z.tuple([name, name], { error: 'two names of pairs: [first, second]' }), {
            error: 'a list of [first, second]',
          })
          .max(1000),
        {
          description:
            'Pairs to compare; differences are second minus first. Default: the first pair with every other.',
        },
      ).optional(),
    },
    { error: 'a map of the keys of a scenario' },
  ),
  { title: 'matedpair scenario', description: 'Pairs of multi-fibre connectors to simulate.' },
);
