/** Limits on a pair: met, missed, or undecided while the interval straddles the limit. */

import { InvariantError } from '../errors.js';
import type { Limit, LimitSubject } from '../scenario/types.js';
import type { Estimate } from '../statistics/intervals.js';
import type { LossStatistics, ReturnLossStatistics } from '../statistics/summary.js';
import type { LimitResult } from './schema.js';

/** What limits speak of. */
export interface Judged {
  readonly il: LossStatistics;
  readonly worstFibre: LossStatistics;
  readonly gapFraction: Estimate;
  readonly returnLoss: {
    readonly all: ReturnLossStatistics;
    readonly worst: ReturnLossStatistics;
  } | null;
  readonly largestChange: { readonly all: LossStatistics } | null;
  readonly yields: (limitDb: number) => { readonly fibre: Estimate; readonly mating: Estimate };
}

export function estimateOf(subject: LimitSubject, judged: Judged): Estimate {
  switch (subject.of) {
    case 'il':
    case 'worstFibre':
      return judged[subject.of][subject.statistic];
    case 'returnLoss':
      return known(judged.returnLoss, subject.of).all[subject.statistic];
    case 'worstReturnLoss':
      return known(judged.returnLoss, subject.of).worst[subject.statistic];
    case 'largestChange':
      return known(judged.largestChange, subject.of).all[subject.statistic];
    case 'yield':
      return judged.yields(subject.atDb).fibre;
    case 'matingYield':
      return judged.yields(subject.atDb).mating;
    case 'gapFraction':
      return judged.gapFraction;
  }
}

/** The reader of scenarios lets through only limits on what is worked out. */
function known<T>(statistics: T | null, of: string): T {
  if (statistics === null) throw new InvariantError(`no ${of} was worked out`);
  return statistics;
}

/**
 * Met if the whole interval keeps the limit, missed if none of it does. An unknown lower bound counts as −∞, an unknown
 * upper one as ∞: a known bound may still decide.
 */
function verdictOf(estimate: Estimate, { relation, value }: Limit): LimitResult['verdict'] {
  const low = estimate.low ?? -Infinity;
  const high = estimate.high ?? Infinity;
  const [met, missed] =
    relation === '<=' ? [high <= value, low > value] : [low >= value, high < value];
  return met ? 'met' : missed ? 'missed' : 'undecided';
}

export function judgeLimit(limit: Limit, judged: Judged): LimitResult {
  const estimate = estimateOf(limit.subject, judged);
  return { limit: limit.text, estimate, verdict: verdictOf(estimate, limit) };
}
