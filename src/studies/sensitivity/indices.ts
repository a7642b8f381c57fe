/** Pick-freeze sampling of a pair: sums for Sobol' indices, from blocks as they are folded. */
import type { BlockResult } from '../../engine/block.js';
import type { OnBlock } from '../../engine/fold.js';
import type { Plan } from '../../plan/types.js';
import { compileVariants } from '../../plan/variants.js';
import type { Scenario } from '../../scenario/types.js';
import * as DIFFERENCE from '../../statistics/differences.js';
import {
  type GroupSums,
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
  readonly onBlock: OnBlock;
  readonly indices: () => IndicesOfPair;
}

/** A plan for the indices of some factors, and what is to be told of its blocks. */
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
  const sums = new Sums(plan, groups);
  return { plan, onBlock: sums.add, indices: () => sums.indices() };
}

/** Adds up, section by section, what the estimators need. */
class Sums {
  readonly #mating: PickFreezeSums;
  readonly #fibre: PickFreezeSums;
  /** Mean loss of the first mating of A, from which all losses are counted. */
  #shiftDb = Number.NaN;

  constructor({ sections, pairs }: Plan, groups: readonly number[]) {
    const zeros = (): Float64Array => new Float64Array(sections);
    const empty = (positions: number): PickFreezeSums => {
      const output = (): OutputSums => ({
        sums: Array.from({ length: positions }, zeros),
        squares: zeros(),
      });
      return {
        matings: zeros(),
        a: output(),
        b: output(),
        aToB: zeros(),
        groups: groups.map((): GroupSums => ({ ...output(), toA: zeros(), toB: zeros() })),
      };
    };

    this.#mating = empty(1);
    this.#fibre = empty(pairs[A]?.mechanics.fibres as number);
  }

  readonly add: OnBlock = (block, section) => {
    if (Number.isNaN(this.#shiftDb)) this.#shiftDb = (block.pairs[A] as TallyData).shiftDb;
    this.#addOutputs(block, section, this.#mating, addMean);
    this.#addOutputs(block, section, this.#fibre, addFibres);
    const squared = (c: number): number => block.comparisons[c]?.[DIFFERENCE.mean2] as number;
    this.#mating.aToB[section]! += squared(0);
    this.#mating.groups.forEach((group, g) => {
      group.toA[section]! += squared(1 + 2 * g);
      group.toB[section]! += squared(2 + 2 * g);
    });
    const fibres = this.#fibre.a.sums.length;
    const [fromA, fromB] = block.series;
    const changed = (steps: typeof fromA, k: number): number =>
      fibres * (steps?.steps[k]?.sums[SUM.b] as number);
    this.#fibre.aToB[section]! += changed(fromA, 0);
    this.#fibre.groups.forEach((group, g) => {
      group.toA[section]! += changed(fromA, 1 + g);
      group.toB[section]! += changed(fromB, g);
    });
  };

  indices(): IndicesOfPair {
    return { mating: sobolIndices(this.#mating), fibre: sobolIndices(this.#fibre) };
  }

  #addOutputs(block: BlockResult, section: number, to: PickFreezeSums, add: AddOutput): void {
    to.matings[section]! += block.matings;
    [to.a, to.b, ...to.groups].forEach((output, pair) => {
      const tally = block.pairs[pair] as TallyData;
      add(tally, tally.shiftDb - this.#shiftDb, output, section);
    });
  }
}

/** Adds Σ(f − s) and Σ(f − s)² of a block, whose own sums count from a loss that is `more` than s. */
type AddOutput = (tally: TallyData, more: number, to: OutputSums, section: number) => void;

/** f is the mean loss of a mating. */
const addMean: AddOutput = ({ sums, matings }, more, to, section) => {
  to.sums[0]![section]! += sums[SUM.a]! + matings * more;
  to.squares[section]! += moved(sums[SUM.a]!, sums[SUM.aa]!, matings, more);
};

/** f are the losses of all fibres. */
const addFibres: AddOutput = ({ sums, matings }, more, to, section) => {
  const fibres = to.sums.length;
  for (let i = 0; i < fibres; i++) {
    to.sums[i]![section]! += sums[SUM.positions + 2 * i]! + matings * more;
  }
  to.squares[section]! += fibres * moved(sums[SUM.a]!, sums[SUM.b]!, matings, more);
};

/** Σ(x + more)² from Σx and Σx². */
function moved(sum: number, squares: number, n: number, more: number): number {
  return squares + 2 * more * sum + n * more * more;
}
