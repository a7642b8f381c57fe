/**
 * The grammar of precision targets: `p97 ± 0.002 dB`, `mtp: worstFibre.p97 ± 0.01 dB at 99 %`, `a, b: mean ± 0.001 dB`,
 * `lane.p97 ± 0.01 dB`, `link: budget ± 0.1 %`.
 */
import { UserError } from '../errors.js';
import { ExpressionError } from './expression.js';
import { parseSubject } from './limits.js';
import { type LimitSubject, LOSS_STATISTICS, type LossStatistic } from './types.js';
import { round15 } from './units.js';

/** What a target may speak of in channels. */
export type ChannelSubject =
  | { readonly of: 'lane' | 'worstLane'; readonly statistic: LossStatistic }
  | { readonly of: 'budget' | 'connectorBudget' };

/** How narrow an interval is to be. */
export interface PrecisionTarget {
  readonly text: string;
  /** The pair, the two pairs of a comparison, or the channel; none for every pair or channel. */
  readonly of: readonly string[];
  readonly subject: LimitSubject | ChannelSubject;
  readonly statistic: string;
  /** Half the interval, dB; of shares as a share. */
  readonly halfWidth: number;
  /** Confidence, 0 to 1. */
  readonly level: number;
}

const NUMBER = String.raw`(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
const TARGET = new RegExp(
  String.raw`^(?:(?<of>.*?):)?\s*(?<statistic>[A-Za-z][^±]*?)\s*(?:±|\+-|\+/-)\s*(?<width>${NUMBER})\s*(?<unit>dB|%)(?:\s+at\s+(?<level>${NUMBER})\s*%)?$`,
  's',
);
const EXPECTED =
  '"p97 ± 0.002 dB", "mtp: worstFibre.p97 ± 0.01 dB at 99 %", "yield(0.25 dB) ± 0.1 %" or "mpo, mtp: mean ± 0.001 dB"';
const LONGEST = 300;
/** Beyond it, intervals of a normal estimate say nothing. */
const HIGHEST_LEVEL = 0.9999;

/** Reads what stands behind `--until`. Throws UserError. */
export function parsePrecision(text: string): PrecisionTarget {
  try {
    return parse(text.replace(/\s+/g, ' ').trim());
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new UserError([
      {
        message: `--until: ${error.message}`,
        found: text.slice(0, LONGEST),
        expected: error.expected,
        suggestion: error.suggestion,
      },
    ]);
  }
}

function parse(text: string): PrecisionTarget {
  const groups = text.length > LONGEST ? undefined : TARGET.exec(text)?.groups;
  if (groups === undefined) throw new ExpressionError('cannot be read as a precision', EXPECTED);
  const { of, statistic = '', width, unit, level = '95' } = groups;
  const subject = channelSubject(statistic) ?? parseSubject(statistic);
  const isShare = !('statistic' in subject);
  if (isShare !== (unit === '%')) {
    throw new ExpressionError(
      `a precision in ${unit} of ${statistic}`,
      isShare ? 'percentage points, such as ± 0.1 %' : 'decibels, such as ± 0.002 dB',
    );
  }
  const halfWidth = round15(Number(width) / (isShare ? 100 : 1));
  if (!(halfWidth > 0)) throw new ExpressionError('a precision of 0', 'a width above 0');
  const share = round15(Number(level) / 100);
  if (!(share >= 0.5 && share <= HIGHEST_LEVEL)) {
    throw new ExpressionError(`a confidence of ${level} %`, '50 to 99.99 %');
  }
  return {
    text,
    of: of === undefined ? [] : of.split(',').map((name) => name.trim()),
    subject,
    statistic,
    halfWidth,
    level: share,
  };
}

/** What a name is of in channels; undefined for none of it. */
function channelSubject(text: string): ChannelSubject | undefined {
  if (text === 'budget' || text === 'connectorBudget') return { of: text };
  const [of, name] = text.split('.');
  const statistic = LOSS_STATISTICS.find((known) => known === name);
  if (statistic === undefined || (of !== 'lane' && of !== 'worstLane')) return undefined;
  return { of, statistic };
}
