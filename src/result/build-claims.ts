/** Whether what was predicted agrees with what is said. */
import { InvariantError } from '../errors.js';
import type { Claim } from '../scenario/types.js';
import type { Estimate } from '../statistics/intervals.js';
import type { ClaimResult, ComparisonResult, PairResult } from './schema.js';

export function buildClaims(
  claims: readonly Claim[],
  pairs: readonly PairResult[],
  comparisons: readonly ComparisonResult[],
): ClaimResult[] {
  return claims.map((claim) => {
    const { says, of, statistic, atLeastDb, atMostDb } = claim;
    const estimate = of.length === 2 ? difference(claim, comparisons) : figure(claim, pairs);
    const verdict = verdictOf(estimate, atLeastDb ?? -Infinity, atMostDb ?? Infinity);
    return { says, of: [...of], statistic, atLeastDb, atMostDb, estimate, verdict };
  });
}

function difference(claim: Claim, comparisons: readonly ComparisonResult[]): Estimate {
  const [first, second] = claim.of;
  const found = comparisons.find((one) => one.first === first && one.second === second);
  return known(found?.[claim.statistic as 'mean' | 'sd' | 'p50' | 'p97' | 'p99'], claim);
}

function figure(claim: Claim, pairs: readonly PairResult[]): Estimate {
  const pair = pairs.find(({ name }) => name === claim.of[0]);
  const { subject } = claim;
  if (pair === undefined || !('statistic' in subject)) return known(undefined, claim);
  switch (subject.of) {
    case 'il':
    case 'worstFibre':
      return pair[subject.of][subject.statistic];
    case 'largestChange':
      return known(pair.largestChange?.all[subject.statistic], claim);
    case 'returnLoss':
      return known(pair.returnLoss?.all[subject.statistic], claim);
    case 'worstReturnLoss':
      return known(pair.returnLoss?.worst[subject.statistic], claim);
  }
}

/** The reader of scenarios lets through only claims of what is worked out. */
function known(estimate: Estimate | undefined, { statistic, of }: Claim): Estimate {
  if (estimate === undefined) throw new InvariantError(`no ${statistic} of ${of.join(' and ')}`);
  return estimate;
}

/** Agrees if the whole interval lies between the ends, disagrees if none of it does. */
function verdictOf(estimate: Estimate, atLeast: number, atMost: number): ClaimResult['verdict'] {
  const low = estimate.low ?? -Infinity;
  const high = estimate.high ?? Infinity;
  if (low >= atLeast && high <= atMost) return 'agrees';
  return high < atLeast || low > atMost ? 'disagrees' : 'undecided';
}
