/** The constants of a pair: what does not vary from mating to mating. */
import type { MultimodeOptics } from '../model/losses.js';
import type { PairMechanics } from '../model/mating.js';
import { gapFinesse } from '../model/reflection.js';
import { tan } from '../numerics/elementary.js';
import { adapterSigns, facingFibres, ferruleLayout } from '../scenario/layout.js';
import type { Design, MatingConditions } from '../scenario/types.js';
import { angleNepers, multimodeOptics } from './optics.js';

/**
 * Of mixed mountings the side-load transmissions are averaged, since either housing may be pulled, and the angular
 * compliances too, since the ferrules tilt against each other (both are assumptions).
 */
export function pairMechanics(
  mating: MatingConditions,
  pinned: Design,
  unpinned: Design,
  returnLoss: boolean,
): PairMechanics {
  const layout = ferruleLayout(pinned.fibreCount);
  const k1 = pinned.mounting.angularStiffness;
  const k2 = unpinned.mounting.angularStiffness;
  const multimode: MultimodeOptics | null =
    pinned.mode === 'multimode' ? multimodeOptics(mating, pinned, unpinned) : null;
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
    minorShareX: pinned.pinMajorAxis === 'x' ? 0 : 1,
    minorShareY: pinned.pinMajorAxis === 'x' ? 1 : 0,
    debrisProbability: mating.debrisProbability,
    wavelengthUm: mating.wavelengthUm,
    glassIndex: mating.glassIndex,
    gapFinesse: gapFinesse(mating.glassIndex),
    multimode,
    returnLoss,
    ...angleNepers(mating, pinned.endFaceAngleRad, multimode),
  };
}
