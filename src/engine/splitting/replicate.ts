/** One replicate of multilevel splitting: a pure function of pair, ladder and the replicate's number. */
import type { PairPlan } from '../../plan/types.js';
import type { StreamKey } from '../../random/stream.js';
import { Chain } from './chain.js';
import {
  type Effort,
  Explorer,
  evaluationsPerLevel,
  type Level,
  statesPerLevel,
  streamsOf,
} from './explore.js';
import { Population } from './population.js';

/** What the pilot run settles, once for all replicates. */
export interface Ladder {
  readonly levels: readonly Level[];
  readonly effort: Effort;
  /** Losses asked for, dB, ascending. */
  readonly askedDb: readonly number[];
}

/** All that a thread needs to compute replicates of one pair; cloneable. */
export interface ReplicateSource {
  readonly key: StreamKey;
  readonly pair: PairPlan;
  readonly name: string;
  /** Number of the pair in its scenario. */
  readonly index: number;
  readonly ladder: Ladder;
}

export interface ReplicateResult {
  readonly replicate: number;
  /** Estimates of P(loss > …): of each loss asked for, and of each level. */
  readonly asked: readonly number[];
  readonly levels: readonly number[];
  readonly evaluations: number;
}

export type ReplicateRunner = (replicate: number) => ReplicateResult;

/**
 * Estimates shares of fibre matings above the losses asked for.
 *
 * On each level the share of states above the next one is counted, and its states there are the seeds of the next level;
 * the product of the shares is unbiased, since levels and numbers of moves are fixed and the moves keep the law
 * (Cérou, Del Moral, Furon & Guyader 2012).
 */
export function createReplicateRunner(source: ReplicateSource): ReplicateRunner {
  const { key, pair, index, ladder } = source;
  const { levels, effort, askedDb } = ladder;
  const explorer = new Explorer(new Chain(pair), effort);
  const { chain } = explorer;
  const states = statesPerLevel(effort);
  const { count } = chain.coordinates;
  // About a sixth of the states lies above the next level; where more do, room is made.
  const room = Math.ceil(states / 4);
  let seeds = new Population(count, room);
  let next = new Population(count, room);
  return (replicate) => {
    const streams = streamsOf(key, index, replicate);
    const asked = askedDb.map(() => 0);
    const reached = levels.map(() => 0);
    let share = 1; // P(loss > the level)
    let evaluations = 0;
    for (let k = 0; k < levels.length && share > 0; k++) {
      const level = levels[k]!;
      reached[k] = share;
      const nextDb = levels[k + 1]?.aboveDb ?? Infinity;
      // Losses up to the next level are counted here; those beyond the last level too.
      const here = askedDb.map((db) => db >= level.aboveDb && db < nextDb);
      const counts = askedDb.map(() => 0);
      next.clear();
      explorer.explore(streams, k, level, seeds, () => {
        const { lossDb } = chain;
        if (lossDb > nextDb) next.add(chain.scores, chain.fibre, lossDb);
        for (let a = 0; a < askedDb.length; a++) {
          if (lossDb > askedDb[a]!) counts[a]! += 1;
        }
      });
      evaluations += evaluationsPerLevel(effort);
      here.forEach((isHere, a) => {
        if (isHere) asked[a] = (share * counts[a]!) / states;
      });
      share *= next.size / states;
      [seeds, next] = [next, seeds];
    }
    return { replicate, asked, levels: reached, evaluations };
  };
}
