/** Interference in the air gap between two glass faces (model §9). */
import { log, sinTurns, twoAtanh } from '../numerics/elementary.js';

/** Coefficient of finesse 4R/(1 − R)² of a gap between faces of index n, R = ((n − 1)/(n + 1))². */
export function gapFinesse(glassIndex: number): number {
  const r = (glassIndex - 1) / (glassIndex + 1);
  const R = r * r;
  return (4 * R) / ((1 - R) * (1 - R));
}

/**
 * −ln of the transmission of an air gap, T = 1/(1 + F·sin²(2πz/λ)).
 *
 * @param gapUm z ≥ 0, µm; 0 (contact) gives exactly 0
 * @param wavelengthUm vacuum wavelength, µm
 * @param finesse F of gapFinesse; up to 0.62 dB for silica
 * Relative error of T ≤ 1e-14. Source: Airy's formula (Born & Wolf, §7.6).
 */
export function gapTransmissionNepers(
  gapUm: number,
  wavelengthUm: number,
  finesse: number,
): number {
  if (gapUm === 0) return 0;
  const s = sinTurns(gapUm / wavelengthUm);
  const x = finesse * s * s;
  const ratio = x / (2 + x);
  return ratio < 0.1716 ? twoAtanh(ratio) : log(1 + x);
}
