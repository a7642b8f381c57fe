/** Coupling of two Gaussian modes, exact (model §7). */
import { log, twoAtanh } from '../numerics/elementary.js';

/** Loss of one fibre by its causes, in nepers of power (−ln of a transmission); their sum is the whole. */
export interface CouplingNepers {
  /** Offset of the axes, as if there were no angle. */
  lateral: number;
  /** Angle between the axes, as if there were no offset. */
  angular: number;
  /** Unequal mode fields in contact. */
  modeMismatch: number;
  /** Spreading of the beam over the gap. */
  gap: number;
  /** What offset and angle do together across a gap; either sign; 0 in contact. */
  interaction: number;
}

/** −ln(1 − num/den) = 2·atanh(num/(2·den − num)), without cancellation for small num. */
function minusLogComplement(num: number, den: number): number {
  const s = num / (2 * den - num);
  return s < 0.1716 ? twoAtanh(s) : -log(1 - num / den);
}

/**
 * −ln of the power coupled from one Gaussian mode into another behind a gap.
 *
 * k = 2πn/λ, ζ = 2z/(k·w₁²), p = w₁⁻²/(1 + iζ), q = w₂⁻², A = p + q,
 * η = κ·Π over x, y of exp{2 Re[(2qd − ikθ)²/(4A) − q·d² + ikθd]},
 * κ = 4w₁²w₂²/[(w₁² + w₂²)² + s²], s = 2z/k = λz/(πn).
 * With W₁ = w₁², W₂ = w₂² and D = (W₁ + W₂)² + s² = |A|²·W₂²·(W₁² + s²) the exponents are
 * lateral 2d²(W₁ + W₂)/D + angular ½k²θ²·W₂(W₁(W₁ + W₂) + s²)/D + interaction −2ks·W₂(d·θ)/D.
 *
 * @param dxUm, dyUm receiver axis minus source axis, µm
 * @param tiltXRad, tiltYRad angle between the modes in the medium n, rad (small-angle)
 * @param gapUm z ≥ 0, µm
 * @param sourceRadiusUm, receiverRadiusUm mode-field radii w₁, w₂ > 0 (half the mode-field diameter), µm
 * @param wavelengthUm vacuum wavelength λ, µm
 * @param mediumIndex n of the medium in which gap and angle are taken
 * @param out receives the five causes
 * @returns the sum, −ln η; relative error of η ≤ 1e-12 against numerical overlap integrals
 *
 * Sources: Marcuse 1977; Nemoto & Makimoto 1979; Joyce & DeLoach 1984.
 */
export function gaussianCoupling(
  dxUm: number,
  dyUm: number,
  tiltXRad: number,
  tiltYRad: number,
  gapUm: number,
  sourceRadiusUm: number,
  receiverRadiusUm: number,
  wavelengthUm: number,
  mediumIndex: number,
  out: CouplingNepers,
): number {
  const k = (2 * Math.PI * mediumIndex) / wavelengthUm;
  const w1 = sourceRadiusUm * sourceRadiusUm;
  const w2 = receiverRadiusUm * receiverRadiusUm;
  const offset2 = dxUm * dxUm + dyUm * dyUm;
  const tilt2 = tiltXRad * tiltXRad + tiltYRad * tiltYRad;
  const difference = w1 - w2;
  const difference2 = difference * difference;
  const sum = w1 + w2;
  const sum2 = sum * sum;
  const spread = (2 / k) * gapUm;
  const spread2 = spread * spread;
  const denominator = sum2 + spread2;
  const inverse = 1 / denominator;
  const modeMismatch = minusLogComplement(difference2, sum2);
  const lateral = 2 * offset2 * sum * inverse;
  const angular = 0.5 * k * k * tilt2 * (w2 * (w1 * sum + spread2)) * inverse;
  out.lateral = lateral;
  out.angular = angular;
  out.modeMismatch = modeMismatch;
  if (gapUm === 0) {
    out.gap = 0;
    out.interaction = 0;
    return lateral + angular + modeMismatch;
  }
  const withGap = minusLogComplement(difference2 + spread2, denominator);
  const interaction = -2 * k * spread * w2 * (dxUm * tiltXRad + dyUm * tiltYRad) * inverse;
  out.gap = withGap - modeMismatch;
  out.interaction = interaction;
  return lateral + angular + withGap + interaction;
}
