/** How many mode groups a multimode fibre guides (model §8). */
import { nominalOf } from './check-mates.js';
import type { Design, MatingConditions } from './types.js';

/**
 * Number of guided mode groups, M = ⌊πa·NA/λ⌋.
 *
 * @param coreRadiusUm a, µm; wavelengthUm vacuum wavelength λ, µm. 50 µm, NA 0.2, 850 nm: 18
 */
export function guidedGroups(coreRadiusUm: number, na: number, wavelengthUm: number): number {
  return Math.floor((Math.PI * coreRadiusUm * na) / wavelengthUm);
}

/** Those of the nominal fibre of a multimode design. */
export function nominalGroups({ inputs }: Design, { wavelengthUm }: MatingConditions): number {
  const radiusUm = 0.5 * nominalOf(inputs['fibres.coreDiameter']);
  return guidedGroups(radiusUm, nominalOf(inputs['fibres.numericalAperture']), wavelengthUm);
}
