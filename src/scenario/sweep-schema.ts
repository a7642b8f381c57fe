/** The structure of the section `sweep` as a zod schema. */
import { z } from 'zod';
import { documented } from './schema-parts.js';

export const SWEEP_DESIGNS = ['grid', 'list', 'latin-hypercube', 'sobol'] as const;
export type SweepDesign = (typeof SWEEP_DESIGNS)[number];

/** All points are kept until the result is written, a pair of a point taking up to 35 kB of memory. */
export const MOST_POINTS = 20_000;
export const MOST_SWEPT_PAIRS = 40_000;
/** Comparisons, channels and steps of pairs, which take up to 4 kB each. */
export const MOST_SWEPT_OTHERS = 200_000;
export const MOST_LEVELS = 10_000;
/** Parameters, each of which every point has a value of, and paths of all of them together. */
export const MOST_PARAMETERS = 100;
export const MOST_PATHS = 1000;

const anyValue = z.union(
  [z.string(), z.number(), z.boolean(), z.array(z.unknown()), z.record(z.string(), z.unknown())],
  {
    error: 'a value of the field that is swept',
  },
);

export const sweepSchema = documented(
  z.strictObject(
    {
      design: documented(z.enum(SWEEP_DESIGNS), {
        description:
          'How points are chosen: every combination (grid), the values side by side (list), or so many points spread over all ranges (latin-hypercube, sobol).',
        default: 'grid',
      }).optional(),
      points: documented(z.int({ error: 'a whole number of points' }).min(1).max(MOST_POINTS), {
        description: 'Number of points of latin-hypercube and sobol.',
      }).optional(),
      parameters: documented(
        z.record(
          z.string().min(1),
          z.union([z.string(), z.array(anyValue).min(1).max(MOST_LEVELS)], {
            error: 'a list of values, or range(8 N, 12 N, 5) or logrange(1, 100, 3)',
          }),
          { error: 'a map of paths such as mating.friction, each with its values' },
        ),
        {
          description:
            'What is swept: paths as of --set, several with commas between them, each with a list of values, range(from, to, values) or logrange(from, to, values).',
          examples: [{ 'mating.friction': 'range(0.05, 0.25, 5)' }],
        },
      ),
    },
    { error: 'a map with parameters, and design and points' },
  ),
  { id: 'sweep', description: 'What `matedpair sweep` varies; `run` runs the scenario as it is.' },
);
