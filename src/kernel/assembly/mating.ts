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

/** Model §7 and T_gap of §9: gaussianCoupling and fibreLosses in one loop over the fibres. */
export function fibreLosses(pair: usize, parts: usize, state: usize, half: usize): void {
  const zero = splat(0);
  let lateralSum = zero;
  let angularSum = zero;
  let mismatchSum = zero;
  v128.store(state, zero, STATE.causes + 48);
  v128.store(state, zero, STATE.causes + 64);
  v128.store(state, zero, STATE.gaps);
  let male = parts + PINNED_FIBRES;
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const at = fibre + half;
    const female = parts + load<usize>(fibre, FIBRE.femaleAt);
    const sourceRadius = halfOf(male, PART.modeFieldDiameterUm);
    const receiverRadius = halfOf(female, PART.modeFieldDiameterUm);
    const w1 = mul(sourceRadius, sourceRadius);
    const w2 = mul(receiverRadius, receiverRadius);
    const difference = sub(w1, w2);
    const difference2 = mul(difference, difference);
    const sum = add(w1, w2);
    const sum2 = mul(sum, sum);
    const ratio = complementRatio(difference2, sum2);
    const ratio2 = mul(ratio, ratio);
    let mismatch = shortAtanh(ratio, ratio2);
    if (isFar(ratio2)) mismatch = farComplement(difference2, sum2, ratio);
    const gap = v128.load(at, FIBRE.gapUm);
    const spread = mul(constant(pair + PAIR.spreadPerGap), gap);
    const spread2 = mul(spread, spread);
    const inverse = div(v128.load(ONE), add(sum2, spread2));
    const dx = v128.load(at, FIBRE.offsetXUm);
    const dy = v128.load(at, FIBRE.offsetYUm);
    const tiltX = v128.load(at, FIBRE.tiltXRad);
    const tiltY = v128.load(at, FIBRE.tiltYRad);
    const offset2 = add(mul(dx, dx), mul(dy, dy));
    const tilt2 = add(mul(tiltX, tiltX), mul(tiltY, tiltY));
    const lateral = mul(mul(mul(v128.load(TWO), offset2), sum), inverse);
    const widened = mul(w2, add(mul(w1, sum), spread2));
    const angular = mul(mul(mul(constant(pair + PAIR.halfK2), tilt2), widened), inverse);
    lateralSum = add(lateralSum, lateral);
    angularSum = add(angularSum, angular);
    mismatchSum = add(mismatchSum, mismatch);
    const inContact = add(lateral, angular);
    let nepers = add(inContact, mismatch);
    const apart = gt(gap, zero);
    if (isAny(apart)) {
      const product = add(mul(dx, tiltX), mul(dy, tiltY));
      const twist = mul(mul(constant(pair + PAIR.minusTwoK), spread), w2);
      const interaction = mul(mul(twist, product), inverse);
      const withGap = minusLogComplement(add(difference2, spread2), add(sum2, spread2));
      const across = add(add(inContact, withGap), interaction);
      nepers = select(
        apart,
        add(across, addGap(pair, state, gap, sub(withGap, mismatch), interaction, apart)),
        nepers,
      );
    }
    v128.store(at, mul(v128.load_splat<f64>(DB), nepers), FIBRE.lossDb);
    male += FIBRE_STEP;
    fibre += FIBRE.octets;
  }
  v128.store(state, lateralSum, STATE.causes);
  v128.store(state, angularSum, STATE.causes + 16);
  v128.store(state, mismatchSum, STATE.causes + 32);
}

/** Adds what a gap costs to the sums of the lanes that have one; returns the interference in it. */
function addGap(
  pair: usize,
  state: usize,
  gap: v128,
  spreading: v128,
  interaction: v128,
  apart: v128,
): v128 {
  const interference = gapTransmissionNepers(
    gap,
    constant(pair + PAIR.wavelengthUm),
    constant(pair + PAIR.gapFinesse),
  );
  addTo(state + STATE.causes + 48, and(apart, add(spreading, interference)));
  addTo(state + STATE.causes + 64, and(apart, interaction));
  addTo(state + STATE.gaps, and(apart, v128.load(ONE)));
  return interference;
}

function addTo(at: usize, value: v128): void {
  v128.store(at, add(v128.load(at), value));
}
