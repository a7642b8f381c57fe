/** States of one level: those above the next one are the seeds from which it is explored. */

/** Grows as needed; states lie one after the other. */
export class Population {
  readonly #dimensions: number;
  #scores: Float64Array;
  #fibres: Int32Array;
  #losses: Float64Array;
  #size = 0;

  constructor(dimensions: number, capacity: number) {
    this.#dimensions = dimensions;
    this.#scores = new Float64Array(dimensions * capacity);
    this.#fibres = new Int32Array(capacity);
    this.#losses = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }
  get scores(): Float64Array {
    return this.#scores;
  }

  fibre(state: number): number {
    return this.#fibres[state]!;
  }
  lossDb(state: number): number {
    return this.#losses[state]!;
  }

  clear(): void {
    this.#size = 0;
  }

  add(scores: Float64Array, fibre: number, lossDb: number): void {
    if (this.#size === this.#losses.length) this.#grow();
    const from = this.#size * this.#dimensions;
    for (let c = 0; c < this.#dimensions; c++) this.#scores[from + c] = scores[c]!;
    this.#fibres[this.#size] = fibre;
    this.#losses[this.#size] = lossDb;
    this.#size += 1;
  }

  #grow(): void {
    const scores = new Float64Array(2 * this.#scores.length);
    scores.set(this.#scores);
    this.#scores = scores;
    const fibres = new Int32Array(2 * this.#fibres.length);
    fibres.set(this.#fibres);
    this.#fibres = fibres;
    const losses = new Float64Array(2 * this.#losses.length);
    losses.set(this.#losses);
    this.#losses = losses;
  }
}
