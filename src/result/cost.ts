/** What a passing fibre costs, where the designs have prices. */
import type { Design, Price } from '../scenario/types.js';
import type { PairResult } from './schema.js';

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

function meanPrice(a: Price | null, b: Price | null): Price | null {
  if (a === null || b === null || a.currency !== b.currency) return null;
  return { low: (a.low + b.low) / 2, high: (a.high + b.high) / 2, currency: a.currency };
}
