/** The fold of all blocks: exact counts, compensated sums, and one histogram a section. */
import { Histogram } from './histogram.js';
import * as SUM from './sums.js';
import type { TallyData } from './tally.js';
import { WorstList } from './worst.js';

/** Running sums whose rounding errors are carried along (Neumaier 1974). */
export class CompensatedSums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(length: number) {
    this.#sums = new Float64Array(length);
    this.#lost = new Float64Array(length);
  }

  add(values: Float64Array): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      const before = this.#sums[i]!;
      const after = before + value;
      const lost =
        Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
      this.#sums[i] = after;
      this.#lost[i] = this.#lost[i]! + lost;
    }
  }

  values(): Float64Array {
    return this.#sums.map((sum, i) => sum + this.#lost[i]!);
  }
}

/** All matings of one pair: block tallies added in block order. */
export class PairTotal {
  matings = 0;
  shiftDb = 0;
  minDb = Infinity;
  maxDb = -Infinity;
  worstMinDb = Infinity;
  /** Most points per mating that the contact solver looked at in any block: tells a slow plan. */
  mostContactVisits = 0;
  readonly fibres = new Histogram();
  readonly squares = new Histogram();
  readonly worst = new Histogram();
  readonly positions: Histogram[] = [];
  readonly sections: Histogram[];
  readonly worstList = new WorstList();
  #sums: CompensatedSums | undefined;

  /** @param sections 0 for a pair that is not compared */
  constructor(sections: number) {
    this.sections = Array.from({ length: sections }, () => new Histogram());
  }

  add(block: TallyData, section: number): void {
    this.#sums ??= new CompensatedSums(block.sums.length);
    this.#sums.add(block.sums);
    this.matings += block.matings;
    const visits = block.sums[SUM.contactVisits]! / block.matings;
    this.mostContactVisits = Math.max(this.mostContactVisits, visits);
    this.shiftDb = block.shiftDb;
    this.minDb = Math.min(this.minDb, block.minDb);
    this.maxDb = Math.max(this.maxDb, block.maxDb);
    this.worstMinDb = Math.min(this.worstMinDb, block.worstMinDb);
    this.fibres.merge(block.fibres);
    this.squares.merge(block.squares);
    this.worst.merge(block.worst);
    block.positions.forEach((counts, i) => {
      this.positions[i] ??= new Histogram();
      (this.positions[i] as Histogram).merge(counts);
    });
    this.sections[section]?.merge(block.fibres);
    this.worstList.merge(block.worstMatings);
  }

  sums(): Float64Array {
    return this.#sums?.values() ?? new Float64Array(0);
  }
}
