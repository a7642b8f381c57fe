/** Pick-freeze sampling of a pair: sums for Sobol' indices, from blocks as they are folded. */
import type { BlockResult } from '../../engine/block.js';
import type { OwnSums, RunTotals } from '../../engine/fold.js';
import type { Plan } from '../../plan/types.js';
import { compileVariants } from '../../plan/variants.js';
import type { Scenario } from '../../scenario/types.js';
import * as DIFFERENCE from '../../statistics/differences.js';
import {
  type OutputSums,
  type PickFreezeSums,
  type SobolIndices,
  sobolIndices,
} from '../../statistics/sobol-indices.js';
import * as SUM from '../../statistics/sums.js';
import type { TallyData } from '../../statistics/tally.js';
import type { Factor } from './factors.js';

/** Of the mean loss of a mating, and of the losses of all fibres. */
export interface IndicesOfPair {
  readonly mating: SobolIndices | null;
  readonly fibre: SobolIndices | null;
}

/** A, B, and AB of each factor: A with the factor's draws taken from B (Saltelli et al. 2010). */
const A = 0;
const B = 1;
const FIRST_GROUP = 2;

export interface PickFreeze {
  readonly plan: Plan;
  /** What is to be summed over its blocks. */
  readonly own: OwnSums;
  readonly indices: (totals: RunTotals) => IndicesOfPair;
}

/** A plan for the indices of some factors. */
export function pickFreeze(
  scenario: Scenario,
  pair: string,
  factors: readonly Factor[],
): PickFreeze {
  const groups = factors.map((_, g) => FIRST_GROUP + g);
  const plan = compileVariants(
    pair,
    [
      { scenario },
      { scenario, fromOther: () => true },
      ...factors.map(({ has }) => ({ scenario, fromOther: has })),
    ],
    [[A, B], ...groups.flatMap((g) => [[A, g] as const, [B, g] as const])],
    [
      [A, B, ...groups],
      [B, ...groups],
    ],
  );
  const fibres = plan.pairs[A]?.mechanics.fibres as number;
  const mating = new OutputPlaces(1, 1, factors.length);
  const fibre = new OutputPlaces(mating.end, fibres, factors.length);
  const of = (block: BlockResult, into: Float64Array): void => {
    into[MATINGS] = block.matings;
    addOutputs(block, mating, into, addMean);
    addOutputs(block, fibre, into, addFibres);
    const squared = (c: number): number => block.comparisons[c]?.[DIFFERENCE.mean2] as number;
    const [fromA, fromB] = block.series;
    const changed = (steps: typeof fromA, k: number): number =>
      fibres * (steps?.steps[k]?.sums[SUM.b] as number);
    into[mating.aToB] = squared(0);
    into[fibre.aToB] = changed(fromA, 0);
    groups.forEach((_, g) => {
      into[mating.toA(g)] = squared(1 + 2 * g);
      into[mating.toB(g)] = squared(2 + 2 * g);
      into[fibre.toA(g)] = changed(fromA, 1 + g);
      into[fibre.toB(g)] = changed(fromB, g);
    });
  };
  return {
    plan,
    own: { length: fibre.end, of },
    indices: ({ own }) => ({
      mating: sobolIndices(sumsAt(own, mating)),
      fibre: sobolIndices(sumsAt(own, fibre)),
    }),
  };
}

const MATINGS = 0;

/** Where the sums of an output stand among all sums: those of A, B and each AB, then the differences. */
class OutputPlaces {
  readonly positions: number;
  readonly groups: number;
  readonly #start: number;

  constructor(start: number, positions: number, groups: number) {
    this.#start = start;
    this.positions = positions;
    this.groups = groups;
  }

  /** Σf at the first position, of A, B, AB of the first group …; that of other positions, and Σf², follow. */
  output(variant: number): number {
    return this.#start + variant * (this.positions + 1);
  }
  get aToB(): number {
    return this.output(FIRST_GROUP + this.groups);
  }
  toA(group: number): number {
    return this.aToB + 1 + 2 * group;
  }
  toB(group: number): number {
    return this.toA(group) + 1;
  }
  get end(): number {
    return this.toA(this.groups);
  }
}

function addOutputs(block: BlockResult, to: OutputPlaces, into: Float64Array, add: AddOutput) {
  // All losses are counted from the mean loss of the first mating of A.
  const { shiftDb } = block.pairs[A] as TallyData;
  block.pairs.forEach((tally, variant) => {
    add(tally, tally.shiftDb - shiftDb, into, to.output(variant));
  });
}

/** Writes Σ(f − s) and Σ(f − s)² of a block, whose own sums count from a loss that is `more` than s. */
type AddOutput = (tally: TallyData, more: number, into: Float64Array, at: number) => void;

/** f is the mean loss of a mating. */
const addMean: AddOutput = ({ sums, matings }, more, into, at) => {
  into[at] = sums[SUM.a]! + matings * more;
  into[at + 1] = moved(sums[SUM.a]!, sums[SUM.aa]!, matings, more);
};

/** f are the losses of all fibres. */
const addFibres: AddOutput = ({ sums, matings, positions: { length: fibres } }, more, into, at) => {
  for (let i = 0; i < fibres; i++) {
    into[at + i] = sums[SUM.positions + 2 * i]! + matings * more;
  }
  into[at + fibres] = fibres * moved(sums[SUM.a]!, sums[SUM.b]!, matings, more);
};

/** Σ(x + more)² from Σx and Σx². */
function moved(sum: number, squares: number, n: number, more: number): number {
  return squares + 2 * more * sum + n * more * more;
}

/** The sums of an output, by section. */
function sumsAt(own: readonly Float64Array[], places: OutputPlaces): PickFreezeSums {
  const column = (at: number): Float64Array => Float64Array.from(own, (sums) => sums[at]!);
  const output = (variant: number): OutputSums => ({
    sums: Array.from({ length: places.positions }, (_, i) => column(places.output(variant) + i)),
    squares: column(places.output(variant) + places.positions),
  });
  return {
    matings: column(MATINGS),
    a: output(A),
    b: output(B),
    aToB: column(places.aToB),
    groups: Array.from({ length: places.groups }, (_, g) => ({
      ...output(FIRST_GROUP + g),
      toA: column(places.toA(g)),
      toB: column(places.toB(g)),
    })),
  };
}
