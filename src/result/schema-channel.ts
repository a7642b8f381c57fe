/** What a result file says of each channel. */
import { z } from 'zod';
import { count, estimate, loss } from './schema-pair.js';

const priceRange = z.object({ low: z.number(), high: z.number() });

export const channel = z.object({
  name: z.string(),
  optics: z.string().nullable(),
  budgetSource: z.string().nullable().describe('Where the budget of named optics was read'),
  matings: count,
  connectors: z.array(z.string()).describe('Pairs, from the near to the far module'),
  spansDb: z.number().describe('Loss of all cables together'),
  loss: z
    .object({
      all: loss.describe('Loss of a lane, dB'),
      worst: loss.describe('Loss of the worst lane of a channel, dB'),
    })
    .describe('Cables included'),
  lanes: z
    .array(
      z.object({
        transmit: count,
        receive: count,
        positions: z.array(count).describe('At either end of each span'),
        mean: estimate,
        p97: estimate,
      }),
    )
    .describe('Lanes by their number; of named optics those of both directions'),
  budget: z
    .object({ limitDb: z.number(), met: estimate })
    .nullable()
    .describe('Probability that all lanes of a channel keep its budget'),
  connectorBudget: z
    .object({ limitDb: z.number(), met: estimate })
    .nullable()
    .describe('The same for its connectors together'),
  cost: z
    .object({
      currency: z.string(),
      assemblies: priceRange.describe('Price of all its cables, an assembly each'),
      perPassingChannel: z
        .object({ low: z.number().nullable(), high: z.number().nullable() })
        .describe('That over the probability to keep the budget; null if none does'),
    })
    .nullable()
    .describe('null unless all designs have prices in one currency and the channel has a budget'),
});
