/**
 * The grammar of limits: `p97 <= 0.25 dB`, `worstFibre.p97 <= 0.5 dB`, `returnLoss.p3 >= 60 dB`, `yield(0.25 dB) >= 97 %`,
 * `gapFraction <= 5 %`.
 */
import { decimalPoint, ExpressionError } from './expression.js';
import { shorten } from './raw.js';
import { didYouMean, oneOf } from './suggest.js';
import { type Limit, type LimitSubject, LOSS_STATISTICS, RETURN_LOSS_STATISTICS } from './types.js';
import { round15 } from './units.js';

const EXAMPLES =
  '"p97 <= 0.25 dB", "worstFibre.p97 <= 0.5 dB", "yield(0.25 dB) >= 97 %" or "gapFraction <= 5 %"';
const LIMIT = /^(?<subject>[^<>=≤≥]*?)\s*(?<relation><=|>=)\s*(?<value>[^<>=≤≥]*)$/su;
const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
/** What a statistic may be of, besides the loss of all fibres, and the names of its statistics. */
const SUBJECTS = {
  worstFibre: LOSS_STATISTICS,
  largestChange: LOSS_STATISTICS,
  returnLoss: RETURN_LOSS_STATISTICS,
  worstReturnLoss: RETURN_LOSS_STATISTICS,
} as const;
const STATISTIC_NAMES = [
  ...LOSS_STATISTICS,
  ...Object.entries(SUBJECTS).flatMap(([of, names]) => names.map((name) => `${of}.${name}`)),
];
const STATISTIC = `(?:${STATISTIC_NAMES.map((name) => name.replace('.', '\\.')).join('|')})`;
const YIELD_AT = String.raw`(?:yield|matingYield)\s*\(\s*${NUMBER}\s*dB\s*\)`;
/** Every limit, for editors, which cannot run the reader below. */
export const LIMIT_PATTERN = new RegExp(
  String.raw`^\s*(?:${STATISTIC}\s*[<>]=\s*${NUMBER}\s*dB|(?:${YIELD_AT}|gapFraction)\s*[<>]=\s*${NUMBER}\s*%?)\s*$`,
);
const LOSS = new RegExp(`^(${NUMBER})\\s*dB$`);
const SHARE = new RegExp(`^(${NUMBER})\\s*(%?)$`);
const YIELD = /^(?<of>yield|matingYield)\s*\(\s*(?<loss>[^()]*?)\s*\)$/;
const LONGEST = 200;
const HIGHEST_LOSS_DB = 100;
const KNOWN = [...STATISTIC_NAMES, 'yield(0.25 dB)', 'matingYield(0.25 dB)', 'gapFraction'];

/** The limit that a text states. Throws ExpressionError. */
export function parseLimit(text: string): Limit {
  const source = text.replace(/\s+/g, ' ').trim();
  if (source.length > LONGEST) throw new ExpressionError(`a limit of ${source.length} characters`);
  const groups = LIMIT.exec(source)?.groups;
  if (groups === undefined) {
    throw new ExpressionError('cannot be read as a limit', EXAMPLES, relationHint(source));
  }
  const { subject = '', value = '' } = groups;
  const parsed = parseSubject(subject);
  return {
    text: source,
    subject: parsed,
    relation: groups['relation'] === '<=' ? '<=' : '>=',
    value: 'statistic' in parsed ? parseLoss(value) : parseShare(value),
  };
}

function relationHint(source: string): string | undefined {
  if (/[≤≥]/.test(source)) return 'write <= for ≤ and >= for ≥';
  if (/=<|=>/.test(source)) return 'the relations are <= and >=';
  if (/[<>]/.test(source)) return 'the relations are <= and >=, not < and >';
  if (/=/.test(source)) return 'an equation cannot be a limit; use <= or >=';
  return undefined;
}

/** What a statistic by this name is of. Throws ExpressionError. */
export function parseSubject(text: string): LimitSubject {
  if (text === 'gapFraction') return { of: 'gapFraction' };
  const groups = YIELD.exec(text)?.groups;
  if (groups !== undefined) {
    return {
      of: groups['of'] === 'yield' ? 'yield' : 'matingYield',
      atDb: parseLoss(groups['loss'] ?? ''),
    };
  }
  if (STATISTIC_NAMES.includes(text)) {
    const [of, statistic] = text.includes('.') ? text.split('.') : ['il', text];
    return { of, statistic } as LimitSubject;
  }
  throw new ExpressionError(
    `"${shorten(text)}" is not a statistic`,
    `${oneOf(LOSS_STATISTICS)}, the same after "worstFibre." or "largestChange.", ${oneOf(RETURN_LOSS_STATISTICS)} after "returnLoss." or "worstReturnLoss.", yield(… dB), matingYield(… dB), gapFraction`,
    /^(yield|matingYield)$/.test(text)
      ? `a yield needs its loss: ${text}(0.25 dB)`
      : didYouMean(text, KNOWN),
  );
}

function parseLoss(text: string): number {
  const match = LOSS.exec(text);
  if (match === null) throw notA('loss', '0.25 dB', text);
  const value = round15(Number(match[1]));
  if (!(value >= 0 && value <= HIGHEST_LOSS_DB)) {
    throw new ExpressionError(`a loss of ${shorten(text)}`, `0 to ${HIGHEST_LOSS_DB} dB`);
  }
  return value;
}

function parseShare(text: string): number {
  const match = SHARE.exec(text);
  if (match === null) throw notA('share', '97 %', text);
  const value = round15(Number(match[1]) / (match[2] === '%' ? 100 : 1));
  if (!(value >= 0 && value <= 1)) {
    throw new ExpressionError(
      `a share of ${shorten(text)}`,
      '0 to 100 %, or 0 to 1 without a percent sign',
    );
  }
  return value;
}

function notA(noun: string, example: string, text: string): ExpressionError {
  return new ExpressionError(
    `"${shorten(text)}" is not a ${noun}`,
    `a ${noun} such as ${example}`,
    decimalPoint(text),
  );
}
