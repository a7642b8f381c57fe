/**
 * Twin of src/model/contact.ts: each lane takes the steps that it would take alone, and one that has arrived waits for
 * the other.
 */
import * as CONTACT from '../places/contact';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import {
  energyAt,
  findGradient,
  nearestTouch,
  pressAll,
  side,
  solveForSet,
  touchAt,
  visit,
} from './contact-point';
import { address, word } from './record';
import {
  add,
  and,
  andNot,
  constant,
  div,
  gt,
  isAny,
  max,
  min,
  mul,
  not,
  select,
  splat,
  sub,
} from './vector';

const MOST_VISITS = 1000;
const SUFFICIENT: f64 = 1e-4;

function unloadedTilt(rest: v128, free: v128, pins: v128, mounting: v128): v128 {
  const s = side(rest, free);
  const held = div(add(mul(mounting, rest), mul(mul(s, pins), free)), add(mounting, pins));
  return select(f64x2.eq(s, splat(0)), rest, held);
}

/** Slope of the energy at the point along a step. */
function slopeAlong(contact: usize, stepD: v128, stepA: v128, stepB: v128): v128 {
  const alongD = mul(v128.load(contact, CONTACT.gradientD), stepD);
  const alongA = mul(v128.load(contact, CONTACT.gradientA), stepA);
  const alongB = mul(v128.load(contact, CONTACT.gradientB), stepB);
  return add(add(alongD, alongA), alongB);
}

/** Solves the lanes in the mask; returns the points visited by each, NaN where it did not converge. */
function minimise(pair: usize, contact: usize, half: usize, lanes: v128): v128 {
  const one = splat(1);
  pressAll(pair, contact, half);
  solveForSet(pair, contact, half, lanes);
  let fromD = splat(0);
  let fromA = splat(0);
  let fromB = splat(0);
  let stepD = splat(0);
  let stepA = splat(0);
  let stepB = splat(0);
  let slope = splat(0);
  let share = one;
  let visits = splat(0);
  let open = lanes;
  for (let k = 0; k < MOST_VISITS; k++) {
    const changed = visit(pair, contact, half);
    visits = add(visits, and(open, one));
    const same = i64x2.eq(changed, splat(0));
    open = andNot(open, and(same, f64x2.eq(share, one)));
    if (!isAny(open)) return visits;
    findGradient(pair, contact);
    const d = v128.load(contact, CONTACT.d);
    const a = v128.load(contact, CONTACT.a);
    const b = v128.load(contact, CONTACT.b);
    const newSlope = slopeAlong(contact, stepD, stepA, stepB);
    let tooFar = and(open, gt(newSlope, splat(0)));
    if (isAny(tooFar)) {
      const before = energyAt(pair, contact, half, fromD, fromA, fromB);
      const after = energyAt(pair, contact, half, d, a, b);
      const promised = mul(mul(splat(SUFFICIENT), share), slope);
      tooFar = and(tooFar, gt(after, add(before, promised)));
    }
    const onward = andNot(open, tooFar);
    if (isAny(onward)) {
      fromD = select(onward, d, fromD);
      fromA = select(onward, a, fromA);
      fromB = select(onward, b, fromB);
      solveForSet(pair, contact, half, onward);
      stepD = select(onward, sub(v128.load(contact, CONTACT.d), fromD), stepD);
      stepA = select(onward, sub(v128.load(contact, CONTACT.a), fromA), stepA);
      stepB = select(onward, sub(v128.load(contact, CONTACT.b), fromB), stepB);
      slope = select(onward, slopeAlong(contact, stepD, stepA, stepB), slope);
      share = select(onward, one, share);
    }
    if (isAny(tooFar)) {
      const back = div(slope, sub(slope, newSlope));
      const less = mul(share, min(splat(0.9), max(splat(0.1), back)));
      share = select(tooFar, less, share);
      const backD = add(fromD, mul(share, stepD));
      const backA = add(fromA, mul(share, stepA));
      const backB = add(fromB, mul(share, stepB));
      v128.store(contact, select(tooFar, backD, v128.load(contact, CONTACT.d)), CONTACT.d);
      v128.store(contact, select(tooFar, backA, v128.load(contact, CONTACT.a)), CONTACT.a);
      v128.store(contact, select(tooFar, backB, v128.load(contact, CONTACT.b)), CONTACT.b);
    }
  }
  return select(open, splat(NaN), visits);
}

/** Solves the contact record; leaves tilts and visits in the state and each fibre's gap in its record. */
export function contactEquilibrium(pair: usize, state: usize, contact: usize, half: usize): void {
  const pins = constant(pair + PAIR.pinAngularStiffness);
  const mounting = constant(pair + PAIR.mountingAngularStiffness);
  const restX = v128.load(contact, CONTACT.restTiltXRad);
  const restY = v128.load(contact, CONTACT.restTiltYRad);
  const freeX = v128.load(contact, CONTACT.freeTiltXRad);
  const freeY = v128.load(contact, CONTACT.freeTiltYRad);
  v128.store(contact, unloadedTilt(restX, freeX, pins, mounting), CONTACT.a);
  v128.store(contact, unloadedTilt(restY, freeY, pins, mounting), CONTACT.b);
  const pressed = gt(v128.load(contact, CONTACT.forceN), splat(0));
  v128.store(state, minimise(pair, contact, half, pressed), STATE.contactVisits);

  const a = v128.load(contact, CONTACT.a);
  const b = v128.load(contact, CONTACT.b);
  let d = v128.load(contact, CONTACT.d);
  if (isAny(not(pressed))) d = select(pressed, d, nearestTouch(pair, half, a, b));
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const z = sub(touchAt(fibre, half, a, b), d);
    v128.store(fibre + half, and(z, gt(z, splat(0))), FIBRE.gapUm);
    fibre += FIBRE.octets;
  }
  v128.store(state, a, STATE.tiltXRad);
  v128.store(state, b, STATE.tiltYRad);
}
