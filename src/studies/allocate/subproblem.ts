/** The cheapest factors by a local model: separable and convex, solved through its multipliers. */
import { exp, log } from '../../numerics/elementary.js';
import { type LocalModel, modelAt } from './local-model.js';
import type { FreeTolerance } from './types.js';

export interface Step {
  /** In ln f, one a tolerance. */
  readonly steps: readonly number[];
  /** Cost per unit of each ratio: what a looser aim would save. */
  readonly multipliers: readonly number[];
  /** Whether the model meets all aims within the box. */
  readonly feasible: boolean;
}

const MOST_SWEEPS = 200;
/** Ratios are met to this share. */
const PRECISION = 1e-8;
/** Above what a multiplier may be in units of cost over ratio before its aim counts as out of reach. */
const OUT_OF_REACH = 1e9;

/**
 * Minimum of Σ cost over steps |s| ≤ radius inside the ranges, with every modelled ratio ≤ its aim.
 *
 * For given multipliers λ each step is the root of a rising function, −c·k·f^−k + Σ λ·slope·e^(power·s); the multipliers are
 * those of the dual maximum, found one after the other (coordinate ascent on a smooth concave function, which
 * converges). An aim that no step in the box meets ends with the multiplier at its bound: then the steps are those that
 * come nearest to it.
 */
export function solveSubproblem(
  tolerances: readonly FreeTolerance[],
  model: LocalModel,
  aims: readonly number[],
  radius: number,
): Step {
  const boxes = tolerances.map(({ least, most }, j) => {
    const factor = model.factors[j]!;
    return [Math.max(-radius, log(least / factor)), Math.min(radius, log(most / factor))] as const;
  });
  const costs = tolerances.map(
    ({ cost, exponent }, j) => cost * exponent * exp(-exponent * log(model.factors[j]!)),
  );
  const stepsFor = (multipliers: readonly number[]): number[] =>
    tolerances.map(({ exponent }, j) => {
      const [low, high] = boxes[j]!;
      const rising = (s: number): number => {
        let sum = -costs[j]! * exp(-exponent * s);
        for (let t = 0; t < multipliers.length; t++) {
          const { slope, power } = model.terms[t]![j]!;
          if (multipliers[t] !== 0) sum += multipliers[t]! * slope * exp(power * s);
        }
        return sum;
      };
      return root(rising, low, high, 1e-13);
    });
  const excess = (t: number, multipliers: readonly number[]): number =>
    modelAt(model, t, stepsFor(multipliers)) / aims[t]! - 1;

  const multipliers = aims.map(() => 0);
  const scale = Math.max(1e-300, ...costs) / Math.max(1e-300, slopeScale(model));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let moved = 0;
    for (let t = 0; t < aims.length; t++) {
      const before = multipliers[t]!;
      const at = (value: number) => excess(t, multipliers.with(t, value));
      multipliers[t] = multiplierOf(at, before, scale);
      moved = Math.max(moved, Math.abs(multipliers[t]! - before) / (before + scale));
    }
    if (aims.length === 1 || moved < PRECISION) break;
  }
  const steps = stepsFor(multipliers);
  const feasible = aims.every((aim, t) => modelAt(model, t, steps) <= aim * (1 + 100 * PRECISION));
  return { steps, multipliers, feasible };
}

function slopeScale(model: LocalModel): number {
  return Math.max(...model.terms.flatMap((terms) => terms.map(({ slope }) => Math.abs(slope))));
}

/** The multiplier at which the excess, which falls, is 0: none below 0 and none above OUT_OF_REACH. */
function multiplierOf(excess: (value: number) => number, start: number, scale: number): number {
  if (excess(0) <= 0) return 0;
  let low = 0;
  let high = start > 0 ? start : scale;
  for (let grow = 1.01; excess(high) > 0; grow *= grow) {
    if (high >= OUT_OF_REACH * scale) return OUT_OF_REACH * scale;
    low = high;
    high *= Math.min(grow, 8);
  }
  for (let shrink = 1.01; low === 0 && shrink < 8; shrink *= shrink) {
    if (excess(high / shrink) > 0) low = high / shrink;
    else high /= shrink;
  }
  return root((value) => -excess(value), low, high, 1e-13 * high);
}

/** Where a rising function crosses 0, or the end of the interval that is nearer to it. Illinois steps in a bracket. */
function root(rising: (s: number) => number, from: number, to: number, precision: number): number {
  let [low, high] = [from, to];
  let atHigh = rising(high);
  if (atHigh <= 0 || !(low < high)) return high;
  let atLow = rising(low);
  if (atLow >= 0) return low;
  for (let i = 0; i < 100 && high - low > precision; i++) {
    const tried = low - (atLow * (high - low)) / (atHigh - atLow);
    // A steep exponential would creep up on from one side: every third step halves the bracket.
    const s = i % 3 === 2 || !(tried > low && tried < high) ? 0.5 * (low + high) : tried;
    const value = rising(s);
    if (value === 0) return s;
    if (value < 0) {
      [low, atLow] = [s, value];
      atHigh *= 0.5;
    } else {
      [high, atHigh] = [s, value];
      atLow *= 0.5;
    }
  }
  return high;
}
