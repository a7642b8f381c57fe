/** The fold of all blocks of one pair: exact counts, exact sums, and one histogram a section. */
import { ExactSums } from './exact-sums.js';
import { Histogram, LOSS_BINS_PER_DB, RETURN_LOSS_BINS_PER_DB } from './histogram.js';
import { SpreadTotal } from './spread.js';
import type { PairState } from './states.js';
import * as SUM from './sums.js';
import type { TallyData } from './tally.js';
import { WorstList } from './worst.js';

/** All matings of one pair: block tallies added in block order. */
export class PairTotal extends SpreadTotal {
  /** Most points per mating that the contact solver looked at in any block: tells a slow plan. */
  mostContactVisits = 0;
  readonly positions: readonly Histogram[];
  readonly sections: readonly Histogram[];
  readonly #sectionSums: readonly ExactSums[];
  /** Matings of each section. */
  readonly sectionMatings: number[];
  readonly worstList = new WorstList();
  /** undefined where it was not worked out. */
  returnLoss: SpreadTotal | undefined;

  /** @param sections 0 for a pair that is not compared */
  constructor(fibreCount: number, sections: number) {
    super(fibreCount, LOSS_BINS_PER_DB);
    this.positions = Array.from({ length: fibreCount }, () => new Histogram());
    this.sections = Array.from({ length: sections }, () => new Histogram());
    this.#sectionSums = Array.from({ length: sections }, () => new ExactSums(SUM.spread));
    this.sectionMatings = new Array<number>(sections).fill(0);
  }

  add(block: TallyData, section: number): void {
    this.addSpread(block);
    const visits = block.sums[SUM.contactVisits]! / block.matings;
    this.mostContactVisits = Math.max(this.mostContactVisits, visits);
    block.positions.forEach((counts, i) => {
      this.positions[i]?.merge(counts);
    });
    this.sections[section]?.merge(block.fibres);
    this.#addToSection(block, section);
    this.worstList.merge(block.worstMatings);
    if (block.returnLoss === undefined) return;
    this.returnLoss ??= new SpreadTotal(this.fibreCount, RETURN_LOSS_BINS_PER_DB);
    this.returnLoss.addSpread(block.returnLoss);
  }

  /** What other blocks of the same plan came to. */
  merge(state: PairState): void {
    this.mergeSpread(state);
    this.mostContactVisits = Math.max(this.mostContactVisits, state.mostContactVisits);
    state.positions.forEach((bins, i) => {
      this.positions[i]?.merge(bins);
    });
    state.sections.forEach(({ matings, bins, sums }, i) => {
      if (matings === 0) return;
      this.sections[i]?.merge(bins);
      this.#sectionSums[i]?.merge(sums);
      this.sectionMatings[i]! += matings;
    });
    this.worstList.merge(state.worstMatings);
    if (state.returnLoss === null) return;
    this.returnLoss ??= new SpreadTotal(this.fibreCount, RETURN_LOSS_BINS_PER_DB);
    this.returnLoss.mergeSpread(state.returnLoss);
  }

  state(): PairState {
    return {
      ...this.spreadState(),
      mostContactVisits: this.mostContactVisits,
      positions: this.positions.map((histogram) => histogram.state()),
      sections: this.sections.map((histogram, i) => {
        const matings = this.sectionMatings[i]!;
        const sums = matings === 0 ? [] : this.#sectionSums[i]!.exact();
        return { matings, bins: histogram.state(), sums };
      }),
      worstMatings: this.worstList.entries(),
      returnLoss: this.returnLoss?.spreadState() ?? null,
    };
  }

  /** Sums of the spread of a section. */
  sectionSums(section: number): Float64Array {
    return this.#sectionSums[section]?.values() ?? new Float64Array(SUM.spread);
  }

  #addToSection(block: TallyData, section: number): void {
    const sums = this.#sectionSums[section];
    if (sums === undefined) return;
    sums.add(block.sums);
    this.sectionMatings[section]! += block.matings;
  }
}
