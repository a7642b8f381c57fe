/** What a run says of one channel. */
import type { Plan } from '../plan/types.js';
import { traceLanes } from '../scenario/lanes.js';
import type { Channel, Design, Pair, Scenario } from '../scenario/types.js';
import type { ChannelTotal } from '../statistics/channel.js';
import { halfWidthFactor, meanOf, symmetric, wilson } from '../statistics/intervals.js';
import { quantileEstimate, singleSample, summariseSpread } from '../statistics/spread-summary.js';
import { QUANTILES } from '../statistics/summary.js';
import * as SUM from '../statistics/sums.js';
import type { ChannelResult } from './schema.js';

export function buildChannel(
  scenario: Scenario,
  plan: Plan,
  total: ChannelTotal,
  index: number,
): ChannelResult {
  const channel = scenario.channels[index] as Channel;
  const { losses } = total;
  const { matings } = losses;
  const sums = losses.sums();
  const share = (limitDb: number | null, passes: number) =>
    limitDb === null ? null : { limitDb, met: wilson(passes / matings, matings) };
  return {
    name: channel.name,
    optics: channel.optics,
    matings,
    connectors: [...channel.connectors],
    spansDb: plan.channels[index]?.spansDb ?? 0,
    loss: summariseSpread(losses, QUANTILES, sums),
    lanes: traced(scenario, channel).map(({ transmit, receive, positions }, i) => {
      const sum = sums[SUM.spread + 2 * i] as number;
      const squares = sums[SUM.spread + 2 * i + 1] as number;
      const { mean, error } = meanOf(matings, sum, squares);
      const counts = total.lanes[i]?.counts ?? new Float64Array(0);
      return {
        transmit,
        receive,
        positions: [...positions],
        mean: symmetric(mean, halfWidthFactor(matings) * error, 0),
        p97: quantileEstimate(singleSample(losses, counts, losses), QUANTILES.p97),
      };
    }),
    budget: share(channel.budgetDb, total.passes),
    connectorBudget: share(channel.connectorBudgetDb, total.connectorPasses),
  };
}

function traced(scenario: Scenario, channel: Channel) {
  const pairs = channel.connectors.map(
    (name) => scenario.pairs.find((pair) => pair.name === name) as Pair,
  );
  const plug = scenario.designs[(pairs[0] as Pair).pinned] as Design;
  return traceLanes({
    fibreCount: plug.fibreCount,
    spans: channel.spans,
    connectors: pairs.map(({ mating }) => ({ adapter: mating.adapter })),
    lanes: channel.lanes,
  });
}
