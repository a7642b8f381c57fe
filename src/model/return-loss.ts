/** Return loss of every fibre pair (model §9). */
import { DB_PER_NEPER, exp, log, NEPERS_PER_DB, sinTurns } from '../numerics/elementary.js';
import type { PairOptics } from './losses.js';
import type { PairGeometry } from './offsets.js';
import { FIBRE, fibreOffset, OPTICS, opticsOffset, PINNED, UNPINNED } from './parts.js';
import type { FibreResults } from './workspace.js';

/** What of a pair the return loss depends on, besides what its insertion loss depends on. */
export interface PairReflections {
  /**
   * How much of a reflection an angled face sends past the mode that it came from, in nepers: a constant for multimode
   * fibres, and for single-mode ones per squared mode-field radius, (2πnφ/λ)². Both 0 for flat faces.
   */
  readonly angleNepers: number;
  readonly angleNepersPerUm2: number;
}

/** A floor beyond this is none; it keeps the logarithm finite. */
const HIGHEST_FLOOR_DB = 300;

/**
 * Return loss in dB: −10·log10(floor + (R_gap or R_layer)·A).
 *
 * R_gap = 1 − T_gap where there is a gap; in contact R_layer = 2R₀(1 − cos(8πn₂h/λ)), R₀ = ((n₂ − n)/(n₂ + n))².
 * A = exp(−(2πnwφ/λ)²) of an angled face. n₂ and h are the means of both tips' layers (an assumption where they differ).
 *
 * @param gapUm z ≥ 0, µm; 0 is contact
 * @param layerIndex n₂ ≥ 1, layerThicknessUm h ≥ 0
 * @param angleNepers −ln A ≥ 0
 * @param floorDb what is left without reflections
 * Relative error of the reflected power ≤ 1e-14. Source: Airy's formula (Born & Wolf, §7.6).
 */
export function returnLossDb(
  gapUm: number,
  glassIndex: number,
  gapFinesse: number,
  wavelengthUm: number,
  layerIndex: number,
  layerThicknessUm: number,
  angleNepers: number,
  floorDb: number,
): number {
  const apart = sinTurns(gapUm / wavelengthUm);
  const x = gapFinesse * (apart * apart);
  const step = (layerIndex - glassIndex) / (layerIndex + glassIndex);
  // 1 − cos 2a = 2 sin² a
  const layer = sinTurns((2 * layerIndex * layerThicknessUm) / wavelengthUm);
  const reflected = gapUm > 0 ? x / (1 + x) : 4 * (step * step) * (layer * layer);
  const floor = exp(-NEPERS_PER_DB * Math.min(floorDb, HIGHEST_FLOOR_DB));
  return -DB_PER_NEPER * log(floor + reflected * exp(-angleNepers));
}

/** Fills the return losses in the results, which hold the gaps. */
export function returnLosses(
  pair: PairGeometry & PairOptics & PairReflections,
  parts: Float64Array,
  results: FibreResults,
): void {
  for (let i = 0; i < pair.fibres; i++) {
    const facing = pair.facing[i]!;
    const source = opticsOffset(PINNED, i, pair.fibres);
    const receiver = opticsOffset(UNPINNED, facing, pair.fibres);
    const radius = 0.5 * parts[fibreOffset(PINNED, i) + FIBRE.modeFieldDiameterUm]!;
    results.returnLossDb[i] = returnLossDb(
      results.gapUm[i]!,
      pair.glassIndex,
      pair.gapFinesse,
      pair.wavelengthUm,
      0.5 * (parts[source + OPTICS.layerIndex]! + parts[receiver + OPTICS.layerIndex]!),
      0.5 * (parts[source + OPTICS.layerThicknessUm]! + parts[receiver + OPTICS.layerThicknessUm]!),
      pair.angleNepers + pair.angleNepersPerUm2 * (radius * radius),
      parts[source + OPTICS.scatterFloorDb]!,
    );
  }
}
