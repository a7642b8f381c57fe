/** Where the cores lie in their ferrules, and the offsets and angles that each fibre pair ends up with (model §1, §6). */
import { FIBRE, fibreOffset, PINNED, PLUG, plugOffset, UNPINNED } from './parts.js';
import type { MatingState } from './state.js';
import type { FibreResults } from './workspace.js';

/** What of a pair the offsets depend on: positions, facing fibres and the signs of the adapter. */
export interface PairGeometry {
  readonly fibres: number;
  /** Nominal fibre positions in the pinned plug's frame, µm. */
  readonly xUm: Float64Array;
  readonly yUm: Float64Array;
  /** Index of the unpinned plug's fibre that faces each fibre of the pinned plug. */
  readonly facing: Int32Array;
  /** A feature (x, y) of the unpinned plug appears at (signX·x, signY·y). */
  readonly signX: number;
  readonly signY: number;
  /** Nominal end-face angle φ, rad; the pinned face slopes as z = −φy. */
  readonly endFaceAngleRad: number;
  readonly glassIndex: number;
}

/** Core centre minus nominal position along x in the plug's own frame, µm: bias + bore + place in bore + eccentricity. */
export function coreErrorXUm(parts: Float64Array, plug: number, fibre: number): number {
  return (
    parts[plug + PLUG.rowBiasXUm]! +
    parts[fibre + FIBRE.positionErrorXUm]! +
    0.5 * parts[fibre + FIBRE.boreClearanceUm]! * parts[fibre + FIBRE.placeInBoreX]! +
    parts[fibre + FIBRE.coreEccentricityUm]! * parts[fibre + FIBRE.coreDirectionX]!
  );
}

/** The same along y. */
export function coreErrorYUm(parts: Float64Array, plug: number, fibre: number): number {
  return (
    parts[plug + PLUG.rowBiasYUm]! +
    parts[fibre + FIBRE.positionErrorYUm]! +
    0.5 * parts[fibre + FIBRE.boreClearanceUm]! * parts[fibre + FIBRE.placeInBoreY]! +
    parts[fibre + FIBRE.coreEccentricityUm]! * parts[fibre + FIBRE.coreDirectionY]!
  );
}

/**
 * Slope ψ of the gap between the faces: along x (slopeXRad) and along y (slopeYRad).
 *
 * A plug's slope error counts out of its own end face, like a fibre height, so both plugs close the gap:
 * ψ_x = −(signX·s_unpinned + s_pinned), and along y alike. Two plugs with the same angle error along y are flush in
 * a key-up to key-down adapter, as two APC faces are.
 */
export function faceSlopes(pair: PairGeometry, parts: Float64Array, state: MatingState): void {
  const male = plugOffset(PINNED);
  const female = plugOffset(UNPINNED);
  state.slopeXRad = -(
    pair.signX * parts[female + PLUG.slopeErrorXRad]! +
    parts[male + PLUG.slopeErrorXRad]!
  );
  state.slopeYRad = -(
    pair.signY * parts[female + PLUG.slopeErrorYRad]! +
    parts[male + PLUG.slopeErrorYRad]!
  );
}

/**
 * Free separation of each fibre pair when the ferrules first meet, µm: gᵢ = ψ_x·xᵢ + ψ_y·yᵢ − h_male − h_female.
 */
export function freeGaps(
  pair: PairGeometry,
  parts: Float64Array,
  state: MatingState,
  freeGapUm: Float64Array,
): void {
  for (let i = 0; i < pair.fibres; i++) {
    const male = fibreOffset(PINNED, i);
    const female = fibreOffset(UNPINNED, pair.facing[i]!);
    freeGapUm[i] =
      state.slopeXRad * pair.xUm[i]! +
      state.slopeYRad * pair.yUm[i]! -
      parts[male + FIBRE.heightUm]! -
      parts[female + FIBRE.heightUm]!;
  }
}

/**
 * Offset and angle of each fibre pair, receiver (unpinned) minus source (pinned).
 *
 * dx = tx − θ·y + core_female,x − core_male,x; dy = ty + θ·x + (…) + z(n−1)φ, z the air gap.
 * Angle in air: a + (n−1)ψ_x − n·(signX·τ_female + τ_male) along x, τ a bore's own tilt out of its end face; y alike.
 * Reads results.gapUm; writes offsetXUm, offsetYUm, tiltXRad, tiltYRad, of all fibres or of those from … to − 1.
 */
export function fibreOffsets(
  pair: PairGeometry,
  parts: Float64Array,
  state: MatingState,
  results: FibreResults,
  from = 0,
  to = pair.fibres,
): void {
  const n = pair.glassIndex;
  const malePlug = plugOffset(PINNED);
  const femalePlug = plugOffset(UNPINNED);
  const wedgeX = state.tiltXRad + (n - 1) * state.slopeXRad;
  const wedgeY = state.tiltYRad + (n - 1) * state.slopeYRad;
  const walkOff = (n - 1) * pair.endFaceAngleRad;
  for (let i = from; i < to; i++) {
    const male = fibreOffset(PINNED, i);
    const female = fibreOffset(UNPINNED, pair.facing[i]!);
    results.offsetXUm[i] =
      state.offsetXUm -
      state.offsetTurnRad * pair.yUm[i]! +
      (pair.signX * coreErrorXUm(parts, femalePlug, female) - coreErrorXUm(parts, malePlug, male));
    results.offsetYUm[i] =
      state.offsetYUm +
      state.offsetTurnRad * pair.xUm[i]! +
      (pair.signY * coreErrorYUm(parts, femalePlug, female) - coreErrorYUm(parts, malePlug, male)) +
      results.gapUm[i]! * walkOff;
    results.tiltXRad[i] =
      wedgeX - n * (pair.signX * parts[female + FIBRE.tiltXRad]! + parts[male + FIBRE.tiltXRad]!);
    results.tiltYRad[i] =
      wedgeY - n * (pair.signY * parts[female + FIBRE.tiltYRad]! + parts[male + FIBRE.tiltYRad]!);
  }
}
