/** What the parts of a pair are made of: random inputs, temperature, wear. */
import { holeWearUm, REFERENCE_DEG_C, springFactor, thermalGrowth } from '../model/environment.js';
import { MATING, PINNED, UNPINNED } from '../model/parts.js';
import { LAW } from '../random/draw.js';
import { INPUTS, type InputName, type MatingInput } from '../scenario/inputs.js';
import { ferruleLayout, type Layout } from '../scenario/layout.js';
import { FIBRE_INPUTS } from '../scenario/scalars.js';
import type { Design, MatingConditions } from '../scenario/types.js';
import { type DrawBuilder, SIDES } from './draws.js';

/** Two plugs under their conditions, and the draws of the lots to which they and the mating belong. */
export interface PairParts {
  readonly pinned: Design;
  readonly unpinned: Design;
  readonly mating: MatingConditions;
  readonly returnLoss: boolean;
  readonly lots: {
    readonly mating: Uint32Array;
    readonly pinned: Uint32Array;
    readonly unpinned: Uint32Array;
  };
}

const POSES = [MATING.poseU1, MATING.poseU2, MATING.poseU3, MATING.poseU4, MATING.poseU5];
/** Inputs of the return loss, which are drawn only where it is worked out. */
const OF_RETURN_LOSS: readonly InputName[] = [
  'endFace.layerIndex',
  'endFace.layerThickness',
  'scatterFloor',
];

/** Adds all that a pair draws: its pose, the inputs of the mating and of both plugs, what temperature and wear add. */
export function addParts(builder: DrawBuilder, pair: PairParts): void {
  POSES.forEach((part, position) => {
    builder.addMatingUniform(part, position);
  });
  addMatingInputs(builder, pair);
  addSpringForce(builder, pair);
  for (const side of SIDES) {
    addPlug(builder, pair, side);
    addTemperature(builder, pair, side);
  }
  addWear(builder, pair);
}

function addMatingInputs(builder: DrawBuilder, { mating, returnLoss, lots }: PairParts): void {
  const catchesDebris = mating.debrisProbability > 0;
  if (catchesDebris) builder.addHiddenUniform('debrisChance');
  for (const name of Object.keys(mating.inputs) as MatingInput[]) {
    if (name === 'debrisGap' && !catchesDebris) continue;
    if (name === 'scatterFloor' && !returnLoss) continue;
    // The record holds the direction of the side load in turns, everything else in the input's own unit.
    const factor = name === 'sideLoadDirection' ? 1 / (2 * Math.PI) : 1;
    const { inputs, correlations } = mating;
    builder.addInput(name, PINNED, inputs[name], factor, lots.mating, correlations);
  }
}

/** Degrees by which a plug is warmer than its dimensions are stated at. */
function aboveDegC({ mating }: PairParts, side: number): number {
  const own = side === UNPINNED ? mating.unpinnedWarmerByDegC : 0;
  return mating.temperatureDegC + own - REFERENCE_DEG_C;
}

/** The force between the ferrules. Of a mixed pair it is the mean of what the two designs draw (an assumption). */
function addSpringForce(builder: DrawBuilder, pair: PairParts): void {
  const name = 'spring.force';
  const { pinned, unpinned, lots } = pair;
  const factorOf = (design: Design, side: number): number =>
    springFactor(design.thermal.springCoefficient, aboveDegC(pair, side));
  const own = factorOf(pinned, PINNED);
  const other = factorOf(unpinned, UNPINNED);
  if (pinned === unpinned) {
    const factor = own === other ? own : 0.5 * (own + other);
    builder.addInput(name, PINNED, pinned.inputs[name], factor, lots.pinned, []);
    return;
  }
  builder.addInput(name, PINNED, pinned.inputs[name], 0.5 * own, lots.pinned, []);
  builder.addInput(name, UNPINNED, unpinned.inputs[name], 0.5 * other, lots.unpinned, []);
}

function addPlug(builder: DrawBuilder, pair: PairParts, side: number): void {
  const design = side === PINNED ? pair.pinned : pair.unpinned;
  const lot = side === PINNED ? pair.lots.pinned : pair.lots.unpinned;
  const measured = measuredInputs(design.measured);
  for (const { name, of } of INPUTS) {
    if (of !== 'design' || name === 'spring.force' || !counts(name, side, pair)) continue;
    const values = measured.get(name);
    if (values === undefined) {
      builder.addInput(name, side, design.inputs[name], 1, lot, design.correlations);
    } else builder.addFixedByUnit(name, side, values);
  }
  builder.addHidden('placeInBore', side, LAW.discPoint);
  builder.addHidden('coreDirection', side, LAW.direction);
}

