/** What a text must be before it is worth parsing: short enough, printable, not nested too deeply. */
import { UserError } from '../errors.js';
import { nestingProblem } from './yaml-nesting.js';

/** Longest text, in UTF-16 units: room for 100,000 measured values written out. */
const LONGEST_TEXT = 4_000_000;
/** A surrogate without its partner, or a control character other than tab and line break. */
export const UNPRINTABLE = /(?![\t\n\r])[\p{Cc}\p{Surrogate}]/u;

/** Throws UserError with the first reason not to parse this text. */
export function refuseUnreadableText(text: string, file: string | undefined): void {
  if (text.length > LONGEST_TEXT) {
    throw new UserError([
      {
        message: `the text has ${text.length} characters`,
        file,
        expected: `at most ${LONGEST_TEXT}`,
        suggestion: 'keep measured values in a CSV file',
      },
    ]);
  }
  const unprintable = UNPRINTABLE.exec(text);
  if (unprintable !== null) {
    throw new UserError([
      {
        message: `the text contains ${nameOf(unprintable[0])}`,
        ...positionOf(text, unprintable.index),
        file,
      },
    ]);
  }
  const problem = nestingProblem(text, isJson(text));
  if (problem !== undefined) {
    const { offset, ...rest } = problem;
    throw new UserError([{ ...rest, ...positionOf(text, offset), file }]);
  }
}

function isJson(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function nameOf(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return code.startsWith('D')
    ? `half a surrogate pair (U+${code})`
    : `a control character (U+${code})`;
}
