/** Twin of src/model/single-mode.ts. */
import { log, SHORT_SERIES, SMALL, shortAtanh, twoAtanh } from './elementary';
import { div, isAny, lt, mul, not, ONE, select, sub, TWO } from './vector';

/** The argument of 2·atanh: num/(2·den − num). */
export function complementRatio(num: v128, den: v128): v128 {
  return div(num, sub(mul(v128.load(TWO), den), num));
}

/** Whether a ratio s is too large for the short series, given q = s². */
export function isFar(q: v128): bool {
  return isAny(f64x2.ge(q, v128.load(SHORT_SERIES)));
}

export function minusLogComplement(num: v128, den: v128): v128 {
  const s = complementRatio(num, den);
  const q = mul(s, s);
  return isFar(q) ? farComplement(num, den, s) : shortAtanh(s, q);
}

/** For any s = complementRatio(num, den). */
export function farComplement(num: v128, den: v128, s: v128): v128 {
  const small = lt(s, v128.load(SMALL));
  let nepers = twoAtanh(s);
  if (isAny(not(small))) {
    const large = f64x2.neg(log(sub(v128.load(ONE), div(num, den))));
    nepers = select(small, nepers, large);
  }
  return nepers;
}
