/** The fold of all blocks of one pair: exact counts, compensated sums, and one histogram a section. */
import { Histogram, LOSS_BINS_PER_DB, RETURN_LOSS_BINS_PER_DB } from './histogram.js';
import { SpreadTotal } from './spread.js';
import * as SUM from './sums.js';
import type { TallyData } from './tally.js';
import { WorstList } from './worst.js';

/** All matings of one pair: block tallies added in block order. */
export class PairTotal extends SpreadTotal {
  /** Most points per mating that the contact solver looked at in any block: tells a slow plan. */
  mostContactVisits = 0;
  readonly positions: readonly Histogram[];
  readonly sections: readonly Histogram[];
  /** Sums of the spread of each section, and its matings. */
  readonly sectionSums: readonly Float64Array[];
  readonly sectionMatings: number[];
  readonly worstList = new WorstList();
  /** undefined where it was not worked out. */
  returnLoss: SpreadTotal | undefined;

  /** @param sections 0 for a pair that is not compared */
  constructor(fibreCount: number, sections: number) {
    super(fibreCount, LOSS_BINS_PER_DB);
    this.positions = Array.from({ length: fibreCount }, () => new Histogram());
    this.sections = Array.from({ length: sections }, () => new Histogram());
    this.sectionSums = Array.from({ length: sections }, () => new Float64Array(SUM.spread));
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

  #addToSection(block: TallyData, section: number): void {
    const sums = this.sectionSums[section];
    if (sums === undefined) return;
    for (let i = 0; i < sums.length; i++) sums[i]! += block.sums[i]!;
    this.sectionMatings[section]! += block.matings;
  }
}
