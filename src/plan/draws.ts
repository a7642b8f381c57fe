/** The random contributions of a pair as Draws with their fixed places, and the fixed ones as numbers. */
import { InvariantError } from '../errors.js';
import {
  fibreOffset,
  opticsOffset,
  PINNED,
  partsLength,
  plugOffset,
  UNPINNED,
} from '../model/parts.js';
import { cholesky } from '../numerics/cholesky.js';
import { type Draw, LAW, type LawNumbers, lawValue } from '../random/draw.js';
import { type InputName, inputSpec } from '../scenario/inputs.js';
import type { Contribution, Correlation } from '../scenario/types.js';
import { compileLaw, scaledLaw, standardNormal } from './laws.js';
import { groupsToMerge, type Mergeable, type MergedNormals, sumOf } from './merge.js';
import {
  type HiddenDraw,
  lotSlot,
  ownPlace,
  PLACES,
  type Place,
  plugPlace,
  unitCount,
  visitPlace,
} from './positions.js';
import type { RawStreams } from './raw-layout.js';

type PartName = InputName | HiddenDraw;

/** Numbers in the record of parts that get the same contributions, and these. */
interface Target {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  fixed: number;
  /** Fixed contributions that differ from unit to unit; none where undefined. */
  fixedByUnit: Float64Array | undefined;
  readonly random: RandomPart[];
}

interface RandomPart {
  law: LawNumbers;
  readonly place: Place;
  /** Of the stream that it reads. */
  readonly slot: number;
}

/** A random part that may be merged with others, and where it stands. */
interface MergeablePart extends Mergeable {
  readonly target: Target;
  readonly part: RandomPart;
}

/** Which of the streams of a mating a pair reads. */
export interface Reads {
  /** Number of the connector in its channel; 0 outside one. */
  readonly slot: number;
  /** Number of the mating of a pair that is mated again, whose own draws are not those of the first one; else 0. */
  readonly visit: number;
  /** Numbers that are read in another slot instead: a second, independent set of draws. */
  readonly other?:
    | { readonly slot: number; readonly has: (name: DrawnName, side: number) => boolean }
    | undefined;
}

/** What a number of a mating is drawn for; `seating` is where the pins come to rest in their play. */
export type DrawnName = InputName | HiddenDraw | 'seating';

/** Collects the contributions of one pair. */
export class DrawBuilder {
  readonly #fibres: number;
  readonly #raw: RawStreams;
  readonly #reads: Reads;
  readonly #targets = new Map<number, Target>();
  readonly #mergeable: MergeablePart[] = [];

  constructor(fibres: number, raw: RawStreams, reads: Reads) {
    this.#fibres = fibres;
    this.#raw = raw;
    this.#reads = reads;
  }

  /** Adds the same to every unit of an input. */
  addFixed(name: PartName, side: number, value: number): void {
    this.#target(name, side).fixed += value;
  }

  /** Adds its own value to each unit of an input. */
  addFixedByUnit(name: PartName, side: number, values: ArrayLike<number>): void {
    const target = this.#target(name, side);
    target.fixedByUnit ??= new Float64Array(target.count);
    for (let i = 0; i < target.count; i++) target.fixedByUnit[i]! += values[i]!;
  }

  /**
   * Adds the contributions of one input of one side.
   *
   * @param factor multiplies the values (unit of the record, share of a mixed pair)
   * @param lot the draws of the lot to which the plug belongs; all matings share them, so they are fixed for the run
   * @param correlations groups of the same section; an input in one gets its scores from the whole group
   */
  addInput(
    name: InputName,
    side: number,
    contributions: readonly Contribution[],
    factor: number,
    lot: Uint32Array,
    correlations: readonly Correlation[],
  ): void {
    const target = this.#target(name, side);
    const group = correlations.find((correlation) => correlation.inputs.includes(name));
    for (const contribution of contributions) {
      const law = compileLaw(contribution);
      if ('fixed' in law) {
        target.fixed += factor * law.fixed;
        continue;
      }
      const sum = group === undefined ? sumOf(name, contribution) : undefined;
      const parts = group === undefined ? [{ name, law }] : correlatedParts(name, law, group);
      for (const { name: drawn, law: its } of parts) {
        const { level } = contribution;
        if (level === 'lot') {
          target.fixed += factor * lawValue(its, lot[lotSlot(drawn)]!);
          continue;
        }
        const part = {
          law: scaledLaw(its, factor, 0),
          place: this.#place(drawn, side, contribution),
          slot: this.#slotOf(drawn, side),
        };
        target.random.push(part);
        if (sum !== undefined) {
          const sigma = part.law.b;
          this.#mergeable.push({ side, input: name, sum, level, sigma, target, part });
        }
      }
    }
  }

