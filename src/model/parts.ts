/**
 * The record of all parts of one mating: one flat array of numbers, µm, rad, N and turns, at fixed places.
 * Sampling fills it, the mechanics read it, measured parts may overwrite it.
 */

/** Numbers that belong to the whole mating. */
export const MATING = {
  poseU1: 0,
  poseU2: 1,
  poseU3: 2,
  poseU4: 3,
  poseU5: 4,
  springForceN: 5,
  sideLoadN: 6,
  sideLoadDirectionTurns: 7,
  restTiltXRad: 8,
  restTiltYRad: 9,
} as const;
const MATING_LENGTH = 10;

/** Numbers of one plug, from plugOffset(side). The guide feature is a pin (pinned plug) or a hole (unpinned). */
export const PLUG = {
  pitchErrorUm: 0,
  rowBiasXUm: 1,
  rowBiasYUm: 2,
  slopeErrorXRad: 3,
  slopeErrorYRad: 4,
  guideDiameter1Um: 5,
  guideDiameter2Um: 6,
  minorAxisShorterBy1Um: 7,
  minorAxisShorterBy2Um: 8,
  seatErrorX1Um: 9,
  seatErrorX2Um: 10,
  seatErrorY1Um: 11,
  seatErrorY2Um: 12,
} as const;
const PLUG_LENGTH = 13;

/** Numbers of one fibre of a plug, from fibreOffset(side, fibre). */
export const FIBRE = {
  positionErrorXUm: 0,
  positionErrorYUm: 1,
  boreClearanceUm: 2,
  boreRadiusFraction: 3,
  boreAzimuthTurns: 4,
  coreEccentricityUm: 5,
  coreAzimuthTurns: 6,
  modeFieldDiameterUm: 7,
  heightUm: 8,
  tiltXRad: 9,
  tiltYRad: 10,
} as const;
const FIBRE_LENGTH = 11;

/** The pinned plug is side 0 (the source), the unpinned plug side 1 (the receiver). */
export const PINNED = 0;
export const UNPINNED = 1;

export function plugOffset(side: number): number {
  return MATING_LENGTH + side * PLUG_LENGTH;
}

/** Fibres are numbered from 0 in their own plug; both plugs of fibre 0 come before those of fibre 1. */
export function fibreOffset(side: number, fibre: number): number {
  return MATING_LENGTH + 2 * PLUG_LENGTH + (fibre * 2 + side) * FIBRE_LENGTH;
}

/** Length of the record of a pair with n fibres a plug. */
export function partsLength(fibres: number): number {
  return fibreOffset(PINNED, fibres);
}
