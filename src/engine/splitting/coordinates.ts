/**
 * What of a mating the loss of one fibre depends on, as coordinates: one 32-bit draw each.
 *
 * Contact coordinates come first: spring, tilts, slopes, heights of all fibres, all that reaches the contact of the end
 * faces. The others, which belong to the pose and to the fibre itself, leave the gaps as they are. The draws of a pair are
 * written again for every fibre, with coordinates in place of positions in the streams; what only other fibres or the
 * return loss read is left out.
 */
import { InvariantError } from '../../errors.js';
import {
  FIBRE,
  fibreOffset,
  MATING,
  OPTICS,
  opticsOffset,
  PINNED,
  PLUG,
  plugOffset,
} from '../../model/parts.js';
import { fibreLength, opticsLength, plugLength } from '../../model/places/lengths.js';
import type { PairPlan } from '../../plan/types.js';
import { type Draw, LAW } from '../../random/draw.js';
import { ScoreGroup, ScoreTables } from './score-laws.js';

/** The draws that reach one fibre of the pinned plug. */
export interface FibreDraws {
  readonly contact: ScoreGroup;
  readonly own: ScoreGroup;
  /** Position of each coordinate's draw among those of a mating. */
  readonly positions: Int32Array;
}

export interface Coordinates {
  readonly count: number;
  /** How many of them, the first ones, reach the contact. */
  readonly contact: number;
  readonly fibres: readonly FibreDraws[];
}

export function coordinatesOf(pair: PairPlan): Coordinates {
  const tables = new ScoreTables();
  const all = Array.from({ length: pair.mechanics.fibres }, (_, i) => ofFibre(pair, i, tables));
  const { count, contact } = all[0]!;
  for (const fibre of all) {
    if (fibre.count !== count || fibre.contact !== contact) {
      throw new InvariantError('fibres of one pair depend on different numbers of draws');
    }
  }
  return { count, contact, fibres: all.map(({ draws }) => draws) };
}

interface OneFibre {
  readonly count: number;
  readonly contact: number;
  readonly draws: FibreDraws;
}

function ofFibre(pair: PairPlan, fibre: number, tables: ScoreTables): OneFibre {
  const units = pair.draws.flatMap(unitsOf).filter(({ target }) => counts(pair, fibre, target));
  const isContact = contactUnits(pair, units);
  const known = new Map<number, number>();
  const contact = groupOf(units.filter(isContact), known, tables);
  const count = known.size;
  const own = groupOf(
    units.filter((unit) => !isContact(unit)),
    known,
    tables,
  );
  return {
    count: known.size,
    contact: count,
    draws: { contact, own, positions: Int32Array.from(known.keys()) },
  };
}

/** One number of a draw of several, with the position of its 32-bit draw in the streams. */
interface Unit {
  readonly draw: Draw;
  readonly target: number;
  readonly position: number;
}

function unitsOf(draw: Draw): Unit[] {
  return Array.from({ length: draw.count }, (_, unit) => ({
    draw,
    target: draw.target + unit * draw.targetStep,
    position: draw.position + unit * draw.positionStep,
  }));
}

/** What reaches the contact, and whatever shares a draw with it, since correlated inputs read each other's. */
function contactUnits(pair: PairPlan, units: readonly Unit[]): (unit: Unit) => boolean {
  const targets = new Set<number>();
  const positions = new Set<number>();
  for (let before = -1; before < targets.size; ) {
    before = targets.size;
    for (const { target, position } of units) {
      if (!reachesContact(pair, target) && !targets.has(target) && !positions.has(position))
        continue;
      targets.add(target);
      positions.add(position);
    }
  }
  return ({ target }) => targets.has(target);
}

/** @param known coordinates of the positions met so far; new ones are added in the order in which they are met */
function groupOf(
  units: readonly Unit[],
  known: Map<number, number>,
  tables: ScoreTables,
): ScoreGroup {
  const draws = units.map(({ draw, target, position }) => {
    const first = coordinateOf(known, position);
    // The direction of a point of the disc is a second draw, next to the first.
    if (draw.law === LAW.discPoint && coordinateOf(known, position + 1) !== first + 1) {
      throw new InvariantError('the draws of a point of the disc are not neighbours');
    }
    return { ...draw, position: first, positionStep: 0, target, targetStep: 0, count: 1 };
  });
  return new ScoreGroup(draws, tables);
}

function coordinateOf(known: Map<number, number>, position: number): number {
  const coordinate = known.get(position) ?? known.size;
  known.set(position, coordinate);
  return coordinate;
}

/** Parts of a mating and of a plug that do not reach the contact: those of the pose and of the row as a whole. */
const POSE: readonly number[] = [
  MATING.poseU1,
  MATING.poseU2,
  MATING.poseU3,
  MATING.poseU4,
  MATING.poseU5,
  MATING.sideLoadN,
  MATING.sideLoadDirectionTurns,
];
const PLUG_POSE: readonly number[] = [
  PLUG.pitchErrorUm,
  PLUG.rowBiasXUm,
  PLUG.rowBiasYUm,
  PLUG.seatErrorX1Um,
  PLUG.seatErrorX2Um,
  PLUG.seatErrorY1Um,
  PLUG.seatErrorY2Um,
];
const CORE: readonly number[] = [OPTICS.coreDiameterUm, OPTICS.numericalAperture];

/** Where a number of the record of parts belongs; of a fibre or its optics the field, the side and the fibre. */
function placeOf({ mechanics }: PairPlan, target: number) {
  const firstFibre = fibreOffset(PINNED, 0);
  const firstOptics = opticsOffset(PINNED, 0, mechanics.fibres);
  const of = target >= firstOptics ? 'optics' : 'fibre';
  const [first, length] = of === 'optics' ? [firstOptics, opticsLength] : [firstFibre, fibreLength];
  const row = Math.floor((target - first) / length);
  const field = target - first - row * length;
  return { of, field, side: row % 2, fibre: row >> 1 } as const;
}

function reachesContact(pair: PairPlan, target: number): boolean {
  const plugs = plugOffset(PINNED);
  if (target < plugs) return !POSE.includes(target);
  if (target < fibreOffset(PINNED, 0)) return !PLUG_POSE.includes((target - plugs) % plugLength);
  const { of, field } = placeOf(pair, target);
  return of === 'fibre' && field === FIBRE.heightUm;
}

/** Whether the insertion loss of a fibre depends on a number of the record of parts. */
function counts(pair: PairPlan, fibre: number, target: number): boolean {
  if (target < fibreOffset(PINNED, 0) || reachesContact(pair, target)) return true;
  const { of, field, side, fibre: its } = placeOf(pair, target);
  const { facing, multimode } = pair.mechanics;
  if (its !== (side === PINNED ? fibre : facing[fibre])) return false;
  return of === 'fibre' || (multimode !== null && CORE.includes(field));
}
