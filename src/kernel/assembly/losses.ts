/** Twin of fibreLosses of src/model/losses.ts for single-mode fibres, two matings at a time. */
import * as PART from '../../model/places/fibre';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import { DB_PER_NEPER, shortAtanh } from './elementary';
import { FIBRE_STEP, halfOf, PINNED_FIBRES } from './parts';
import { address, word } from './record';
import { gapTransmissionNepers } from './reflection';
import { complementRatio, farComplement, isFar, minusLogComplement } from './single-mode';
import {
  add,
  addTo,
  and,
  constant,
  div,
  gt,
  isAny,
  mul,
  ONE,
  select,
  splat,
  sub,
  TWO,
} from './vector';

const DB = memory.data<f64>([DB_PER_NEPER]);

/**
 * Model §7: gaussianCoupling and fibreLosses in one loop; what a gap adds, which few fibres have, is a function apart.
 *
 * Sums lie in memory, not in variables: those would have to be saved around every call of acrossGap.
 */
export function fibreLosses(pair: usize, parts: usize, state: usize, half: usize): void {
  for (let sum = STATE.causes; sum <= STATE.gaps; sum += 16) v128.store(state + sum, splat(0));
  let male = parts + PINNED_FIBRES;
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const at = fibre + half;
    const female = parts + load<usize>(fibre, FIBRE.femaleAt);
    const w1 = radius2(male);
    const w2 = radius2(female);
    const sum = add(w1, w2);
    const sum2 = mul(sum, sum);
    const difference = sub(w1, w2);
    const difference2 = mul(difference, difference);
    const ratio = complementRatio(difference2, sum2);
    const ratio2 = mul(ratio, ratio);
    let mismatch = shortAtanh(ratio, ratio2);
    if (isFar(ratio2)) mismatch = farComplement(difference2, sum2, ratio);
    addTo(state + STATE.causes + 32, mismatch);
    v128.store(at, mismatch, FIBRE.mismatchNepers);

    const gap = v128.load(at, FIBRE.gapUm);
    const spread = mul(constant(pair + PAIR.spreadPerGap), gap);
    const spread2 = mul(spread, spread);
    const inverse = div(v128.load(ONE), add(sum2, spread2));
    const dx = v128.load(at, FIBRE.offsetXUm);
    const dy = v128.load(at, FIBRE.offsetYUm);
    const offset2 = add(mul(dx, dx), mul(dy, dy));
    const lateral = mul(mul(mul(v128.load(TWO), offset2), sum), inverse);
    addTo(state + STATE.causes, lateral);
    const tiltX = v128.load(at, FIBRE.tiltXRad);
    const tiltY = v128.load(at, FIBRE.tiltYRad);
    const tilt2 = add(mul(tiltX, tiltX), mul(tiltY, tiltY));
    const widened = mul(w2, add(mul(w1, sum), spread2));
    const angular = mul(mul(mul(constant(pair + PAIR.halfK2), tilt2), widened), inverse);
    addTo(state + STATE.causes + 16, angular);
    const misaligned = add(lateral, angular);
    v128.store(at, misaligned, FIBRE.misalignedNepers);
    v128.store(at, mul(v128.load_splat<f64>(DB), add(misaligned, mismatch)), FIBRE.lossDb);
    if (isAny(gt(gap, splat(0)))) acrossGap(pair, state, at, w1, w2);
    male += FIBRE_STEP;
    fibre += FIBRE.octets;
  }
}

/** Squared mode-field radius of a fibre of the record of parts. */
function radius2(fibre: usize): v128 {
  const radius = halfOf(fibre, PART.modeFieldDiameterUm);
  return mul(radius, radius);
}

/** The lanes of a fibre that have a gap: spreading, interaction, and T_gap of model §9. */
function acrossGap(pair: usize, state: usize, at: usize, w1: v128, w2: v128): void {
  const gap = v128.load(at, FIBRE.gapUm);
  const apart = gt(gap, splat(0));
  const spread = mul(constant(pair + PAIR.spreadPerGap), gap);
  const spread2 = mul(spread, spread);
  const sum = add(w1, w2);
  const denominator = add(mul(sum, sum), spread2);
  const inverse = div(v128.load(ONE), denominator);
  const alongX = mul(v128.load(at, FIBRE.offsetXUm), v128.load(at, FIBRE.tiltXRad));
  const alongY = mul(v128.load(at, FIBRE.offsetYUm), v128.load(at, FIBRE.tiltYRad));
  const twist = mul(mul(constant(pair + PAIR.minusTwoK), spread), w2);
  const interaction = mul(mul(twist, add(alongX, alongY)), inverse);
  addTo(state + STATE.causes + 64, and(apart, interaction));
  const difference = sub(w1, w2);
  const difference2 = mul(difference, difference);
  const withGap = minusLogComplement(add(difference2, spread2), denominator);
  const interference = gapTransmissionNepers(
    gap,
    constant(pair + PAIR.wavelengthUm),
    constant(pair + PAIR.gapFinesse),
  );
  const spreading = sub(withGap, v128.load(at, FIBRE.mismatchNepers));
  addTo(state + STATE.causes + 48, and(apart, add(spreading, interference)));
  addTo(state + STATE.gaps, and(apart, v128.load(ONE)));
  const misaligned = v128.load(at, FIBRE.misalignedNepers);
  const nepers = add(add(add(misaligned, withGap), interaction), interference);
  const lossDb = mul(v128.load_splat<f64>(DB), nepers);
  v128.store(at, select(apart, lossDb, v128.load(at, FIBRE.lossDb)), FIBRE.lossDb);
}