  /**
   * Draws independent normals that count only as a sum as one, in the place of the first; the means of the others stay
   * in theirs. Returns what was merged.
   */
  merge(): MergedNormals[] {
    return groupsToMerge(this.#mergeable).map(({ parts, merged }) => {
      const [first, ...others] = parts as [MergeablePart, ...MergeablePart[]];
      first.part.law = { ...first.part.law, b: merged.sigma };
      for (const { target, part } of others) {
        target.random.splice(target.random.indexOf(part), 1);
        target.fixed += part.law.a;
      }
      return merged;
    });
  }

  /** Adds a draw that is no input: a place in the bore or a direction, two numbers each. */
  addHidden(name: HiddenDraw, side: number, law: number): void {
    this.#addOwn(name, side, this.#target(name, side), ownPlace(name, side), { ...NOTHING, law });
  }

  /** Adds one uniform number of the mating, (x + ½)/2³². */
  addMatingUniform(part: number, position: number): void {
    const target = this.#targetAt(part, 0, 1);
    this.#addOwn('seating', PINNED, target, { stream: 'base', position, step: 0 }, UNIFORM);
  }

  /** Adds one uniform number of the mating that is no input. */
  addHiddenUniform(name: HiddenDraw): void {
    this.#addOwn(name, PINNED, this.#target(name, PINNED), ownPlace(name, PINNED), UNIFORM);
  }

  #addOwn(name: DrawnName, side: number, target: Target, place: Place, law: LawNumbers): void {
    target.random.push({ law, place, slot: this.#slotOf(name, side) });
  }

  #slotOf(name: DrawnName, side: number): number {
    const { slot, other } = this.#reads;
    return other?.has(name, side) ? other.slot : slot;
  }

  /** The record of parts with every fixed contribution in its place, and the draws that add the random ones. */
  build(): { fixedParts: Float64Array; draws: Draw[] } {
    const fixedParts = new Float64Array(partsLength(this.#fibres));
    const draws: Draw[] = [];
    for (const target of this.#targets.values()) {
      const { first, step, count, fixedByUnit } = target;
      for (let i = 0; i < count; i++) {
        fixedParts[first + i * step] = target.fixed + (fixedByUnit?.[i] ?? 0);
      }
      if (fixedByUnit === undefined) this.#addDraws(draws, target, 0, count);
      else for (let i = 0; i < count; i++) this.#addDraws(draws, target, i, 1);
    }
    return { fixedParts, draws };
  }

  /** The draws of `count` units from `unit` on, which have the same fixed contributions. */
  #addDraws(draws: Draw[], target: Target, unit: number, count: number): void {
    const fixed = target.fixed + (target.fixedByUnit?.[unit] ?? 0);
    target.random.forEach(({ law, place, slot }, i) => {
      const { a, b, c, quantiles, shares } = scaledLaw(law, 1, i === 0 ? fixed : 0);
      // Written out, not spread: objects of one literal have one shape, which the hot loop reads a quarter faster.
      draws.push({
        law: law.law,
        position: this.#indexOf(place, slot) + unit * place.step,
        positionStep: place.step,
        count,
        target: target.first + unit * target.step,
        targetStep: target.step,
        adds: i > 0,
        a,
        b,
        c,
        quantiles,
        shares,
      });
    });
  }

  /** Index of a draw in the array of all streams. */
  #indexOf(place: Place, slot: number): number {
    const { visit } = this.#reads;
    const { stream, position } = visit === 0 ? place : visitPlace(place);
    return this.#raw.startOf(stream, stream === 'visit' ? visit : slot) + position;
  }

  #target(name: PartName, side: number): Target {
    const { group, part } = PLACES[name];
    const count = unitCount(name, this.#fibres);
    if (group === 'mating') return this.#targetAt(part, 0, count);
    if (group === 'fibre') {
      const step = fibreOffset(side, 1) - fibreOffset(side, 0);
      return this.#targetAt(fibreOffset(side, 0) + part, step, count);
    }
    if (group === 'optics') {
      const at = (s: number, fibre: number) => opticsOffset(s, fibre, this.#fibres);
      return this.#targetAt(at(side, 0) + part, at(side, 1) - at(side, 0), count);
    }
    return this.#targetAt(plugOffset(side) + part, 1, count);
  }

  #targetAt(first: number, step: number, count: number): Target {
    let target = this.#targets.get(first);
    if (target === undefined) {
      target = { first, step, count, fixed: 0, fixedByUnit: undefined, random: [] };
      this.#targets.set(first, target);
    }
    return target;
  }

  #place(name: InputName, side: number, contribution: Contribution): Place {
    return contribution.level === inputSpec(name).level
      ? ownPlace(name, side)
      : plugPlace(name, side);
  }
}

/** An input of a correlated group as a sum of the group's independent scores: a row of the Cholesky factor. */
function correlatedParts(
  name: InputName,
  law: LawNumbers,
  group: Correlation,
): { name: InputName; law: LawNumbers }[] {
  const row = cholesky(group.matrix)?.[group.inputs.indexOf(name)];
  if (row === undefined) throw new InvariantError('correlation matrix is not positive definite');
  return row.map((coefficient, j) => ({
    name: group.inputs[j] as InputName,
    law: { ...standardNormal(), a: j === 0 ? law.a : 0, b: law.b * coefficient },
  }));
}

const NOTHING: LawNumbers = {
  law: LAW.uniform,
  a: 0,
  b: 0,
  c: 0,
  quantiles: new Float32Array(0),
  shares: new Float64Array(0),
};

/** (x + ½)/2³² */
const UNIFORM: LawNumbers = { ...NOTHING, law: LAW.uniform, a: 2 ** -33, b: 2 ** -32 };

export const SIDES = [PINNED, UNPINNED] as const;
