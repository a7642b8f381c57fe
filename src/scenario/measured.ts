/** Reads measured plugs from a CSV file: a row a fibre, the units in the header, all problems told at once. */
import { decimalPoint } from './expression.js';
import { FIBRE_COUNTS, type FibreCount, ferruleLayout, type Layout } from './layout.js';
import {
  isPlausible,
  likelyCause,
  type Measured,
  type MeasuredPlug,
  nominalOf,
  plausibleRange,
  type ValueColumn,
} from './measured-columns.js';
import {
  fibreList,
  numberFibres,
  type PlugRows,
  readGender,
  readPlugs,
} from './measured-labels.js';
import {
  type Columns,
  MOST_TOLD,
  numberIn,
  type Row,
  readHeader,
  Table,
  type ValueHeading,
} from './measured-table.js';
import { shorten } from './raw.js';
import { showQuantity } from './show-quantity.js';
import { round15 } from './units.js';

/** Beyond it, squares and products would overflow. */
const LARGEST = 1e15;

export interface MeasuredOptions {
  /** Accept values outside their plausible range; `warn` is then told of up to 20 of them. */
  readonly allowImplausible?: boolean | undefined;
  readonly warn?: ((text: string) => void) | undefined;
}

/**
 * The plugs of a file in the order in which they begin in it.
 *
 * Lengths in µm, angles in rad, to 15 digits; deviations from a nominal position to 1e-9 µm. `file` names the file in
 * messages, and the plug if the file has no names. Throws UserError with up to 20 problems, each at its line and column.
 */
export function parseMeasured(
  text: string,
  file: string,
  fibreCount: FibreCount,
  options: MeasuredOptions = {},
): readonly MeasuredPlug[] {
  const table = new Table(text, file);
  const plugs = new Reader(table, ferruleLayout(fibreCount), options).read();
  table.throwIfAny();
  return plugs;
}

/**
 * The smallest fibre count that holds the largest fibre number of a file; undefined if it numbers no fibres.
 *
 * For callers without a design. Bad titles and cells are left for parseMeasured to tell. Throws UserError for a text that
 * is no table of measured values, and for a fibre number beyond all counts.
 */
export function measuredFibreCount(text: string, file: string): FibreCount | undefined {
  const table = new Table(text, file);
  const field = readHeader(table).fields.get('fibre');
  if (field === undefined) return undefined;
  let largest = 0;
  for (const row of table.rows) {
    const number = numberIn(row.cells[field]!);
    if (number > FIBRE_COUNTS.at(-1)!) {
      const details = { found: row.cells[field]!, expected: `at most ${FIBRE_COUNTS.at(-1)}` };
      table.fail(table.at(row, field), 'no ferrule has so many fibres', details);
    }
    if (number > largest) largest = number;
  }
  return largest === 0 ? undefined : FIBRE_COUNTS.find((count) => count >= largest);
}

/** A value that was read, and where; `fibre` is 0 where the value is the plug's. */
interface Reading extends Measured {
  readonly row: Row;
}

/** Reads the values plug by plug, and tells the table what is wrong. */
class Reader {
  readonly #table: Table;
  readonly #columns: Columns;
  readonly #layout: Layout;
  readonly #options: MeasuredOptions;
  #warned = 0;

  constructor(table: Table, layout: Layout, options: MeasuredOptions) {
    this.#table = table;
    this.#columns = readHeader(table);
    this.#layout = layout;
    this.#options = options;
  }

