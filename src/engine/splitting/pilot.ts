/** The pilot run: finds the levels, and steps of the moves that are accepted about as often as they should be. */

import { exp } from '../../numerics/elementary.js';
import type { PairPlan } from '../../plan/types.js';
import type { StreamKey } from '../../random/stream.js';
import { Chain, moveStep } from './chain.js';
import { type Effort, Explorer, type Level, statesPerLevel, streamsOf } from './explore.js';
import { Population } from './population.js';
import type { Ladder } from './replicate.js';

/** Replicates are numbered from 1. */
const PILOT = 0;
/** Share of the states of a level that is to lie above the next one. */
const NEXT_SHARE = 0.15;
/** Least share, where many states have one loss. */
const LEAST_SHARE = 0.02;
/** Levels at most: shares down to 1e-13. */
const MOST_LEVELS = 16;
/** Share of moves that the steps aim at. */
const ACCEPTED = 0.35;
/** Chains between two looks at it, and the weight of one. */
const LOOK = 8;
const GAIN = 1;

export function climb(
  pair: PairPlan,
  index: number,
  key: StreamKey,
  askedDb: readonly number[],
  effort: Effort,
): Ladder {
  const explorer = new Explorer(new Chain(pair), effort);
  const { chain } = explorer;
  const { count } = chain.coordinates;
  const highest = Math.max(...askedDb);
  const streams = streamsOf(key, index, PILOT);
  const states = statesPerLevel(effort);
  const levels: Level[] = [{ aboveDb: -Infinity, contact: moveStep(1), own: moveStep(1) }];
  let seeds = new Population(count, states);
  let next = new Population(count, states);
  const visit = () => next.add(chain.scores, chain.fibre, chain.lossDb);
  explorer.explore(streams, 0, levels[0]!, seeds, visit);
  const scale = { contact: 1, own: 1 };
  while (levels.length < MOST_LEVELS) {
    const aboveDb = nextLevel(next);
    if (aboveDb === undefined || aboveDb >= highest) break;
    [seeds, next] = [kept(next, aboveDb, count), seeds];
    next.clear();
    const level = (): Level => ({
      aboveDb,
      contact: moveStep(scale.contact),
      own: moveStep(scale.own),
    });
    const tuner = new Tuner(effort, scale, level);
    explorer.explore(streams, levels.length, level(), seeds, visit, tuner.onChain);
    levels.push(level());
  }
  return { levels, effort, askedDb };
}

/** The loss that a share of about NEXT_SHARE of the states exceeds; undefined where no more of them differ. */
function nextLevel(states: Population): number | undefined {
  const losses = Float64Array.from({ length: states.size }, (_, s) => states.lossDb(s)).sort();
  const wanted = Math.ceil((1 - NEXT_SHARE) * losses.length) - 1;
  const most = (1 - LEAST_SHARE) * losses.length;
  let at = wanted;
  // Many may share one loss; then the level lies below them.
  while (at >= 0 && lastOf(losses, at) + 1 > most) at = firstOf(losses, at) - 1;
  return at < 0 ? undefined : losses[at];
}

function lastOf(losses: Float64Array, at: number): number {
  let last = at;
  while (last + 1 < losses.length && losses[last + 1] === losses[at]) last += 1;
  return last;
}

function firstOf(losses: Float64Array, at: number): number {
  let first = at;
  while (first > 0 && losses[first - 1] === losses[at]) first -= 1;
  return first;
}

function kept(states: Population, aboveDb: number, count: number): Population {
  const above = new Population(count, states.size);
  for (let s = 0; s < states.size; s++) {
    if (!(states.lossDb(s) > aboveDb)) continue;
    above.add(
      states.scores.subarray(s * count, (s + 1) * count),
      states.fibre(s),
      states.lossDb(s),
    );
  }
  return above;
}

/** Widens the steps when too many moves are accepted and narrows them when too few are (Robbins & Monro 1951). */
class Tuner {
  readonly onChain: (contactMoved: number, ownMoved: number) => Level;

  constructor(effort: Effort, scale: { contact: number; own: number }, level: () => Level) {
    let chains = 0;
    let contact = 0;
    let own = 0;
    let current = level();
    let looks = 0;
    this.onChain = (contactMoved, ownMoved) => {
      chains += 1;
      contact += contactMoved;
      own += ownMoved;
      if (chains < LOOK) return current;
      looks += 1;
      const gain = GAIN / Math.sqrt(looks);
      const move = (was: number, moved: number, moves: number): number =>
        Math.min(1, Math.max(0.02, was * exp(gain * (moved / moves - ACCEPTED))));
      scale.contact = move(scale.contact, contact, chains * effort.cycles);
      scale.own = move(scale.own, own, chains * effort.cycles * effort.ownMoves);
      current = level();
      chains = 0;
      contact = 0;
      own = 0;
      return current;
    };
  }
}
