/** Reads a price such as `35 USD` or `35 to 60 USD`. */
import type { Context } from './context.js';
import { quote, type RawNode } from './raw.js';
import { PRICE_PATTERN } from './scalars.js';
import type { Price } from './types.js';

/** null where there is none, or it cannot be read, which has then been told. */
export function readPrice(node: RawNode | undefined, context: Context): Price | null {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return null;
  const [, low, high, currency] = PRICE_PATTERN.exec(node.value) ?? [];
  if (low === undefined || currency === undefined) return null;
  const price = { low: Number(low), high: Number(high ?? low), currency };
  if (price.high >= price.low) return price;
  context.problems.add(node.place, 'price: the range runs backwards', {
    found: quote(node),
    expected: `${high} to ${low} ${currency}`,
  });
  return null;
}
