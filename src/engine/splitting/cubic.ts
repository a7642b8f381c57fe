/** The cubic of one cell of a table. */

const THIRD = 1 / 3;
const TWO_THIRDS = 2 / 3;

/** Writes the coefficients, lowest power first, of the cubic through f at 0, ⅓, ⅔ and 1: neighbouring cells meet. */
export function fillCubic(
  table: Float64Array | Float32Array,
  at: number,
  f: (t: number) => number,
): void {
  const f0 = f(0);
  const f1 = f(THIRD);
  const f2 = f(TWO_THIRDS);
  const f3 = f(1);
  // Forward differences (Newton), in powers of t.
  const d1 = f1 - f0;
  const d2 = f2 - 2 * f1 + f0;
  const d3 = f3 - 3 * (f2 - f1) - f0;
  table[at] = f0;
  table[at + 1] = 3 * d1 - 1.5 * d2 + d3;
  table[at + 2] = 4.5 * d2 - 4.5 * d3;
  table[at + 3] = 4.5 * d3;
}
