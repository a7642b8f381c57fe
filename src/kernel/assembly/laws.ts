/** Twins of src/random/laws.ts. */
import { add, lt, mul, select, splat, sub } from './vector';

/** u = (x + ½)/2³² of the first two draws of x. */
function uniforms(x: v128): v128 {
  const whole = f64x2.convert_low_i32x4_u(x);
  return mul(add(whole, splat(0.5)), splat(2.3283064365386963e-10));
}

export function triangularQuantile(x: v128, low: f64, mode: f64, high: f64): v128 {
  const u = uniforms(x);
  const width = high - low;
  const rising = mul(mul(u, splat(width)), splat(mode - low));
  const falling = mul(mul(sub(splat(1), u), splat(width)), splat(high - mode));
  return select(
    lt(u, splat((mode - low) / width)),
    add(splat(low), f64x2.sqrt(rising)),
    sub(splat(high), f64x2.sqrt(falling)),
  );
}

/** Found for each lane on its own: a search takes different ways in different lanes. */
export function sharesQuantile(x: v128, shares: usize, isLinear: bool): v128 {
  const u = uniforms(x);
  const first = sharesAt(f64x2.extract_lane(u, 0), shares, isLinear);
  const second = sharesAt(f64x2.extract_lane(u, 1), shares, isLinear);
  return f64x2.replace_lane(splat(first), 1, second);
}

function numberAt(shares: usize, index: i32): f64 {
  return load<f64>(shares + ((<usize>index) << 3));
}

function sharesAt(u: f64, shares: usize, isLinear: bool): f64 {
  const n = <i32>load<f64>(shares);
  let low = 1;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (u <= numberAt(shares, middle)) high = middle;
    else low = middle + 1;
  }
  const upper = numberAt(shares, n + 1 + low);
  if (!isLinear) return upper;
  const lower = numberAt(shares, n + low);
  const start = low === 1 ? 0 : numberAt(shares, low - 1);
  return lower + ((upper - lower) * (u - start)) / (numberAt(shares, low) - start);
}
