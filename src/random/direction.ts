/** Random directions and points of the unit disc from 32-bit draws, in single precision. */

// Minimax polynomial on |r| ≤ ½ (Remez exchange in 40 digits): sin(πr/2)/r in powers of r²; error 5e-9 before rounding
// to single precision.
const SINE = [1.5707963705062866, -0.6459634900093079, 0.07968022674322128, -0.004602177068591118];
const [S0, S1, S2, S3] = SINE as [number, number, number, number];

const fround = Math.fround;

/** Sine of a quarter turn times r, |r| ≤ ½. */
function quarterSine(r: number): number {
  const q = fround(r * r);
  let v = fround(S2 + fround(q * S3));
  v = fround(S1 + fround(q * v));
  v = fround(S0 + fround(q * v));
  return fround(r * v);
}

/** Cosine of a quarter turn times r, |r| ≤ ½, where it is far from 0: √(1 − sine²). */
function quarterCosine(r: number): number {
  const sine = quarterSine(r);
  return fround(Math.sqrt(fround(1 - fround(sine * sine))));
}

/** The quarter turn nearest to the direction of the draw x (an angle of x/2³² turns): 0, 1, 2 or 3. */
function quarterOf(x: number): number {
  return (x + 0x20000000) >>> 30;
}

/** Angle beyond that quarter turn, as a share of a quarter, −½ to ½. */
function restOf(x: number): number {
  return fround(x << 2) * 2 ** -32;
}

/** Cosine of x/2³² turns. Absolute error ≤ 1.5e-7. */
export function directionX(x: number): number {
  const quarter = quarterOf(x);
  const r = restOf(x);
  const size = quarter & 1 ? quarterSine(r) : quarterCosine(r);
  return (quarter + 1) & 2 ? -size : size;
}

/** Sine of x/2³² turns. Absolute error ≤ 1.5e-7. */
export function directionY(x: number): number {
  const quarter = quarterOf(x);
  const r = restOf(x);
  const size = quarter & 1 ? quarterCosine(r) : quarterSine(r);
  return quarter & 2 ? -size : size;
}

/** Distance from the centre of a point uniform on the unit disc, √u with u of 24 bits (23 beyond ½); at most 1. */
export function discRadius(x: number): number {
  return fround(Math.sqrt(fround(fround((x >>> 8) + 0.5) * 2 ** -24)));
}
