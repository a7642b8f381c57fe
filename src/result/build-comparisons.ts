/** What a run says of the pairs that are compared. */
import type { RunTotals } from '../engine/fold.js';
import type { Plan } from '../plan/types.js';
import type { Scenario } from '../scenario/types.js';
import { compareTotals } from '../statistics/comparison.js';
import type { PairTotal } from '../statistics/total.js';
import { lotComparison } from './build-lot.js';
import type { ComparisonResult } from './schema.js';

export function buildComparisons(
  { comparisons }: Scenario,
  plan: Plan,
  totals: RunTotals,
): ComparisonResult[] {
  return comparisons.map(([first, second], c) => comparisonResult(first, second, plan, totals, c));
}

function comparisonResult(
  first: string,
  second: string,
  plan: Plan,
  totals: RunTotals,
  index: number,
): ComparisonResult {
  const [a, b] = plan.comparisons[index] as readonly [number, number];
  const statistics = compareTotals(
    totals.pairs[a] as PairTotal,
    totals.pairs[b] as PairTotal,
    totals.comparisons[index] as Float64Array,
  );
  const comparison = { first, second, ...statistics };
  return plan.lot === null ? comparison : lotComparison(comparison);
}
