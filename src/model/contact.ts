/** Equilibrium of the two end faces on their fibre tips (model §5). */
import { InvariantError } from '../errors.js';
import {
  type ContactLoad,
  type ContactScratch,
  energyAt,
  type FacingPairs,
  side,
  solveForSet,
  visit,
} from './contact-point.js';
import type { MatingState } from './state.js';

/**
 * Looks at most at this many points. The default designs need 2 to 4 on average; the most seen in 50,000 problems with
 * forces of millinewtons on soft mountings was 257.
 */
const MOST_VISITS = 1000;
/** Share of the decrease that the slope promises which a step must reach (Armijo 1966). */
const SUFFICIENT = 1e-4;

/** Tilt that the mounting and the pins alone would give: the rest tilt, resisted beyond the play. */
function unloadedTilt(rest: number, free: number, pins: number, mounting: number): number {
  const s = side(rest, free);
  return s === 0 ? rest : (mounting * rest + s * pins * free) / (mounting + pins);
}

/**
 * Semi-smooth Newton: solve for the pairs that press, see which press there, until the set repeats.
 *
 * A step is taken back where the energy, which is convex, has not fallen enough and rises again along it: to where the
 * slope along the step, taken as linear, vanishes. Returns the number of points visited.
 */
function minimise(
  pairs: FacingPairs,
  freeGapUm: Float64Array,
  load: ContactLoad,
  scratch: ContactScratch,
): number {
  const { point } = scratch;
  // Start from the equilibrium of all pairs: infinitely far on, where all of them press.
  point.d = Infinity;
  visit(pairs, freeGapUm, load, scratch);
  solveForSet(pairs, freeGapUm, load, point);
  let fromD = 0;
  let fromA = 0;
  let fromB = 0;
  let stepD = 0;
  let stepA = 0;
  let stepB = 0;
  let slope = 0; // of the energy along the step, at its start
  let share = 1; // of the step, that the point lies at
  for (let visits = 1; visits <= MOST_VISITS; visits++) {
    const changed = visit(pairs, freeGapUm, load, scratch);
    if (!changed && share === 1) return visits;
    const newSlope = point.gradientD * stepD + point.gradientA * stepA + point.gradientB * stepB;
    let tooFar = false;
    if (newSlope > 0) {
      const before = energyAt(pairs, freeGapUm, load, fromD, fromA, fromB);
      const after = energyAt(pairs, freeGapUm, load, point.d, point.a, point.b);
      tooFar = after > before + SUFFICIENT * share * slope;
    }
    if (tooFar) {
      const back = slope / (slope - newSlope);
      share *= Math.min(0.9, Math.max(0.1, back));
      point.d = fromD + share * stepD;
      point.a = fromA + share * stepA;
      point.b = fromB + share * stepB;
    } else {
      fromD = point.d;
      fromA = point.a;
      fromB = point.b;
      const { gradientD, gradientA, gradientB } = point;
      solveForSet(pairs, freeGapUm, load, point);
      stepD = point.d - fromD;
      stepA = point.a - fromA;
      stepB = point.b - fromB;
      slope = gradientD * stepD + gradientA * stepA + gradientB * stepB;
      share = 1;
    }
  }
  throw new InvariantError('end-face contact did not converge');
}

/**
 * Approach d and tilts a (along x), b (along y) of the faces, and the air gap of every fibre pair.
 *
 * They minimise E = k/2 Σ max(0, d + a·xᵢ + b·yᵢ − gᵢ)² + Kp/2 [max(0,|a|−a_free)² + max(0,|b|−b_free)²]
 * + Kh/2 [(a−a₀)² + (b−b₀)²] − F·d, which is convex and piecewise quadratic.
 * The gap left is zᵢ = max(0, gᵢ − d − a·xᵢ − b·yᵢ), exactly 0 in contact.
 *
 * @param pairs positions of the fibre pairs
 * @param freeGapUm gᵢ, µm
 * @param load stiffnesses, plays, rest tilts, force; without force the faces just touch
 * @param state receives approachUm, tiltXRad (a), tiltYRad (b), contactVisits, contacts
 * @param gapUm receives zᵢ, µm; force and moments balance to 1e-10 of their sums, gaps to 1e-6 µm or better
 */
export function contactEquilibrium(
  pairs: FacingPairs,
  freeGapUm: Float64Array,
  load: ContactLoad,
  scratch: ContactScratch,
  state: MatingState,
  gapUm: Float64Array,
): void {
  const { point } = scratch;
  const pins = load.pinAngularStiffness;
  const mounting = load.mountingAngularStiffness;
  const pressed = load.forceN > 0;
  point.a = unloadedTilt(load.restTiltXRad, load.freeTiltXRad, pins, mounting);
  point.b = unloadedTilt(load.restTiltYRad, load.freeTiltYRad, pins, mounting);
  state.contactVisits = pressed ? minimise(pairs, freeGapUm, load, scratch) : 0;
  const { a, b } = point;
  let d = pressed ? point.d : Infinity;
  if (!pressed) {
    for (let i = 0; i < pairs.fibres; i++) {
      d = Math.min(d, freeGapUm[i]! - a * pairs.xUm[i]! - b * pairs.yUm[i]!);
    }
  }
  let contacts = 0;
  for (let i = 0; i < pairs.fibres; i++) {
    const z = freeGapUm[i]! - a * pairs.xUm[i]! - b * pairs.yUm[i]! - d;
    gapUm[i] = z > 0 ? z : 0;
    if (!(z > 0)) contacts += 1;
  }
  state.approachUm = d;
  state.tiltXRad = a;
  state.tiltYRad = b;
  state.contacts = contacts;
}
