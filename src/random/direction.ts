/** Random directions and points of the unit disc from 32-bit draws, in single precision. */

// Minimax polynomials on |r| ≤ ½ (Remez exchange in 40 digits): sin(πr/2)/r and (cos(πr/2) − 1)/r² in powers of r²;
// errors 5e-9 and 8e-10 before rounding to single precision.
const SINE = [1.5707963705062866, -0.6459634900093079, 0.07968022674322128, -0.004602177068591118];
const COSINE = [
  -1.2337005138397217, 0.253669410943985, -0.02086152881383896, 0.0009067435166798532,
];
const [S0, S1, S2, S3] = SINE as [number, number, number, number];
const [C1, C2, C3, C4] = COSINE as [number, number, number, number];

const fround = Math.fround;

/** Sine of a quarter turn times r, |r| ≤ ½. */
function quarterSine(r: number): number {
  const q = fround(r * r);
  let v = fround(S2 + fround(q * S3));
  v = fround(S1 + fround(q * v));
  v = fround(S0 + fround(q * v));
  return fround(r * v);
}

/** Cosine of a quarter turn times r, |r| ≤ ½. */
function quarterCosine(r: number): number {
  const q = fround(r * r);
  let v = fround(C3 + fround(q * C4));
  v = fround(C2 + fround(q * v));
  v = fround(C1 + fround(q * v));
  return fround(1 + fround(q * v));
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
