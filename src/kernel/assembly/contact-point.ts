/** Twin of src/model/contact-point.ts. `contact` is the record of places/contact.ts. */
import * as CONTACT from '../places/contact';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import { address, word } from './record';
import { add, and, constant, div, gt, lt, min, mul, or, select, splat, sub } from './vector';

/** Side of the play on which a tilt lies: −1, 0 (inside), 1. */
export function side(tilt: v128, free: v128): v128 {
  const above = and(gt(tilt, free), splat(1));
  const below = and(lt(tilt, f64x2.neg(free)), splat(-1));
  return or(above, below);
}

/** a − side·free, 0 inside the play. */
function beyond(tilt: v128, onSide: v128, free: v128): v128 {
  return and(sub(tilt, mul(onSide, free)), f64x2.ne(onSide, splat(0)));
}

/** The state after a visit of the point infinitely far on, where all pairs press; sums over g are there already. */
export function pressAll(pair: usize, contact: usize, half: usize): void {
  v128.store(contact, splat(<f64>word(pair, PAIR.fibres)), CONTACT.count);
  v128.store(contact, constant(pair + PAIR.allX), CONTACT.sumX);
  v128.store(contact, constant(pair + PAIR.allY), CONTACT.sumY);
  v128.store(contact, constant(pair + PAIR.allXX), CONTACT.sumXX);
  v128.store(contact, constant(pair + PAIR.allXY), CONTACT.sumXY);
  v128.store(contact, constant(pair + PAIR.allYY), CONTACT.sumYY);
  seeSides(contact);
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    v128.store(fibre + half, i64x2.splat(-1), FIBRE.presses);
    fibre += FIBRE.octets;
  }
}

/** On which sides of the play the tilts lie; returns a mask of the lanes where that changed. */
function seeSides(contact: usize): v128 {
  const sideA = side(v128.load(contact, CONTACT.a), v128.load(contact, CONTACT.freeTiltXRad));
  const sideB = side(v128.load(contact, CONTACT.b), v128.load(contact, CONTACT.freeTiltYRad));
  const changedA = f64x2.ne(sideA, v128.load(contact, CONTACT.sideA));
  const changedB = f64x2.ne(sideB, v128.load(contact, CONTACT.sideB));
  v128.store(contact, sideA, CONTACT.sideA);
  v128.store(contact, sideB, CONTACT.sideB);
  return or(changedA, changedB);
}

/** Returns a mask that is not 0 in the lanes whose set changed. */
export function visit(pair: usize, contact: usize, half: usize): v128 {
  const changed =
    word(pair, PAIR.singleRow) !== 0
      ? visitRow(pair, contact, half)
      : visitRows(pair, contact, half);
  return or(changed, seeSides(contact));
}

function visitRow(pair: usize, contact: usize, half: usize): v128 {
  const d = v128.load(contact, CONTACT.d);
  const a = v128.load(contact, CONTACT.a);
  let changed = splat(0);
  let count = splat(0);
  let sumX = splat(0);
  let sumXX = splat(0);
  let sumG = splat(0);
  let sumGX = splat(0);
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const at = fibre + half;
    const x = constant(fibre + FIBRE.xUm);
    const g = v128.load(at, FIBRE.freeGapUm);
    const presses = gt(sub(d, sub(g, mul(a, x))), splat(0));
    changed = or(changed, v128.xor(presses, v128.load(at, FIBRE.presses)));
    v128.store(at, presses, FIBRE.presses);
    count = i64x2.sub(count, presses);
    const pressX = and(presses, x);
    sumX = add(sumX, pressX);
    sumXX = add(sumXX, mul(pressX, x));
    sumG = add(sumG, and(presses, g));
    sumGX = add(sumGX, mul(pressX, g));
    fibre += FIBRE.octets;
  }
  v128.store(contact, counted(count), CONTACT.count);
  v128.store(contact, sumX, CONTACT.sumX);
  v128.store(contact, sumXX, CONTACT.sumXX);
  v128.store(contact, sumG, CONTACT.sumG);
  v128.store(contact, sumGX, CONTACT.sumGX);
  return changed;
}

