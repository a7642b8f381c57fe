/** Reads measured values from a column of a CSV file whose header carries the unit: `diameter [um]`. */
import { CsvError, parse } from 'csv-parse/sync';
import type { Context } from './context.js';
import {
  boundedText,
  type CsvMistake,
  delimiterOf,
  fieldColumn,
  LONGEST_LINE,
  MOST_COLUMNS,
  tooWide,
} from './csv-text.js';
import { decimalPoint } from './expression.js';
import { FileError, MOST_CSV_BYTES } from './files.js';
import type { Unit } from './inputs.js';
import { quote, type RawNode, shorten } from './raw.js';
import { withoutStackTraces } from './stack-traces.js';
import { didYouMean, oneOf } from './suggest.js';
import { describeDimension, dimensionOf, expectedQuantity, round15, UNITS } from './units.js';

export const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
export const HEADER = /^(?<name>[^[]*)(?:\[(?<unit>[^\]]*)\])?$/su;
const MOST_PROBLEMS = 20;
/** Most columns that an error names. */
const MOST_NAMES = 20;

interface Position {
  readonly line: number;
  readonly column: number;
}

interface Row {
  readonly line: number;
  /** Joined by line feeds: a file may have millions. */
  readonly cells: string;
}

/** The values in `unit`; undefined if they cannot be read, which has then been told. */
export function readCsvColumn(
  file: string,
  column: string,
  unit: Unit,
  node: RawNode,
  context: Context,
  mostValues: number,
): readonly number[] | undefined {
  const { files, problems } = context;
  if (problems.full) return undefined;
  try {
    const path = files.resolve(file, node.place.origin ?? node.place.file);
    const table = files.once(`csv ${path}`, () => {
      return readTable(files.read(path, MOST_CSV_BYTES), mostValues);
    });
    // many inputs may have the same values
    const key = `values ${JSON.stringify([path, column, unit])}`;
    const known = files.once<{ values?: readonly number[] | undefined }>(key, () => ({}));
    known.values ??= new CsvColumn(path, table, context).read(column, unit, mostValues);
    return known.values;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    problems.add(node.place, `the CSV file ${error.message}`, { found: quote(node) });
    return undefined;
  }
}

/** A file as rows, or what is wrong with it. */
interface CsvTable {
  readonly lines: readonly string[];
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly headerLine: number;
  readonly rows: readonly Row[];
  readonly error?: CsvMistake;
}

