/** Where everything on the two end faces of one mating lies, in one frame: what pictures of a mating are drawn from. */
import { coreErrorXUm, coreErrorYUm } from '../model/offsets.js';
import { fibreOffset, PINNED, PLUG, plugOffset, UNPINNED } from '../model/parts.js';
import type { createWorkspace } from '../model/workspace.js';
import type { Plan } from '../plan/types.js';
import { evaluatedMating } from './evaluated-mating.js';

/** A pin in its hole. */
export interface MatedGuide {
  /** Where both belong: x = ∓P/2, y = 0. */
  readonly nominalXUm: number;
  readonly nominalYUm: number;
  /** Centres where the pin enters the hole: the pin bent by the load, the hole of the plug that sits on it. */
  readonly pinXUm: number;
  readonly pinYUm: number;
  readonly holeXUm: number;
  readonly holeYUm: number;
  /** Diameters of the pin along x and along y; of a round one they are the same. */
  readonly pinWidthUm: number;
  readonly pinHeightUm: number;
  readonly holeDiameterUm: number;
}

/** Two facing fibres. */
export interface MatedFibre {
  readonly fibre: number;
  readonly facingFibre: number;
  /** Where both cores belong. */
  readonly nominalXUm: number;
  readonly nominalYUm: number;
  /** The core of the pinned plug, and that of the other one, which is further by (offsetXUm, offsetYUm). */
  readonly coreXUm: number;
  readonly coreYUm: number;
  readonly offsetXUm: number;
  readonly offsetYUm: number;
  readonly gapUm: number;
  readonly lossDb: number;
}

/** One mating in the frame of the pinned plug, seen from its own front with the key up (model §1); µm and rad. */
export interface MatedFaces {
  readonly mating: number;
  readonly guides: readonly [MatedGuide, MatedGuide];
  readonly fibres: readonly MatedFibre[];
  /** By how much the unpinned plug is off, and turned, as a whole. */
  readonly plugXUm: number;
  readonly plugYUm: number;
  readonly plugTurnRad: number;
  readonly pressFit: boolean;
  readonly springForceN: number;
  /** Load across the axis, of which friction holds a part. */
  readonly loadXN: number;
  readonly loadYN: number;
  /** Whether errors of both plugs that count only as a sum were drawn as one: the pinned plug then shows them. */
  readonly merged: boolean;
}

/**
 * Places of pins, holes and cores of mating `mating` of pair number `pairIndex`, recomputed from its index alone.
 *
 * Pins lie at ∓(P + pitch error)/2 plus their seat errors plus, bent, the travel beyond contact; holes at ∓(P + pitch
 * error)/2 turned by θ and displaced by (dx, dy) (model §3, §4). So a pin lies within its clearance of its hole, unless it is a
 * press fit. Domain: 0 ≤ mating < 2^53. Accuracy: the bits of the run. Needs nothing of Node.
 */
export function matedFaces(plan: Plan, pairIndex: number, mating: number): MatedFaces {
  const { pair, parts, workspace } = evaluatedMating(plan, pairIndex, mating);
  const { mechanics } = pair;
  const { state, results } = workspace;
  const plug = plugOffset(PINNED);
  const fibres = Array.from({ length: mechanics.fibres }, (_, i): MatedFibre => {
    const [nominalXUm, nominalYUm] = [mechanics.xUm[i] as number, mechanics.yUm[i] as number];
    const own = fibreOffset(PINNED, i);
    return {
      fibre: i + 1,
      facingFibre: (mechanics.facing[i] as number) + 1,
      nominalXUm,
      nominalYUm,
      coreXUm: nominalXUm + coreErrorXUm(parts, plug, own),
      coreYUm: nominalYUm + coreErrorYUm(parts, plug, own),
      offsetXUm: results.offsetXUm[i] as number,
      offsetYUm: results.offsetYUm[i] as number,
      gapUm: results.gapUm[i] as number,
      lossDb: results.lossDb[i] as number,
    };
  });
  return {
    mating,
    guides: [guide(pair.mechanics, parts, state, 1), guide(pair.mechanics, parts, state, 2)],
    fibres,
    plugXUm: state.offsetXUm,
    plugYUm: state.offsetYUm,
    plugTurnRad: state.offsetTurnRad,
    pressFit: state.pressFit,
    springForceN: state.springForceN,
    loadXN: state.loadXN,
    loadYN: state.loadYN,
    merged: pair.merged.length > 0,
  };
}

type Mechanics = Plan['pairs'][number]['mechanics'];
type State = ReturnType<typeof createWorkspace>['state'];

const OF_GUIDE = {
  1: [PLUG.guideDiameter1Um, PLUG.minorAxisShorterBy1Um, PLUG.seatErrorX1Um, PLUG.seatErrorY1Um],
  2: [PLUG.guideDiameter2Um, PLUG.minorAxisShorterBy2Um, PLUG.seatErrorX2Um, PLUG.seatErrorY2Um],
} as const;

/** Pin 1 at −x or pin 2 at +x with the hole that it enters: in a key-up to key-up adapter the other one. */
function guide(pair: Mechanics, parts: Float64Array, state: State, which: 1 | 2): MatedGuide {
  const [pins, holes] = [plugOffset(PINNED), plugOffset(UNPINNED)];
  const of = (plug: number, place: number): number => parts[plug + place] as number;
  const [diameter, minor, seatX, seatY] = OF_GUIDE[which];
  const [holeDiameter] = OF_GUIDE[pair.signX < 0 ? (which === 1 ? 2 : 1) : which];
  const side = which === 1 ? -0.5 : 0.5;
  const load = Math.sqrt(state.loadXN * state.loadXN + state.loadYN * state.loadYN);
  const bend = load > 0 ? state.bendUm / load : 0;
  const shorterUm = of(pins, minor);
  return {
    nominalXUm: side * pair.guidePitchUm,
    nominalYUm: 0,
    pinXUm:
      side * (pair.guidePitchUm + of(pins, PLUG.pitchErrorUm)) +
      of(pins, seatX) +
      bend * state.loadXN,
    pinYUm: of(pins, seatY) + bend * state.loadYN,
    holeXUm: side * (pair.guidePitchUm + of(holes, PLUG.pitchErrorUm)) + state.offsetXUm,
    holeYUm: side * pair.guidePitchUm * state.offsetTurnRad + state.offsetYUm,
    pinWidthUm: of(pins, diameter) - pair.minorShareX * shorterUm,
    pinHeightUm: of(pins, diameter) - pair.minorShareY * shorterUm,
    holeDiameterUm: of(holes, holeDiameter),
  };
}
