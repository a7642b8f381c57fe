/** Sums kept apart for every other mating and added up at the end, since the kernel's vectors hold two matings. */

export class AlternatingSums {
  readonly #even: Float64Array;
  readonly #odd: Float64Array;
  #isOdd = true;

  constructor(length: number) {
    this.#even = new Float64Array(length);
    this.#odd = new Float64Array(length);
  }

  /** The sums to which the next mating adds. */
  next(): Float64Array {
    this.#isOdd = !this.#isOdd;
    return this.#isOdd ? this.#odd : this.#even;
  }

  total(): Float64Array {
    return this.#even.map((sum, i) => sum + this.#odd[i]!);
  }
}
