/** Where the guide pins let the female plug sit after insertion (model §3). */
import type { MatingState } from './state.js';

/** Middle one of three numbers. */
function median3(a: number, b: number, c: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return c < low ? low : Math.min(c, high);
}

/** Half-height of the clearance ellipse of one pin at the distance `xUm` from its centre. */
function halfHeightUm(xUm: number, clearanceXUm: number, clearanceYUm: number): number {
  if (!(clearanceXUm > 0)) return 0;
  const r = xUm / clearanceXUm;
  const left = 1 - r * r;
  return left > 0 ? clearanceYUm * Math.sqrt(left) : 0;
}

/**
 * Insertion pose: displacement (tx, ty) and turn θ of the female plug that the two pins allow.
 *
 * With m = (P_male − P_female)/2 the pin sits relative to its hole at δ₁ = (−m − tx, −ty + θP/2) and
 * δ₂ = (m − tx, −ty − θP/2), each inside its ellipse |δx/cx|² + |δy/cy|² ≤ 1.
 * tx = mid + half·s·(2·median(u₁,u₂,u₃) − 1) on the interval that both x constraints leave;
 * y_j = s·Y_j·(2u − 1) with u₄, u₅; ty = −(y₁ + y₂)/2, θ = (y₁ − y₂)/P.
 * For equal holes, matched pitch and s = 1 this is exactly uniform over the feasible poses.
 * Press fit (no interval): tx = its middle, y_j = 0.
 *
 * @param state reads clearances and half-mismatch in µm, writes insertionXUm, insertionYUm, turnRad
 * @param pitchUm nominal guide-hole pitch P
 * @param seatCentring s in [0, 1]; 1 is no centring
 */
export function insertionPose(
  state: MatingState,
  pitchUm: number,
  seatCentring: number,
  u1: number,
  u2: number,
  u3: number,
  u4: number,
  u5: number,
): void {
  const m = state.halfPitchMismatchUm;
  const cx1 = state.clearanceX1Um;
  const cx2 = state.clearanceX2Um;
  const low = Math.max(-m - cx1, m - cx2);
  const high = Math.min(-m + cx1, m + cx2);
  const middle = 0.5 * (low + high);
  if (high < low) {
    state.pressFit = true;
    state.insertionXUm = middle;
    state.insertionYUm = 0;
    state.turnRad = 0;
    return;
  }
  state.pressFit = false;
  const half = 0.5 * (high - low);
  const tx = middle + half * seatCentring * (2 * median3(u1, u2, u3) - 1);
  const y1 = seatCentring * halfHeightUm(-m - tx, cx1, state.clearanceY1Um) * (2 * u4 - 1);
  const y2 = seatCentring * halfHeightUm(m - tx, cx2, state.clearanceY2Um) * (2 * u5 - 1);
  state.insertionXUm = tx;
  state.insertionYUm = -0.5 * (y1 + y2);
  state.turnRad = (y1 - y2) / pitchUm;
}
