/** One mating from its parts to the loss of every fibre: model §3 to §9, in order. */
import { cosTurns, sinTurns } from '../numerics/elementary.js';
import { contactEquilibrium } from './contact.js';
import type { FacingPairs } from './contact-point.js';
import { poseUnderLoad } from './load.js';
import { fibreLosses, type PairOptics } from './losses.js';
import { faceSlopes, fibreOffsets, freeGaps, type PairGeometry } from './offsets.js';
import { MATING, PINNED, PLUG, plugOffset, UNPINNED } from './parts.js';
import { insertionPose } from './pose.js';
import { type PairReflections, returnLosses } from './return-loss.js';
import type { Workspace } from './workspace.js';

/** The numbers of a pair that do not vary from mating to mating. */
export interface PairMechanics extends PairGeometry, FacingPairs, PairOptics, PairReflections {
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
  /** By how much of its shorter axis an elliptical pin is narrower along x and along y: 0 and 1, or 1 and 0. */
  readonly minorShareX: number;
  readonly minorShareY: number;
  /** Probability that a mating catches a particle. */
  readonly debrisProbability: number;
  readonly returnLoss: boolean;
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
  const minor1 = parts[pins + PLUG.minorAxisShorterBy1Um]!;
  const minor2 = parts[pins + PLUG.minorAxisShorterBy2Um]!;
  const mirrored = pair.signX < 0;
  const hole1 = parts[holes + (mirrored ? PLUG.guideDiameter2Um : PLUG.guideDiameter1Um)]!;
  const hole2 = parts[holes + (mirrored ? PLUG.guideDiameter1Um : PLUG.guideDiameter2Um)]!;
  state.clearanceX1Um = clearanceUm(hole1, pin1 - pair.minorShareX * minor1);
  state.clearanceX2Um = clearanceUm(hole2, pin2 - pair.minorShareX * minor2);
  state.clearanceY1Um = clearanceUm(hole1, pin1 - pair.minorShareY * minor1);
  state.clearanceY2Um = clearanceUm(hole2, pin2 - pair.minorShareY * minor2);
}

/**
 * Tilts at which the mountings would rest under the spring force F: their own rest tilt, and F·x/Kh for springs that
 * press off the middle, x the mean of both plugs' offsets in the pair's frame. a > 0 closes the gap at x > 0.
 */
function setRestTilts(
  pair: PairMechanics,
  parts: Float64Array,
  force: number,
  load: Workspace['contactLoad'],
): void {
  const male = plugOffset(PINNED);
  const female = plugOffset(UNPINNED);
  const offsetX =
    pair.signX * parts[female + PLUG.springOffsetXUm]! + parts[male + PLUG.springOffsetXUm]!;
  const offsetY =
    pair.signY * parts[female + PLUG.springOffsetYUm]! + parts[male + PLUG.springOffsetYUm]!;
  const halfLean = (0.5 * force) / pair.mountingAngularStiffness;
  load.restTiltXRad = parts[MATING.restTiltXRad]! + halfLean * offsetX;
  load.restTiltYRad = parts[MATING.restTiltYRad]! + halfLean * offsetY;
}

/** A particle between the faces keeps every fibre pair further apart. */
function addDebris(pair: PairMechanics, parts: Float64Array, workspace: Workspace): void {
  const { state, results } = workspace;
  state.debrisGapUm = 0;
  if (!(parts[MATING.debrisChance]! < pair.debrisProbability)) return;
  const gap = Math.max(parts[MATING.debrisGapUm]!, 0);
  state.debrisGapUm = gap;
  if (gap > 0) state.contacts = 0;
  for (let i = 0; i < pair.fibres; i++) results.gapUm[i] = results.gapUm[i]! + gap;
}

/**
 * Loss of every fibre of one mating, with every step on the way left in the workspace.
 *
 * Order: clearances → insertion pose (§3) → pose under load (§4) → contact and gaps (§5), debris (§10) → offsets and
 * angles (§6) → coupling of Gaussian modes (§7) or of mode groups (§8), gap interference and return loss (§9).
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
  seatPlug(pair, parts, workspace);
  pressFaces(pair, parts, workspace);
  fibreOffsets(pair, parts, workspace.state, workspace.results);
  fibreLosses(pair, parts, workspace);
  if (pair.returnLoss) returnLosses(pair, parts, workspace.results);
}

/** The first half of a mating: where guide pins, side load and friction let the plug come to rest (§3, §4). */
export function seatPlug(pair: PairMechanics, parts: Float64Array, workspace: Workspace): void {
  const { state } = workspace;
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
}

/** The second half: how the end faces meet, and the gap left before each fibre (§5, §10). Of the first it needs the clearances. */
export function pressFaces(pair: PairMechanics, parts: Float64Array, workspace: Workspace): void {
  const { state, contactLoad, results } = workspace;
  const force = Math.max(parts[MATING.springForceN]!, 0);
  faceSlopes(pair, parts, state);
  freeGaps(pair, parts, state, workspace.freeGapUm);
  contactLoad.contactStiffnessNPerUm = pair.contactStiffnessNPerUm;
  contactLoad.pinAngularStiffness = pair.pinAngularStiffness;
  contactLoad.mountingAngularStiffness = pair.mountingAngularStiffness;
  contactLoad.freeTiltXRad = (state.clearanceX1Um + state.clearanceX2Um) / pair.engagedLengthUm;
  contactLoad.freeTiltYRad = (state.clearanceY1Um + state.clearanceY2Um) / pair.engagedLengthUm;
  setRestTilts(pair, parts, force, contactLoad);
  contactLoad.forceN = force;
  contactEquilibrium(
    pair,
    workspace.freeGapUm,
    contactLoad,
    workspace.contactScratch,
    state,
    results.gapUm,
  );
  addDebris(pair, parts, workspace);
}
