/** Bounds for the texts of CSV files, before a parser takes time and memory for them; and where their fields stand. */

/** Most columns of a CSV file. */
export const MOST_COLUMNS = 1000;
/** Longest line, and record: room for as many cells as it may have. */
export const LONGEST_LINE = 100_000;

/** What keeps a text from being a table. */
export interface CsvMistake {
  readonly message: string;
  readonly line: number;
  readonly expected?: string;
}

/** A text with line feeds alone between its lines, as far as it can be read; and what is wrong behind that. */
export interface BoundedText {
  readonly text: string;
  readonly mistake?: CsvMistake;
}

/** Of lines there may be twice as many as of rows; a text with lines beyond that is cut, one with too long a line is not read. */
export function boundedText(written: string, mostRows: number): BoundedText {
  const text = written.replace(/^\uFEFF/, '');
  const mostLines = 2 * mostRows;
  const end = /\r\n?|\n/g;
  let hasHeader = false;
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    if (line > mostLines) {
      const mistake = { line, message: `the file has more than ${mostLines} lines` };
      return { text: text.slice(0, start).replace(/\r\n?/g, '\n'), mistake };
    }
    end.lastIndex = start;
    const { index, 0: sign } = end.exec(text) ?? { index: text.length, 0: '' };
    if (!hasHeader) {
      const header = text.slice(start, index);
      hasHeader = header.trim() !== '';
      const fields = countFields(header, delimiterOf(header));
      if (fields > MOST_COLUMNS) return { text: '', mistake: tooWide(line, fields) };
    }
    if (index - start > LONGEST_LINE) {
      const message = `the line has ${index - start} characters`;
      return { text: '', mistake: { line, message, expected: `at most ${LONGEST_LINE}` } };
    }
    start = index + sign.length;
  }
  return { text: text.replace(/\r\n?/g, '\n') };
}

/** What seems to separate the fields of a header. */
export function delimiterOf(header: string): string {
  return [',', ';', '\t'].find((sign) => header.includes(sign)) ?? ',';
}

/** Fields of a line, of which quoted ones may hold delimiters. */
function countFields(line: string, delimiter: string): number {
  let count = 1;
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') isQuoted = !isQuoted;
    else if (line[i] === delimiter && !isQuoted) count += 1;
  }
  return count;
}

export function tooWide(line: number, fields: number): CsvMistake {
  return { line, message: `the header has ${fields} fields`, expected: `at most ${MOST_COLUMNS}` };
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
