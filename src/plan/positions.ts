/**
 * The fixed place of every input's draw in the streams of a mating. Two designs share their random numbers because
 * they read the same places; new inputs go to the end, so that the numbers of earlier scenarios stay.
 *
 * base stream:  mating (10) | plug, side 0 and 1 (7 each) | fibre 0 side 0, side 1, fibre 1 side 0 … (8 each)
 * extra stream: plug, side 0 and 1 (18 each) | fibre 0 side 0, side 1 … (3 each); drawn only where a plan needs it
 * lot stream:   one draw an input, in the order of the inputs table; one stream a lot
 */
import { InvariantError } from '../errors.js';
import { FIBRE, MATING, PLUG } from '../model/parts.js';
import { type DesignInput, INPUTS, type InputName, type MatingInput } from '../scenario/inputs.js';

const BASE_MATING = 10;
const BASE_PLUG = 7;
const BASE_FIBRE = 8;
const EXTRA_PLUG = 18;
const EXTRA_FIBRE = 3;

/** Where the 32-bit draws of one mating lie in one array: base, then extra. */
export interface RawLayout {
  readonly baseLength: number;
  /** 0 where the plan needs nothing of it. */
  readonly extraLength: number;
}

export function rawLayout(fibres: number, needsExtra: boolean): RawLayout {
  return {
    baseLength: BASE_MATING + 2 * BASE_PLUG + 2 * BASE_FIBRE * fibres,
    extraLength: needsExtra ? 2 * EXTRA_PLUG + 2 * EXTRA_FIBRE * fibres : 0,
  };
}

/** Draws of a lot: one an input. */
export const LOT_LENGTH = INPUTS.length;

/** First draw of an input and the step between its units; `extra` if it lies in the extra stream. */
export interface Place {
  readonly position: number;
  readonly step: number;
  readonly extra: boolean;
}

type Group = 'mating' | 'plug' | 'guide' | 'fibre';

interface InputPlace {
  readonly group: Group;
  /** Offset of its number in the record of parts, within the mating, plug or fibre. */
  readonly part: number;
  /** Offset of its own draw: in the base stream, or in the extra one if `extra`. */
  readonly slot: number;
  readonly extra?: true;
  /** Offset, in the extra stream's plug segment, of the draw that a whole plug shares. */
  readonly shared?: number;
}

/** Draws that are no input of a scenario: the fibre's place in its bore (radius, direction), the core's direction. */
export type HiddenDraw = 'placeInBore' | 'coreDirection';

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
    extra: true,
    shared: 3,
  },
  'guidePins.seatErrorX': {
    group: 'guide',
    part: PLUG.seatErrorX1Um,
    slot: 12,
    extra: true,
    shared: 16,
  },
  'guidePins.seatErrorY': {
    group: 'guide',
    part: PLUG.seatErrorY1Um,
    slot: 14,
    extra: true,
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
    extra: true,
    shared: 9,
  },
  'bores.tiltX': { group: 'fibre', part: FIBRE.tiltXRad, slot: 1, extra: true, shared: 10 },
  'bores.tiltY': { group: 'fibre', part: FIBRE.tiltYRad, slot: 2, extra: true, shared: 11 },
};

/** Number of units of an input on one side: its fibres, its two pins or holes, or one. */
export function unitCount(name: keyof typeof PLACES, fibres: number): number {
  const group = PLACES[name].group;
  return group === 'fibre' ? fibres : group === 'guide' ? 2 : 1;
}

/** Place of the draws of an input that is drawn for each of its own units. */
export function ownPlace(name: keyof typeof PLACES, side: number): Place {
  const { group, slot, extra } = PLACES[name];
  if (group === 'mating') return { position: slot, step: 0, extra: false };
  if (group === 'fibre') {
    return extra
      ? { position: 2 * EXTRA_PLUG + side * EXTRA_FIBRE + slot, step: 2 * EXTRA_FIBRE, extra: true }
      : {
          position: BASE_MATING + 2 * BASE_PLUG + side * BASE_FIBRE + slot,
          step: 2 * BASE_FIBRE,
          extra: false,
        };
  }
  const step = group === 'guide' ? 1 : 0;
  return extra
    ? { position: side * EXTRA_PLUG + slot, step, extra: true }
    : { position: BASE_MATING + side * BASE_PLUG + slot, step, extra: false };
}

/** Place of the one draw that a whole plug shares, of an input that is usually drawn for each pin, hole or fibre. */
export function plugPlace(name: keyof typeof PLACES, side: number): Place {
  const shared = PLACES[name].shared;
  if (shared === undefined) throw new InvariantError(`${name} has no draw shared by a plug`);
  return { position: side * EXTRA_PLUG + shared, step: 0, extra: true };
}

/** Offset of an input's draw in a lot's stream. */
export function lotSlot(name: InputName): number {
  return INPUTS.findIndex((input) => input.name === name);
}
