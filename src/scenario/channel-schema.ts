/** The structure of the section `channels` as zod schemas. */
import { z } from 'zod';
import { POLARITIES } from './lanes.js';
import { FIBRE_KINDS, OPTICS_NAMES } from './optics.js';
import { documented, name, quantity } from './schema-parts.js';

export const MOST_CONNECTORS = 20;
const MOST_LANES = 144;

const position = z.int({ error: 'a fibre position, a whole number from 1' }).min(1);

const lane = z.strictObject(
  {
    transmit: documented(position.clone(), { description: 'Position at the near module.' }),
    receive: documented(position.clone(), { description: 'Position at the far module.' }),
  },
  { error: 'a lane: transmit and receive' },
);

const span = z.strictObject(
  {
    polarity: documented(z.literal([...POLARITIES]), {
      description: 'Type of the cable: A straight, B reversed, C with its pairs flipped.',
    }),
    length: documented(quantity('um').clone(), {
      description: 'Length of the cable. Default 0 m.',
    }).optional(),
    attenuation: documented(quantity('dB/um').clone(), {
      description: 'Default: the upper end of the usual range of the fibre.',
    }).optional(),
  },
  { error: 'a span: polarity, length, attenuation' },
);

const channel = z.strictObject(
  {
    optics: documented(z.string({ error: 'the name of optics' }).min(1).max(100), {
      description: 'Optics by name: their lanes, in both directions, and their loss budget.',
      examples: [...OPTICS_NAMES],
    }).optional(),
    fibre: documented(z.literal([...FIBRE_KINDS]), {
      description: 'Kind of fibre, where the optics have a budget for several.',
    }).optional(),
    lanes: documented(z.array(lane, { error: 'a list of lanes' }).min(1).max(MOST_LANES), {
      description: 'Lanes from the near to the far module, if not those of the optics.',
    }).optional(),
    spans: documented(
      z
        .array(span, { error: 'a list of spans' })
        .min(2)
        .max(MOST_CONNECTORS + 1),
      {
        description:
          'Cables from the near to the far module; a connector joins each with the next.',
      },
    ),
    connectors: documented(
      z.array(name, { error: 'a list of names of pairs' }).min(1).max(MOST_CONNECTORS),
      { description: 'Pairs of this scenario, one fewer than spans.' },
    ),
    budget: documented(quantity('dB').clone(), {
      description: 'Loss that a channel may have. Default: that of the optics.',
    }).optional(),
    connectorBudget: documented(quantity('dB').clone(), {
      description: 'Loss that its connectors together may have. Default: that of the optics.',
    }).optional(),
  },
  { error: 'a channel: optics or lanes, spans, connectors' },
);

export const channelsSchema = documented(z.record(name, channel, { error: 'a map of channels' }), {
  id: 'channels',
  description:
    'Links by name: spans of fibre and connectors in a row. Every connector has parts of its own.',
});
