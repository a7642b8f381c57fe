/** How the light source fills the mode groups of a multimode fibre (model §8): powers that sum to 1. */
import { InvariantError } from '../errors.js';

/**
 * Powers of groups 1 to 18 of a 50 µm fibre of NA 0.2 at 850 nm that meet the encircled-flux targets of IEC 61280-4-1:
 * 33.5, 65.5, 91.93 and 97.51 % of the flux within 10, 15, 20 and 22 µm.
 */
const ENCIRCLED_FLUX: readonly number[] = [
  0.008093265377525683, 0.016128374444654765, 0.02410866198615401, 0.03204992755655197,
  0.03998957532580464, 0.04797860553244464, 0.05603429301873756, 0.06405687535630075,
  0.07175179490340901, 0.07859766158299543, 0.08387977355101744, 0.08680378282000237,
  0.08665159010739812, 0.08290098478013393, 0.07531476233575009, 0.06401551016135183,
  0.049449126056617373, 0.03219543510315061,
];
const CELLS = ENCIRCLED_FLUX.length;

/** The powers divided by their sum. */
function normalised(powers: Float64Array): Float64Array {
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function checkGroups(groups: number): void {
  if (!(groups >= 1 && Math.floor(groups) === groups))
    throw new InvariantError(`${groups} is no number of mode groups`);
}

/** Density of the encircled-flux launch at the joint below cell j: mean of its neighbours; at the ends their line. */
function densityAt(j: number): number {
  const power = (cell: number) => ENCIRCLED_FLUX[cell]!;
  if (j === 0) return 1.5 * power(0) - 0.5 * power(1);
  if (j === CELLS) return 1.5 * power(CELLS - 1) - 0.5 * power(CELLS - 2);
  return 0.5 * (power(j - 1) + power(j));
}

/** Power launched into relative group numbers up to x = g/M, a smooth increasing function, 0 ≤ x ≤ 1. */
function encircledFluxUpTo(x: number): number {
  const cell = Math.min(Math.floor(x * CELLS), CELLS - 1);
  const u = x * CELLS - cell;
  const below = ENCIRCLED_FLUX.slice(0, cell).reduce((sum, power) => sum + power, 0);
  const rise = ENCIRCLED_FLUX[cell]!;
  const start = densityAt(cell);
  const end = densityAt(cell + 1);
  return below + u * (start + u * (3 * rise - 2 * start - end + u * (start + end - 2 * rise)));
}

/**
 * Encircled-flux launch into M groups: as measured for 18; for another M the same distribution over g/M [E].
 *
 * p_g = F(g/M) − F((g − 1)/M), F the cumulative distribution of the 18 powers with cubics between them. InvariantError
 * unless M is a whole number from 1.
 */
export function encircledFluxLaunch(groups: number): Float64Array {
  checkGroups(groups);
  if (groups === CELLS) return normalised(Float64Array.from(ENCIRCLED_FLUX));
  const powers = Float64Array.from(
    { length: groups },
    (_, i) => encircledFluxUpTo((i + 1) / groups) - encircledFluxUpTo(i / groups),
  );
  return normalised(powers);
}

/** Overfilled launch: all modes alike, so that group g of M holds p_g = 2g/(M(M + 1)). InvariantError as above. */
export function overfilledLaunch(groups: number): Float64Array {
  checkGroups(groups);
  return normalised(Float64Array.from({ length: groups }, (_, i) => i + 1));
}

/** The given powers of groups 1 to M in any unit. InvariantError unless finite, none negative and not all 0. */
export function givenLaunch(powers: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(powers);
  const total = copy.reduce((sum, power) => sum + power, 0);
  if (!(copy.every((power) => power >= 0) && total > 0 && total < Infinity))
    throw new InvariantError('A launch needs powers ≥ 0 that are not all 0');
  return normalised(copy);
}

/** Share of the launched power in groups 1 to `cut`: what a receiver guides of it without any offset. */
export function launchedShare(launch: Float64Array, cut: number): number {
  let within = 0;
  let total = 0;
  for (const [i, power] of launch.entries()) {
    total += power;
    if (i < cut) within += power;
  }
  return within / total;
}