function visitRows(pair: usize, contact: usize, half: usize): v128 {
  const d = v128.load(contact, CONTACT.d);
  const a = v128.load(contact, CONTACT.a);
  const b = v128.load(contact, CONTACT.b);
  let changed = splat(0);
  let count = splat(0);
  let sumX = splat(0);
  let sumY = splat(0);
  let sumXX = splat(0);
  let sumXY = splat(0);
  let sumYY = splat(0);
  let sumG = splat(0);
  let sumGX = splat(0);
  let sumGY = splat(0);
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const at = fibre + half;
    const x = constant(fibre + FIBRE.xUm);
    const y = constant(fibre + FIBRE.yUm);
    const g = v128.load(at, FIBRE.freeGapUm);
    const presses = gt(sub(d, sub(sub(g, mul(a, x)), mul(b, y))), splat(0));
    changed = or(changed, v128.xor(presses, v128.load(at, FIBRE.presses)));
    v128.store(at, presses, FIBRE.presses);
    count = i64x2.sub(count, presses);
    const pressX = and(presses, x);
    const pressY = and(presses, y);
    sumX = add(sumX, pressX);
    sumY = add(sumY, pressY);
    sumXX = add(sumXX, mul(pressX, x));
    sumXY = add(sumXY, mul(pressX, y));
    sumYY = add(sumYY, mul(pressY, y));
    sumG = add(sumG, and(presses, g));
    sumGX = add(sumGX, mul(pressX, g));
    sumGY = add(sumGY, mul(pressY, g));
    fibre += FIBRE.octets;
  }
  v128.store(contact, counted(count), CONTACT.count);
  v128.store(contact, sumX, CONTACT.sumX);
  v128.store(contact, sumY, CONTACT.sumY);
  v128.store(contact, sumXX, CONTACT.sumXX);
  v128.store(contact, sumXY, CONTACT.sumXY);
  v128.store(contact, sumYY, CONTACT.sumYY);
  v128.store(contact, sumG, CONTACT.sumG);
  v128.store(contact, sumGX, CONTACT.sumGX);
  v128.store(contact, sumGY, CONTACT.sumGY);
  return changed;
}

/** Two whole numbers as doubles. */
function counted(count: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(count, count, 0, 2, 0, 2));
}

/** Derivatives of the energy at the point, from the sums of its visit. */
export function findGradient(pair: usize, contact: usize): void {
  const d = v128.load(contact, CONTACT.d);
  const a = v128.load(contact, CONTACT.a);
  const b = v128.load(contact, CONTACT.b);
  const count = v128.load(contact, CONTACT.count);
  const sumX = v128.load(contact, CONTACT.sumX);
  const sumY = v128.load(contact, CONTACT.sumY);
  const sumXX = v128.load(contact, CONTACT.sumXX);
  const sumXY = v128.load(contact, CONTACT.sumXY);
  const sumYY = v128.load(contact, CONTACT.sumYY);
  const k = constant(pair + PAIR.contactStiffnessNPerUm);
  const pins = constant(pair + PAIR.pinAngularStiffness);
  const mounting = constant(pair + PAIR.mountingAngularStiffness);
  const freeX = v128.load(contact, CONTACT.freeTiltXRad);
  const freeY = v128.load(contact, CONTACT.freeTiltYRad);
  const beyondA = beyond(a, v128.load(contact, CONTACT.sideA), freeX);
  const beyondB = beyond(b, v128.load(contact, CONTACT.sideB), freeY);
  const offA = sub(a, v128.load(contact, CONTACT.restTiltXRad));
  const offB = sub(b, v128.load(contact, CONTACT.restTiltYRad));
  const force = v128.load(contact, CONTACT.forceN);
  const pressD = add(add(mul(count, d), mul(a, sumX)), mul(b, sumY));
  const pressA = add(add(mul(d, sumX), mul(a, sumXX)), mul(b, sumXY));
  const pressB = add(add(mul(d, sumY), mul(a, sumXY)), mul(b, sumYY));
  const sumD = sub(pressD, v128.load(contact, CONTACT.sumG));
  const sumA = sub(pressA, v128.load(contact, CONTACT.sumGX));
  const sumB = sub(pressB, v128.load(contact, CONTACT.sumGY));
  const gradientA = add(add(mul(k, sumA), mul(pins, beyondA)), mul(mounting, offA));
  const gradientB = add(add(mul(k, sumB), mul(pins, beyondB)), mul(mounting, offB));
  v128.store(contact, sub(mul(k, sumD), force), CONTACT.gradientD);
  v128.store(contact, gradientA, CONTACT.gradientA);
  v128.store(contact, gradientB, CONTACT.gradientB);
}

export function energyAt(
  pair: usize,
  contact: usize,
  half: usize,
  d: v128,
  a: v128,
  b: v128,
): v128 {
  let pressure2 = splat(0);
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const touch = touchAt(fibre, half, a, b);
    const overlap = sub(d, touch);
    pressure2 = add(pressure2, and(gt(overlap, splat(0)), mul(overlap, overlap)));
    fibre += FIBRE.octets;
  }
  const freeX = v128.load(contact, CONTACT.freeTiltXRad);
  const freeY = v128.load(contact, CONTACT.freeTiltYRad);
  const beyondA = beyond(a, side(a, freeX), freeX);
  const beyondB = beyond(b, side(b, freeY), freeY);
  const offA = sub(a, v128.load(contact, CONTACT.restTiltXRad));
  const offB = sub(b, v128.load(contact, CONTACT.restTiltYRad));
  const aHalf = splat(0.5);
  const contacts = mul(mul(aHalf, constant(pair + PAIR.contactStiffnessNPerUm)), pressure2);
  const pins = mul(
    mul(aHalf, constant(pair + PAIR.pinAngularStiffness)),
    add(mul(beyondA, beyondA), mul(beyondB, beyondB)),
  );
  const mounting = mul(
    mul(aHalf, constant(pair + PAIR.mountingAngularStiffness)),
    add(mul(offA, offA), mul(offB, offB)),
  );
  const work = mul(v128.load(contact, CONTACT.forceN), d);
  return sub(add(add(contacts, pins), mounting), work);
}

