/**
 * The fixed place of every input's draw in the streams of a mating. Two designs share their random numbers because
 * they read the same places; new inputs go to the end, so that the numbers of earlier scenarios stay.
 *
 * base stream:  mating (10) | plug, side 0 and 1 (7 each) | fibre 0 side 0, side 1, fibre 1 side 0 … (8 each)
 * extra stream: plug, side 0 and 1 (18 each) | fibre 0 side 0, side 1 … (3 each)
 * more stream:  mating (8) | plug, side 0 and 1 (12 each) | fibre 0 side 0, side 1 … (6 each)
 * visit stream: what of the base stream (10) and of the more stream (8) belongs to the mating; one a later mating
 * lot stream:   one draw an input, in the order of the inputs table; one stream a lot
 */
import { InvariantError } from '../errors.js';
import { FIBRE, MATING, OPTICS, PLUG } from '../model/parts.js';
import { type DesignInput, INPUTS, type InputName, type MatingInput } from '../scenario/inputs.js';

export type StreamName = 'base' | 'extra' | 'more' | 'visit';

/** Length of the segments of a mating, of a plug and of a fibre of a plug. */
interface Segments {
  readonly mating: number;
  readonly plug: number;
  readonly fibre: number;
}

const SEGMENTS: Readonly<Record<StreamName, Segments>> = {
  base: { mating: 10, plug: 7, fibre: 8 },
  extra: { mating: 0, plug: 18, fibre: 3 },
  more: { mating: 8, plug: 12, fibre: 6 },
  visit: { mating: 18, plug: 0, fibre: 0 },
};

/** Draws of a stream for plugs of so many fibres. */
export function streamLength(stream: StreamName, fibres: number): number {
  const { mating, plug, fibre } = SEGMENTS[stream];
  return mating + 2 * plug + 2 * fibre * fibres;
}

/** Draws of a lot: one an input. */
export const LOT_LENGTH = INPUTS.length;

/** First draw of an input in its stream, and the step between its units. */
export interface Place {
  readonly stream: StreamName;
  readonly position: number;
  readonly step: number;
}

/** What an input belongs to; `optics` are numbers of a fibre that stand apart in the record of parts. */
type Group = 'mating' | 'plug' | 'guide' | 'fibre' | 'optics';

interface InputPlace {
  readonly group: Group;
  /** Offset of its number in the record of parts, within the mating, plug or fibre. */
  readonly part: number;
  /** Offset of its own draw within the segment of its stream: the base stream unless another is named. */
  readonly slot: number;
  readonly stream?: 'extra' | 'more';
  /** Offset, in the plug segment of the extra (or more) stream, of the draw that a whole plug shares. */
  readonly shared?: number;
}

/**
 * Draws that are no input of a scenario: the fibre's place in its bore (radius, direction), the core's direction, whether
 * a particle is caught.
 */
export type HiddenDraw = 'placeInBore' | 'coreDirection' | 'debrisChance';

