/** What a report is made of: figures with their numbers, as plain data. */
import type { TopLevelSpec } from 'vega-lite';

/** The numbers of a figure: a row a mark, or what its marks come from. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface Figure {
  /** For file names: letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** What it shows and how to read it, in a sentence or two. */
  readonly note: string;
  /** Vega-Lite, with the data in it. */
  readonly spec: TopLevelSpec;
  readonly table: FigureTable;
  /** All numbers, where the table is cut for the page or holds other ones. */
  readonly data?: FigureTable;
}

/** An id from a title or name. */
export function idOf(...parts: readonly string[]): string {
  const id = parts
    .join('-')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return id === '' ? 'figure' : id.slice(0, 80);
}
