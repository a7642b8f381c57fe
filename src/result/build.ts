/** Totals of a run → the result that is written. */
import type { RunTotals } from '../engine/fold.js';
import type { Plan } from '../plan/types.js';
import type { Scenario } from '../scenario/types.js';
import type { ChannelTotal } from '../statistics/channel.js';
import { buildChannel } from './build-channel.js';
import { buildClaims } from './build-claims.js';
import { buildComparisons } from './build-comparisons.js';
import { buildPair } from './build-pair.js';
import { type HostFacts, provenanceOf } from './provenance.js';
import type { ChannelResult, Result } from './schema.js';

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

export function buildChannels(scenario: Scenario, plan: Plan, totals: RunTotals): ChannelResult[] {
  return scenario.channels.map((_, c) =>
    buildChannel(scenario, plan, totals.channels[c] as ChannelTotal, c),
  );
}
