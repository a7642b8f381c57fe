/** What the tests of designs share. */
import { type StreamKey, streamKey } from '../../src/random/stream.js';

export const keyOf = (k: number): StreamKey => streamKey(`design ${k}`);

/** Coordinate j of all points. */
export function column(design: Float64Array, dimensions: number, j: number): Float64Array {
  return design.filter((_, k) => k % dimensions === j);
}
