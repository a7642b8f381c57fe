/** Twin of src/model/mating.ts for two matings: `parts` and `state` are theirs, `pair` is the record of the pair. */
import * as PART from '../../model/places/fibre';
import * as MATING from '../../model/places/mating';
import * as PLUG from '../../model/places/plug';
import * as CONTACT from '../places/contact';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import { cosTurns, DB_PER_NEPER, shortAtanh, sinTurns } from './elementary';
import { poseUnderLoad } from './load';
import { faceSlopes, freeGaps } from './offsets';
import { FIBRE_STEP, halfOf, PINNED_FIBRES, PINNED_PLUG, part, UNPINNED_PLUG } from './parts';
import { insertionPose } from './pose';
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
  max,
  mul,
  ONE,
  select,
  splat,
  sub,
  TWO,
} from './vector';

const DB = memory.data<f64>([DB_PER_NEPER]);

function clearanceUm(holeUm: v128, pinAxisUm: v128): v128 {
  return max(mul(splat(0.5), sub(holeUm, pinAxisUm)), splat(0));
}

function setClearances(pair: usize, parts: usize, state: usize): void {
  const pins = parts + PINNED_PLUG;
  const holes = parts + UNPINNED_PLUG;
  const seatSpread = sub(part(pins, PLUG.seatErrorX2Um), part(pins, PLUG.seatErrorX1Um));
  const pinPitchError = add(part(pins, PLUG.pitchErrorUm), seatSpread);
  const mismatch = sub(pinPitchError, part(holes, PLUG.pitchErrorUm));
  v128.store(state, mul(splat(0.5), mismatch), STATE.halfPitchMismatchUm);
  const pin1 = part(pins, PLUG.guideDiameter1Um);
  const pin2 = part(pins, PLUG.guideDiameter2Um);
  const isMirrored = load<f64>(pair + PAIR.signX) < 0;
  const hole1 = part(holes, isMirrored ? PLUG.guideDiameter2Um : PLUG.guideDiameter1Um);
  const hole2 = part(holes, isMirrored ? PLUG.guideDiameter1Um : PLUG.guideDiameter2Um);
  const minor1 = sub(pin1, part(pins, PLUG.minorAxisShorterBy1Um));
  const minor2 = sub(pin2, part(pins, PLUG.minorAxisShorterBy2Um));
  v128.store(state, clearanceUm(hole1, pin1), STATE.clearanceX1Um);
  v128.store(state, clearanceUm(hole2, pin2), STATE.clearanceX2Um);
  v128.store(state, clearanceUm(hole1, minor1), STATE.clearanceY1Um);
  v128.store(state, clearanceUm(hole2, minor2), STATE.clearanceY2Um);
}

/** Adds what pins off their seats do to the pose. */
function addSeatErrors(pair: usize, parts: usize, state: usize): void {
  const pins = parts + PINNED_PLUG;
  const x1 = part(pins, PLUG.seatErrorX1Um);
  const x2 = part(pins, PLUG.seatErrorX2Um);
  const y1 = part(pins, PLUG.seatErrorY1Um);
  const y2 = part(pins, PLUG.seatErrorY2Um);
  const shiftX = mul(splat(0.5), add(x1, x2));
  const shiftY = mul(splat(0.5), add(y1, y2));
  const turn = div(sub(y2, y1), constant(pair + PAIR.guidePitchUm));
  v128.store(state, add(v128.load(state, STATE.offsetXUm), shiftX), STATE.offsetXUm);
  v128.store(state, add(v128.load(state, STATE.offsetYUm), shiftY), STATE.offsetYUm);
  v128.store(state, add(v128.load(state, STATE.turnRad), turn), STATE.offsetTurnRad);
}

/** Model §3 and §4: where the plug sits on its pins under load. */
export function poseOf(pair: usize, parts: usize, state: usize): void {
  setClearances(pair, parts, state);
  insertionPose(pair, parts, state);
  const force = max(part(parts, MATING.springForceN), splat(0));
  const side = mul(part(parts, MATING.sideLoadN), constant(pair + PAIR.sideLoadTransmission));
  const direction = part(parts, MATING.sideLoadDirectionTurns);
  const upward = mul(force, constant(pair + PAIR.tanEndFaceAngle));
  v128.store(state, force, STATE.springForceN);
  poseUnderLoad(
    pair,
    state,
    mul(side, cosTurns(direction)),
    add(mul(side, sinTurns(direction)), upward),
    mul(constant(pair + PAIR.frictionCoefficient), force),
  );
  addSeatErrors(pair, parts, state);
}

/** Sets up the contact problem of model §5. */
export function prepareContact(
  pair: usize,
  parts: usize,
  state: usize,
  contact: usize,
  half: usize,
): void {
  faceSlopes(pair, parts, state);
  freeGaps(pair, parts, state, half, contact);
  const length = constant(pair + PAIR.engagedLengthUm);
  const playX = add(v128.load(state, STATE.clearanceX1Um), v128.load(state, STATE.clearanceX2Um));
  const playY = add(v128.load(state, STATE.clearanceY1Um), v128.load(state, STATE.clearanceY2Um));
  v128.store(contact, div(playX, length), CONTACT.freeTiltXRad);
  v128.store(contact, div(playY, length), CONTACT.freeTiltYRad);
  v128.store(contact, part(parts, MATING.restTiltXRad), CONTACT.restTiltXRad);
  v128.store(contact, part(parts, MATING.restTiltYRad), CONTACT.restTiltYRad);
  v128.store(contact, v128.load(state, STATE.springForceN), CONTACT.forceN);
}

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
