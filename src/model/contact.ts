/** Equilibrium of the two end faces on their fibre tips (model §5). */
import type { MatingState } from './state.js';

/** Working arrays of the contact solver, one a fibre pair. */
export interface ContactScratch {
  /** Whether the pair pressed at the point visited last (1) or not (0). */
  readonly pressing: Uint8Array;
}

/** Stiffnesses and plays that stay the same from mating to mating, and the plays and rest tilts of one. */
export interface ContactLoad {
  /** Contact stiffness of one facing fibre pair k, N/µm. */
  contactStiffnessNPerUm: number;
  /** Elastic resistance of the pins to a tilt beyond their play Kp, N·µm/rad. */
  pinAngularStiffness: number;
  /** Angular stiffness of the mounting Kh, N·µm/rad, above 0. */
  mountingAngularStiffness: number;
  /** Tilt that the pins leave free along x and along y, rad. */
  freeTiltXRad: number;
  freeTiltYRad: number;
  /** Tilt at which the mounting is at rest, rad. */
  restTiltXRad: number;
  restTiltYRad: number;
  /** Spring force F, N; not above 0 means that the faces just touch. */
  forceN: number;
}

const MAX_STEPS = 60;

/** Side of the play on which a tilt lies: −1, 0 (inside), 1. */
function side(tilt: number, free: number): number {
  return tilt > free ? 1 : tilt < -free ? -1 : 0;
}

/** Tilt that the mounting and the pins alone would give: the rest tilt, resisted beyond the play. */
function unloadedTilt(rest: number, free: number, pins: number, mounting: number): number {
  const s = side(rest, free);
  return s === 0 ? rest : (mounting * rest + s * pins * free) / (mounting + pins);
}

/** Energy of a tilt: the pins beyond the play and the mounting off its rest. */
function tiltEnergy(
  tilt: number,
  free: number,
  rest: number,
  pins: number,
  mounting: number,
): number {
  const s = side(tilt, free);
  const beyond = s === 0 ? 0 : tilt - s * free;
  const off = tilt - rest;
  return 0.5 * pins * beyond * beyond + 0.5 * mounting * off * off;
}

/**
 * Approach d and tilts a (along x), b (along y) of the faces, and the air gap of every fibre pair.
 *
 * They minimise E = k/2 Σ max(0, d + a·xᵢ + b·yᵢ − gᵢ)² + Kp/2 [max(0,|a|−a_free)² + max(0,|b|−b_free)²]
 * + Kh/2 [(a−a₀)² + (b−b₀)²] − F·d, which is convex and piecewise quadratic. Semi-smooth Newton: solve for the
 * pairs that press, see which press there, until the set repeats; a step that raises E is halved.
 * The gap left is zᵢ = max(0, gᵢ − d − a·xᵢ − b·yᵢ), exactly 0 in contact.
 *
 * With a single row (all yᵢ = 0) b is independent of the contact and has a closed form.
 *
 * @param xUm, yUm positions of the fibre pairs, µm
 * @param freeGapUm gᵢ, µm
 * @param load stiffnesses, plays, rest tilts, force
 * @param state receives approachUm, tiltXRad (a), tiltYRad (b), newtonSteps, contacts
 * @param gapUm receives zᵢ, µm; within 1e-9 of a generic minimiser where that one has converged
 */
