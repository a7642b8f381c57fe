/** What pictures of a run need beyond its result: computed again from the scenario, plain data. */
import type { MatedFaces } from '../engine/mated-faces.js';

export type { MatedFaces, MatedFibre, MatedGuide } from '../engine/mated-faces.js';

/** Offsets of some matings, receiver minus source, fibre by fibre. */
export interface RedrawnOffsets {
  readonly matings: number;
  readonly xUm: readonly number[];
  readonly yUm: readonly number[];
  readonly lossDb: readonly number[];
}

export interface RedrawnPair {
  readonly name: string;
  /** Of experiments with steps the first one, which is drawn. */
  readonly step: string | null;
  readonly offsets: RedrawnOffsets;
  /** Radius at which an offset alone costs a loss, between two fibres as they are on average. */
  readonly isoLoss: readonly { readonly lossDb: number; readonly radiusUm: number }[];
  /**
   * How far the plug can shift on its pins from the middle of its room, on average over matings: half that room along x, and
   * half of what is then left along y. 0 of press fits, pitches of pins and holes included (model §3).
   */
  readonly playXUm: number;
  readonly playYUm: number;
  /** Share of the matings that are press fits. */
  readonly pressFits: number;
  /** The worst mating that the result names; null if it names none. */
  readonly worst: MatedFaces | null;
}

export interface Redrawn {
  /** Why some pictures are missing, to be said on the page; null if none is. */
  readonly note: string | null;
  readonly pairs: readonly RedrawnPair[];
}
