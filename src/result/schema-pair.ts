/** What a result file says of each pair and of each comparison. */
import { z } from 'zod';
import { LEVELS } from '../scenario/inputs.js';
import { LOSS_STATISTICS, RETURN_LOSS_STATISTICS } from '../scenario/types.js';

export const count = z.int().min(0);
const bound = z.number().nullable();

export const estimate = z
  .object({ value: z.number(), low: bound, high: bound })
  .describe('Estimate with its 95 % interval; a bound that so short a run cannot give is null');

export const loss = z
  .object(
    Object.fromEntries(LOSS_STATISTICS.map((name) => [name, estimate])) as Record<
      (typeof LOSS_STATISTICS)[number],
      typeof estimate
    >,
  )
  .describe('Statistics of a loss in dB');

const gradeName = z.string().nullable();

export const grade = z
  .object({ name: gradeName, best: gradeName, worst: gradeName, decided: z.boolean() })
  .describe(
    'IEC grade by the estimates, by the lower and by the upper ends of their intervals; null: none is met',
  );

const lossPair = z.object({
  all: loss.describe('All fibres, dB'),
  worst: loss.describe('Worst fibre of a mating, dB'),
});

const returnLossStatistics = z
  .object(
    Object.fromEntries(RETURN_LOSS_STATISTICS.map((name) => [name, estimate])) as Record<
      (typeof RETURN_LOSS_STATISTICS)[number],
      typeof estimate
    >,
  )
  .describe('Statistics of a return loss in dB; p3 is what 97 % of the fibres reach');

/** Of 0.001 dB up to 20 dB, where the overflow begins. */
const MOST_BINS = 20_000;

const histogram = z
  .object({
    firstBin: count.max(MOST_BINS),
    counts: z.array(count).max(MOST_BINS),
    overflow: count,
  })
  .describe(
    'Count i belongs to losses from (firstBin + i)·binWidthDb on; overflow counts losses from 20 dB on',
  );

export const limit = z
  .object({
    limit: z.string(),
    estimate,
    verdict: z.enum(['met', 'missed', 'undecided']),
  })
  .describe('Undecided: the interval straddles the limit. Losses in dB, shares as fractions');

const merged = z
  .object({
    inputs: z.array(z.string()),
    level: z.enum(LEVELS),
    sigma: z.number(),
    unit: z.string(),
  })
  .describe(
    'Independent normals drawn as one, since only their sum counts: its standard deviation. A replay shows the sum in the place of the first input and the means of the others in theirs',
  );

const step = z.object({
  name: z.string(),
  earlierMatings: z.number(),
  temperatureDegC: z.number(),
  il: loss,
  worstFibre: loss,
  gapFraction: estimate,
  returnLoss: z.object({ all: returnLossStatistics, worst: returnLossStatistics }).nullable(),
  meanChange: estimate.nullable().describe('Signed change of the mean since the first step, dB'),
  change: lossPair.nullable().describe('Size of the change since the first step; null of that'),
});

const component = z.object({ varianceDb2: estimate, sdDb: estimate });
const lot = z.object({
  pinnedPlugs: count,
  unpinnedPlugs: count,
  repeats: count,
  components: z
    .object({
      position: component.nullable(),
      pinned: component,
      unpinned: component,
      combination: component,
      partToPart: component,
      matingToMating: component.nullable(),
    })
    .describe("Variance of a fibre's loss; mating-to-mating is null if nothing is mated twice"),
});

const origins = z.object({
  matings: count.describe('Matings that this was worked out from, the first ones of the run'),
  pinnedUm2: estimate.describe('Mean squared core error of the pinned plug, µm²'),
  unpinnedUm2: estimate,
  fitUm2: estimate.describe('Mean squared offset by pins, holes and load'),
  limitedBy: z.enum(['pinned', 'unpinned']).nullable().describe('null: undecided'),
});

