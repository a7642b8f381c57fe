/** Tables of numbers that stay short, and ranges of numbers of which there may be any count. */

type Row<Cell> = readonly (Cell | string | null)[];

/** The first rows, and a last one that says how many more there are. */
export function atMost<Cell>(rows: readonly Row<Cell>[], most: number): Row<Cell>[] {
  if (rows.length <= most) return [...rows];
  const left = rows.length - most;
  return [...rows.slice(0, most), lastRow(rows, `${left} more rows`)];
}

/** Rows all over the table, as many as `most` or nearly, and a last one that says how many are between. */
export function thinned<Cell>(rows: readonly Row<Cell>[], most: number): Row<Cell>[] {
  if (rows.length <= most) return [...rows];
  const step = Math.ceil(rows.length / most);
  const kept = rows.filter((_, i) => i % step === 0);
  return [...kept, lastRow(rows, `${rows.length - kept.length} more rows between these`)];
}

function lastRow<Cell>(rows: readonly Row<Cell>[], more: string): Row<Cell> {
  const says = (_: unknown, c: number): string | null =>
    c === 0 ? '…' : c === 1 ? `${more}: matedpair report --figures writes all` : null;
  return rows[0]?.map(says) ?? [];
}

/** Least and largest of any count of numbers, more than a call takes as arguments; infinite without any. */
export function rangeOf(values: Iterable<number>): {
  readonly least: number;
  readonly most: number;
} {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
