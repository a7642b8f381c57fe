/** Totals of a run → the result that is written. */
import type { RunTotals } from '../engine/run.js';
import { VERSION } from '../package-root.js';
import type { Plan } from '../plan/types.js';
import { describeScenario, scenarioHash } from '../scenario/index.js';
import type { Scenario } from '../scenario/types.js';
import type { ChannelTotal } from '../statistics/channel.js';
import { compareTotals } from '../statistics/comparison.js';
import type { PairTotal } from '../statistics/total.js';
import { buildChannel } from './build-channel.js';
import { buildClaims } from './build-claims.js';
import { lotComparison } from './build-lot.js';
import { buildPair } from './build-pair.js';
import { type ComparisonResult, FORMAT_VERSION, type HostFacts, type Result } from './schema.js';

/** What the model does not contain, said in every result (model §13). */
const LEFT_OUT = [
  'exact LP01 fields (Gaussian approximation)',
  'modal noise',
  'spreading of light in a gap between multimode fibres',
  'polarisation',
  'angular misalignment of the keys',
  'dirt and scratches on a core',
  'fibre shape',
  'dynamic vibration',
] as const;

/** Builds the result; everything but `host` depends on the scenario alone. */
export function buildResult(
  scenario: Scenario,
  plan: Plan,
  totals: RunTotals,
  host: HostFacts,
): Result {
  const pairs = scenario.pairs.map((_, p) => buildPair(scenario, plan, totals, p));
  const comparisons = scenario.comparisons.map(([first, second], c) =>
    comparisonResult(first, second, plan, totals, c),
  );
  return {
    formatVersion: FORMAT_VERSION,
    generator: { name: 'matedpair', version: VERSION },
    seed: scenario.seed,
    scenarioHash: scenarioHash(scenario),
    scenario: describeScenario(scenario) as Record<string, unknown>,
    matings: scenario.matings,
    confidence: 0.95,
    leftOut: [...LEFT_OUT],
    pairs,
    comparisons,
    channels: scenario.channels.map((_, c) =>
      buildChannel(scenario, plan, totals.channels[c] as ChannelTotal, c),
    ),
    claims: buildClaims(scenario.claims, pairs, comparisons),
    host,
  };
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
