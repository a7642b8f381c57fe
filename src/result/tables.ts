/** Tables written chunk by chunk, as CSV or Parquet: for pandas, DuckDB, R and the like. */
import { type FileHandle, open } from 'node:fs/promises';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { SampleColumn } from '../engine/sample-rows.js';

export const TABLE_FORMATS = ['csv', 'parquet'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export interface TableWriter {
  /** All chunks have the same columns. */
  write(columns: readonly SampleColumn[]): Promise<void>;
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

  async write(columns: readonly SampleColumn[]): Promise<void> {
    const lines: string[] = [];
    if (!this.#hasHeader) lines.push(columns.map(({ name }) => name).join(','));
    this.#hasHeader = true;
    const rows = columns[0]?.values.length ?? 0;
    for (let row = 0; row < rows; row++) {
      lines.push(columns.map(({ values }) => cell(values[row])).join(','));
    }
    await this.#file.writeFile(`${lines.join('\n')}\n`);
  }

  async close(): Promise<void> {
    await this.#file.sync();
    await this.#file.close();
  }
}

function cell(value: string | number | undefined): string {
  const text = String(value);
  return typeof value === 'string' && /[",\r\n]/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/** A row group a chunk; numbers as doubles and 64-bit integers, Snappy. */
class ParquetTable implements TableWriter {
  readonly #writer: ReturnType<typeof fileWriter>;
  #table: ParquetWriter | undefined;

  constructor(path: string) {
    this.#writer = fileWriter(path);
  }

  async write(columns: readonly SampleColumn[]): Promise<void> {
    this.#table ??= new ParquetWriter({
      writer: this.#writer,
      createdBy: 'matedpair',
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map(({ name, kind }) => ({ name, ...TYPES[kind] })),
      ],
    });
    await this.#table.write({
      columnData: columns.map(({ name, kind, values }) => ({
        name,
        data: kind === 'whole' ? values.map((value) => BigInt(value)) : [...values],
      })),
    });
  }

  async close(): Promise<void> {
    await this.#table?.finish();
  }
}

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  whole: { type: 'INT64', repetition_type: 'REQUIRED' },
  real: { type: 'DOUBLE', repetition_type: 'REQUIRED' },
} as const;
