/** Mode groups, launch and table of a multimode pair, and what an angled face does to reflections. */
import { UserError } from '../errors.js';
import {
  encircledFluxLaunch,
  givenLaunch,
  launchedShare,
  overfilledLaunch,
} from '../model/launch.js';
import type { MultimodeOptics } from '../model/losses.js';
import { spotRadius } from '../model/mode-groups.js';
import { multimodeCoupling, offsetFactor, tiltFactor } from '../model/multimode.js';
import { buildMultimodeTable, LEAST_LAUNCHED_SHARE } from '../model/multimode-table.js';
import type { PairReflections } from '../model/return-loss.js';
import { nominalOf } from '../scenario/check-mates.js';
import { nominalGroups } from '../scenario/guided-groups.js';
import { highestSum, lowestSum } from '../scenario/lowest.js';
import type { Contribution, Design, MatingConditions } from '../scenario/types.js';

/** Groups beyond this multiple of the source's hold nothing at any offset of interest. */
const HIGHEST_CUT = 2;

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
  const groups = nominalGroups(pinned, mating);
  const launch = launchOf(mating, groups);
  const [end, highest] = cutsOf(groups, pinned, unpinned);
  const lowest = lowestCut(launch, end, pinned, unpinned);
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
  return givenLaunch(Float64Array.from({ length: groups }, (_, i) => launch[i] ?? 0));
}

/** Lowest and highest whole cut between which those of all receivers lie, but for 1e-9 of them. */
function cutsOf(groups: number, pinned: Design, unpinned: Design): [number, number] {
  const source = coreReach(pinned);
  const receiver = coreReach(unpinned);
  const lowest = Math.floor((groups * receiver.low) / source.high);
  const highest = Math.ceil(Math.min(HIGHEST_CUT, receiver.high / source.low) * groups);
  return [Math.min(groups, Math.max(1, lowest)), Math.max(groups, highest)];
}

/** Between which values core diameter times numerical aperture lies. */
function coreReach({ inputs, measured }: Design): { low: number; high: number } {
  const between = (laws: readonly Contribution[], values: readonly number[] | undefined) =>
    values === undefined
      ? { low: Math.max(0, lowestSum(laws)), high: highestSum(laws) }
      : { low: Math.min(...values), high: Math.max(...values) };
  const diameter = between(inputs['fibres.coreDiameter'], measured?.coreDiameterUm);
  const aperture = between(inputs['fibres.numericalAperture'], measured?.numericalAperture);
  return { low: diameter.low * aperture.low, high: diameter.high * aperture.high };
}

/**
 * The lowest cut of a table: within it lies at least 1 % of the launch, so that what is cut lower has lost 20 dB and is only
 * counted. Throws UserError where receivers as they are usual would be among these.
 */
function lowestCut(launch: Float64Array, lowest: number, pinned: Design, unpinned: Design): number {
  let cut = lowest;
  while (launchedShare(launch, cut) < LEAST_LAUNCHED_SHARE) cut += 1;
  const nominal = (design: Design) =>
    nominalOf(design.inputs['fibres.coreDiameter']) *
    nominalOf(design.inputs['fibres.numericalAperture']);
  const usual = Math.ceil((launch.length * nominal(unpinned)) / nominal(pinned)) - 1;
  if (cut === lowest || cut <= usual) return cut;
  throw new UserError([
    {
      message: 'launch: usual receivers would guide less than 1 % of it, whatever the offset',
      found: `${pinned.name} with ${unpinned.name}, whose cores vary, and less than 1 % in the first ${cut - 1} of ${launch.length} groups`,
      expected: 'a launch that fills lower groups too, or cores without tolerances',
    },
  ]);
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
