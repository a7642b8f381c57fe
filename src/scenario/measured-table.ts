/** A CSV file of measured plugs as columns and as rows of cells that know where they stand, and its problems. */
import { CsvError, parse } from 'csv-parse/sync';
import { type Problem, UserError } from '../errors.js';
import { NUMBER } from './csv.js';
import { boundedText, type CsvMistake, fieldColumn, MOST_COLUMNS } from './csv-text.js';
import { MOST_CSV_BYTES } from './files.js';
import {
  guessColumn,
  type Heading,
  MEASURED_COLUMNS,
  readTitle,
  titleOf,
  twinOf,
  type ValueColumn,
} from './measured-columns.js';
import { type Details, shorten } from './raw.js';
import { withoutStackTraces } from './stack-traces.js';
import { oneOf } from './suggest.js';
import { UNPRINTABLE } from './text-check.js';

/** Most rows below the header; longer files, and those of more than MOST_CSV_BYTES characters, are refused. */
const MOST_MEASURED_ROWS = 100_000;
/** Most problems that are told of one file. */
export const MOST_TOLD = 20;

/** Longest number: the time to match a pattern of digits grows with the square of their count. */
const LONGEST_NUMBER = 100;

/** The number that a cell holds; NaN if it holds something else. */
export function numberIn(cell: string): number {
  return cell.length <= LONGEST_NUMBER && NUMBER.test(cell) ? Number(cell) : Number.NaN;
}

interface Place {
  readonly line?: number;
  readonly column?: number;
}

export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The cells of a file, where they stand, and what is wrong with them. Throws UserError for what is no table. */
export class Table {
  readonly file: string;
  readonly header: Row;
  /** Rows with as many fields as the header, and whether these are all. */
  readonly rows: readonly Row[];
  readonly isWhole: boolean;
  readonly #lines: readonly string[];
  readonly #problems: Problem[] = [];
  #untold = 0;

