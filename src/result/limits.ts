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

/** Met if the whole interval keeps the limit, missed if none of it does. A bound that is not known decides nothing. */
function verdictOf({ low, high }: Estimate, limit: Limit): LimitResult['verdict'] {
  if (low === null || high === null) {
    const known = low ?? high;
    const missedBy = limit.relation === '<=' ? low : high;
    if (known === null || missedBy === null) return 'undecided';
    const missed = limit.relation === '<=' ? missedBy > limit.value : missedBy < limit.value;
    return missed ? 'missed' : 'undecided';
  }
  const best = limit.relation === '<=' ? low - limit.value : limit.value - high;
  const worst = limit.relation === '<=' ? high - limit.value : limit.value - low;
  if (worst <= 0) return 'met';
  return best > 0 ? 'missed' : 'undecided';
}

export function judgeLimit(
  limit: Limit,
  statistics: PairStatistics,
  total: PairTotal,
): LimitResult {
  const estimate = estimateOf(limit, statistics, total);
  return { limit: limit.text, estimate, verdict: verdictOf(estimate, limit) };
}