  read(): readonly MeasuredPlug[] {
    return readPlugs(this.#table, this.#columns).map((plug) => this.#readPlug(plug));
  }

  #readPlug(rowsOf: PlugRows): MeasuredPlug {
    const { name, label, rows } = rowsOf;
    const gender = readGender(rowsOf, this.#table, this.#columns);
    const fibres = numberFibres(rowsOf, this.#layout.fibres, this.#table, this.#columns);
    const plug: { -readonly [K in keyof MeasuredPlug]: MeasuredPlug[K] } = { name, gender };
    const pairs: Record<'holeDiametersUm' | 'pinDiametersUm', [number, number]> = {
      holeDiametersUm: [0, 0],
      pinDiametersUm: [0, 0],
    };
    const measured = new Map<string, Row>();
    for (const heading of this.#columns.values) {
      const { column, field } = heading;
      const filled = rows.filter(({ cells }) => cells[field] !== '');
      if (filled[0] === undefined) continue;
      measured.set(column.name, filled[0]);
      const readings = filled.flatMap((row) => this.#readNumber(row, heading, fibres, label));
      if (column.of === 'fibre') {
        this.#tellUnfilled(heading, fibres, label);
        this.#checkPlausible(readings, heading, label);
        readings.sort((a, b) => a.fibre - b.fibre);
        plug[column.field] = readings.map((reading) => this.#fieldValue(reading, column));
        continue;
      }
      const value = this.#sharedValue(readings, heading, label);
      if (value === undefined) continue;
      if (column.of === 'plug') plug[column.field] = value;
      else {
        // the other half comes too, or is told below
        pairs[column.field][column.side] = value;
        plug[column.field] = pairs[column.field];
      }
    }
    this.#tellAlone(measured, rowsOf);
    return plug;
  }

  /** The number in a cell, unless it is none or belongs to no fibre. */
  #readNumber(
    row: Row,
    { column, field, factor }: ValueHeading,
    fibres: ReadonlyMap<Row, number>,
    label: string,
  ): readonly Reading[] {
    const text = row.cells[field]!;
    const value = round15(numberIn(text) * factor);
    if (Math.abs(value) <= LARGEST) {
      const fibre = column.of === 'fibre' ? fibres.get(row) : 0;
      return fibre === undefined ? [] : [{ value, fibre, row }];
    }
    const reason = Number.isNaN(value) ? 'not a number' : 'a number beyond all bounds';
    this.#table.tellCell(row, field, `${label}${column.name}: ${reason}`, {
      expected: 'a number, or nothing in the whole column of a plug',
      suggestion: numberHint(shorten(text)),
    });
    return [];
  }

  /** Tells fibres without a value in a column in which others have one. */
  #tellUnfilled(
    { column, field }: ValueHeading,
    fibres: ReadonlyMap<Row, number>,
    label: string,
  ): void {
    const blank = [...fibres].filter(([row]) => row.cells[field] === '');
    if (blank[0] === undefined) return;
    const list = fibreList(blank.map(([, fibre]) => fibre));
    this.#table.tellCell(blank[0][0], field, `${label}${column.name}: no value for ${list}`, {
      expected: 'a value for every fibre of the plug, or for none',
    });
  }

  /** A plug's own value: the first, which others may only repeat. */
  #sharedValue(
    readings: readonly Reading[],
    heading: ValueHeading,
    label: string,
  ): number | undefined {
    const { column, field } = heading;
    const first = readings[0];
    if (first === undefined) return undefined;
    const other = readings.find(({ value }) => value !== first.value);
    if (other !== undefined) {
      const message = `${label}${column.name} contradicts line ${first.row.line}`;
      const expected = `${first.row.cells[field]}, or nothing`;
      this.#table.tellCell(other.row, field, message, { expected });
    }
    this.#checkPlausible([first], heading, label);
    return this.#fieldValue(first, column);
  }

  #checkPlausible(readings: readonly Reading[], heading: ValueHeading, label: string): void {
    const { column, unit } = heading;
    const off = readings.filter((reading) => !isPlausible(column, reading, this.#layout));
    // one cause for most of them is more likely than as many slips
    const cause =
      off.length > 1 && 2 * off.length > readings.length
        ? likelyCause(column, readings, unit, this.#layout)
        : undefined;
    if (cause !== undefined) {
      this.#tellImplausible(off, heading, label, cause);
      return;
    }
    for (const reading of off) {
      const slip = likelyCause(column, [reading], unit, this.#layout);
      this.#tellImplausible([reading], heading, label, slip);
    }
  }

  /** Tells implausible values at the first of them: as a problem, or as a warning to those who insist. */
  #tellImplausible(
    readings: readonly Reading[],
    { column, field, unit }: ValueHeading,
    label: string,
    suggestion: string | undefined,
  ): void {
    const { row, fibre } = readings[0]!;
    const whose = column.of === 'fibre' ? ` of ${fibreList(readings.map((at) => at.fibre))}` : '';
    const message = `${label}${column.name}${whose}: implausible`;
    const found = `${row.cells[field]}${unit === '1' ? '' : ` ${unit}`}`;
    const expected = plausibleRange(column, this.#layout, fibre);
    if (this.#options.allowImplausible !== true) {
      this.#table.tellCell(row, field, message, { found, expected, suggestion });
      return;
    }
    const lowest = column.atLeast ?? Number.NEGATIVE_INFINITY;
    const meaningless = readings.find(({ value }) => value < lowest);
    if (meaningless !== undefined) {
      this.#table.tellCell(meaningless.row, field, `${label}${column.name}: out of bounds`, {
        expected: `${showQuantity(lowest, column.unit)} or more`,
      });
      return;
    }
    this.#warned += 1;
    if (this.#warned > MOST_TOLD) return;
    const { file } = this.#table;
    const place = this.#table.at(row, field);
    const where = `${file}:${place.line}:${place.column}`;
    this.#options.warn?.(`${where}: ${message}: ${found}, expected ${expected}`);
  }

  /** What the field of a column holds: 1e-9 µm take off what the subtraction left in the last bits. */
  #fieldValue({ value, fibre }: Reading, column: ValueColumn): number {
    if (column.isDeviation !== true) return value;
    return Number((value - nominalOf(column, this.#layout, fibre)).toFixed(9)) + 0;
  }

  /** Tells what was measured without what belongs to it, and a plug of which nothing was. */
  #tellAlone(measured: ReadonlyMap<string, Row>, plug: PlugRows): void {
    const { values } = this.#columns;
    for (const { column, field } of values) {
      const row = measured.get(column.name);
      const others = values.filter((other) => column.needs?.includes(other.column.name));
      const isAlone = others.length > 0 && !others.some((other) => measured.has(other.column.name));
      if (row === undefined || !isAlone) continue;
      const message = `${plug.label}${column.name} without ${others[0]!.column.name}`;
      this.#table.tellCell(row, field, message, { expected: 'both, or neither of the plug' });
    }
    if (measured.size > 0 || values.length === 0) return;
    const { line } = plug.rows[0];
    this.#table.tell({ line, column: 1 }, `${plug.label}nothing is measured`);
  }
}

function numberHint(text: string): string | undefined {
  if (/^[\u2212\u2013]\s*[\d.]/.test(text)) return 'the minus sign is a hyphen: -1';
  if (/^[+-]?[\d.]+\s*[A-Za-zµμ°%]+$/.test(text)) return 'the unit belongs into the header';
  return decimalPoint(text);
}
