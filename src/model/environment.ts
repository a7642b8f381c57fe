/** What temperature and earlier matings do to the parts (model §10). All changes count from 23 °C and from new parts. */
import { exp, log } from '../numerics/elementary.js';

/** Temperature at which dimensions are stated, °C. */
export const REFERENCE_DEG_C = 23;

/** Growth of a length, in its unit: L·α·ΔT. */
export function thermalGrowth(length: number, expansionPerDegC: number, aboveDegC: number): number {
  return length * expansionPerDegC * aboveDegC;
}

/** Factor of the spring force: 1 + c·ΔT, not below 0. */
export function springFactor(coefficientPerDegC: number, aboveDegC: number): number {
  return Math.max(0, 1 + coefficientPerDegC * aboveDegC);
}

/**
 * Growth of a guide hole's diameter by earlier matings, µm: rate·N^γ·(tip factor).
 *
 * @param rateUm growth by the first mating with round tips
 * @param matings N ≥ 0, not necessarily whole
 * @param exponent γ ≥ 0; relative error of N^γ ≤ 1e-14 (exact for γ = 1)
 */
export function holeWearUm(
  rateUm: number,
  matings: number,
  exponent: number,
  tipFactor: number,
): number {
  if (matings === 0) return 0;
  const power = exponent === 1 ? matings : exp(exponent * log(matings));
  return rateUm * power * tipFactor;
}
