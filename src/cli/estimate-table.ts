/** Tables of estimates: a row of values, and a row of their intervals below it. */
import type { Colours } from './colours.js';
import type { EstimateText } from './format.js';
import { shorten, table } from './table.js';

export const NAME_WIDTH = 16;

export const label = (name: string): string => shorten(name, NAME_WIDTH);

/** A table of columns, with the values of a row on one line and their intervals below them. */
export function estimateTable(
  header: readonly string[],
  columns: readonly (readonly (string | EstimateText)[])[],
  { bold, dim }: Colours,
): string[] {
  const rows = (columns[0] ?? []).flatMap((_, row) => {
    const cells = columns.map((column) => column[row] ?? '');
    return [
      cells.map((cell) => (typeof cell === 'string' ? cell : cell.value)),
      cells.map((cell) => (typeof cell === 'string' ? '' : cell.interval)),
    ];
  });
  const [head = '', ...lines] = table([header, ...rows]);
  return [bold(head), ...lines.map((line, i) => (i % 2 === 1 ? dim(line) : line))];
}
