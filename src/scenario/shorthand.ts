/** The shorthand for a tolerance: `NOMINAL ± TOLERANCE at K sigma[[,] truncated]` or `NOMINAL ± TOLERANCE uniform`. */
import { ExpressionError } from './expression.js';

export type Shorthand =
  | { readonly kind: 'fixed'; readonly nominal: string }
  | { readonly kind: 'uniform'; readonly nominal: string; readonly tolerance: string }
  | {
      readonly kind: 'normal';
      readonly nominal: string;
      readonly tolerance: string;
      /** How many standard deviations the tolerance stands for. */
      readonly sigmas: number;
      readonly truncated: boolean;
    };

const PLUS_MINUS = /±|\+\/-/;
const LONGEST = 1200;
const READING =
  /^(?<tolerance>.*?)\s+(?:at\s+(?<sigmas>\S+)\s*(?:sigma|σ)(?<truncated>(?:\s*,\s*|\s+)truncated)?|(?<uniform>uniform))$/su;
const MOST_SIGMAS = 100;

/** The parts of a shorthand; a text without ± is a fixed value. Throws ExpressionError. */
export function parseShorthand(text: string): Shorthand {
  if (text.length > LONGEST)
    throw new ExpressionError(`a value of ${text.length} characters`, `at most ${LONGEST}`);
  const parts = text.split(PLUS_MINUS).map((part) => part.trim());
  const [nominal = '', rest] = parts;
  if (rest === undefined) {
    if (/[\s,](sigma|uniform|truncated)$/.test(nominal)) {
      throw new ExpressionError(
        'a tolerance without ±',
        `"${withoutReading(nominal) || 'NOMINAL'} ± TOLERANCE ${readingOf(nominal)}"`,
      );
    }
    return { kind: 'fixed', nominal };
  }
  if (parts.length > 2) {
    const tolerance = withoutReading(rest) || 'TOLERANCE';
    throw new ExpressionError('more than one ±', `"${nominal} ± ${tolerance} ${readingOf(text)}"`);
  }
  const groups = READING.exec(rest)?.groups;
  if (groups === undefined) throw ambiguous(nominal, rest);
  const { tolerance = '', sigmas, truncated, uniform } = groups;
  if (uniform !== undefined) return { kind: 'uniform', nominal, tolerance };
  const count = /^\d+(\.\d+)?$/.test(sigmas ?? '') ? Number(sigmas) : Number.NaN;
  if (!(count > 0 && count <= MOST_SIGMAS)) {
    throw new ExpressionError(
      `"${sigmas}" is not a number of sigma`,
      `more than 0, at most ${MOST_SIGMAS}`,
    );
  }
  return { kind: 'normal', nominal, tolerance, sigmas: count, truncated: truncated !== undefined };
}

function ambiguous(nominal: string, rest: string): ExpressionError {
  const tolerance = withoutReading(rest);
  const start = `${nominal} ± ${tolerance || 'TOLERANCE'}`.trim();
  const sigmas = `at ${sigmasOf(rest)} sigma`;
  return new ExpressionError(
    tolerance === rest
      ? 'a tolerance alone is ambiguous: it must say what it stands for'
      : 'this tolerance cannot be read',
    `"${start} ${sigmas}" (normal), "${start} ${sigmas}, truncated" (normal, cut at the tolerance), or "${start} uniform"`,
  );
}

/** The text up to the words that say how a tolerance is meant. */
function withoutReading(text: string): string {
  const start = text.search(/\b(?:at|sigma|uniform|truncated)\b|σ|[\d.]+\s*(?:sigma|σ)/u);
  return (start < 0 ? text : text.slice(0, start)).replace(/,?\s*$/, '');
}

function sigmasOf(text: string): string {
  return /(\d+(?:\.\d+)?)\s*(?:sigma|σ)/u.exec(text)?.[1] ?? '3';
}

function readingOf(text: string): string {
  if (/uniform/.test(text)) return 'uniform';
  return `at ${sigmasOf(text)} sigma${/truncated/.test(text) ? ', truncated' : ''}`;
}
