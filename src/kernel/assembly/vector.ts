/** Short names for operations on two doubles. */

/**
 * Addresses of constants in both lanes, for loops: V8 builds a vector constant with three instructions wherever it is
 * used, but loads it with one.
 */
export const HALF = memory.data<f64>([0.5, 0.5], 16);
export const ONE = memory.data<f64>([1, 1], 16);
export const TWO = memory.data<f64>([2, 2], 16);

export function splat(x: f64): v128 {
  return f64x2.splat(x);
}

export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

export function div(a: v128, b: v128): v128 {
  return f64x2.div(a, b);
}

export function gt(a: v128, b: v128): v128 {
  return f64x2.gt(a, b);
}

export function lt(a: v128, b: v128): v128 {
  return f64x2.lt(a, b);
}

/** Math.min and Math.max, signed zeros and NaN included. */
export function min(a: v128, b: v128): v128 {
  return f64x2.min(a, b);
}

export function max(a: v128, b: v128): v128 {
  return f64x2.max(a, b);
}

/** a where the mask is set, b elsewhere. */
export function select(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

export function and(a: v128, b: v128): v128 {
  return v128.and(a, b);
}

export function or(a: v128, b: v128): v128 {
  return v128.or(a, b);
}

/** a without the bits of b. */
export function andNot(a: v128, b: v128): v128 {
  return v128.andnot(a, b);
}

export function not(a: v128): v128 {
  return v128.not(a);
}

export function isAny(mask: v128): bool {
  return v128.any_true(mask);
}

/** Adds to the two numbers at `at`. */
export function addTo(at: usize, value: v128): void {
  v128.store(at, add(v128.load(at), value));
}

/** One number of the record of a pair in both lanes. */
export function constant(at: usize): v128 {
  return v128.load_splat<f64>(at);
}
