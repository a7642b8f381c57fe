/** How ratios change near a point: a sum of one function of each factor, from probes one factor at a time. */
import { exp, log } from '../../numerics/elementary.js';
import type { Point } from './evaluator.js';
import type { FreeTolerance } from './types.js';

/** Change of a ratio with x = ln f: slope·(e^(power·(x − x₀)) − 1)/power, and slope·(x − x₀) for power 0. */
export interface Term {
  readonly slope: number;
  readonly power: number;
}

/** Ratios near `factors`: values[t] + Σ over j of terms[t][j]. */
export interface LocalModel {
  readonly factors: readonly number[];
  readonly values: readonly number[];
  readonly terms: readonly (readonly Term[])[];
}

/** Step of a probe in ln f: 10 %. */
const STEP = 0.09531017980432493;
/** Squares of spreads add, so that a ratio follows the square where nothing else is known of it. */
const USUAL_POWER = 2;
const POWERS = [0.25, 24] as const;
/** Share of a ratio below which the difference of two probes says nothing of a power. */
const NOTHING = 2e-3;

/** One probe: which tolerance, and the step that its range leaves room for. */
export interface Probe {
  readonly tolerance: number;
  readonly factors: readonly number[];
  readonly step: number;
}

/**
 * Probes about a point, one tolerance at a time and inside its range: one step either way, or one way only where the range
 * ends or where powers are known.
 */
export function probesAt(
  tolerances: readonly FreeTolerance[],
  factors: readonly number[],
  bothWays: boolean,
): Probe[] {
  return tolerances.flatMap(({ least, most }, j) => {
    const down = Math.min(STEP, log(factors[j]! / least));
    const up = Math.min(STEP, log(most / factors[j]!));
    const longer = up > down ? up : -down;
    const bothFit = Math.min(up, down) > 0.3 * STEP;
    const steps = bothWays && bothFit ? [-down, up] : [longer];
    // A tolerance whose range is a point is no variable.
    return steps
      .filter((step) => Math.abs(step) > 1e-9)
      .map((step) => ({
        tolerance: j,
        step,
        factors: factors.map((factor, i) =>
          i === j ? Math.min(most, Math.max(least, factor * exp(step))) : factor,
        ),
      }));
  });
}

/**
 * The model through a point and its probes.
 *
 * @param known powers of an earlier model, for tolerances that were probed one way only
 */
export function fitModel(
  centre: Point,
  probes: readonly Probe[],
  points: readonly Point[],
  known: LocalModel | undefined,
): LocalModel {
  const values = centre.evaluation.ratios.map(({ value }) => value);
  const terms = values.map((value, t) =>
    centre.factors.map((_, j): Term => {
      const changes = probes.flatMap((probe, i) =>
        probe.tolerance === j
          ? [{ step: probe.step, change: points[i]!.evaluation.ratios[t]!.value - value }]
          : [],
      );
      return fitTerm(value, changes, known?.terms[t]?.[j]?.power || USUAL_POWER);
    }),
  );
  return { factors: centre.factors, values, terms };
}

interface Change {
  readonly step: number;
  readonly change: number;
}

function fitTerm(value: number, changes: readonly Change[], knownPower: number): Term {
  const [first, second] = changes;
  if (first === undefined) return { slope: 0, power: 0 };
  const power = second === undefined ? knownPower : powerOf(value, first, second);
  const slopes = changes.map(({ step, change }) => (change * power) / (exp(power * step) - 1));
  const slope = slopes.reduce((sum, each) => sum + each, 0) / slopes.length;
  // Where a tighter tolerance makes things worse a power would not be convex; a straight line is.
  if (slope <= 0) {
    const straight = changes.reduce((sum, { step, change }) => sum + change / step, 0);
    return { slope: Math.min(0, straight / changes.length), power: 0 };
  }
  return { slope, power };
}

/** Power p of a change α·(f^p − f₀^p): for equal steps s the changes are as −e^(ps) to 1. */
function powerOf(value: number, down: Change, up: Change): number {
  const rise = up.change / up.step;
  const fall = down.change / down.step;
  if (!(Math.min(rise, fall) * STEP > NOTHING * value)) return USUAL_POWER;
  const power = log(rise / fall) / (0.5 * (up.step - down.step));
  return Math.min(POWERS[1], Math.max(POWERS[0], power));
}

/** The term's change of a ratio for a step in ln f. */
export function termAt({ slope, power }: Term, step: number): number {
  return power === 0 ? slope * step : (slope * (exp(power * step) - 1)) / power;
}

/** Ratio t of the model at steps in ln f. */
export function modelAt(model: LocalModel, t: number, steps: readonly number[]): number {
  return steps.reduce((sum, step, j) => sum + termAt(model.terms[t]![j]!, step), model.values[t]!);
}
