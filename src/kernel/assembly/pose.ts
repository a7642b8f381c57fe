/** Twin of src/model/pose.ts. */
import * as MATING from '../../model/places/mating';
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import { part } from './parts';
import { add, and, constant, div, gt, lt, max, min, mul, select, splat, sub } from './vector';

function median3(a: v128, b: v128, c: v128): v128 {
  const low = min(a, b);
  const high = max(a, b);
  return select(lt(c, low), low, min(c, high));
}

function halfHeightUm(xUm: v128, clearanceXUm: v128, clearanceYUm: v128): v128 {
  const r = div(xUm, clearanceXUm);
  const left = sub(splat(1), mul(r, r));
  const height = mul(clearanceYUm, f64x2.sqrt(left));
  return and(height, and(gt(clearanceXUm, splat(0)), gt(left, splat(0))));
}

export function insertionPose(pair: usize, parts: usize, state: usize): void {
  const m = v128.load(state, STATE.halfPitchMismatchUm);
  const cx1 = v128.load(state, STATE.clearanceX1Um);
  const cx2 = v128.load(state, STATE.clearanceX2Um);
  const minus = f64x2.neg(m);
  const low = max(sub(minus, cx1), sub(m, cx2));
  const high = min(add(minus, cx1), add(m, cx2));
  const middle = mul(splat(0.5), add(low, high));
  const pressFit = lt(high, low);

  const seat = constant(pair + PAIR.seatCentring);
  const one = splat(1);
  const two = splat(2);
  const half = mul(splat(0.5), sub(high, low));
  const median = median3(
    part(parts, MATING.poseU1),
    part(parts, MATING.poseU2),
    part(parts, MATING.poseU3),
  );
  const tx = add(middle, mul(mul(half, seat), sub(mul(two, median), one)));
  const height1 = halfHeightUm(sub(minus, tx), cx1, v128.load(state, STATE.clearanceY1Um));
  const height2 = halfHeightUm(sub(m, tx), cx2, v128.load(state, STATE.clearanceY2Um));
  const up1 = sub(mul(two, part(parts, MATING.poseU4)), one);
  const up2 = sub(mul(two, part(parts, MATING.poseU5)), one);
  const y1 = mul(mul(seat, height1), up1);
  const y2 = mul(mul(seat, height2), up2);
  const ty = mul(splat(-0.5), add(y1, y2));
  const turn = div(sub(y1, y2), constant(pair + PAIR.guidePitchUm));

  v128.store(state, pressFit, STATE.pressFit);
  v128.store(state, select(pressFit, middle, tx), STATE.insertionXUm);
  v128.store(state, v128.andnot(ty, pressFit), STATE.insertionYUm);
  v128.store(state, v128.andnot(turn, pressFit), STATE.turnRad);
}
