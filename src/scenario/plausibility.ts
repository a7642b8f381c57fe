/** Values that are possible but hardly meant: told with the plausible range and the likely slip of the unit. */
import { fallsBelow } from './check-lowest.js';
import { type Context, tellImplausible } from './context.js';
import type { InputSpec, Unit } from './inputs.js';
import { lawLocation, lawSpread } from './law-shape.js';
import { quote, type RawNode } from './raw.js';
import type { ScalarSpec } from './scalars.js';
import { DEG, shortNumber, showQuantity } from './show-quantity.js';
import type { Contribution } from './types.js';

const DECIMAL_SLIPS = [1e-3, 1e3, 1e-6, 1e6];
/** Inputs whose laws start at 0, so that a spread beyond the typical value is natural. */
const ONE_SIDED: ReadonlySet<string> = new Set([
  'fibres.coreEccentricity',
  'bores.diametralClearance',
  'endFace.layerThickness',
  'sideLoad',
  'debrisGap',
]);

/** Tells a sum of contributions that can fall below what means anything, or is implausible. */
export function checkPlausible(
  contributions: readonly Contribution[],
  spec: InputSpec,
  node: RawNode,
  context: Context,
): void {
  if (spec.atLeast !== undefined && fallsBelow(spec.atLeast, contributions, spec, node, context)) {
    return;
  }
  const location = sum(contributions.map(lawLocation));
  const [low, high] = spec.plausible;
  if (!(location >= low && location <= high)) {
    tellRange(location, spec, node, context);
    return;
  }
  const spread = Math.sqrt(sum(contributions.map((law) => lawSpread(law) * lawSpread(law))));
  const widerThanNominal =
    spec.atLeast !== undefined &&
    !ONE_SIDED.has(spec.name) &&
    location !== 0 &&
    spread >= Math.abs(location);
  if (widerThanNominal || spread > high - low) {
    const slip = DECIMAL_SLIPS.find((factor) => spread * factor < (high - low) / 2);
    tellImplausible(
      context,
      node.place,
      widerThanNominal
        ? `${spec.name}: the spread is wider than the value itself`
        : `${spec.name}: the spread is wider than the plausible range`,
      {
        found: `${quote(node)} (spread ${showQuantity(spread, spec.unit)})`,
        expected: `values from ${showQuantity(low, spec.unit)} to ${showQuantity(high, spec.unit)}`,
        suggestion:
          slip === undefined
            ? undefined
            : `did you mean a spread of ${showQuantity(spread * slip, spec.unit)}?`,
      },
    );
  }
}

/** Tells a scalar outside its hard bounds (false) or its plausible range. */
export function checkScalarPlausible(
  value: number,
  spec: Pick<ScalarSpec, 'name' | 'unit' | 'bounds' | 'plausible'>,
  node: RawNode,
  context: Context,
): boolean {
  const { min, max, minAllowed } = spec.bounds;
  if (value > max || value < min || (value === min && !minAllowed)) {
    const lower = minAllowed
      ? `${showQuantity(min, spec.unit)} or more`
      : `more than ${showQuantity(min, spec.unit)}`;
    context.problems.add(node.place, `${spec.name}: out of bounds`, {
      found: quote(node),
      expected:
        max === Infinity
          ? lower
          : `${showQuantity(min, spec.unit)} to ${showQuantity(max, spec.unit)}`,
    });
    return false;
  }
  const [low, high] = spec.plausible;
  if (value < low || value > high) tellRange(value, spec, node, context);
  return true;
}

interface Ranged {
  readonly name: string;
  readonly unit: Unit;
  readonly plausible: readonly [number, number];
}

function tellRange(value: number, spec: Ranged, node: RawNode, context: Context): void {
  const [low, high] = spec.plausible;
  tellImplausible(
    context,
    node.place,
    `${spec.name}: implausible value ${showQuantity(value, spec.unit)}`,
    {
      found: quote(node),
      expected: `${showQuantity(low, spec.unit)} to ${showQuantity(high, spec.unit)}`,
      suggestion: unitSlip(value, spec),
    },
  );
}

/** What the value would be with the unit that was probably meant. */
function unitSlip(value: number, spec: Ranged): string | undefined {
  const [low, high] = spec.plausible;
  const fits = (candidate: number) => candidate >= low && candidate <= high;
  if (spec.unit === 'rad' && fits(value * DEG)) return `did you mean ${shortNumber(value)} deg?`;
  // a temperature has no thousandth
  const factors = spec.unit === 'degC' ? [] : DECIMAL_SLIPS;
  for (const factor of factors) {
    if (fits(value * factor)) return `did you mean ${showQuantity(value * factor, spec.unit)}?`;
  }
  return undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