/** Pins belong to the pinned plug, the holes that take them to the unpinned one; all else to both, if it is looked at. */
function counts(name: InputName, side: number, { pinned, returnLoss }: PairParts): boolean {
  if (name === 'guideHoles.diameter') return side === UNPINNED;
  if (name.startsWith('guidePins.')) return side === PINNED;
  if (OF_RETURN_LOSS.includes(name)) return returnLoss;
  const other = pinned.mode === 'multimode' ? 'single-mode' : 'multimode';
  return !FIBRE_INPUTS[other].some((input) => input === name);
}

/** Inputs that measured values stand for, unit by unit. A measured core leaves nothing to what places it in its bore. */
function measuredInputs(measured: Design['measured']): ReadonlyMap<InputName, readonly number[]> {
  const inputs = new Map<InputName, readonly number[]>();
  if (measured === null) return inputs;
  const put = (name: InputName, values: readonly number[] | number | undefined) => {
    if (values !== undefined) inputs.set(name, typeof values === 'number' ? [values] : values);
  };
  put('bores.positionErrorX', measured.coreErrorXUm);
  put('bores.positionErrorY', measured.coreErrorYUm);
  if (measured.coreErrorXUm !== undefined) {
    const none = measured.coreErrorXUm.map(() => 0);
    put('bores.rowBiasX', 0);
    put('bores.rowBiasY', 0);
    put('bores.diametralClearance', none);
    put('fibres.coreEccentricity', none);
  }
  put('bores.tiltX', measured.tiltXRad);
  put('bores.tiltY', measured.tiltYRad);
  put('endFace.fibreHeight', measured.fibreHeightUm);
  put('endFace.slopeErrorX', measured.slopeErrorXRad);
  put('endFace.slopeErrorY', measured.slopeErrorYRad);
  put('fibres.modeFieldDiameter', measured.modeFieldDiameterUm);
  put('fibres.coreDiameter', measured.coreDiameterUm);
  put('fibres.numericalAperture', measured.numericalAperture);
  put('guideHoles.diameter', measured.holeDiametersUm);
  put('guideHoles.pitchError', measured.pitchErrorUm);
  put('guidePins.diameter', measured.pinDiametersUm);
  return inputs;
}

/** Share by which temperature has made a ferrule longer. */
export function ferruleGrowth(pair: PairParts, side: number): number {
  const { thermal } = side === PINNED ? pair.pinned : pair.unpinned;
  return thermalGrowth(1, thermal.ferruleExpansion, aboveDegC(pair, side));
}

/** Every length of a plug grows with its material; fibre tips fall back behind the face. */
function addTemperature(builder: DrawBuilder, pair: PairParts, side: number): void {
  const above = aboveDegC(pair, side);
  if (above === 0) return;
  const { thermal, fibreCount } = side === PINNED ? pair.pinned : pair.unpinned;
  const { ferruleExpansion, pinExpansion, withdrawalUmPerDegC } = thermal;
  const layout: Layout = ferruleLayout(fibreCount);
  const grow = (length: number) => thermalGrowth(length, ferruleExpansion, above);
  builder.addFixed('guideHoles.pitchError', side, grow(layout.guidePitchUm));
  builder.addFixedByUnit('bores.positionErrorX', side, layout.xUm.map(grow));
  builder.addFixedByUnit('bores.positionErrorY', side, layout.yUm.map(grow));
  builder.addFixed('endFace.fibreHeight', side, -withdrawalUmPerDegC * above);
  const diameter = layout.guideHoleDiameterUm;
  if (side === UNPINNED) builder.addFixed('guideHoles.diameter', side, grow(diameter));
  else builder.addFixed('guidePins.diameter', side, thermalGrowth(diameter, pinExpansion, above));
}

function addWear(builder: DrawBuilder, { mating, pinned, unpinned }: PairParts): void {
  const { rateUm, exponent } = unpinned.wear;
  const wear = holeWearUm(rateUm, mating.earlierMatings, exponent, pinned.wear.tipFactor);
  if (wear !== 0) builder.addFixed('guideHoles.diameter', UNPINNED, wear);
}
