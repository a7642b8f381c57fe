/** The normal distribution: quantile (Wichura 1988, AS 241) and distribution function (Marsaglia 2004). */
import { exp, log } from './elementary.js';
import { horner } from './polynomial.js';

// Coefficients of Algorithm AS 241 (PPND16), Applied Statistics 37(3), 477–484; lowest power first.
const CENTRAL_NUMERATOR = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.693765509461, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const CENTRAL_DENOMINATOR = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
];
const TAIL_NUMERATOR = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 7.745450142783414e-4,
];
const TAIL_DENOMINATOR = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
  0.015198666563616457, 5.475938084995345e-4, 1.0507500716444169e-9,
];
const FAR_TAIL_NUMERATOR = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
  0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_TAIL_DENOMINATOR = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 7.868691311456133e-4,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/**
 * Quantile of the standard normal, Φ⁻¹(p), by rational functions.
 *
 * Domain 0 < p < 1, subnormal p included (0 gives −Infinity, 1 Infinity, NaN and all outside NaN).
 * Relative error ≤ 1e-15. Source: Wichura 1988, AS 241. Used to build tables; hot loops read these.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q <= 0.425 && q >= -0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(CENTRAL_NUMERATOR, r)) / horner(CENTRAL_DENOMINATOR, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return tail === 0 ? (q < 0 ? -Infinity : Infinity) : Number.NaN;
  const r = Math.sqrt(-log(tail));
  const z =
    r <= 5
      ? horner(TAIL_NUMERATOR, r - 1.6) / horner(TAIL_DENOMINATOR, r - 1.6)
      : horner(FAR_TAIL_NUMERATOR, r - 5) / horner(FAR_TAIL_DENOMINATOR, r - 5);
  return q < 0 ? -z : z;
}

const INVERSE_SQRT_TAU = 0.3989422804014327;

/** φ(x) = e^(−x²/2)/√(2π); x = c + d with c of few digits, so that c² and (x − c)(x + c) lose nothing to rounding. */
function normalDensity(x: number): number {
  const c = Math.floor(16 * x) / 16;
  return INVERSE_SQRT_TAU * exp(-0.5 * c * c) * exp(-0.5 * (x - c) * (x + c));
}

/**
 * Distribution function of the standard normal, Φ(z).
 *
 * |z| < 1.5: ½ + φ(z)(z + z³/3 + z⁵/(3·5) + …), all terms of one sign (Marsaglia 2004); beyond: φ(z) times the
 * continued fraction 1/(z + 1/(z + 2/(z + 3/…))) (Laplace). Relative error ≤ 4e-15 for z ≥ −37; 0 below −38.5.
 */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  const x = -z;
  if (x > 38.5) return 0;
  const density = normalDensity(x);
  if (x < 1.5) {
    let term = x;
    let sum = x;
    for (let k = 3; term > sum * 1e-18; k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let k = 200; k >= 1; k--) fraction = x + k / fraction;
  return density / fraction;
}