  constructor(text: string, file: string) {
    this.file = file;
    if (text.length > MOST_CSV_BYTES) {
      const expected = `at most ${MOST_CSV_BYTES}`;
      this.fail({}, `the file has ${text.length} characters`, { expected });
    }
    const { text: plain, mistake } = boundedText(text, MOST_MEASURED_ROWS);
    if (plain === '' && mistake !== undefined) this.#failBy(mistake);
    this.#lines = plain.split('\n');
    this.#refuseOtherFormats();
    this.#refuseTooManyRows();
    if (mistake !== undefined) this.#failBy(mistake);
    const [header, ...rows] = this.#records(plain);
    this.header = header ?? this.fail({ line: 1, column: 1 }, 'the file is empty');
    if (this.header.cells.length > MOST_COLUMNS) {
      this.fail(
        { line: this.header.line, column: 1 },
        `the header has ${this.header.cells.length} fields`,
        { expected: `at most ${MOST_COLUMNS}` },
      );
    }
    if (rows.length === 0) {
      this.fail({ line: this.header.line, column: 1 }, 'no rows stand below the header');
    }
    this.rows = rows.filter((row) => this.#isRegular(row));
    this.isWhole = this.rows.length === rows.length;
  }

  at({ line }: Row, field: number): Required<Place> {
    return { line, column: fieldColumn(this.#lines[line - 1] ?? '', ',', field) };
  }

  tell({ line, column }: Place, message: string, details: Details = {}): void {
    if (this.#problems.length < MOST_TOLD) {
      this.#problems.push({ message, file: this.file, line, column, ...details });
    } else this.#untold += 1;
  }

  /** Tells what is wrong with a cell. */
  tellCell(row: Row, field: number, message: string, details: Details = {}): void {
    const found = row.cells[field] || 'nothing';
    this.tell(this.at(row, field), message, { found: shorten(found), ...details });
  }

  /** Tells what leaves nothing to go on with. */
  fail(place: Place, message: string, details: Details = {}): never {
    this.tell(place, message, details);
    throw this.#error();
  }

  throwIfAny(): void {
    if (this.#problems.length > 0) throw this.#error();
  }

  #error(): UserError {
    const told = [...this.#problems].sort(
      (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
    if (this.#untold > 0) told.push({ message: `${this.#untold} more problems are not shown` });
    return new UserError(told);
  }

  #failBy({ line, message, expected }: CsvMistake): never {
    this.fail({ line, column: 1 }, message, { expected });
  }

  /** Each line must be a record of its own, so that every cell has its line and column. */
  #refuseOtherFormats(): void {
    for (const [i, line] of this.#lines.entries()) {
      const at = (index: number) => ({ line: i + 1, column: index + 1 });
      const bad = UNPRINTABLE.exec(line);
      if (bad !== null) {
        const code = bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
        this.fail(at(bad.index), `a character that cannot be printed (U+${code})`);
      }
      if (line.split('"').length % 2 === 0) {
        this.fail(at(line.lastIndexOf('"')), 'a quote without its partner in the same line');
      }
    }
    const header = this.#lines.findIndex((line) => line.trim() !== '');
    const unquoted = (this.#lines[header] ?? '').replace(/"[^"]*"/g, (text) =>
      '"'.repeat(text.length),
    );
    for (const [sign, name] of [
      [';', 'semicolons'],
      ['\t', 'tabs'],
    ] as const) {
      if (unquoted.split(sign).length <= unquoted.split(',').length) continue;
      this.fail(
        { line: header + 1, column: unquoted.indexOf(sign) + 1 },
        `the fields are separated by ${name}`,
        {
          expected: 'commas between the fields, and points as decimal signs',
        },
      );
    }
  }

  /** Told before the rows are read: of millions that would take seconds. */
  #refuseTooManyRows(): void {
    let rows = 0;
    for (const [i, line] of this.#lines.entries()) {
      if (line.trim() === '' || rows++ <= MOST_MEASURED_ROWS) continue;
      this.fail(
        { line: i + 1, column: 1 },
        `more than ${MOST_MEASURED_ROWS} rows below the header`,
      );
    }
  }

  /** The records that are not blank. */
  #records(text: string): readonly Row[] {
    return this.#allRecords(text).filter(({ cells }) => cells.some((cell) => cell !== ''));
  }

  #allRecords(text: string): readonly Row[] {
    try {
      const records = withoutStackTraces(() =>
        parse(text, {
          info: true,
          record_delimiter: '\n',
          relax_column_count: true,
          skip_empty_lines: true,
          trim: true,
        }),
      ) as unknown as readonly { record: readonly string[]; info: { lines: number } }[];
      return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const line: unknown = error['lines'];
      const place = { line: typeof line === 'number' ? line : 1, column: 1 };
      return this.fail(place, `not valid CSV: ${shorten(error.message)}`);
    }
  }

  #isRegular(row: Row): boolean {
    const { length } = this.header.cells;
    if (row.cells.length === length) return true;
    if (this.#problems.length >= MOST_TOLD) {
      this.#untold += 1;
      return false;
    }
    const more = row.cells.slice(length);
    const decimalComma = 'a decimal comma would do that: the decimal sign is a point';
    this.tell(
      this.at(row, Math.min(length, row.cells.length - 1)),
      `the row has ${row.cells.length} fields, the header ${length}`,
      {
        found: shorten(this.#lines[row.line - 1] ?? ''),
        suggestion: more.some((cell) => cell !== '') ? decimalComma : undefined,
      },
    );
    return false;
  }
}

/** A column of values that can be read. */
export type ValueHeading = Heading & { readonly column: ValueColumn; readonly field: number };

export interface Columns {
  /** Where columns stand, by name: also those with a problem, so that nothing is missed in their place. */
  readonly fields: ReadonlyMap<string, number>;
  readonly values: readonly ValueHeading[];
}

/** The columns that the header names; tells those that are unknown, without their unit, given twice or alone. */
export function readHeader(table: Table): Columns {
  const { header } = table;
  const fields = new Map<string, number>();
  const columns: ValueHeading[] = [];
  const unknown: number[] = [];
  const tell = (field: number, message: string, details: Details) =>
    table.tellCell(header, field, message, details);
  for (const [field, title] of header.cells.entries()) {
    if (title.startsWith('#')) continue;
    const heading = readTitle(title);
    if (heading === undefined) {
      unknown.push(field);
      continue;
    }
    const { column, problem } = heading;
    if (problem !== undefined) tell(field, problem.message, problem);
    const twin = column.of === 'label' ? undefined : twinOf(column)?.name;
    const earlier = [column.name, twin].find((name) => name !== undefined && fields.has(name));
    if (earlier !== undefined) {
      tell(field, `${earlier} and ${column.name}`, { expected: 'one of the two' });
      continue;
    }
    fields.set(column.name, field);
    if (column.of !== 'label') columns.push({ ...heading, column, field });
  }
  for (const field of unknown) tellUnknown(table, field, fields);
  for (const { column, field } of columns) {
    const missing = [column.needs, column.of === 'fibre' ? ['fibre'] : undefined].find(
      (names) => names !== undefined && !names.some((name) => fields.has(name)),
    );
    if (missing === undefined) continue;
    tell(field, `${column.name} without ${missing[0]}`, { expected: `a column ${oneOf(missing)}` });
  }
  if (columns.length === 0 && unknown.length === 0) {
    const expected = 'a column such as coreX [um]';
    table.fail(table.at(header, 0), 'no column of measured values', { expected });
  }
  return { fields, values: columns.filter(({ problem }) => problem === undefined) };
}

/** Tells a title that names no column, and lets it stand for the column that it seems to mean. */
function tellUnknown(table: Table, field: number, fields: Map<string, number>): void {
  const title = table.header.cells[field]!;
  const meant = guessColumn(title, fields);
  const message = title === '' ? 'a column without a name' : 'an unknown column';
  table.tellCell(table.header, field, message, {
    expected: `${MEASURED_COLUMNS.map(({ name }) => name).join(', ')}, or a name that begins with #`,
    suggestion: meant === undefined ? undefined : `did you mean "${titleOf(meant)}"?`,
  });
  if (meant !== undefined) fields.set(meant.name, field);
}
