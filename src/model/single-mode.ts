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
 * κ = 4w₁²w₂²/[(w₁² + w₂²)² + (λz/(πn))²].
 * Written with real numbers, p = pᵣ + i·pᵢ, Aᵣ = pᵣ + q, Aᵢ = pᵢ, the exponents add up as
 * lateral 2q·d²(Aᵣpᵣ + Aᵢ²)/|A|² + angular ½k²θ²Aᵣ/|A|² + interaction 2qkAᵢ(d·θ)/|A|².
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
  const q = 1 / w2;
  const offset2 = dxUm * dxUm + dyUm * dyUm;
  const tilt2 = tiltXRad * tiltXRad + tiltYRad * tiltYRad;
  const difference = w1 - w2;
  const sum = w1 + w2;
  out.modeMismatch = minusLogComplement(difference * difference, sum * sum);
  if (gapUm === 0) {
    const a = 1 / w1 + q;
    out.lateral = (2 * q * offset2) / (w1 * a);
    out.angular = (0.5 * k * k * tilt2) / a;
    out.gap = 0;
    out.interaction = 0;
    return out.lateral + out.angular + out.modeMismatch;
  }
  const zeta = (2 * gapUm) / (k * w1);
  const pr = 1 / (w1 * (1 + zeta * zeta));
  const pi = -zeta * pr;
  const ar = pr + q;
  const a2 = ar * ar + pi * pi;
  const spread = (2 * gapUm) / k; // = λz/(πn)
  const spread2 = spread * spread;
  const withGap = minusLogComplement(difference * difference + spread2, sum * sum + spread2);
  out.lateral = (2 * q * offset2 * (ar * pr + pi * pi)) / a2;
  out.angular = (0.5 * k * k * tilt2 * ar) / a2;
  out.gap = withGap - out.modeMismatch;
  out.interaction = (2 * q * k * pi * (dxUm * tiltXRad + dyUm * tiltYRad)) / a2;
  return out.lateral + out.angular + out.interaction + withGap;
}
