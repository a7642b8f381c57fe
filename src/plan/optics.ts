/** Mode groups, launch and table of a multimode pair, and what an angled face does to reflections. */
import { UserError } from '../errors.js';
import {
  encircledFluxLaunch,
  givenLaunch,
  launchedShare,
  overfilledLaunch,
} from '../model/launch.js';
import type { MultimodeOptics } from '../model/losses.js';
import { guidedGroups, spotRadius } from '../model/mode-groups.js';
import { multimodeCoupling, offsetFactor, tiltFactor } from '../model/multimode.js';
import { buildMultimodeTable, LEAST_LAUNCHED_SHARE } from '../model/multimode-table.js';
import type { PairReflections } from '../model/return-loss.js';
import { nominalOf } from '../scenario/check-mates.js';
import type { Design, MatingConditions } from '../scenario/types.js';

/** Receivers are taken to guide from this share to its inverse of the source's groups; beyond, the end of the table counts. */
const LOWEST_CUT = 0.75;

/** Tables by fibre, wavelength, launch and cuts: pairs of one kind of fibre share theirs. */
const tables = new Map<string, Float64Array>();
const MOST_TABLES = 32;

export function multimodeOptics(
  mating: MatingConditions,
  pinned: Design,
  unpinned: Design,
): MultimodeOptics {
  const radiusUm = 0.5 * nominalOf(pinned.inputs['fibres.coreDiameter']);
  const aperture = nominalOf(pinned.inputs['fibres.numericalAperture']);
  const groups = guidedGroups(radiusUm, aperture, mating.wavelengthUm);
  const launch = launchOf(mating, groups);
  const isVaried = [pinned, unpinned].some(
    ({ inputs, measured }) =>
      measured?.coreDiameterUm !== undefined ||
      measured?.numericalAperture !== undefined ||
      [...inputs['fibres.coreDiameter'], ...inputs['fibres.numericalAperture']].some(
        (law) => law.distribution !== 'fixed',
      ),
  );
  const isAlike =
    !isVaried &&
    radiusUm === 0.5 * nominalOf(unpinned.inputs['fibres.coreDiameter']) &&
    aperture === nominalOf(unpinned.inputs['fibres.numericalAperture']);
  const lowest = isAlike ? groups : lowestCut(launch);
  const highest = isAlike ? groups : Math.ceil(groups / LOWEST_CUT);
  const key = JSON.stringify([[...launch], lowest, highest]);
  let table = tables.get(key);
  if (table === undefined) {
    table = buildMultimodeTable(launch, lowest, highest);
    if (tables.size >= MOST_TABLES) tables.clear();
    tables.set(key, table);
  }
  const spotUm = spotRadius(radiusUm, aperture, mating.wavelengthUm);
  return {
    groups,
    table,
    offsetPerUm2: offsetFactor(spotUm),
    tiltPerRad2: tiltFactor(spotUm, mating.wavelengthUm),
  };
}

/** Powers of the groups that the fibre guides; a given launch may leave the highest ones dark. */
export function launchOf({ launch }: MatingConditions, groups: number): Float64Array {
  if (launch === 'encircled-flux') return encircledFluxLaunch(groups);
  if (launch === 'overfilled') return overfilledLaunch(groups);
  if (launch.length > groups) {
    throw new UserError([
      {
        message: 'launch: more mode groups than the fibre guides',
        found: `powers of ${launch.length} groups`,
        expected: `at most ${groups} groups`,
      },
    ]);
  }
  return givenLaunch(Float64Array.from({ length: groups }, (_, i) => launch[i] ?? 0));
}

/** Receivers that would guide next to nothing of the launch have no table. */
function lowestCut(launch: Float64Array): number {
  let cut = Math.max(1, Math.floor(LOWEST_CUT * launch.length));
  while (launchedShare(launch, cut) < LEAST_LAUNCHED_SHARE) cut += 1;
  return cut;
}

/** The factor exp(−(2πnwφ/λ)²) of §9: the coupling of a mode into itself tilted by 2nφ. */
export function angleNepers(
  mating: MatingConditions,
  endFaceAngleRad: number,
  multimode: MultimodeOptics | null,
): PairReflections {
  const tiltRad = 2 * mating.glassIndex * endFaceAngleRad;
  if (multimode === null) {
    const perUm = (Math.PI * tiltRad) / mating.wavelengthUm;
    return { angleNepers: 0, angleNepersPerUm2: perUm * perUm };
  }
  const { groups, table, offsetPerUm2, tiltPerRad2 } = multimode;
  const causes = { lateral: 0, angular: 0, modeMismatch: 0, gap: 0, interaction: 0 };
  return {
    angleNepers: multimodeCoupling(
      0,
      0,
      tiltRad,
      0,
      groups,
      table,
      offsetPerUm2,
      tiltPerRad2,
      causes,
    ),
    angleNepersPerUm2: 0,
  };
}
