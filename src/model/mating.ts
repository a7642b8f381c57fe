/** One mating from its parts to the loss of every fibre: model §3 to §7 and T_gap of §9, in order. */
import { cosTurns, DB_PER_NEPER, sinTurns } from '../numerics/elementary.js';
import { contactEquilibrium } from './contact.js';
import type { FacingPairs } from './contact-point.js';
import { poseUnderLoad } from './load.js';
import { faceSlopes, fibreOffsets, freeGaps, type PairGeometry } from './offsets.js';
import { FIBRE, fibreOffset, MATING, PINNED, PLUG, plugOffset, UNPINNED } from './parts.js';
import { insertionPose } from './pose.js';
import { gapTransmissionNepers } from './reflection.js';
import { gaussianCoupling } from './single-mode.js';
import type { Workspace } from './workspace.js';

/** The numbers of a pair that do not vary from mating to mating. */
export interface PairMechanics extends PairGeometry, FacingPairs {
  /** Nominal guide-hole pitch, µm. */
  readonly guidePitchUm: number;
  /** Length over which pins and holes are engaged, µm. */
  readonly engagedLengthUm: number;
  /** Centring of the seat s, 0 to 1 (1 = none). */
  readonly seatCentring: number;
  readonly frictionCoefficient: number;
  readonly slipStiffnessNPerUm: number;
  readonly pinStiffnessNPerUm: number;
  readonly pinAngularStiffness: number;
  readonly mountingAngularStiffness: number;
  readonly contactStiffnessNPerUm: number;
  /** Share of the side load on the housing that reaches the ferrule. */
  readonly sideLoadTransmission: number;
  readonly tanEndFaceAngle: number;
  readonly wavelengthUm: number;
  /** Finesse coefficient of an air gap between the glass faces (gapFinesse of the glass index). */
  readonly gapFinesse: number;
}

/** Radial clearance of a pin in a hole, µm, not below 0. */
function clearanceUm(holeUm: number, pinAxisUm: number): number {
  const c = 0.5 * (holeUm - pinAxisUm);
  return Math.max(c, 0);
}

/**
 * Seat errors of the pins: their mean shifts the pins and their difference along y turns them; along x it changes their
 * pitch. Clearances of pin 1 (at x = −P/2 of the pinned plug) and pin 2 in the holes they enter. A plug numbers its holes
 * along its own x, so in a key-up to key-up adapter pin 1 enters hole 2.
 */
function setClearances(pair: PairMechanics, parts: Float64Array, workspace: Workspace): void {
  const state = workspace.state;
  const pins = plugOffset(PINNED);
  const holes = plugOffset(UNPINNED);
  const seatX1 = parts[pins + PLUG.seatErrorX1Um]!;
  const seatX2 = parts[pins + PLUG.seatErrorX2Um]!;
  const seatY1 = parts[pins + PLUG.seatErrorY1Um]!;
  const seatY2 = parts[pins + PLUG.seatErrorY2Um]!;
  state.seatShiftXUm = 0.5 * (seatX1 + seatX2);
  state.seatShiftYUm = 0.5 * (seatY1 + seatY2);
  state.seatTurnRad = (seatY2 - seatY1) / pair.guidePitchUm;
  const pinPitchError = parts[pins + PLUG.pitchErrorUm]! + (seatX2 - seatX1);
  state.halfPitchMismatchUm = 0.5 * (pinPitchError - parts[holes + PLUG.pitchErrorUm]!);
  const pin1 = parts[pins + PLUG.guideDiameter1Um]!;
  const pin2 = parts[pins + PLUG.guideDiameter2Um]!;
  const mirrored = pair.signX < 0;
  const hole1 = parts[holes + (mirrored ? PLUG.guideDiameter2Um : PLUG.guideDiameter1Um)]!;
  const hole2 = parts[holes + (mirrored ? PLUG.guideDiameter1Um : PLUG.guideDiameter2Um)]!;
  state.clearanceX1Um = clearanceUm(hole1, pin1);
  state.clearanceX2Um = clearanceUm(hole2, pin2);
  state.clearanceY1Um = clearanceUm(hole1, pin1 - parts[pins + PLUG.minorAxisShorterBy1Um]!);
  state.clearanceY2Um = clearanceUm(hole2, pin2 - parts[pins + PLUG.minorAxisShorterBy2Um]!);
}

