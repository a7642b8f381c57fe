/** The structure of the section `experiment` as zod schemas. */
import { z } from 'zod';
import { documented, name } from './schema-parts.js';

/** Cycles that a re-mating may visit, and steps of a stress experiment. */
export const MOST_STEPS = 50;
export const MOST_CYCLES = 1_000_000;
/** Plugs of one side of a lot, and matings of all combinations together. */
export const MOST_PLUGS = 10_000;
export const MOST_LOT_FIBRES = 20_000_000;

const count = (what: string, most: number) =>
  z
    .int({ error: `a whole number of ${what}` })
    .min(1)
    .max(most);

export function experimentSchema(mating: z.ZodType): z.ZodType {
  const cycles = documented(
    z.array(count('matings', MOST_CYCLES), { error: 'a list of numbers of matings' }).min(1),
    {
      description:
        'Which matings of each pair are looked at, counted from 1. The first one always is; changes count from it.',
      examples: [[1, 10, 100, 500]],
    },
  );
  const steps = documented(z.record(name, mating, { error: 'a map of steps' }), {
    description:
      'Steps by name: what of the mating section is different in them. Changes count from the first step.',
  });
  return documented(
    z.discriminatedUnion(
      'type',
      [
        documented(z.strictObject({ type: z.literal('random-mate') }), {
          title: 'random-mate',
          description: 'Fresh parts in every mating.',
        }),
        documented(z.strictObject({ type: z.literal('re-mating'), cycles }), {
          title: 're-mating',
          description:
            'The same pairs mated many times: parts stay and wear, what belongs to a mating is drawn anew.',
        }),
        documented(z.strictObject({ type: z.literal('stress'), steps }), {
          title: 'stress',
          description:
            'The same matings under different temperatures and loads, one step after another.',
        }),
        documented(
          z.strictObject({
            type: z.literal('lot'),
            pinned: documented(count('plugs', MOST_PLUGS).min(2), {
              description: 'Number of pinned plugs.',
            }),
            unpinned: documented(count('plugs', MOST_PLUGS).min(2), {
              description: 'Number of unpinned plugs.',
            }),
            repeats: documented(count('matings', 1000), {
              description: 'How often each combination is mated.',
              default: 2,
            }).optional(),
          }),
          {
            title: 'lot',
            description: 'A lot of plugs, every pinned one mated with every unpinned one.',
          },
        ),
      ],
      { error: 'an experiment: type random-mate, re-mating, stress or lot, with its fields' },
    ),
    {
      id: 'experiment',
      description: 'What is done with the parts. Default: random-mate.',
    },
  );
}
