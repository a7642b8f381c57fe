/** Whether what was predicted agrees with what is said. */
import { InvariantError } from '../errors.js';
import type { Claim } from '../scenario/types.js';
import type { Estimate } from '../statistics/intervals.js';
import { differenceOf, lossOf, placeOf } from './limits.js';
import type { ClaimResult, ComparisonResult, PairResult } from './schema.js';

const VERDICTS = { inside: 'agrees', outside: 'disagrees', undecided: 'undecided' } as const;

/** Each claim with the estimate that it speaks of, in dB, and whether that agrees: inside its ends, outside, or undecided. */
export function buildClaims(
  claims: readonly Claim[],
  pairs: readonly PairResult[],
  comparisons: readonly ComparisonResult[],
): ClaimResult[] {
  return claims.map((claim) => {
    const { says, of, statistic, atLeastDb, atMostDb } = claim;
    const estimate = of.length === 2 ? difference(claim, comparisons) : figure(claim, pairs);
    const place = placeOf(estimate, atLeastDb ?? -Infinity, atMostDb ?? Infinity);
    const verdict = VERDICTS[place];
    return { says, of: [...of], statistic, atLeastDb, atMostDb, estimate, verdict };
  });
}

function difference(claim: Claim, comparisons: readonly ComparisonResult[]): Estimate {
  const [first, second] = claim.of;
  const found = comparisons.find((one) => one.first === first && one.second === second);
  return known(found && differenceOf(claim.statistic, found), claim);
}

function figure(claim: Claim, pairs: readonly PairResult[]): Estimate {
  const pair = pairs.find(({ name }) => name === claim.of[0]);
  const { subject } = claim;
  if (pair === undefined || !('statistic' in subject)) return known(undefined, claim);
  return lossOf(subject, pair);
}

/** The reader of scenarios lets through only claims of what is worked out. */
function known(estimate: Estimate | undefined, { statistic, of }: Claim): Estimate {
  if (estimate === undefined) throw new InvariantError(`no ${statistic} of ${of.join(' and ')}`);
  return estimate;
}
