/** What a result file says of each channel. */
import { z } from 'zod';
import { count, estimate, loss } from './schema-pair.js';

export const channel = z.object({
  name: z.string(),
  optics: z.string().nullable(),
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
});
