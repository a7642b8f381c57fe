/** Laws that can fall below the lowest value that means anything: refused, whatever the user insists on. */
import type { Context } from './context.js';
import type { InputSpec } from './inputs.js';
import { lowestSum, shareBelow } from './lowest.js';
import { quote, type RawNode } from './raw.js';
import { showQuantity } from './show-quantity.js';
import type { Contribution } from './types.js';

/** Share of a law that may lie below: so little that hardly any run would draw it. */
const LARGEST_SHARE = 1e-9;
/** What adding up may lose to rounding, in the unit of the input. */
const ROUNDING = 1e-9;

/** Whether the sum of the contributions can fall below `atLeast`, which is then told. */
export function fallsBelow(
  atLeast: number,
  contributions: readonly Contribution[],
  spec: InputSpec,
  node: RawNode,
  context: Context,
): boolean {
  const below = whatLiesBelow(atLeast, contributions, spec);
  if (below === undefined) return false;
  const bound = showQuantity(atLeast, spec.unit);
  context.problems.add(node.place, `${spec.name}: ${below} below ${bound}`, {
    found: quote(node),
    expected: `${bound} or more`,
    suggestion: howToBound(atLeast, contributions, spec),
  });
  return true;
}

function whatLiesBelow(
  atLeast: number,
  contributions: readonly Contribution[],
  spec: InputSpec,
): string | undefined {
  const [only] = contributions;
  if (contributions.length > 1 || only === undefined) {
    const lowest = lowestSum(contributions);
    return lowest >= atLeast - ROUNDING
      ? undefined
      : `the contributions can add up to ${showQuantity(lowest, spec.unit)},`;
  }
  const share = shareBelow(only, atLeast);
  if (share <= LARGEST_SHARE) return undefined;
  return share === 1
    ? 'all values lie'
    : `${Number((share * 100).toPrecision(2))} % of the values lie`;
}

function howToBound(
  atLeast: number,
  contributions: readonly Contribution[],
  spec: InputSpec,
): string | undefined {
  const normal = contributions.find((law) => law.distribution === 'normal');
  const hasToleranced = contributions.some((law) => law.distribution === 'toleranced');
  if (normal === undefined) {
    return hasToleranced ? 'truncate it: a normal law with lower and upper' : undefined;
  }
  const show = (value: number) => showQuantity(value, spec.unit);
  if (spec.name === 'sideLoad' && normal.mean === 0) {
    return `write { distribution: half-normal, sigma: ${show(normal.sigma)} }`;
  }
  const upper = normal.upper ?? normal.mean + 3 * normal.sigma;
  if (contributions.length > 1 || upper <= atLeast) {
    return 'truncate it: give the normal contributions lower and upper';
  }
  return `truncate it: { distribution: normal, mean: ${show(normal.mean)}, sigma: ${show(normal.sigma)}, lower: ${show(atLeast)}, upper: ${show(upper)} }`;
}