/**
 * Loss of every fibre of one mating, with every step on the way left in the workspace.
 *
 * Order: clearances → insertion pose (§3) → pose under load (§4) → contact and gaps (§5) → offsets and angles (§6)
 * → Gaussian coupling (§7) and gap interference (§9).
 *
 * @param pair constants of the pair
 * @param parts the record described in parts.ts; forces below 0 count as 0
 * @param workspace receives state and results
 */
export function evaluateMating(
  pair: PairMechanics,
  parts: Float64Array,
  workspace: Workspace,
): void {
  const { state, contactLoad, results } = workspace;
  setClearances(pair, parts, workspace);
  insertionPose(
    state,
    pair.guidePitchUm,
    pair.seatCentring,
    parts[MATING.poseU1]!,
    parts[MATING.poseU2]!,
    parts[MATING.poseU3]!,
    parts[MATING.poseU4]!,
    parts[MATING.poseU5]!,
  );

  const spring = parts[MATING.springForceN]!;
  const force = Math.max(spring, 0);
  const side = parts[MATING.sideLoadN]! * pair.sideLoadTransmission;
  const direction = parts[MATING.sideLoadDirectionTurns]!;
  state.springForceN = force;
  state.loadXN = side * cosTurns(direction);
  state.loadYN = side * sinTurns(direction) + force * pair.tanEndFaceAngle;
  poseUnderLoad(
    state,
    pair.guidePitchUm,
    pair.frictionCoefficient * force,
    pair.slipStiffnessNPerUm,
    pair.pinStiffnessNPerUm,
  );

  // The female plug follows the pins, wherever they sit in the male one.
  state.offsetXUm += state.seatShiftXUm;
  state.offsetYUm += state.seatShiftYUm;
  state.offsetTurnRad = state.turnRad + state.seatTurnRad;

  faceSlopes(pair, parts, state);
  freeGaps(pair, parts, state, workspace.freeGapUm);
  contactLoad.contactStiffnessNPerUm = pair.contactStiffnessNPerUm;
  contactLoad.pinAngularStiffness = pair.pinAngularStiffness;
  contactLoad.mountingAngularStiffness = pair.mountingAngularStiffness;
  contactLoad.freeTiltXRad = (state.clearanceX1Um + state.clearanceX2Um) / pair.engagedLengthUm;
  contactLoad.freeTiltYRad = (state.clearanceY1Um + state.clearanceY2Um) / pair.engagedLengthUm;
  contactLoad.restTiltXRad = parts[MATING.restTiltXRad]!;
  contactLoad.restTiltYRad = parts[MATING.restTiltYRad]!;
  contactLoad.forceN = force;
  contactEquilibrium(
    pair,
    workspace.freeGapUm,
    contactLoad,
    workspace.contactScratch,
    state,
    results.gapUm,
  );

  fibreOffsets(pair, parts, state, results);
  fibreLosses(pair, parts, workspace);
}

/** Coupling of every fibre pair from its offset, angle, gap and mode fields: fills the losses of the results. */
function fibreLosses(pair: PairMechanics, parts: Float64Array, workspace: Workspace): void {
  const { results, coupling } = workspace;
  for (let i = 0; i < pair.fibres; i++) {
    const source = fibreOffset(PINNED, i);
    const receiver = fibreOffset(UNPINNED, pair.facing[i]!);
    const gap = results.gapUm[i]!;
    const nepers = gaussianCoupling(
      results.offsetXUm[i]!,
      results.offsetYUm[i]!,
      results.tiltXRad[i]!,
      results.tiltYRad[i]!,
      gap,
      0.5 * parts[source + FIBRE.modeFieldDiameterUm]!,
      0.5 * parts[receiver + FIBRE.modeFieldDiameterUm]!,
      pair.wavelengthUm,
      1, // gap and angles are taken in air
      coupling,
    );
    const interference = gapTransmissionNepers(gap, pair.wavelengthUm, pair.gapFinesse);
    results.lossDb[i] = DB_PER_NEPER * (nepers + interference);
    results.lateralNepers[i] = coupling.lateral;
    results.angularNepers[i] = coupling.angular;
    results.modeMismatchNepers[i] = coupling.modeMismatch;
    results.gapNepers[i] = coupling.gap + interference;
    results.interactionNepers[i] = coupling.interaction;
  }
}