export function contactEquilibrium(
  n: number,
  xUm: Float64Array,
  yUm: Float64Array,
  singleRow: boolean,
  freeGapUm: Float64Array,
  load: ContactLoad,
  scratch: ContactScratch,
  state: MatingState,
  gapUm: Float64Array,
): void {
  const k = load.contactStiffnessNPerUm;
  const pins = load.pinAngularStiffness;
  const mounting = load.mountingAngularStiffness;
  const freeA = load.freeTiltXRad;
  const freeB = load.freeTiltYRad;
  const restA = load.restTiltXRad;
  const restB = load.restTiltYRad;
  const force = load.forceN;
  const pressing = scratch.pressing;

  let a = unloadedTilt(restA, freeA, pins, mounting);
  let b = unloadedTilt(restB, freeB, pins, mounting);
  let d = 0;
  let steps = 0;
  if (force > 0) {
    pressing.fill(1, 0, n);
    let sideA = side(restA, freeA);
    let sideB = side(restB, freeB);
    let count = n;
    let sumX = 0;
    let sumY = 0;
    let sumXX = 0;
    let sumXY = 0;
    let sumYY = 0;
    let sumG = 0;
    let sumGX = 0;
    let sumGY = 0;
    for (let i = 0; i < n; i++) {
      const x = xUm[i]!;
      const y = yUm[i]!;
      const g = freeGapUm[i]!;
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumXY += x * y;
      sumYY += y * y;
      sumG += g;
      sumGX += g * x;
      sumGY += g * y;
    }
    let fromA = a;
    let fromB = b;
    let fromD = d;
    let fromEnergy = Infinity;
    let fullStep = true;
    for (;;) {
      if (fullStep) {
        // Solve for the set: d from the force balance, then the two moments about the set's centre.
        steps += 1;
        if (count === 0) {
          // Nothing presses: approach to the first touch and F/(k·n) beyond, which always lowers E.
          let nearest = Infinity;
          for (let i = 0; i < n; i++) {
            const touch = freeGapUm[i]! - a * xUm[i]! - b * yUm[i]!;
            if (touch < nearest) nearest = touch;
          }
          d = nearest + force / (k * n);
        } else {
          const meanX = sumX / count;
          const meanG = sumG / count;
          const stiffA = k * (sumXX - sumX * meanX) + mounting + (sideA === 0 ? 0 : pins);
          const momentA =
            k * (sumGX - sumX * meanG) + mounting * restA + sideA * pins * freeA - force * meanX;
          if (singleRow) {
            a = momentA / stiffA;
            d = meanG + force / (k * count) - a * meanX;
          } else {
            const meanY = sumY / count;
            const stiffB = k * (sumYY - sumY * meanY) + mounting + (sideB === 0 ? 0 : pins);
            const stiffAB = k * (sumXY - sumX * meanY);
            const momentB =
              k * (sumGY - sumY * meanG) + mounting * restB + sideB * pins * freeB - force * meanY;
            const determinant = stiffA * stiffB - stiffAB * stiffAB;
            a = (momentA * stiffB - momentB * stiffAB) / determinant;
            b = (momentB * stiffA - momentA * stiffAB) / determinant;
            d = meanG + force / (k * count) - a * meanX - b * meanY;
          }
        }
      }
      // Look at the point: which pairs press there, its energy, and the sums for the next solve.
      let changed = false;
      let pressure2 = 0;
      count = 0;
      sumX = 0;
      sumY = 0;
      sumXX = 0;
      sumXY = 0;
      sumYY = 0;
      sumG = 0;
      sumGX = 0;
      sumGY = 0;
      for (let i = 0; i < n; i++) {
        const x = xUm[i]!;
        const y = yUm[i]!;
        const g = freeGapUm[i]!;
        const overlap = d - (g - a * x - b * y);
        const presses = overlap > 0 ? 1 : 0;
        if (presses !== pressing[i]) {
          changed = true;
          pressing[i] = presses;
        }
        if (presses === 1) {
          pressure2 += overlap * overlap;
          count += 1;
          sumX += x;
          sumY += y;
          sumXX += x * x;
          sumXY += x * y;
          sumYY += y * y;
          sumG += g;
          sumGX += g * x;
          sumGY += g * y;
        }
      }
      const newSideA = side(a, freeA);
      const newSideB = singleRow ? sideB : side(b, freeB);
      if (newSideA !== sideA || newSideB !== sideB) changed = true;
      sideA = newSideA;
      sideB = newSideB;
      if ((fullStep && !changed) || steps >= MAX_STEPS) break;
      const energy =
        0.5 * k * pressure2 +
        tiltEnergy(a, freeA, restA, pins, mounting) +
        tiltEnergy(b, freeB, restB, pins, mounting) -
        force * d;
      if (energy > fromEnergy) {
        a = 0.5 * (a + fromA);
        b = 0.5 * (b + fromB);
        d = 0.5 * (d + fromD);
        fullStep = false;
        steps += 1;
      } else {
        fromA = a;
        fromB = b;
        fromD = d;
        fromEnergy = energy;
        fullStep = true;
      }
    }
  } else {
    d = Infinity;
    for (let i = 0; i < n; i++) {
      const touch = freeGapUm[i]! - a * xUm[i]! - b * yUm[i]!;
      if (touch < d) d = touch;
    }
  }
  let contacts = 0;
  for (let i = 0; i < n; i++) {
    const z = freeGapUm[i]! - a * xUm[i]! - b * yUm[i]! - d;
    if (z > 0) {
      gapUm[i] = z;
    } else {
      gapUm[i] = 0;
      contacts += 1;
    }
  }
  state.approachUm = d;
  state.tiltXRad = a;
  state.tiltYRad = b;
  state.newtonSteps = steps;
  state.contacts = contacts;
}
