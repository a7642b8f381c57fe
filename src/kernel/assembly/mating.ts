/** Twin of src/model/mating.ts for two matings: `parts` and `state` are theirs, `pair` is the record of the pair. */
import * as MATING from '../../model/places/mating';
import * as PLUG from '../../model/places/plug';
import * as CONTACT from '../places/contact';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import { cosTurns, sinTurns } from './elementary';
import { poseUnderLoad } from './load';
import { faceSlopes, freeGaps } from './offsets';
import { PINNED_PLUG, part, UNPINNED_PLUG } from './parts';
import { insertionPose } from './pose';
import { address, word } from './record';
import { add, and, constant, div, isAny, lt, max, mul, splat, sub } from './vector';

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
  const minor1 = part(pins, PLUG.minorAxisShorterBy1Um);
  const minor2 = part(pins, PLUG.minorAxisShorterBy2Um);
  const shareX = constant(pair + PAIR.minorShareX);
  const shareY = constant(pair + PAIR.minorShareY);
  v128.store(state, clearanceUm(hole1, sub(pin1, mul(shareX, minor1))), STATE.clearanceX1Um);
  v128.store(state, clearanceUm(hole2, sub(pin2, mul(shareX, minor2))), STATE.clearanceX2Um);
  v128.store(state, clearanceUm(hole1, sub(pin1, mul(shareY, minor1))), STATE.clearanceY1Um);
  v128.store(state, clearanceUm(hole2, sub(pin2, mul(shareY, minor2))), STATE.clearanceY2Um);
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
  const force = v128.load(state, STATE.springForceN);
  setRestTilts(pair, parts, force, contact);
  v128.store(contact, force, CONTACT.forceN);
}

function setRestTilts(pair: usize, parts: usize, force: v128, contact: usize): void {
  const male = parts + PINNED_PLUG;
  const female = parts + UNPINNED_PLUG;
  const femaleX = mul(constant(pair + PAIR.signX), part(female, PLUG.springOffsetXUm));
  const femaleY = mul(constant(pair + PAIR.signY), part(female, PLUG.springOffsetYUm));
  const offsetX = add(femaleX, part(male, PLUG.springOffsetXUm));
  const offsetY = add(femaleY, part(male, PLUG.springOffsetYUm));
  const halfLean = div(mul(splat(0.5), force), constant(pair + PAIR.mountingAngularStiffness));
  const restX = add(part(parts, MATING.restTiltXRad), mul(halfLean, offsetX));
  const restY = add(part(parts, MATING.restTiltYRad), mul(halfLean, offsetY));
  v128.store(contact, restX, CONTACT.restTiltXRad);
  v128.store(contact, restY, CONTACT.restTiltYRad);
}

/** Particles between the faces (model §10). */
export function addDebris(pair: usize, parts: usize, half: usize): void {
  const caught = lt(part(parts, MATING.debrisChance), constant(pair + PAIR.debrisProbability));
  if (!isAny(caught)) return;
  const gap = and(caught, max(part(parts, MATING.debrisGapUm), splat(0)));
  let fibre = address(pair, PAIR.fibresAt) + half;
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    v128.store(fibre, add(v128.load(fibre, FIBRE.gapUm), gap), FIBRE.gapUm);
    fibre += FIBRE.octets;
  }
}
