/** Twin of src/model/load.ts. */
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import {
  add,
  and,
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

function roomOfPinUm(
  deltaXUm: v128,
  deltaYUm: v128,
  clearanceXUm: v128,
  clearanceYUm: v128,
  ux: v128,
  uy: v128,
): v128 {
  const cx2 = mul(clearanceXUm, clearanceXUm);
  const cy2 = mul(clearanceYUm, clearanceYUm);
  const a = add(mul(mul(ux, ux), cy2), mul(mul(uy, uy), cx2));
  const b = add(mul(mul(deltaXUm, ux), cy2), mul(mul(deltaYUm, uy), cx2));
  const c = sub(
    add(mul(mul(deltaXUm, deltaXUm), cy2), mul(mul(deltaYUm, deltaYUm), cx2)),
    mul(cx2, cy2),
  );
  const discriminant = sub(mul(b, b), mul(a, c));
  const root = div(add(b, f64x2.sqrt(discriminant)), a);
  const zero = splat(0);
  const moves = and(and(gt(clearanceXUm, zero), gt(clearanceYUm, zero)), gt(discriminant, zero));
  return and(max(root, zero), moves);
}

/** @param frictionLimitN μF */
export function poseUnderLoad(
  pair: usize,
  state: usize,
  loadX: v128,
  loadY: v128,
  frictionLimitN: v128,
): void {
  const insertionX = v128.load(state, STATE.insertionXUm);
  const insertionY = v128.load(state, STATE.insertionYUm);
  const force = f64x2.sqrt(add(mul(loadX, loadX), mul(loadY, loadY)));
  const net = sub(force, frictionLimitN);
  const loaded = gt(net, splat(0));
  if (!isAny(loaded)) {
    v128.store(state, insertionX, STATE.offsetXUm);
    v128.store(state, insertionY, STATE.offsetYUm);
    return;
  }
  const ux = div(loadX, force);
  const uy = div(loadY, force);
  const m = v128.load(state, STATE.halfPitchMismatchUm);
  const turn = v128.load(state, STATE.turnRad);
  const lift = mul(mul(splat(0.5), turn), constant(pair + PAIR.guidePitchUm));
  const down = f64x2.neg(insertionY);
  const room1 = roomOfPinUm(
    sub(f64x2.neg(m), insertionX),
    add(down, lift),
    v128.load(state, STATE.clearanceX1Um),
    v128.load(state, STATE.clearanceY1Um),
    ux,
    uy,
  );
  const room2 = roomOfPinUm(
    sub(m, insertionX),
    sub(down, lift),
    v128.load(state, STATE.clearanceX2Um),
    v128.load(state, STATE.clearanceY2Um),
    ux,
    uy,
  );
  const room = and(min(room1, room2), not(v128.load(state, STATE.pressFit)));
  const slipStiffness = constant(pair + PAIR.slipStiffnessNPerUm);
  const slide = min(div(net, slipStiffness), room);
  const rest = sub(net, mul(slipStiffness, slide));
  const bend = max(splat(0), div(rest, constant(pair + PAIR.pinStiffnessNPerUm)));
  const travel = add(slide, bend);
  const offsetX = add(insertionX, mul(travel, ux));
  const offsetY = add(insertionY, mul(travel, uy));
  v128.store(state, select(loaded, offsetX, insertionX), STATE.offsetXUm);
  v128.store(state, select(loaded, offsetY, insertionY), STATE.offsetYUm);
}
