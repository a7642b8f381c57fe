/** Exploring one level: chains from seeds above it, each of a fixed number of moves. */
import { fillDraws, STREAM_FAMILY, type StreamKey } from '../../random/stream.js';
import type { Chain, MoveStep } from './chain.js';
import { scoreOfDraw } from './normal-draw.js';
import type { Population } from './population.js';

/** How much is done on a level. */
export interface Effort {
  /** Chains a level. */
  readonly seeds: number;
  /** A cycle is one move of what reaches the contact and so many of the rest. */
  readonly cycles: number;
  readonly ownMoves: number;
}

/** A level, and the steps of the moves above it. */
export interface Level {
  /** −Infinity at the bottom, where every mating counts. */
  readonly aboveDb: number;
  readonly contact: MoveStep;
  readonly own: MoveStep;
}

/** States that the chains of a level visit. */
export function statesPerLevel({ seeds, cycles, ownMoves }: Effort): number {
  return seeds * cycles * (1 + ownMoves);
}

/** Matings computed on a level: the states, and each chain's start. */
export function evaluationsPerLevel(effort: Effort): number {
  return statesPerLevel(effort) + effort.seeds;
}

/** The streams of one ladder: which replicate of which pair climbs it. */
export interface Streams {
  readonly key: StreamKey;
  /** Pairs and replicates share no stream: index = pair·2³² + replicate. */
  readonly index: number;
}

export function streamsOf(key: StreamKey, pair: number, replicate: number): Streams {
  return { key, index: pair * 4294967296 + replicate };
}

/** Explores levels with one chain after the other. */
export class Explorer {
  readonly chain: Chain;
  readonly #effort: Effort;
  readonly #words: Uint32Array;
  readonly #scores: Float64Array;
  readonly #first = new Uint32Array(1);

  constructor(chain: Chain, effort: Effort) {
    const { cycles, ownMoves } = effort;
    const { count } = chain.coordinates;
    this.chain = chain;
    this.#effort = effort;
    this.#scores = new Float64Array(count);
    this.#words = new Uint32Array(
      count + cycles * (chain.contactWords + ownMoves * chain.ownWords),
    );
  }

  /**
   * Runs all chains of a level. On the bottom they start from fresh matings, else from states of `seeds`, taken at equal
   * distances from a random first one: every state is as likely to be one.
   *
   * @param number of the level, from 0
   * @param level may be replaced between chains by what `onChain` returns
   * @param visit called at each state of the chain, the start left out
   */
  explore(
    { key, index }: Streams,
    number: number,
    level: Level,
    seeds: Population,
    visit: () => void,
    onChain?: (contactMoves: number, ownMoves: number) => Level,
  ): void {
    const { seeds: chains, cycles, ownMoves } = this.#effort;
    const { chain } = this;
    const words = this.#words;
    const { count } = chain.coordinates;
    const slot = number * (chains + 1);
    fillDraws(key, index, STREAM_FAMILY.chain, this.#first, 0, 1, slot);
    const offset = (this.#first[0]! + 0.5) * 2 ** -32;
    let current = level;
    for (let c = 0; c < chains; c++) {
      fillDraws(key, index, STREAM_FAMILY.chain, words, 0, words.length, slot + 1 + c);
      const at = (c + offset) / chains;
      if (number === 0) this.#startFresh(at);
      else this.#startFrom(seeds, Math.floor(at * seeds.size));
      let from = count;
      let contactMoved = 0;
      let ownMoved = 0;
      for (let cycle = 0; cycle < cycles; cycle++) {
        if (chain.moveContact(words, from, current.contact, current.aboveDb)) contactMoved += 1;
        from += chain.contactWords;
        visit();
        for (let move = 0; move < ownMoves; move++) {
          if (chain.moveOwn(words, from, current.own, current.aboveDb)) ownMoved += 1;
          from += chain.ownWords;
          visit();
        }
      }
      if (onChain !== undefined) current = onChain(contactMoved, ownMoved);
    }
  }

  /** A mating like any other; fibres in turn, all of them as often. */
  #startFresh(at: number): void {
    const scores = this.#scores;
    for (let c = 0; c < scores.length; c++) scores[c] = scoreOfDraw(this.#words[c]!);
    const { length } = this.chain.coordinates.fibres;
    this.chain.go(scores, 0, Math.min(length - 1, Math.floor(at * length)));
  }

  #startFrom(seeds: Population, state: number): void {
    this.chain.go(seeds.scores, state * this.#scores.length, seeds.fibre(state));
  }
}
