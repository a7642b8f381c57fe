/** Twin of src/model/reflection.ts. */
import { log, SMALL, sinTurns, twoAtanh } from './elementary';
import { add, div, isAny, lt, mul, not, ONE, select, TWO } from './vector';

/** For gaps above 0. */
export function gapTransmissionNepers(gapUm: v128, wavelengthUm: v128, finesse: v128): v128 {
  const s = sinTurns(div(gapUm, wavelengthUm));
  const x = mul(mul(finesse, s), s);
  const ratio = div(x, add(v128.load(TWO), x));
  const small = lt(ratio, v128.load(SMALL));
  let nepers = twoAtanh(ratio);
  if (isAny(not(small))) nepers = select(small, nepers, log(add(v128.load(ONE), x)));
  return nepers;
}
