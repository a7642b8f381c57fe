/** The matings with the highest loss of any fibre. */

export interface WorstMating {
  /** Index of the mating in the run, from 0. */
  readonly mating: number;
  readonly worstFibreDb: number;
  readonly meanDb: number;
  /** Index of the worst fibre of the pinned plug, from 0. */
  readonly fibre: number;
}

/** How many are kept. */
export const WORST_KEPT = 10;

/** Orders by loss, the greatest first; equal losses by index, so that the list does not depend on the order of work. */
function compareWorst(a: WorstMating, b: WorstMating): number {
  return b.worstFibreDb - a.worstFibreDb || a.mating - b.mating;
}

/** Keeps the worst of the matings offered. */
export class WorstList {
  #entries: WorstMating[] = [];
  #threshold = -Infinity;

  offer(mating: number, worstFibreDb: number, meanDb: number, fibre: number): void {
    if (worstFibreDb < this.#threshold) return;
    this.merge([{ mating, worstFibreDb, meanDb, fibre }]);
  }

  merge(others: readonly WorstMating[]): void {
    this.#entries = [...this.#entries, ...others].sort(compareWorst).slice(0, WORST_KEPT);
    if (this.#entries.length === WORST_KEPT) {
      this.#threshold = (this.#entries[WORST_KEPT - 1] as WorstMating).worstFibreDb;
    }
  }

  entries(): readonly WorstMating[] {
    return this.#entries;
  }
}
