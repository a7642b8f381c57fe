/** A trial of approach and tilts in the contact problem (model §5): looking at it, and solving for what presses there. */

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

/** Facing fibre pairs: positions and free gaps, µm. */
export interface FacingPairs {
  readonly fibres: number;
  readonly xUm: Float64Array;
  readonly yUm: Float64Array;
  /** All yᵢ = 0: the tilt along y is then independent of the contact. */
  readonly singleRow: boolean;
}

/** Working memory of the contact solver. */
export interface ContactScratch {
  /** For each pair whether it pressed at the point visited last (1) or not (0). */
  readonly pressing: Uint8Array;
  readonly point: ContactPoint;
}

/** A trial of approach and tilts, and what was found there. */
export interface ContactPoint {
  /** Approach, tilt along x, tilt along y. */
  d: number;
  a: number;
  b: number;
  /** Derivatives of the energy by d, a and b. */
  gradientD: number;
  gradientA: number;
  gradientB: number;
  /** On which side of the pins' play the tilts lie: −1, 0 (inside), 1. */
  sideA: number;
  sideB: number;
  /** Number of pressing pairs, and sums over them. */
  count: number;
  sumX: number;
  sumY: number;
  sumXX: number;
  sumXY: number;
  sumYY: number;
  sumG: number;
  sumGX: number;
  sumGY: number;
}

export function createContactScratch(fibres: number): ContactScratch {
  return {
    pressing: new Uint8Array(fibres),
    point: {
      d: 0,
      a: 0,
      b: 0,
      gradientD: 0,
      gradientA: 0,
      gradientB: 0,
      sideA: 0,
      sideB: 0,
      count: 0,
      sumX: 0,
      sumY: 0,
      sumXX: 0,
      sumXY: 0,
      sumYY: 0,
      sumG: 0,
      sumGX: 0,
      sumGY: 0,
    },
  };
}

/** Side of the play on which a tilt lies: −1, 0 (inside), 1. */
export function side(tilt: number, free: number): number {
  return tilt > free ? 1 : tilt < -free ? -1 : 0;
}

