/** The same mating seen from its other plug, and in a mirror: its record of parts rearranged (docs/model.md §1). */
import type { PairMechanics } from '../../src/model/mating.js';
import {
  FIBRE,
  fibreOffset,
  MATING,
  OPTICS,
  opticsOffset,
  PINNED,
  PLUG,
  plugOffset,
  UNPINNED,
} from '../../src/model/parts.js';

const flip = (u: number) => 1 - u;

/** Copies a number of the record, changed by f. */
class Rearranged {
  readonly to: Float64Array;
  readonly #from: Float64Array;
  constructor(from: Float64Array) {
    this.#from = from;
    this.to = from.slice();
  }
  set(to: number, from: number, f: (x: number) => number = (x) => x): void {
    this.to[to] = f(this.#from[from] as number);
  }
}

const negate = (x: number) => -x;
const PLAIN = [
  'pitchErrorUm',
  'rowBiasXUm',
  'rowBiasYUm',
  'slopeErrorXRad',
  'slopeErrorYRad',
  'springOffsetXUm',
  'springOffsetYUm',
] as const;

/** The parts as the other plug sees them, which now has the pins. Pins and holes themselves stay where they are. */
export function exchanged(pair: PairMechanics, parts: Float64Array): Float64Array {
  const moved = new Rearranged(parts);
  const [male, female] = [plugOffset(PINNED), plugOffset(UNPINNED)];
  for (const name of PLAIN) {
    moved.set(male + PLUG[name], female + PLUG[name]);
    moved.set(female + PLUG[name], male + PLUG[name]);
  }
  for (let i = 0; i < pair.fibres; i++) {
    for (const at of Object.values(FIBRE)) {
      moved.set(fibreOffset(PINNED, i) + at, fibreOffset(UNPINNED, i) + at);
      moved.set(fibreOffset(UNPINNED, i) + at, fibreOffset(PINNED, i) + at);
    }
    for (const at of Object.values(OPTICS)) {
      const [source, receiver] = [PINNED, UNPINNED].map(
        (s) => opticsOffset(s, i, pair.fibres) + at,
      );
      moved.set(source as number, receiver as number);
      moved.set(receiver as number, source as number);
    }
  }
  for (let i = 0; i < pair.fibres; i++) {
    // the floor belongs to the fibre pair
    const floor = (fibre: number) =>
      opticsOffset(PINNED, fibre, pair.fibres) + OPTICS.scatterFloorDb;
    moved.set(floor(pair.facing[i] as number), floor(i));
  }
  // Both adapters turn the frame about an axis: along it shifts change sign, across it tilts and loads do.
  if (pair.signX > 0) {
    for (const u of [MATING.poseU1, MATING.poseU2, MATING.poseU3]) moved.set(u, u, flip);
    moved.set(MATING.sideLoadDirectionTurns, MATING.sideLoadDirectionTurns, (t) => 0.5 - t);
    moved.set(MATING.restTiltYRad, MATING.restTiltYRad, negate);
    moved.set(male + PLUG.seatErrorX1Um, male + PLUG.seatErrorX1Um, negate);
    moved.set(male + PLUG.seatErrorX2Um, male + PLUG.seatErrorX2Um, negate);
  } else {
    moved.set(MATING.poseU4, MATING.poseU5, flip);
    moved.set(MATING.poseU5, MATING.poseU4, flip);
    moved.set(MATING.sideLoadDirectionTurns, MATING.sideLoadDirectionTurns, negate);
    moved.set(MATING.restTiltXRad, MATING.restTiltXRad, negate);
    swapGuides(moved, (x) => x, negate);
  }
  return moved.to;
}

/** Pins and holes 1 and 2 change places; seat errors are turned by the two functions. */
function swapGuides(
  moved: Rearranged,
  ofX: (x: number) => number,
  ofY: (y: number) => number,
): void {
  const male = plugOffset(PINNED);
  for (const [one, other, f] of [
    [PLUG.guideDiameter1Um, PLUG.guideDiameter2Um],
    [PLUG.minorAxisShorterBy1Um, PLUG.minorAxisShorterBy2Um],
    [PLUG.seatErrorX1Um, PLUG.seatErrorX2Um, ofX],
    [PLUG.seatErrorY1Um, PLUG.seatErrorY2Um, ofY],
  ] as const) {
    moved.set(male + one, male + other, f);
    moved.set(male + other, male + one, f);
  }
  const hole1 = plugOffset(UNPINNED) + PLUG.guideDiameter1Um;
  const hole2 = plugOffset(UNPINNED) + PLUG.guideDiameter2Um;
  moved.set(hole1, hole2);
  moved.set(hole2, hole1);
}

/** The parts in a mirror that swaps left and right: x changes sign, fibres and pins change places with their mirror images. */
export function mirrored(
  pair: PairMechanics,
  parts: Float64Array,
): { parts: Float64Array; image: number[] } {
  const moved = new Rearranged(parts);
  const image = Array.from(pair.xUm, (x, i) =>
    pair.xUm.findIndex((other, j) => other === -x && pair.yUm[j] === pair.yUm[i]),
  );
  for (const side of [PINNED, UNPINNED]) {
    const plug = plugOffset(side);
    for (const name of ['rowBiasXUm', 'slopeErrorXRad', 'springOffsetXUm'] as const) {
      moved.set(plug + PLUG[name], plug + PLUG[name], negate);
    }
    const turned: readonly number[] = [
      FIBRE.positionErrorXUm,
      FIBRE.placeInBoreX,
      FIBRE.coreDirectionX,
      FIBRE.tiltXRad,
    ];
    for (let i = 0; i < pair.fibres; i++) {
      const to = image[i] as number;
      for (const at of Object.values(FIBRE)) {
        const f = turned.includes(at) ? negate : undefined;
        moved.set(fibreOffset(side, to) + at, fibreOffset(side, i) + at, f);
      }
      for (const at of Object.values(OPTICS)) {
        moved.set(
          opticsOffset(side, to, pair.fibres) + at,
          opticsOffset(side, i, pair.fibres) + at,
        );
      }
    }
  }
  swapGuides(moved, negate, (y) => y);
  for (const u of [MATING.poseU1, MATING.poseU2, MATING.poseU3]) moved.set(u, u, flip);
  moved.set(MATING.poseU4, MATING.poseU5);
  moved.set(MATING.poseU5, MATING.poseU4);
  moved.set(MATING.sideLoadDirectionTurns, MATING.sideLoadDirectionTurns, (t) => 0.5 - t);
  moved.set(MATING.restTiltXRad, MATING.restTiltXRad, negate);
  return { parts: moved.to, image };
}
