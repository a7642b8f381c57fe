/** The structure of the conditions of mating as a zod schema. */
import { z } from 'zod';
import { ADAPTERS } from './layout.js';
import {
  DEFAULT_ADAPTER,
  DEFAULT_LAUNCH,
  LAUNCHES,
  MATING_SCALARS,
  MOST_GROUPS,
} from './scalars.js';
import { choice, correlations, inputRows, place, type Shape } from './schema-fields.js';
import { documented, quantity } from './schema-parts.js';

function matingShape(): Shape {
  const sections = new Map<string, Shape>();
  inputRows('mating', sections);
  for (const spec of MATING_SCALARS) {
    place(sections, spec.name, quantity(spec.unit), {
      description: spec.description,
      default: spec.default,
    });
  }
  return {
    adapter: choice(ADAPTERS, {
      description: 'Adapter: type A or type B.',
      default: DEFAULT_ADAPTER,
    }),
    launch: documented(
      z.union(
        [
          z.literal([...LAUNCHES]),
          z
            .array(z.number({ error: 'a power of 0 or more' }).min(0))
            .min(1)
            .max(MOST_GROUPS),
        ],
        { error: `${LAUNCHES.join(', ')}, or a list of the powers of the mode groups` },
      ),
      {
        description: 'How light fills the mode groups of multimode fibres, the lowest group first.',
        default: DEFAULT_LAUNCH,
      },
    ).optional(),
    ...sections.get(''),
    correlations: correlations.optional(),
  };
}

export const matingSchema = documented(
  z.strictObject(matingShape(), { error: 'a map of the conditions of mating' }),
  {
    id: 'mating',
    description: 'Conditions of mating, for all pairs or for one.',
  },
);
