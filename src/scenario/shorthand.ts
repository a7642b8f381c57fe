/** The shorthand for a tolerance: `NOMINAL ± TOLERANCE at K sigma[, truncated]` or `NOMINAL ± TOLERANCE uniform`. */
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
  /^(?<tolerance>.*?)\s+(?:at\s+(?<sigmas>\S+)\s*(?:sigma|σ)(?<truncated>\s*,\s*truncated)?|(?<uniform>uniform))$/su;
const MOST_SIGMAS = 100;

/** The parts of a shorthand; a text without ± is a fixed value. Throws ExpressionError. */
export function parseShorthand(text: string): Shorthand {
  if (text.length > LONGEST)
    throw new ExpressionError(`a value of ${text.length} characters`, `at most ${LONGEST}`);
  const parts = text.split(PLUS_MINUS).map((part) => part.trim());
  const [nominal = '', rest] = parts;
  if (rest === undefined) {
    if (/[\s,](sigma|uniform|truncated)$/.test(nominal)) {
      throw new ExpressionError('a tolerance without ±', 'NOMINAL ± TOLERANCE at 3 sigma');
    }
    return { kind: 'fixed', nominal };
  }
  if (parts.length > 2)
    throw new ExpressionError('more than one ±', 'NOMINAL ± TOLERANCE at 3 sigma');
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
  const start = nominal === '' ? '±' : `${nominal} ±`;
  const hasReading = /\b(at|sigma|uniform|truncated)\b|σ/.test(rest);
  const tolerance = hasReading ? 'TOLERANCE' : rest;
  return new ExpressionError(
    hasReading
      ? 'this tolerance cannot be read'
      : 'a tolerance alone is ambiguous: it must say what it stands for',
    `"${start} ${tolerance} at 3 sigma" (normal), "${start} ${tolerance} at 3 sigma, truncated" (normal, cut at the tolerance), or "${start} ${tolerance} uniform"`,
  );
}
