/** Scenario → Plan: every string and every choice ends here; what is left are numbers. */

import { UserError } from '../errors.js';
import { streamKey } from '../random/stream.js';
import { MOST_LOT_FIBRES } from '../scenario/experiment-schema.js';
import { fibresOfAllPairs } from '../scenario/fibres.js';
import type { Experiment, MatingConditions, Pair, Scenario } from '../scenario/types.js';
import { compileChannel } from './channels.js';
import { compilePair } from './compile-pair.js';
import type { Reads } from './draws.js';
import { RawStreams } from './raw-layout.js';
import type { ChannelPlan, PairPlan, Plan } from './types.js';

/** Sections whose spread gives paired intervals of quantile differences. */
const SECTIONS = 64;
/**
 * Fibre matings, over all pairs, that a block aims at: 50 ms of the kernel, long enough to pay for reading out, sending
 * and folding its counts (half a millisecond), short enough to stop soon and to share out evenly.
 */
const FIBRE_MATINGS_PER_BLOCK = 1_000_000;
/** Fewer than these are not worth a block of their own, unless pairs are compared. */
const FEWEST_FIBRE_MATINGS = 250_000;

/** Turns a scenario into a plan. Pure: the same scenario gives the same plan. Throws UserError if it is too large. */
export function compilePlan(scenario: Scenario): Plan {
  const designs = Object.values(scenario.designs);
  const steps = scenario.pairs.map((pair) => stepsOf(scenario.experiment, pair));
  const fibres = fibresOfAllPairs(scenario);
  checkSize(fibres);
  checkLot(scenario, fibres);
  const key = streamKey(scenario.seed);
  const raw = new RawStreams(Math.max(...designs.map((design) => design.fibreCount)));
  // Every plan reads the base stream, and first.
  raw.startOf('base', 0);
  const pairs: PairPlan[] = [];
  const members = scenario.pairs.map((pair, p) =>
    (steps[p] as Step[]).map(({ mating, reads }) => {
      pairs.push(compilePair(scenario, pair, mating, reads, raw, key));
      return pairs.length - 1;
    }),
  );
  const names = scenario.pairs.map((pair) => pair.name);
  const firstOf = (name: string): number => members[names.indexOf(name)]?.[0] as number;
  const channels = scenario.channels.map((channel) => compileChannel(scenario, channel, key));
  const work = fibres + workOfChannels(channels);
  return {
    key,
    matings: scenario.matings,
    ...blockCounts(scenario.matings, work, scenario.comparisons.length > 0),
    raw: raw.layout(),
    pairs,
    members,
    comparisons: scenario.comparisons.map(
      ([first, second]) => [firstOf(first), firstOf(second)] as const,
    ),
    series: members.filter(({ length }) => length > 1),
    lot: scenario.experiment.type === 'lot' ? scenario.experiment : null,
    channels,
  };
}

/** A fibre of a link's connector takes as long as so many of a pair, measured: 14 of one mode, 75 of mode groups. */
const CHANNEL_FIBRE = { single: 14, groups: 75 } as const;

/** Work of a mating of all channels, in fibres of pairs. */
function workOfChannels(channels: readonly ChannelPlan[]): number {
  return channels.reduce((sum, { pairs, groups }) => {
    const fibres = pairs.reduce((all, { mechanics }) => all + mechanics.fibres, 0);
    return sum + fibres * (groups === null ? CHANNEL_FIBRE.single : CHANNEL_FIBRE.groups);
  }, 0);
}

/** One way in which a pair of the scenario is mated. */
export interface Step {
  readonly mating: MatingConditions;
  readonly reads: Reads;
}

/** A pair is mated once, at several of its matings, or under several conditions. */
export function stepsOf(experiment: Experiment, pair: Pair): Step[] {
  const once = { slot: 0, visit: 0 };
  switch (experiment.type) {
    case 're-mating':
      return experiment.cycles.map((cycle) => ({
        mating: { ...pair.mating, earlierMatings: pair.mating.earlierMatings + cycle - 1 },
        reads: cycle === 1 ? once : { slot: 0, visit: cycle },
      }));
    case 'stress':
      return pair.steps.map((mating) => ({ mating, reads: once }));
    default:
      return [{ mating: pair.mating, reads: once }];
  }
}

/** Fibres of all pairs together: each takes up to 0.2 MB for its histogram, and as much again on its way. */
export const MOST_FIBRES = 2000;

function checkSize(fibres: number): void {
  if (fibres <= MOST_FIBRES) return;
  throw new UserError([
    {
      message: 'the pairs have too many fibres for one run',
      found: `${fibres} fibres in all pairs and all their steps together`,
      expected: `at most ${MOST_FIBRES}`,
      suggestion:
        'split the pairs over several scenarios with the same seed: they share their random numbers',
    },
  ]);
}

/** The statistics of a lot keep every loss. */
function checkLot({ experiment, matings }: Scenario, fibres: number): void {
  if (experiment.type !== 'lot' || matings * fibres <= MOST_LOT_FIBRES) return;
  throw new UserError([
    {
      message: 'the lot is too large',
      found: `${experiment.pinned} × ${experiment.unpinned} plugs, each combination mated ${experiment.repeats} times: ${matings * fibres} fibre matings`,
      expected: `at most ${MOST_LOT_FIBRES} fibre matings`,
    },
  ]);
}

/**
 * Number of blocks: enough of them to share out, none so small that it costs more than its matings do. Where pairs are
 * compared, a multiple of the number of sections, so that all sections hold the same number of matings.
 *
 * @param fibres of all pairs; a mating of the plan takes as long as so many
 */
export function blockCounts(
  matings: number,
  fibres: number,
  isCompared: boolean,
): { blocks: number; sections: number } {
  const all = matings * fibres;
  const sections = isCompared ? Math.min(SECTIONS, matings) : 1;
  const shared = Math.min(SECTIONS, Math.ceil(all / FEWEST_FIBRE_MATINGS));
  const pieces = Math.max(sections, shared);
  const perPiece = Math.ceil(all / (pieces * FIBRE_MATINGS_PER_BLOCK));
  return { blocks: Math.min(matings, pieces * perPiece), sections };
}