export const PLACES: Readonly<Record<DesignInput | MatingInput | HiddenDraw, InputPlace>> = {
  'spring.force': { group: 'mating', part: MATING.springForceN, slot: 5 },
  sideLoad: { group: 'mating', part: MATING.sideLoadN, slot: 6 },
  sideLoadDirection: { group: 'mating', part: MATING.sideLoadDirectionTurns, slot: 7 },
  restTiltX: { group: 'mating', part: MATING.restTiltXRad, slot: 8 },
  restTiltY: { group: 'mating', part: MATING.restTiltYRad, slot: 9 },
  'guideHoles.pitchError': { group: 'plug', part: PLUG.pitchErrorUm, slot: 0 },
  'bores.rowBiasX': { group: 'plug', part: PLUG.rowBiasXUm, slot: 1 },
  'bores.rowBiasY': { group: 'plug', part: PLUG.rowBiasYUm, slot: 2 },
  'endFace.slopeErrorX': { group: 'plug', part: PLUG.slopeErrorXRad, slot: 3 },
  'endFace.slopeErrorY': { group: 'plug', part: PLUG.slopeErrorYRad, slot: 4 },
  'guidePins.diameter': { group: 'guide', part: PLUG.guideDiameter1Um, slot: 5, shared: 2 },
  'guideHoles.diameter': { group: 'guide', part: PLUG.guideDiameter1Um, slot: 5, shared: 2 },
  'guidePins.minorAxisShorterBy': {
    group: 'guide',
    part: PLUG.minorAxisShorterBy1Um,
    slot: 0,
    stream: 'extra',
    shared: 3,
  },
  'guidePins.seatErrorX': {
    group: 'guide',
    part: PLUG.seatErrorX1Um,
    slot: 12,
    stream: 'extra',
    shared: 16,
  },
  'guidePins.seatErrorY': {
    group: 'guide',
    part: PLUG.seatErrorY1Um,
    slot: 14,
    stream: 'extra',
    shared: 17,
  },
  'bores.positionErrorX': { group: 'fibre', part: FIBRE.positionErrorXUm, slot: 0, shared: 4 },
  'bores.positionErrorY': { group: 'fibre', part: FIBRE.positionErrorYUm, slot: 1, shared: 5 },
  placeInBore: { group: 'fibre', part: FIBRE.placeInBoreX, slot: 2 }, // and 3
  'fibres.coreEccentricity': { group: 'fibre', part: FIBRE.coreEccentricityUm, slot: 4, shared: 6 },
  coreDirection: { group: 'fibre', part: FIBRE.coreDirectionX, slot: 5 },
  'fibres.modeFieldDiameter': {
    group: 'fibre',
    part: FIBRE.modeFieldDiameterUm,
    slot: 6,
    shared: 7,
  },
  'endFace.fibreHeight': { group: 'fibre', part: FIBRE.heightUm, slot: 7, shared: 8 },
  'bores.diametralClearance': {
    group: 'fibre',
    part: FIBRE.boreClearanceUm,
    slot: 0,
    stream: 'extra',
    shared: 9,
  },
  'bores.tiltX': { group: 'fibre', part: FIBRE.tiltXRad, slot: 1, stream: 'extra', shared: 10 },
  'bores.tiltY': { group: 'fibre', part: FIBRE.tiltYRad, slot: 2, stream: 'extra', shared: 11 },
  debrisChance: { group: 'mating', part: MATING.debrisChance, slot: 0, stream: 'more' },
  debrisGap: { group: 'mating', part: MATING.debrisGapUm, slot: 1, stream: 'more' },
  'spring.offsetX': { group: 'plug', part: PLUG.springOffsetXUm, slot: 0, stream: 'more' },
  'spring.offsetY': { group: 'plug', part: PLUG.springOffsetYUm, slot: 1, stream: 'more' },
  'fibres.coreDiameter': {
    group: 'optics',
    part: OPTICS.coreDiameterUm,
    slot: 0,
    stream: 'more',
    shared: 2,
  },
  'fibres.numericalAperture': {
    group: 'optics',
    part: OPTICS.numericalAperture,
    slot: 1,
    stream: 'more',
    shared: 3,
  },
  'endFace.layerIndex': {
    group: 'optics',
    part: OPTICS.layerIndex,
    slot: 2,
    stream: 'more',
    shared: 4,
  },
  'endFace.layerThickness': {
    group: 'optics',
    part: OPTICS.layerThicknessUm,
    slot: 3,
    stream: 'more',
    shared: 5,
  },
  scatterFloor: {
    group: 'optics',
    part: OPTICS.scatterFloorDb,
    slot: 4,
    stream: 'more',
    shared: 6,
  },
};

/** Number of units of an input on one side: its fibres, its two pins or holes, or one. */
export function unitCount(name: keyof typeof PLACES, fibres: number): number {
  const { group } = PLACES[name];
  return group === 'fibre' || group === 'optics' ? fibres : group === 'guide' ? 2 : 1;
}

/** Place of the draws of an input that is drawn for each of its own units. */
export function ownPlace(name: keyof typeof PLACES, side: number): Place {
  const { group, slot, stream = 'base' } = PLACES[name];
  const { mating, plug, fibre } = SEGMENTS[stream];
  if (group === 'mating') return { stream, position: slot, step: 0 };
  if (group === 'plug' || group === 'guide') {
    return { stream, position: mating + side * plug + slot, step: group === 'guide' ? 1 : 0 };
  }
  return { stream, position: mating + 2 * plug + side * fibre + slot, step: 2 * fibre };
}

/** Place of the one draw that a whole plug shares, of an input that is usually drawn for each pin, hole or fibre. */
export function plugPlace(name: keyof typeof PLACES, side: number): Place {
  const { shared, stream } = PLACES[name];
  if (shared === undefined) throw new InvariantError(`${name} has no draw shared by a plug`);
  const from = stream === 'more' ? 'more' : 'extra';
  const { mating, plug } = SEGMENTS[from];
  return { stream: from, position: mating + side * plug + shared, step: 0 };
}

/** Where a draw that belongs to the mating lies when a pair is mated again; all else keeps its place. */
export function visitPlace(place: Place): Place {
  const { stream, position } = place;
  if (position >= SEGMENTS[stream].mating) return place;
  const before = stream === 'more' ? SEGMENTS.base.mating : 0;
  return { stream: 'visit', position: before + position, step: 0 };
}

/** Offset of an input's draw in a lot's stream. */
export function lotSlot(name: InputName): number {
  return INPUTS.findIndex((input) => input.name === name);
}
