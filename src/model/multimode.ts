/** Coupling of two graded-index multimode fibres, from the table of a launch (model §8). */
import {
  CELLS_PER_UNIT,
  COEFFICIENTS,
  CUTS,
  FIRST_CUT,
  LAST_CELL,
  TABLE_HEADER,
} from './multimode-table.js';
import type { CouplingNepers } from './single-mode.js';

/** What turns a squared offset into displacement, 1/w0², µm⁻². */
export function offsetFactor(spotRadiusUm: number): number {
  return 1 / (spotRadiusUm * spotRadiusUm);
}

/** What turns a squared angle in air into displacement, (πw0/λ)², rad⁻²; λ the vacuum wavelength. */
export function tiltFactor(spotRadiusUm: number, wavelengthUm: number): number {
  const k = (Math.PI * spotRadiusUm) / wavelengthUm;
  return k * k;
}

/** L of the table's cell and cut at `at`. */
function cubic(table: Float64Array, at: number, u: number): number {
  return table[at]! + u * (table[at + 1]! + u * (table[at + 2]! + u * table[at + 3]!));
}

/**
 * −ln of the power that a receiver guides after an offset and an angle, by causes.
 *
 * s = offsetFactor·d² + tiltFactor·θ², t = √s, L = (1 − f)·L_c(t) + f·L_{c+1}(t) for a cut of c + f groups.
 * The mode mismatch is L at t = 0; the rest is lateral and angular in proportion to their parts of s. Offset and
 * angle add up to one displacement, so there is no interaction; nor does a gap enter: spreading over it is neglected.
 *
 * @param dxUm, dyUm receiver axis minus source axis, µm
 * @param tiltXRad, tiltYRad angle between the axes in air, rad (small-angle)
 * @param cut groups that the receiver guides (receivingCut), a real number; kept within the table's cuts
 * @param table of buildMultimodeTable
 * @param offsetPerUm2, tiltPerRad2 of offsetFactor and tiltFactor
 * @param out receives the causes
 * @returns the sum, −ln η; relative error of η < 1e-6 up to 40 dB at whole cuts, exactly 0 for equal fibres in line
 *
 * Choices are by selects and clamps alone, in a fixed order: vectors can repeat every bit.
 */
export function multimodeCoupling(
  dxUm: number,
  dyUm: number,
  tiltXRad: number,
  tiltYRad: number,
  cut: number,
  table: Float64Array,
  offsetPerUm2: number,
  tiltPerRad2: number,
  out: CouplingNepers,
): number {
  const offset = offsetPerUm2 * (dxUm * dxUm + dyUm * dyUm);
  const tilt = tiltPerRad2 * (tiltXRad * tiltXRad + tiltYRad * tiltYRad);
  const s = offset + tilt;

  const cuts = table[CUTS]!;
  let position = cut - table[FIRST_CUT]!;
  position = position > 0 ? position : 0;
  position = position < cuts - 1 ? position : cuts - 1;
  let lower = Math.floor(position);
  lower = lower < cuts - 2 ? lower : cuts - 2;
  const f = position - lower;
  const rest = 1 - f;

  const x = Math.sqrt(s) * table[CELLS_PER_UNIT]!;
  const last = table[LAST_CELL]!;
  const cell = Math.floor(x < last ? x : last);
  const u = x - cell;

  const inLine = TABLE_HEADER + lower * COEFFICIENTS;
  const at = inLine + cell * cuts * COEFFICIENTS;
  const modeMismatch = rest * table[inLine]! + f * table[inLine + COEFFICIENTS]!;
  const whole = rest * cubic(table, at, u) + f * cubic(table, at + COEFFICIENTS, u);
  const excess = whole - modeMismatch;
  const lateral = (s > 0 ? offset / s : 0) * excess;
  const angular = excess - lateral;

  out.lateral = lateral;
  out.angular = angular;
  out.modeMismatch = modeMismatch;
  out.gap = 0;
  out.interaction = 0;
  return lateral + angular + modeMismatch;
}
