/** Tables of numbers that stay short. */

/** The first rows, and a last one that says how many more there are. */
export function atMost<Cell>(
  rows: readonly (readonly (Cell | string | null)[])[],
  most: number,
): (readonly (Cell | string | null)[])[] {
  if (rows.length <= most) return [...rows];
  const left = rows.length - most;
  const last = rows[0]?.map((_, c) =>
    c === 0 ? '…' : c === 1 ? `${left} more rows: see the table beside the result` : null,
  );
  return [...rows.slice(0, most), last ?? []];
}
