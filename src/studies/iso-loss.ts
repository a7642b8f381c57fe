/** Offsets that cost a given loss by themselves. */
import { multimodeCoupling } from '../model/multimode.js';
import { gaussianCoupling } from '../model/single-mode.js';
import { DB_PER_NEPER } from '../numerics/elementary.js';
import type { PairPlan } from '../plan/types.js';

/** Offsets beyond this are of no connector. */
const MOST_UM = 100;
const HALVINGS = 50;

/**
 * Radius at which an offset between two equal fibres, without angle and gap, costs so much: the model's own coupling (§7, §8)
 * inverted by bisection, since it rises with the offset.
 *
 * @param lossDb above 0
 * @param modeFieldRadiusUm of both fibres; of no effect on multimode ones
 * @returns µm, to 1e-12; null if no offset of up to 100 µm costs as much
 */
export function isoLossRadiusUm(
  { mechanics: { wavelengthUm, multimode } }: PairPlan,
  lossDb: number,
  modeFieldRadiusUm: number,
): number | null {
  const out = { lateral: 0, angular: 0, modeMismatch: 0, gap: 0, interaction: 0 };
  const w = modeFieldRadiusUm;
  const costDb = (um: number): number =>
    DB_PER_NEPER *
    (multimode === null
      ? gaussianCoupling(um, 0, 0, 0, 0, w, w, wavelengthUm, 1, out)
      : multimodeCoupling(
          ...([um, 0, 0, 0, multimode.groups, multimode.table] as const),
          ...([multimode.offsetPerUm2, multimode.tiltPerRad2, out] as const),
        ));
  let [low, high] = [0, MOST_UM];
  if (costDb(high) < lossDb) return null;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = 0.5 * (low + high);
    if (costDb(middle) < lossDb) low = middle;
    else high = middle;
  }
  return high;
}
