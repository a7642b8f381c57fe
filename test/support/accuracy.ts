/** Measuring an error against a true value given as two doubles, value + rest (see test/reference/README.md). */

/** Distance between doubles near `value`: one unit in the last place. */
export function unitInLastPlace(value: number): number {
  const size = Math.abs(value);
  let unit = 2 ** -1074;
  while (unit < 2 ** 971 && unit * 2 ** 53 <= size) unit *= 2;
  return unit;
}

/** |computed − (value + rest)|, exact to a small part of a unit as long as `computed` is near. */
export function errorOf(computed: number, value: number, rest: number): number {
  return Math.abs(computed - value - rest);
}

export interface Worst {
  readonly error: number;
  readonly at: readonly (number | null)[];
}

/**
 * Largest of a list's errors with the arguments where it occurs, so that a failure says where. NaN counts as largest.
 */
export function worstOf<Row extends readonly (number | null)[]>(
  rows: readonly Row[],
  errorAt: (row: Row) => number,
): Worst {
  let worst: Worst = { error: 0, at: [] };
  for (const row of rows) {
    const error = errorAt(row);
    if (!(error <= worst.error)) worst = { error, at: row };
    if (Number.isNaN(error)) break;
  }
  return worst;
}
