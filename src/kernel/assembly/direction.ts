/** Twins of src/random/direction.ts, four at a time. */

const SINE = memory.data<f32>([
  1.5707963705062866, -0.6459634900093079, 0.07968022674322128, -0.004602177068591118,
]);
/** 2^−32, 2^−24, ½ and 1 */
const NUMBERS = memory.data<f32>([2.3283064365386963e-10, 5.9604644775390625e-8, 0.5, 1]);

function coefficient(series: usize, k: usize): v128 {
  return v128.load_splat<f32>(series + (k << 2));
}

/** coefficient k + q·tail */
function term(series: usize, k: usize, q: v128, tail: v128): v128 {
  return f32x4.add(coefficient(series, k), f32x4.mul(q, tail));
}

/** Angle beyond the nearest quarter turn, as a share of a quarter. */
export function restOf(x: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(x, 2)), coefficient(NUMBERS, 0));
}

export function quarterSine(r: v128): v128 {
  const q = f32x4.mul(r, r);
  const tail = term(SINE, 1, q, term(SINE, 2, q, coefficient(SINE, 3)));
  return f32x4.mul(r, term(SINE, 0, q, tail));
}

/** From the sine of the same angle. */
export function quarterCosine(sine: v128): v128 {
  return f32x4.sqrt(f32x4.sub(coefficient(NUMBERS, 3), f32x4.mul(sine, sine)));
}

/** All bits set in the lanes whose nearest quarter turn is odd. */
export function oddQuarter(turned: v128): v128 {
  return i32x4.shr_s(i32x4.shl(turned, 1), 31);
}

/** √u with u of the draw's upper 24 bits. */
export function discRadius(x: v128): v128 {
  const u = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(x, 8)), coefficient(NUMBERS, 2));
  return f32x4.sqrt(f32x4.mul(u, coefficient(NUMBERS, 1)));
}