/** Visits the point: which pairs press there, the sums over them and the gradient. Returns whether the set changed. */
export function visit(
  pairs: FacingPairs,
  freeGapUm: Float64Array,
  load: ContactLoad,
  scratch: ContactScratch,
): boolean {
  const { pressing, point } = scratch;
  const { d, a, b } = point;
  let changed = false;
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  let sumYY = 0;
  let sumG = 0;
  let sumGX = 0;
  let sumGY = 0;
  for (let i = 0; i < pairs.fibres; i++) {
    const x = pairs.xUm[i]!;
    const y = pairs.yUm[i]!;
    const g = freeGapUm[i]!;
    const overlap = d - (g - a * x - b * y);
    const presses = overlap > 0 ? 1 : 0;
    if (presses !== pressing[i]) {
      changed = true;
      pressing[i] = presses;
    }
    if (presses === 1) {
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
  point.count = count;
  point.sumX = sumX;
  point.sumY = sumY;
  point.sumXX = sumXX;
  point.sumXY = sumXY;
  point.sumYY = sumYY;
  point.sumG = sumG;
  point.sumGX = sumGX;
  point.sumGY = sumGY;

  const k = load.contactStiffnessNPerUm;
  const pins = load.pinAngularStiffness;
  const mounting = load.mountingAngularStiffness;
  const sideA = side(a, load.freeTiltXRad);
  const sideB = side(b, load.freeTiltYRad);
  if (sideA !== point.sideA || sideB !== point.sideB) changed = true;
  point.sideA = sideA;
  point.sideB = sideB;
  const beyondA = sideA === 0 ? 0 : a - sideA * load.freeTiltXRad;
  const beyondB = sideB === 0 ? 0 : b - sideB * load.freeTiltYRad;
  const offA = a - load.restTiltXRad;
  const offB = b - load.restTiltYRad;
  point.gradientD = k * (count * d + a * sumX + b * sumY - sumG) - load.forceN;
  point.gradientA =
    k * (d * sumX + a * sumXX + b * sumXY - sumGX) + pins * beyondA + mounting * offA;
  point.gradientB =
    k * (d * sumY + a * sumXY + b * sumYY - sumGY) + pins * beyondB + mounting * offB;
  return changed;
}

/** Elastic energy of the contacts, the pins and the mounting at approach d and tilts a, b, less the work of the spring. */
export function energyAt(
  pairs: FacingPairs,
  freeGapUm: Float64Array,
  load: ContactLoad,
  d: number,
  a: number,
  b: number,
): number {
  let pressure2 = 0;
  for (let i = 0; i < pairs.fibres; i++) {
    const overlap = d - (freeGapUm[i]! - a * pairs.xUm[i]! - b * pairs.yUm[i]!);
    if (overlap > 0) pressure2 += overlap * overlap;
  }
  const sideA = side(a, load.freeTiltXRad);
  const sideB = side(b, load.freeTiltYRad);
  const beyondA = sideA === 0 ? 0 : a - sideA * load.freeTiltXRad;
  const beyondB = sideB === 0 ? 0 : b - sideB * load.freeTiltYRad;
  const offA = a - load.restTiltXRad;
  const offB = b - load.restTiltYRad;
  return (
    0.5 * load.contactStiffnessNPerUm * pressure2 +
    0.5 * load.pinAngularStiffness * (beyondA * beyondA + beyondB * beyondB) +
    0.5 * load.mountingAngularStiffness * (offA * offA + offB * offB) -
    load.forceN * d
  );
}

/** Moves the point to the equilibrium that the pairs pressing there would have if no other pressed. */
export function solveForSet(
  pairs: FacingPairs,
  freeGapUm: Float64Array,
  load: ContactLoad,
  point: ContactPoint,
): void {
  const k = load.contactStiffnessNPerUm;
  const { count, sumX, sumY, sumG } = point;
  if (count === 0) {
    // Nothing presses: approach to the first touch and F/(k·n) beyond, which always lowers the energy.
    let nearest = Infinity;
    for (let i = 0; i < pairs.fibres; i++) {
      const touch = freeGapUm[i]! - point.a * pairs.xUm[i]! - point.b * pairs.yUm[i]!;
      if (touch < nearest) nearest = touch;
    }
    point.d = nearest + load.forceN / (k * pairs.fibres);
    return;
  }
  // The force balance gives d; what is left are the two moments about the centre of the pressing pairs.
  const pins = load.pinAngularStiffness;
  const mounting = load.mountingAngularStiffness;
  const meanX = sumX / count;
  const meanG = sumG / count;
  const stiffA = k * (point.sumXX - sumX * meanX) + mounting + (point.sideA === 0 ? 0 : pins);
  const momentA =
    k * (point.sumGX - sumX * meanG) +
    mounting * load.restTiltXRad +
    point.sideA * pins * load.freeTiltXRad -
    load.forceN * meanX;
  const dMean = meanG + load.forceN / (k * count);
  if (pairs.singleRow) {
    point.a = momentA / stiffA;
    point.d = dMean - point.a * meanX;
    return;
  }
  const meanY = sumY / count;
  const stiffB = k * (point.sumYY - sumY * meanY) + mounting + (point.sideB === 0 ? 0 : pins);
  const stiffAB = k * (point.sumXY - sumX * meanY);
  const momentB =
    k * (point.sumGY - sumY * meanG) +
    mounting * load.restTiltYRad +
    point.sideB * pins * load.freeTiltYRad -
    load.forceN * meanY;
  const determinant = stiffA * stiffB - stiffAB * stiffAB;
  point.a = (momentA * stiffB - momentB * stiffAB) / determinant;
  point.b = (momentB * stiffA - momentA * stiffAB) / determinant;
  point.d = dMean - point.a * meanX - point.b * meanY;
}
