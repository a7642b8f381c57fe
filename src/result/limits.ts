/** Limits on a pair: met, missed, or undecided while the interval straddles the limit. */
import type { Limit } from '../scenario/types.js';
import type { Estimate } from '../statistics/intervals.js';
import { type PairStatistics, yields } from '../statistics/summary.js';
import type { PairTotal } from '../statistics/total.js';
import type { LimitResult } from './schema.js';

function estimateOf(limit: Limit, statistics: PairStatistics, total: PairTotal): Estimate {
  const { subject } = limit;
  switch (subject.of) {
    case 'il':
    case 'worstFibre':
      return statistics[subject.of][subject.statistic];
    case 'yield':
      return yields(total, subject.atDb).fibre;
    case 'matingYield':
      return yields(total, subject.atDb).mating;
    case 'gapFraction':
      return statistics.gapFraction;
  }
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

export function judgeLimit(
  limit: Limit,
  statistics: PairStatistics,
  total: PairTotal,
): LimitResult {
  const estimate = estimateOf(limit, statistics, total);
  return { limit: limit.text, estimate, verdict: verdictOf(estimate, limit) };
}
