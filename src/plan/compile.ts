/** Scenario → Plan: every string and every choice ends here; what is left are numbers. */

import { UserError } from '../errors.js';
import type { PairMechanics } from '../model/mating.js';
import { MATING, PINNED, UNPINNED } from '../model/parts.js';
import { gapFinesse } from '../model/reflection.js';
import { tan } from '../numerics/elementary.js';
import { LAW } from '../random/draw.js';
import { fillDraws, STREAM_FAMILY, type StreamKey, streamKey } from '../random/stream.js';
import { fibresOfAllPairs } from '../scenario/fibres.js';
import { INPUTS, type InputName, type MatingInput } from '../scenario/inputs.js';
import { adapterSigns, facingFibres, ferruleLayout } from '../scenario/layout.js';
import type { Design, Pair, Scenario } from '../scenario/types.js';
import { DrawBuilder, SIDES } from './draws.js';
import { LOT_LENGTH, type RawLayout, rawLayout } from './positions.js';
import type { PairPlan, Plan } from './types.js';

/** Sections whose spread gives paired intervals of quantile differences. */
const SECTIONS = 64;
/**
 * Fibre matings, over all pairs, that a block aims at: 50 ms of the kernel, long enough to pay for reading out, sending
 * and folding its counts (half a millisecond), short enough to stop soon and to share out evenly.
 */
const FIBRE_MATINGS_PER_BLOCK = 1_000_000;

/** Turns a scenario into a plan. Pure: the same scenario gives the same plan. Throws UserError if it is too large. */
export function compilePlan(scenario: Scenario): Plan {
  const designs = Object.values(scenario.designs);
  const fibres = fibresOfAllPairs(scenario);
  checkSize(fibres);
  const maxFibres = Math.max(...designs.map((design) => design.fibreCount));
  const layout = rawLayout(maxFibres, true);
  const key = streamKey(scenario.seed);
  const pairs = scenario.pairs.map((pair) => compilePair(scenario, pair, layout, key));
  // Known only now: what is merged may leave the extra stream unread.
  const needsExtra = pairs.some(({ draws }) =>
    draws.some((draw) => draw.position >= layout.baseLength),
  );
  const names = scenario.pairs.map((pair) => pair.name);
  return {
    key,
    matings: scenario.matings,
    ...blockCounts(scenario.matings, fibres),
    raw: rawLayout(maxFibres, needsExtra),
    pairs,
    comparisons: scenario.comparisons.map(
      ([first, second]) => [names.indexOf(first), names.indexOf(second)] as const,
    ),
  };
}

/** Fibres of all pairs together: each takes up to 0.2 MB for its histogram, and as much again on its way. */
const MOST_FIBRES = 2000;

function checkSize(fibres: number): void {
  if (fibres <= MOST_FIBRES) return;
  throw new UserError([
    {
      message: 'the pairs have too many fibres for one run',
      found: `${fibres} fibres in all pairs together`,
      expected: `at most ${MOST_FIBRES}`,
      suggestion:
        'split the pairs over several scenarios with the same seed: they share their random numbers',
    },
  ]);
}

/** Lot of what belongs to the mating; no design can have this name. */
const MATING_LOT = '';

/**
 * Draws of the lot of a design. Its stream's index is a hash of the name (FNV-1a, 32 bits), so that a design has the
 * same lot in all pairs of a run and keeps it when other designs come or go.
 */
function lotDraws(key: StreamKey, name: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const draws = new Uint32Array(LOT_LENGTH);
  fillDraws(key, hash >>> 0, STREAM_FAMILY.lot, draws, 0, LOT_LENGTH);
  return draws;
}

/** Number of blocks, a multiple of the number of sections, so that all sections hold the same number of matings. */
function blockCounts(matings: number, fibres: number): { blocks: number; sections: number } {
  const sections = Math.min(SECTIONS, matings);
  const perSection = Math.ceil((matings * fibres) / (sections * FIBRE_MATINGS_PER_BLOCK));
  return { blocks: Math.min(matings, sections * perSection), sections };
}