/** Approach at which a pair touches at tilts a and b. */
export function touchAt(fibre: usize, half: usize, a: v128, b: v128): v128 {
  const g = v128.load(fibre + half, FIBRE.freeGapUm);
  const alongX = sub(g, mul(a, constant(fibre + FIBRE.xUm)));
  return sub(alongX, mul(b, constant(fibre + FIBRE.yUm)));
}

/** Least approach at which any pair touches at tilts a and b. */
export function nearestTouch(pair: usize, half: usize, a: v128, b: v128): v128 {
  let nearest = splat(Infinity);
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const touch = touchAt(fibre, half, a, b);
    nearest = min(nearest, touch);
    fibre += FIBRE.octets;
  }
  return nearest;
}

/** Moves the point of the lanes in the mask. */
export function solveForSet(pair: usize, contact: usize, half: usize, lanes: v128): void {
  const a = v128.load(contact, CONTACT.a);
  const b = v128.load(contact, CONTACT.b);
  const count = v128.load(contact, CONTACT.count);
  const sumX = v128.load(contact, CONTACT.sumX);
  const sumG = v128.load(contact, CONTACT.sumG);
  const force = v128.load(contact, CONTACT.forceN);
  const k = constant(pair + PAIR.contactStiffnessNPerUm);
  const pins = constant(pair + PAIR.pinAngularStiffness);
  const mounting = constant(pair + PAIR.mountingAngularStiffness);
  const sideA = v128.load(contact, CONTACT.sideA);
  const zero = splat(0);

  const meanX = div(sumX, count);
  const meanG = div(sumG, count);
  const pinsA = and(pins, f64x2.ne(sideA, zero));
  const spreadX = sub(v128.load(contact, CONTACT.sumXX), mul(sumX, meanX));
  const stiffA = add(add(mul(k, spreadX), mounting), pinsA);
  const leverX = sub(v128.load(contact, CONTACT.sumGX), mul(sumX, meanG));
  const restX = mul(mounting, v128.load(contact, CONTACT.restTiltXRad));
  const playX = mul(mul(sideA, pins), v128.load(contact, CONTACT.freeTiltXRad));
  const momentA = sub(add(add(mul(k, leverX), restX), playX), mul(force, meanX));
  const dMean = add(meanG, div(force, mul(k, count)));
  let newA = div(momentA, stiffA);
  let newB = b;
  let newD = sub(dMean, mul(newA, meanX));
  if (word(pair, PAIR.singleRow) === 0) {
    const sumY = v128.load(contact, CONTACT.sumY);
    const sideB = v128.load(contact, CONTACT.sideB);
    const meanY = div(sumY, count);
    const pinsB = and(pins, f64x2.ne(sideB, zero));
    const spreadY = sub(v128.load(contact, CONTACT.sumYY), mul(sumY, meanY));
    const stiffB = add(add(mul(k, spreadY), mounting), pinsB);
    const stiffAB = mul(k, sub(v128.load(contact, CONTACT.sumXY), mul(sumX, meanY)));
    const leverY = sub(v128.load(contact, CONTACT.sumGY), mul(sumY, meanG));
    const restY = mul(mounting, v128.load(contact, CONTACT.restTiltYRad));
    const playY = mul(mul(sideB, pins), v128.load(contact, CONTACT.freeTiltYRad));
    const momentB = sub(add(add(mul(k, leverY), restY), playY), mul(force, meanY));
    const determinant = sub(mul(stiffA, stiffB), mul(stiffAB, stiffAB));
    newA = div(sub(mul(momentA, stiffB), mul(momentB, stiffAB)), determinant);
    newB = div(sub(mul(momentB, stiffA), mul(momentA, stiffAB)), determinant);
    newD = sub(sub(dMean, mul(newA, meanX)), mul(newB, meanY));
  }
  const none = f64x2.eq(count, zero);
  if (v128.any_true(none)) {
    const fibres = splat(<f64>word(pair, PAIR.fibres));
    const touched = add(nearestTouch(pair, half, a, b), div(force, mul(k, fibres)));
    newD = select(none, touched, newD);
    newA = select(none, a, newA);
    newB = select(none, b, newB);
  }
  v128.store(contact, select(lanes, newD, v128.load(contact, CONTACT.d)), CONTACT.d);
  v128.store(contact, select(lanes, newA, a), CONTACT.a);
  v128.store(contact, select(lanes, newB, b), CONTACT.b);
}
