/** Tables written chunk by chunk, as CSV or Parquet: for pandas, DuckDB, R and the like. */
import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { UserError } from '../errors.js';
import { writeWholeFile } from './whole-file.js';

export const TABLE_FORMATS = ['csv', 'parquet'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The format that the ending of a file names. Throws UserError for another one. */
export function tableFormat(path: string): TableFormat {
  const format = TABLE_FORMATS.find((known) => extname(path).toLowerCase() === `.${known}`);
  if (format !== undefined) return format;
  throw new UserError([
    {
      message: 'the ending of a table says its format',
      file: path,
      expected: 'a name such as samples.csv or samples.parquet',
    },
  ]);
}

/** One column of a chunk of rows, null where there is nothing. Whole numbers are below 2^53. */
export interface TableColumn {
  readonly name: string;
  readonly kind: 'text' | 'whole' | 'real';
  readonly values: readonly (string | number | null)[];
}

export interface TableWriter {
  /** All chunks have the same columns. */
  write(columns: readonly TableColumn[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens a new file. */
export function openTable(path: string, format: TableFormat): Promise<TableWriter> | TableWriter {
  return format === 'csv' ? openCsv(path) : new ParquetTable(path);
}

async function openCsv(path: string): Promise<TableWriter> {
  return new CsvTable(await open(path, 'wx'));
}

/** RFC 4180 with line feeds; numbers with as many digits as tell them from all others. */
class CsvTable implements TableWriter {
  readonly #file: FileHandle;
  #hasHeader = false;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(columns: readonly TableColumn[]): Promise<void> {
    const lines: string[] = [];
    if (!this.#hasHeader) lines.push(columns.map(({ name }) => cell(name)).join(','));
    this.#hasHeader = true;
    const rows = columns[0]?.values.length ?? 0;
    for (let row = 0; row < rows; row++) {
      lines.push(columns.map(({ values }) => cell(values[row])).join(','));
    }
    await this.#file.writeFile(`${lines.join('\n')}\n`);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** A whole table as CSV text. */
export function csvText(
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  return typeof value === 'string' && /[",\r\n]/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/** A row group a chunk; numbers as doubles and 64-bit integers, Snappy. Only what lacks in the first chunk may lack. */
class ParquetTable implements TableWriter {
  readonly #writer: ReturnType<typeof fileWriter>;
  #table: ParquetWriter | undefined;

  constructor(path: string) {
    this.#writer = fileWriter(path);
  }

  async write(columns: readonly TableColumn[]): Promise<void> {
    this.#table ??= new ParquetWriter({
      writer: this.#writer,
      createdBy: 'matedpair',
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map(({ name, kind, values }) => ({
          name,
          ...TYPES[kind],
          repetition_type: values.includes(null) ? ('OPTIONAL' as const) : ('REQUIRED' as const),
        })),
      ],
    });
    await this.#table.write({
      columnData: columns.map(({ name, kind, values }) => ({
        name,
        data: kind === 'whole' ? values.map(whole) : [...values],
      })),
    });
  }

  async close(): Promise<void> {
    await this.#table?.finish();
  }
}

function whole(value: string | number | null): bigint | null {
  return value === null ? null : BigInt(value);
}

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  whole: { type: 'INT64' },
  real: { type: 'DOUBLE' },
} as const;

/** Writes a whole table at once, in the format that the ending of its name says. Throws UserError. */
export async function writeTable(path: string, columns: readonly TableColumn[]): Promise<void> {
  const format = tableFormat(path);
  await writeWholeFile(path, 'the table', async (temporary) => {
    const table = await openTable(temporary, format);
    try {
      await table.write(columns);
    } finally {
      await table.close();
    }
  });
}