function readTable(written: string, mostValues: number): CsvTable {
  const table = { lines: [], delimiter: ',', header: [], headerLine: 1, rows: [] };
  const { text, mistake } = boundedText(written, mostValues);
  if (mistake !== undefined) return { ...table, error: mistake };
  const lines = text.split('\n');
  const delimiter = delimiterOf(lines.find((line) => line.trim() !== '') ?? '');
  let header: readonly string[] = [];
  let headerLine = 1;
  const rows: Row[] = [];
  const onRecord = (cells: readonly string[], { lines: line }: { readonly lines: number }) => {
    if (header.length === 0) {
      header = cells;
      headerLine = line;
    } else rows.push({ line, cells: joined(cells) });
    return null;
  };
  try {
    withoutStackTraces(() =>
      parse(text, {
        delimiter,
        on_record: onRecord,
        record_delimiter: '\n',
        max_record_size: LONGEST_LINE,
        skip_empty_lines: true,
        trim: true,
        // the header, the values, and one more to see that there are too many
        to: mostValues + 2,
      }),
    );
    if (header.length > MOST_COLUMNS) {
      return { ...table, error: tooWide(headerLine, header.length) };
    }
    return { lines, delimiter, header, headerLine, rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error['lines'];
    const message = `not valid CSV: ${shorten(error.message)}`;
    return { ...table, error: { line: typeof line === 'number' ? line : 1, message } };
  }
}

/** No number holds a line feed, and none is shown: cells that do, as quoted ones may, have a space instead. */
function joined(cells: readonly string[]): string {
  const text = cells.join('\n');
  const isPlain = cells.every((cell) => !cell.includes('\n'));
  return isPlain ? text : cells.map((cell) => cell.replaceAll('\n', ' ')).join('\n');
}

class CsvColumn {
  readonly #path: string;
  readonly #context: Context;
  readonly #table: CsvTable;

  constructor(path: string, table: CsvTable, context: Context) {
    this.#path = path;
    this.#context = context;
    this.#table = table;
  }

  read(column: string, unit: Unit, mostValues: number): readonly number[] | undefined {
    const { header, rows, headerLine, error } = this.#table;
    if (error !== undefined) {
      const { line, message, expected } = error;
      this.#tell({ line, column: 1 }, message, undefined, expected);
      return undefined;
    }
    if (header.length === 0) {
      this.#tell({ line: 1, column: 1 }, 'the CSV file is empty', '');
      return undefined;
    }
    const index = this.#columnIndex(header, column);
    const factor = index === undefined ? undefined : this.#factor(header[index]!, index, unit);
    if (index === undefined || factor === undefined) return undefined;
    if (rows.length > mostValues) {
      this.#tell(
        this.#at(headerLine, index),
        `column "${shorten(column)}" has more than ${mostValues} values`,
        header[index]!,
      );
      return undefined;
    }
    if (rows.length === 0) {
      this.#tell(
        this.#at(headerLine, index),
        `column "${shorten(column)}" has no values`,
        header[index]!,
      );
      return undefined;
    }
    return this.#values(rows, index, factor, column);
  }

  #columnIndex(header: readonly string[], column: string): number | undefined {
    const names = header.map((title) => HEADER.exec(title)?.groups?.['name']?.trim() ?? title);
    const matches = names.flatMap((name, i) =>
      name === column || header[i] === column ? [i] : [],
    );
    if (matches.length === 1) return matches[0];
    this.#tell(
      { line: this.#table.headerLine, column: 1 },
      matches.length === 0 ? `no column "${shorten(column)}"` : `two columns "${shorten(column)}"`,
      header.slice(0, MOST_NAMES).join(', '),
      oneOf(names.slice(0, MOST_NAMES + 1).map(shorten)),
      matches.length === 0 ? didYouMean(column, names) : undefined,
    );
    return undefined;
  }

  #factor(title: string, index: number, unit: Unit): number | undefined {
    const text = HEADER.exec(title)?.groups?.['unit']?.replace(/[µμ]/g, 'u').trim();
    const expected = `a header such as "diameter [${unit}]": ${expectedQuantity(unit)}`;
    if (unit === '1' && (text === undefined || text === '1')) return 1;
    const known = text === undefined ? undefined : UNITS.get(text);
    if (known === undefined) {
      const message =
        text === undefined
          ? 'the header has no unit in brackets'
          : `"${shorten(text)}" is not a unit`;
      this.#tell(this.#at(this.#table.headerLine, index), message, title, expected);
      return undefined;
    }
    const wanted = dimensionOf(unit);
    if (known.dimension.some((power, i) => power !== wanted[i])) {
      this.#tell(
        this.#at(this.#table.headerLine, index),
        `the column holds ${describeDimension(known.dimension)}`,
        title,
        expected,
      );
      return undefined;
    }
    return known.factor;
  }

  #values(
    rows: readonly Row[],
    index: number,
    factor: number,
    column: string,
  ): readonly number[] | undefined {
    const values: number[] = [];
    let mistakes = 0;
    for (const { line, cells } of rows) {
      const cell = cells.split('\n', index + 1)[index] ?? '';
      const value = NUMBER.test(cell) ? round15(Number(cell) * factor) : Number.NaN;
      if (Number.isFinite(value)) {
        values.push(value);
        continue;
      }
      mistakes += 1;
      if (mistakes > MOST_PROBLEMS) break;
      this.#tell(
        this.#at(line, index),
        `column "${shorten(column)}": ${cell === '' ? 'no value' : 'not a number'}`,
        cell,
        'a number',
        decimalPoint(cell),
      );
    }
    return mistakes === 0 ? values : undefined;
  }

  #at(line: number, field: number): Position {
    const { lines, delimiter } = this.#table;
    return { line, column: fieldColumn(lines[line - 1] ?? '', delimiter, field) };
  }

  #tell(
    position: Position,
    message: string,
    found: string | undefined,
    expected?: string,
    suggestion?: string,
  ): void {
    this.#context.problems.add({ file: this.#path, ...position }, message, {
      found: found === undefined ? undefined : shorten(found),
      expected,
      suggestion,
    });
  }
}
