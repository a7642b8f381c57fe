/** What a run says of one channel. */
import type { ChannelPlan, Plan } from '../plan/types.js';
import { findBudget } from '../scenario/optics.js';
import type { Channel, Scenario } from '../scenario/types.js';
import type { ChannelTotal } from '../statistics/channel.js';
import {
  type Estimate,
  halfWidthFactor,
  meanOf,
  symmetric,
  wilson,
} from '../statistics/intervals.js';
import { quantileEstimate, singleSample, summariseSpread } from '../statistics/spread-summary.js';
import { QUANTILES } from '../statistics/summary.js';
import * as SUM from '../statistics/sums.js';
import { channelCost } from './cost.js';
import type { ChannelResult } from './schema.js';

/** The statistics of a channel; cables, which lose the same in all, are added to what its connectors lose. */
export function buildChannel(
  scenario: Scenario,
  plan: Plan,
  total: ChannelTotal,
  index: number,
): ChannelResult {
  const channel = scenario.channels[index] as Channel;
  const { spansDb, positions } = plan.channels[index] as ChannelPlan;
  const { losses } = total;
  const { matings } = losses;
  const sums = losses.sums();
  const { all, worst } = summariseSpread(losses, QUANTILES, sums);
  const budget = budgetOf(channel.budgetDb, total.passes, matings);
  return {
    name: channel.name,
    optics: channel.optics,
    budgetSource: sourceOf(channel),
    matings,
    connectors: [...channel.connectors],
    spansDb,
    loss: { all: withCables(all, spansDb), worst: withCables(worst, spansDb) },
    lanes: channel.lanes.map(({ transmit, receive }, i) => {
      const sum = sums[SUM.spread + 2 * i] as number;
      const squares = sums[SUM.spread + 2 * i + 1] as number;
      const { mean, error } = meanOf(matings, sum, squares);
      const counts = total.lanes[i]?.counts ?? new Float64Array(0);
      const p97 = quantileEstimate(singleSample(losses, counts, losses), QUANTILES.p97);
      return {
        transmit,
        receive,
        positions: [...(positions[i] as readonly number[])],
        mean: plus(symmetric(mean, halfWidthFactor(matings) * error, 0), spansDb),
        p97: plus(p97, spansDb),
      };
    }),
    budget,
    connectorBudget: budgetOf(channel.connectorBudgetDb, total.connectorPasses, matings),
    cost: channelCost(scenario, channel, budget?.met.value ?? null),
  };
}

function budgetOf(limitDb: number | null, passes: number, matings: number) {
  return limitDb === null ? null : { limitDb, met: wilson(passes / matings, matings) };
}

/** Where the budget of named optics was read. */
function sourceOf({ optics, fibre }: Channel): string | null {
  if (optics === null) return null;
  const search = findBudget(optics, fibre ?? undefined);
  return search.kind === 'found' ? search.budget.source : null;
}

function withCables(
  statistics: ChannelResult['loss']['all'],
  spansDb: number,
): ChannelResult['loss']['all'] {
  const shifted = Object.entries(statistics).map(([name, estimate]) => [
    name,
    name === 'sd' ? estimate : plus(estimate, spansDb),
  ]);
  return Object.fromEntries(shifted) as ChannelResult['loss']['all'];
}

function plus({ value, low, high }: Estimate, spansDb: number): Estimate {
  return {
    value: value + spansDb,
    low: low === null ? null : low + spansDb,
    high: high === null ? null : high + spansDb,
  };
}