const cost = z
  .object({
    currency: z.string(),
    assembly: z.object({ low: z.number(), high: z.number() }),
    limits: z.array(
      z.object({ limitDb: z.number(), perPassingChannel: z.object({ low: bound, high: bound }) }),
    ),
  })
  .describe('Price of an assembly, and of one fibre channel that keeps a loss limit');

export const pair = z.object({
  name: z.string(),
  pinned: z.string(),
  unpinned: z.string(),
  fibres: count,
  matings: count,
  merged: z.array(merged).describe('Inputs that were drawn together; none if pairs are compared'),
  il: loss.describe('Insertion loss of all fibres, dB'),
  worstFibre: loss.describe('Insertion loss of the worst fibre of a mating, dB'),
  gapFraction: estimate.describe('Share of fibres with an air gap'),
  returnLoss: z
    .object({
      all: returnLossStatistics,
      worst: returnLossStatistics,
      grade: grade.describe('Grade that 97 % of the fibres reach'),
    })
    .nullable()
    .describe('Return loss of all fibres and of the worst one of a mating; null if not asked for'),
  yields: z
    .array(z.object({ limitDb: z.number(), fibre: estimate, mating: estimate }))
    .describe('Share of fibres, and of matings with all their fibres, at or below a loss'),
  grade,
  limits: z.array(limit),
  causes: z
    .object({
      lateral: estimate,
      angular: estimate,
      modeMismatch: estimate,
      gap: estimate,
      interaction: estimate,
    })
    .describe('Mean loss by cause, dB; the five add up to the mean'),
  positions: z
    .array(
      z.object({
        fibre: count,
        facingFibre: count,
        xUm: z.number(),
        yUm: z.number(),
        mean: estimate,
        p97: estimate,
        lowDb: z.number(),
        highDb: z.number(),
      }),
    )
    .describe('By fibre of the pinned plug; 95 % of its losses lie between lowDb and highDb'),
  steps: z
    .array(step)
    .describe(
      'Steps of a re-mating or a stress experiment; the figures of the pair are those of the first',
    ),
  largestChange: lossPair
    .nullable()
    .describe(
      'Largest change of a fibre since the first step, over all steps; of re-matings its repeatability',
    ),
  lot: lot.nullable().describe('What only a lot of plugs can tell'),
  origins: origins
    .nullable()
    .describe('Of a mixed pair: where the squared offset comes from, and which side limits'),
  cost: cost.nullable().describe('Where the designs have prices'),
  designEffect: z
    .number()
    .nullable()
    .describe('Variance of a mating mean over that of as many independent fibres'),
  contactVisits: z
    .object({ mean: z.number(), mostInABlock: z.number() })
    .describe(
      'Points per mating that the contact solver looked at: on average, and in its slowest block',
    ),
  minDb: z.number(),
  maxDb: z.number(),
  histogram: z.object({ binWidthDb: z.number(), il: histogram, worstFibre: histogram }),
  worstMatings: z.array(
    z.object({
      mating: count.describe('Index from 0, as `replay --mating` takes it'),
      fibre: count,
      worstFibreDb: z.number(),
      meanDb: z.number(),
    }),
  ),
});

export const comparison = z
  .object({
    first: z.string(),
    second: z.string(),
    mean: estimate,
    sd: estimate,
    p50: estimate,
    p97: estimate,
    p99: estimate,
    secondLower: z
      .object({ mean: estimate, worstFibre: estimate })
      .describe('Probability that in one mating the second pair has the lower loss'),
  })
  .describe('Differences on shared random numbers, second minus first, dB');

export const claim = z
  .object({
    says: z.string(),
    of: z.array(z.string()).describe('A pair, or two whose difference is claimed'),
    statistic: z.string(),
    atLeastDb: bound,
    atMostDb: bound,
    estimate,
    verdict: z.enum(['agrees', 'disagrees', 'undecided']),
  })
  .describe(
    'Whether the prediction agrees with what is said; undecided: its interval straddles an end',
  );