function compilePair(scenario: Scenario, pair: Pair, raw: RawLayout, key: StreamKey): PairPlan {
  const pinned = scenario.designs[pair.pinned] as Design;
  const unpinned = scenario.designs[pair.unpinned] as Design;
  const builder = new DrawBuilder(pinned.fibreCount, raw);
  [MATING.poseU1, MATING.poseU2, MATING.poseU3, MATING.poseU4, MATING.poseU5].forEach(
    (part, position) => {
      builder.addMatingUniform(part, position);
    },
  );
  addMatingInputs(builder, pair, lotDraws(key, MATING_LOT));
  const lots = [lotDraws(key, pair.pinned), lotDraws(key, pair.unpinned)] as const;
  addSpringForce(builder, pinned, unpinned, lots);
  for (const side of SIDES) {
    const design = side === PINNED ? pinned : unpinned;
    const lot = side === PINNED ? lots[0] : lots[1];
    for (const { name, of } of INPUTS) {
      if (of === 'design' && name !== 'spring.force' && isOnSide(name, side)) {
        builder.addInput(name, side, design.inputs[name], 1, lot, design.correlations);
      }
    }
    builder.addHidden('placeInBore', side, LAW.discPoint);
    builder.addHidden('coreDirection', side, LAW.direction);
  }
  // Differences between pairs are narrow only if every input of both has its own draw.
  const merged = scenario.comparisons.length === 0 ? builder.merge() : [];
  return {
    mechanics: pairMechanics(pair, pinned, unpinned),
    ...builder.build(),
    merged,
  };
}

/** Pins belong to the pinned plug, the holes that take them to the unpinned one; all else to both. */
function isOnSide(name: InputName, side: number): boolean {
  if (name === 'guideHoles.diameter') return side === UNPINNED;
  if (name.startsWith('guidePins.')) return side === PINNED;
  return true;
}

function addMatingInputs(builder: DrawBuilder, pair: Pair, lot: Uint32Array): void {
  for (const name of Object.keys(pair.mating.inputs) as MatingInput[]) {
    // The record holds the direction of the side load in turns, everything else in the input's own unit.
    const factor = name === 'sideLoadDirection' ? 1 / (2 * Math.PI) : 1;
    builder.addInput(name, PINNED, pair.mating.inputs[name], factor, lot, pair.mating.correlations);
  }
}

/** The force between the ferrules. Of a mixed pair it is the mean of what the two designs draw (an assumption). */
function addSpringForce(
  builder: DrawBuilder,
  pinned: Design,
  unpinned: Design,
  [pinnedLot, unpinnedLot]: readonly [Uint32Array, Uint32Array],
): void {
  const name = 'spring.force';
  if (pinned === unpinned) {
    builder.addInput(name, PINNED, pinned.inputs[name], 1, pinnedLot, []);
    return;
  }
  builder.addInput(name, PINNED, pinned.inputs[name], 0.5, pinnedLot, []);
  builder.addInput(name, UNPINNED, unpinned.inputs[name], 0.5, unpinnedLot, []);
}

/**
 * Constants of a pair. Of mixed mountings the side-load transmissions are averaged, since either housing may be
 * pulled, and the angular compliances too, since the ferrules tilt against each other (both are assumptions).
 */
function pairMechanics(pair: Pair, pinned: Design, unpinned: Design): PairMechanics {
  const { mating } = pair;
  const layout = ferruleLayout(pinned.fibreCount);
  const k1 = pinned.mounting.angularStiffness;
  const k2 = unpinned.mounting.angularStiffness;
  return {
    fibres: layout.fibres,
    xUm: layout.xUm,
    yUm: layout.yUm,
    facing: facingFibres(layout, mating.adapter),
    ...adapterSigns(mating.adapter),
    singleRow: layout.rows === 1,
    guidePitchUm: layout.guidePitchUm,
    engagedLengthUm: mating.engagedLengthUm,
    seatCentring: mating.seatCentring,
    frictionCoefficient: mating.frictionCoefficient,
    slipStiffnessNPerUm: mating.slipStiffnessNPerUm,
    pinStiffnessNPerUm: mating.pinStiffnessNPerUm,
    pinAngularStiffness: mating.pinAngularStiffness,
    mountingAngularStiffness: k1 === k2 ? k1 : (2 * k1 * k2) / (k1 + k2),
    contactStiffnessNPerUm: mating.contactStiffnessNPerUm,
    sideLoadTransmission:
      0.5 * (pinned.mounting.sideLoadTransmission + unpinned.mounting.sideLoadTransmission),
    endFaceAngleRad: pinned.endFaceAngleRad,
    tanEndFaceAngle: tan(pinned.endFaceAngleRad),
    wavelengthUm: mating.wavelengthUm,
    glassIndex: mating.glassIndex,
    gapFinesse: gapFinesse(mating.glassIndex),
  };
}
