/** Reads measured values from a column of a CSV file whose header carries the unit: `diameter [um]`. */
import { CsvError, parse } from 'csv-parse/sync';
import type { Context } from './context.js';
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
/** Most columns of a CSV file. */
export const MOST_COLUMNS = 1000;

interface Position {
  readonly line: number;
  readonly column: number;
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
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
  readonly rows: readonly Row[];
  readonly error?: { readonly line: number; readonly message: string };
}

function readTable(written: string, mostValues: number): CsvTable {
  const text = written.replace(/^\uFEFF/, '');
  const lines = text.split(/\r\n|\n|\r/);
  const delimiter = [',', ';', '\t'].find((sign) => lines[0]!.includes(sign)) ?? ',';
  try {
    const rows: unknown = withoutStackTraces(() =>
      parse(text, {
        delimiter,
        info: true,
        skip_empty_lines: true,
        trim: true,
        // the header, the values, and one more to see that there are too many
        to: mostValues + 2,
      }),
    );
    return { lines, delimiter, rows: rows as readonly Row[] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error['lines'];
    const told = { line: typeof line === 'number' ? line : 1, message: shorten(error.message) };
    return { lines, delimiter, rows: [], error: told };
  }
}

class CsvColumn {
  readonly #path: string;
  readonly #context: Context;
  readonly #table: CsvTable;
  #headerLine = 1;

  constructor(path: string, table: CsvTable, context: Context) {
    this.#path = path;
    this.#context = context;
    this.#table = table;
  }

  read(column: string, unit: Unit, mostValues: number): readonly number[] | undefined {
    const { rows, error } = this.#table;
    if (error !== undefined) {
      this.#tell({ line: error.line, column: 1 }, `not valid CSV: ${error.message}`, undefined);
      return undefined;
    }
    const header = rows[0]?.record;
    if (header === undefined) {
      this.#tell({ line: 1, column: 1 }, 'the CSV file is empty', '');
      return undefined;
    }
    this.#headerLine = rows[0]!.info.lines;
    if (header.length > MOST_COLUMNS) {
      this.#tell(
        { line: this.#headerLine, column: 1 },
        `the header has ${header.length} fields`,
        undefined,
        `at most ${MOST_COLUMNS}`,
      );
      return undefined;
    }
    const index = this.#columnIndex(header, column);
    const factor = index === undefined ? undefined : this.#factor(header[index]!, index, unit);
    if (index === undefined || factor === undefined) return undefined;
    if (rows.length - 1 > mostValues) {
      this.#tell(
        this.#at(this.#headerLine, index),
        `column "${shorten(column)}" has more than ${mostValues} values`,
        header[index]!,
      );
      return undefined;
    }
    if (rows.length === 1) {
      this.#tell(
        this.#at(this.#headerLine, index),
        `column "${shorten(column)}" has no values`,
        header[index]!,
      );
      return undefined;
    }
    return this.#values(rows.slice(1), index, factor, column);
  }

  #columnIndex(header: readonly string[], column: string): number | undefined {
    const names = header.map((title) => HEADER.exec(title)?.groups?.['name']?.trim() ?? title);
    const matches = names.flatMap((name, i) =>
      name === column || header[i] === column ? [i] : [],
    );
    if (matches.length === 1) return matches[0];
    this.#tell(
      { line: this.#headerLine, column: 1 },
      matches.length === 0 ? `no column "${shorten(column)}"` : `two columns "${shorten(column)}"`,
      header.join(', '),
      oneOf(names),
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
      this.#tell(this.#at(this.#headerLine, index), message, title, expected);
      return undefined;
    }
    const wanted = dimensionOf(unit);
    if (known.dimension.some((power, i) => power !== wanted[i])) {
      this.#tell(
        this.#at(this.#headerLine, index),
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
    for (const { record, info } of rows) {
      const cell = record[index] ?? '';
      const value = NUMBER.test(cell) ? round15(Number(cell) * factor) : Number.NaN;
      if (Number.isFinite(value)) {
        values.push(value);
        continue;
      }
      mistakes += 1;
      if (mistakes > MOST_PROBLEMS) break;
      this.#tell(
        this.#at(info.lines, index),
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

/** Column, from 1, at which a field of a line begins; fields are counted from 0, quoted ones may hold delimiters. */
export function fieldColumn(line: string, delimiter: string, field: number): number {
  let start = 0;
  let before = field;
  let isQuoted = false;
  for (let i = 0; i < line.length && before > 0; i++) {
    if (line[i] === '"') isQuoted = !isQuoted;
    if (line[i] !== delimiter || isQuoted) continue;
    before -= 1;
    start = i + 1;
  }
  const blanks = /^ */.exec(line.slice(start))?.[0].length ?? 0;
  return start + blanks + 1;
}
