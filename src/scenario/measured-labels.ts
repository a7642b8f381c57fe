/** Which plug and which fibre each row of a file of measured plugs is about. */
import { basename, extname } from 'node:path';
import type { MeasuredPlug } from './measured-columns.js';
import { type Columns, numberIn, type Row, type Table } from './measured-table.js';
import { shorten } from './raw.js';
import { name as nameSchema } from './schema-parts.js';
import { didYouMean, oneOf } from './suggest.js';

const GENDERS = ['pinned', 'unpinned'] as const;
const SEXES = new Map([
  ['male', 'pinned'],
  ['female', 'unpinned'],
]);

/** The rows of one plug, at least one. */
export interface PlugRows {
  readonly name: string;
  /** `plug "A": `, to begin a message with; empty if the file does not name its plugs. */
  readonly label: string;
  readonly rows: readonly [Row, ...Row[]];
  /** Whether these are known to be all, so that a fibre without a row is missing. */
  readonly isWhole: boolean;
}

/** The plugs in the order in which they begin; one of the file's name if the file does not name them. */
export function readPlugs(table: Table, { fields }: Columns): readonly PlugRows[] {
  const field = fields.get('plug');
  const plugs = new Map<string, [Row, ...Row[]]>();
  let isWhole = table.isWhole;
  for (const row of table.rows) {
    const name =
      field === undefined ? basename(table.file, extname(table.file)) : row.cells[field]!;
    const earlier = plugs.get(name);
    if (earlier !== undefined) earlier.push(row);
    else if (field === undefined || nameSchema.safeParse(name).success) plugs.set(name, [row]);
    else {
      isWhole = false;
      table.tellCell(row, field, name === '' ? 'the plug has no name' : 'this cannot be a name', {
        expected: 'in every row a name of 1 to 100 characters, all of them visible',
      });
    }
  }
  return [...plugs].map(([name, rows]) => {
    const label = field === undefined ? '' : `plug "${shorten(name)}": `;
    return { name, label, rows, isWhole };
  });
}

/** The gender that the rows of a plug agree on. */
export function readGender(
  { rows, label }: PlugRows,
  table: Table,
  { fields }: Columns,
): MeasuredPlug['gender'] {
  const field = fields.get('gender');
  let first: { readonly gender: (typeof GENDERS)[number]; readonly line: number } | undefined;
  for (const row of rows) {
    const text = field === undefined ? '' : row.cells[field]!;
    if (field === undefined || text === '') continue;
    const gender = GENDERS.find((known) => known === text);
    if (gender === undefined) {
      table.tellCell(row, field, `${label}not a gender`, {
        expected: oneOf(GENDERS),
        suggestion: didYouMean(SEXES.get(text.toLowerCase()) ?? text, GENDERS),
      });
    } else if (first === undefined) first = { gender, line: row.line };
    else if (gender !== first.gender) {
      const expected = `${first.gender}, or nothing`;
      table.tellCell(row, field, `${label}gender contradicts line ${first.line}`, { expected });
      break;
    }
  }
  return first?.gender;
}

/** The rows of a plug's fibres with their numbers, counted from 0; other rows hold the plug's own values. */
export function numberFibres(
  { rows, label, isWhole }: PlugRows,
  count: number,
  table: Table,
  { fields, values }: Columns,
): ReadonlyMap<Row, number> {
  const fibres = new Map<Row, number>();
  const field = fields.get('fibre');
  if (field === undefined) return fibres;
  const perFibre = values.filter(({ column }) => column.of === 'fibre');
  const lines = new Map<number, number>();
  let isSure = isWhole;
  for (const row of rows) {
    const text = row.cells[field]!;
    if (text === '' && perFibre.every((value) => row.cells[value.field] === '')) continue;
    const number = numberIn(text);
    const problem = numberProblem(text, number, count, lines.get(number), label === '');
    if (problem === undefined) {
      lines.set(number, row.line);
      fibres.set(row, number - 1);
      continue;
    }
    isSure = false;
    table.tellCell(row, field, label + problem.message, {
      expected: `fibres 1 to ${count}, each once`,
      suggestion: problem.suggestion,
    });
  }
  if (isSure && fibres.size > 0 && fibres.size < count) {
    const missing = Array.from({ length: count }, (_, i) => i).filter((i) => !lines.has(i + 1));
    table.tell(table.at(rows[rows.length - 1]!, field), `${label}no row of ${fibreList(missing)}`, {
      expected: `fibres 1 to ${count}, each once`,
    });
  }
  return fibres;
}

function numberProblem(
  text: string,
  number: number,
  count: number,
  earlierLine: number | undefined,
  isUnnamed: boolean,
): { readonly message: string; readonly suggestion?: string } | undefined {
  if (text === '') return { message: 'the fibre has no number' };
  if (earlierLine !== undefined) {
    const message = `fibre ${number} again, as in line ${earlierLine}`;
    return isUnnamed ? { message, suggestion: 'several plugs need a column plug' } : { message };
  }
  if (!Number.isInteger(number)) return { message: 'not the number of a fibre' };
  if (number === 0) return { message: 'no fibre 0', suggestion: 'fibres are numbered from 1' };
  if (number >= 1 && number <= count) return undefined;
  const message = `no fibre ${number} of ${count}`;
  return count === 8 ? { message, suggestion: '8 fibres are numbered without a gap' } : { message };
}

/** `fibres 3, 7 and 9`, cut after six; fibres are counted from 0. */
export function fibreList(fibres: readonly number[]): string {
  const numbers = [...fibres].sort((a, b) => a - b).map((fibre) => String(fibre + 1));
  const shown =
    numbers.length <= 6 ? numbers : [...numbers.slice(0, 5), `${numbers.length - 5} more`];
  const last = shown[shown.length - 1];
  if (shown.length === 1) return `fibre ${last}`;
  return `fibres ${shown.slice(0, -1).join(', ')} and ${last}`;
}
