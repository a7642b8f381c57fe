/** The parts of every pair of a plan, mating by mating: fresh ones, or those of a lot's plugs. */
import { fibreOffset, opticsOffset, PINNED, plugOffset, UNPINNED } from '../model/parts.js';
import { fibreLength, opticsLength, plugLength } from '../model/places/lengths.js';
import type { LotPlan, PairPlan, Plan } from '../plan/types.js';
import { createSampler, drawMating, type Sampler, sampleParts } from './sampler.js';

/** Which plugs of a lot meet in a mating, and for the how manieth time; all from 0. */
export function lotMating(
  { pinned, unpinned }: LotPlan,
  mating: number,
): { readonly pinned: number; readonly unpinned: number; readonly repeat: number } {
  const combination = mating % (pinned * unpinned);
  return {
    pinned: Math.floor(combination / unpinned),
    unpinned: combination % unpinned,
    repeat: Math.floor(mating / (pinned * unpinned)),
  };
}

/** Samples matings in any order; the record it returns is filled anew by the next mating. */
export class PartsSource {
  readonly #plan: Plan;
  readonly #sampler: Sampler;
  readonly #plugs: LotPlugs | undefined;
  #mating = -1;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#sampler = createSampler(plan);
    this.#plugs = plan.lot === null ? undefined : new LotPlugs(plan);
  }

  /** Goes to a mating. */
  draw(mating: number): void {
    this.#mating = mating;
    drawMating(this.#plan, this.#sampler, mating);
  }

  /** The record of parts of pair `p`. */
  parts(p: number): Float64Array {
    const pair = this.#plan.pairs[p]!;
    const parts = sampleParts(pair, this.#sampler.raw, this.#sampler.parts[p]!);
    const { lot } = this.#plan;
    if (lot === null || this.#plugs === undefined) return parts;
    const { pinned, unpinned } = lotMating(lot, this.#mating);
    copySide(pair, PINNED, this.#plugs.record(p, pinned), parts);
    copySide(pair, UNPINNED, this.#plugs.record(p, unpinned), parts);
    return parts;
  }
}

/** Plug i of a lot is the plug that mating i would draw; what belongs to the mating comes from the mating's own index. */
class LotPlugs {
  readonly #plan: Plan;
  readonly #sampler: Sampler;
  readonly #records = new Map<number, Float64Array>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#sampler = createSampler(plan);
  }

  record(p: number, plug: number): Float64Array {
    const key = plug * this.#plan.pairs.length + p;
    let record = this.#records.get(key);
    if (record === undefined) {
      drawMating(this.#plan, this.#sampler, plug);
      const { raw, parts } = this.#sampler;
      record = sampleParts(this.#plan.pairs[p]!, raw, parts[p]!).slice();
      this.#records.set(key, record);
    }
    return record;
  }
}

/** Copies what belongs to one plug from one record to another. */
function copySide(
  { mechanics: { fibres } }: PairPlan,
  side: number,
  from: Float64Array,
  to: Float64Array,
): void {
  copy(from, to, plugOffset(side), plugLength);
  for (let i = 0; i < fibres; i++) {
    copy(from, to, fibreOffset(side, i), fibreLength);
    copy(from, to, opticsOffset(side, i, fibres), opticsLength);
  }
}

function copy(from: Float64Array, to: Float64Array, at: number, length: number): void {
  for (let i = at; i < at + length; i++) to[i] = from[i]!;
}
