/** How tangential load moves the plug within its clearance and bends the pins (model §4). */
import type { MatingState } from './state.js';

/**
 * Distance along the unit vector (ux, uy) at which one pin touches its hole, µm.
 *
 * The pin moves from δ along −u: the root of |δx − s·ux|²/cx² + |δy − s·uy|²/cy² = 1, multiplied by cx²cy².
 * 0 where a clearance is 0 or the pin touches already.
 */
function roomOfPinUm(
  deltaXUm: number,
  deltaYUm: number,
  clearanceXUm: number,
  clearanceYUm: number,
  ux: number,
  uy: number,
): number {
  if (!(clearanceXUm > 0) || !(clearanceYUm > 0)) return 0;
  const cx2 = clearanceXUm * clearanceXUm;
  const cy2 = clearanceYUm * clearanceYUm;
  const a = ux * ux * cy2 + uy * uy * cx2;
  const b = deltaXUm * ux * cy2 + deltaYUm * uy * cx2;
  const c = deltaXUm * deltaXUm * cy2 + deltaYUm * deltaYUm * cx2 - cx2 * cy2;
  const discriminant = b * b - a * c;
  if (!(discriminant > 0)) return 0;
  const root = (b + Math.sqrt(discriminant)) / a;
  return Math.max(root, 0);
}

/**
 * Pose under load: the spring's friction holds the faces up to μF; the net force N beyond it slides the plug along
 * the load by min(N/k_slip, room), then bends both pins by (N − k_slip·slide)/k_pin.
 *
 * @param state reads the insertion pose, clearances and load (loadXN, loadYN); writes netForceN, slideUm, bendUm,
 *   offsetXUm and offsetYUm (the pose under load; the turn stays)
 * @param pitchUm nominal guide-hole pitch
 * @param frictionLimitN μF
 * @param slipStiffnessNPerUm k_slip, above 0
 * @param pinStiffnessNPerUm k_pin of both pins together, above 0
 */
export function poseUnderLoad(
  state: MatingState,
  pitchUm: number,
  frictionLimitN: number,
  slipStiffnessNPerUm: number,
  pinStiffnessNPerUm: number,
): void {
  const loadX = state.loadXN;
  const loadY = state.loadYN;
  const load = Math.sqrt(loadX * loadX + loadY * loadY);
  const net = load - frictionLimitN;
  if (!(net > 0)) {
    state.netForceN = 0;
    state.slideUm = 0;
    state.bendUm = 0;
    state.offsetXUm = state.insertionXUm;
    state.offsetYUm = state.insertionYUm;
    return;
  }
  const ux = loadX / load;
  const uy = loadY / load;
  let room = 0;
  if (!state.pressFit) {
    const m = state.halfPitchMismatchUm;
    const lift = 0.5 * state.turnRad * pitchUm;
    const room1 = roomOfPinUm(
      -m - state.insertionXUm,
      -state.insertionYUm + lift,
      state.clearanceX1Um,
      state.clearanceY1Um,
      ux,
      uy,
    );
    const room2 = roomOfPinUm(
      m - state.insertionXUm,
      -state.insertionYUm - lift,
      state.clearanceX2Um,
      state.clearanceY2Um,
      ux,
      uy,
    );
    room = Math.min(room1, room2);
  }
  const free = net / slipStiffnessNPerUm;
  const slide = Math.min(free, room);
  const bend = Math.max(0, (net - slipStiffnessNPerUm * slide) / pinStiffnessNPerUm);
  const travel = slide + bend;
  state.netForceN = net;
  state.slideUm = slide;
  state.bendUm = bend;
  state.offsetXUm = state.insertionXUm + travel * ux;
  state.offsetYUm = state.insertionYUm + travel * uy;
}
