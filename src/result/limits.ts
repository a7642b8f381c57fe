/** Limits on a pair: met, missed, or undecided while the interval straddles the limit. */

import { InvariantError } from '../errors.js';
import { DIFFERENCE_STATISTICS } from '../scenario/claims.js';
import type { Limit, LimitSubject } from '../scenario/types.js';
import type { Estimate } from '../statistics/intervals.js';
import type { LossStatistics, ReturnLossStatistics } from '../statistics/summary.js';
import type { ComparisonResult, LimitResult } from './schema.js';

/** The losses of a pair, null where they were not worked out. */
interface Losses {
  readonly il: LossStatistics;
  readonly worstFibre: LossStatistics;
  readonly returnLoss: {
    readonly all: ReturnLossStatistics;
    readonly worst: ReturnLossStatistics;
  } | null;
  readonly largestChange: { readonly all: LossStatistics } | null;
}

/** What limits speak of. */
export interface Judged extends Losses {
  readonly gapFraction: Estimate;
  readonly yields: (limitDb: number) => { readonly fibre: Estimate; readonly mating: Estimate };
}

/** A statistic of a loss, dB: what limits and claims both speak of. */
type LossSubject = Extract<LimitSubject, { readonly statistic: string }>;

/** The estimate of a loss, dB. Throws InvariantError if it was not worked out. */
export function lossOf(subject: LossSubject, losses: Losses): Estimate {
  switch (subject.of) {
    case 'il':
    case 'worstFibre':
      return losses[subject.of][subject.statistic];
    case 'returnLoss':
      return known(losses.returnLoss, subject.of).all[subject.statistic];
    case 'worstReturnLoss':
      return known(losses.returnLoss, subject.of).worst[subject.statistic];
    case 'largestChange':
      return known(losses.largestChange, subject.of).all[subject.statistic];
  }
}

/** A statistic of a difference, dB; undefined where it is not known of one. */
export function differenceOf(
  statistic: string,
  comparison: ComparisonResult,
): Estimate | undefined {
  const known = DIFFERENCE_STATISTICS.find((name) => name === statistic);
  return known === undefined ? undefined : comparison[known];
}

/** The estimate that a limit speaks of: a loss in dB, or a share. */
export function estimateOf(subject: LimitSubject, judged: Judged): Estimate {
  switch (subject.of) {
    case 'yield':
      return judged.yields(subject.atDb).fibre;
    case 'matingYield':
      return judged.yields(subject.atDb).mating;
    case 'gapFraction':
      return judged.gapFraction;
    default:
      return lossOf(subject, judged);
  }
}

/** The reader of scenarios lets through only limits and claims of what is worked out. */
function known<T>(statistics: T | null, of: string): T {
  if (statistics === null) throw new InvariantError(`no ${of} was worked out`);
  return statistics;
}

/**
 * Inside if the whole interval lies between the ends, which may be ∓∞; outside if none of it does. An unknown lower bound
 * counts as −∞, an unknown upper one as ∞: a known bound may still decide.
 */
export function placeOf(
  estimate: Estimate,
  atLeast: number,
  atMost: number,
): 'inside' | 'outside' | 'undecided' {
  const low = estimate.low ?? -Infinity;
  const high = estimate.high ?? Infinity;
  if (low >= atLeast && high <= atMost) return 'inside';
  return high < atLeast || low > atMost ? 'outside' : 'undecided';
}

const VERDICTS = { inside: 'met', outside: 'missed', undecided: 'undecided' } as const;

/** The estimate that a limit speaks of, and whether its interval keeps the limit. */
export function judgeLimit(limit: Limit, judged: Judged): LimitResult {
  const estimate = estimateOf(limit.subject, judged);
  const { relation, value } = limit;
  const place =
    relation === '<=' ? placeOf(estimate, -Infinity, value) : placeOf(estimate, value, Infinity);
  return { limit: limit.text, estimate, verdict: VERDICTS[place] };
}
