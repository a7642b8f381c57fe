/** The structure of the section `allocation` as a zod schema. */
import { z } from 'zod';
import { documented, name } from './schema-parts.js';

const positive = (error: string) => z.number({ error }).gt(0, { error });

const tolerance = z.strictObject(
  {
    inputs: documented(z.array(z.string()).min(1).max(50), {
      description:
        'Inputs that have this tolerance, such as designs.mpo.bores.positionError (both axes) or mating.sideLoad. Default: the name itself.',
    }).optional(),
    from: documented(positive('a factor above 0'), {
      description: 'Least spread, as a factor on the present one.',
    }),
    to: documented(positive('a factor above 0'), {
      description: 'Widest spread, as a factor on the present one.',
      default: 1,
    }).optional(),
    cost: documented(z.number({ error: 'a number' }).min(0), {
      description: 'What half the spread costs, if the exponent is 1: cost·(factor^−exponent − 1).',
      default: 1,
    }).optional(),
    exponent: documented(positive('a number above 0'), {
      description: 'How fast the cost rises.',
      default: 1,
    }).optional(),
  },
  { error: 'a map with from, and inputs, to, cost and exponent' },
);

export const allocationSchema = documented(
  z.strictObject(
    {
      pair: documented(name.clone(), {
        description: 'Pair whose limits are to be met. Default: the only one.',
      }).optional(),
      tolerances: documented(
        z.record(z.string().min(1), tolerance, { error: 'a map of tolerances' }),
        {
          description: 'Tolerances that may be chosen, by name or by the path of their input.',
          examples: [{ 'designs.mpo.bores.positionError': { from: 0.3, cost: 2 } }],
        },
      ),
    },
    { error: 'a map with tolerances, and pair' },
  ),
  {
    id: 'allocation',
    description: 'What `matedpair allocate` may make tighter or wider, and what that costs.',
  },
);
