/** What a passing fibre or link costs, where the designs have prices. */
import type { Channel, Design, Pair, Price, Scenario } from '../scenario/types.js';
import type { ChannelResult, PairResult } from './schema.js';

/**
 * Price of an assembly over the number of its fibres that keep a limit. A mated pair stands for one assembly, since each
 * assembly has two plugs; of two designs the mean of their prices counts.
 *
 * @returns null unless both have a price in the same currency
 */
export function costOf(
  pinned: Design,
  unpinned: Design,
  yields: PairResult['yields'],
): PairResult['cost'] {
  const assembly = meanPrice(pinned.price, unpinned.price);
  if (assembly === null) return null;
  const { low, high, currency } = assembly;
  return {
    currency,
    assembly: { low, high },
    limits: yields.map(({ limitDb, fibre }) => {
      const passing = pinned.fibreCount * fibre.value;
      const per = (price: number) => (passing > 0 ? price / passing : null);
      return { limitDb, perPassingChannel: { low: per(low), high: per(high) } };
    }),
  };
}

/**
 * Price of all cables of a channel over its probability to keep the budget. A cable is an assembly with a plug at either
 * end, the outermost ones with the same plug at both; of two designs the mean of their prices counts.
 *
 * @returns null unless all designs have a price in the same currency and there is a budget
 */
export function channelCost(
  scenario: Scenario,
  channel: Channel,
  met: number | null,
): ChannelResult['cost'] {
  const ends = channel.connectors.map((name) => {
    const { pinned, unpinned } = scenario.pairs.find((pair) => pair.name === name) as Pair;
    return [pinned, unpinned].map((design) => (scenario.designs[design] as Design).price);
  });
  const plugs = [ends[0]?.[0] ?? null, ...ends.flat(), ends.at(-1)?.[1] ?? null];
  if (met === null) return null;
  let total: Price | null = null;
  for (let i = 0; i < plugs.length; i += 2) {
    const cable = meanPrice(plugs[i] as Price | null, plugs[i + 1] as Price | null);
    const before: Price | null = total ?? (cable === null ? null : { ...cable, low: 0, high: 0 });
    if (cable === null || before === null || before.currency !== cable.currency) return null;
    total = { ...cable, low: before.low + cable.low, high: before.high + cable.high };
  }
  if (total === null) return null;
  const { low, high, currency } = total;
  const per = (price: number) => (met > 0 ? price / met : null);
  return {
    currency,
    assemblies: { low, high },
    perPassingChannel: { low: per(low), high: per(high) },
  };
}

function meanPrice(a: Price | null, b: Price | null): Price | null {
  if (a === null || b === null || a.currency !== b.currency) return null;
  return { low: (a.low + b.low) / 2, high: (a.high + b.high) / 2, currency: a.currency };
}
