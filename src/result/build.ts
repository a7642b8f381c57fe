/** Totals of a run → the result that is written. */
import type { RunTotals } from '../engine/fold.js';
import type { Plan } from '../plan/types.js';
import type { Scenario } from '../scenario/types.js';
import type { ChannelTotal } from '../statistics/channel.js';
import { compareTotals } from '../statistics/comparison.js';
import type { PairTotal } from '../statistics/total.js';
import { buildChannel } from './build-channel.js';
import { buildClaims } from './build-claims.js';
import { lotComparison } from './build-lot.js';
import { buildPair } from './build-pair.js';
import { type HostFacts, provenanceOf } from './provenance.js';
import type { ChannelResult, ComparisonResult, Result } from './schema.js';

/** Builds the result; everything but `host` depends on the scenario alone. */
export function buildResult(
  scenario: Scenario,
  plan: Plan,
  totals: RunTotals,
  host: HostFacts,
): Result {
  const pairs = scenario.pairs.map((_, p) => buildPair(scenario, plan, totals, p));
  const comparisons = buildComparisons(scenario, plan, totals);
  return {
    ...provenanceOf(scenario),
    matings: scenario.matings,
    confidence: 0.95,
    pairs,
    comparisons,
    channels: buildChannels(scenario, plan, totals),
    claims: buildClaims(scenario.claims, pairs, comparisons),
    host,
  };
}

export function buildComparisons(
  { comparisons }: Scenario,
  plan: Plan,
  totals: RunTotals,
): ComparisonResult[] {
  return comparisons.map(([first, second], c) => comparisonResult(first, second, plan, totals, c));
}

export function buildChannels(scenario: Scenario, plan: Plan, totals: RunTotals): ChannelResult[] {
  return scenario.channels.map((_, c) =>
    buildChannel(scenario, plan, totals.channels[c] as ChannelTotal, c),
  );
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
