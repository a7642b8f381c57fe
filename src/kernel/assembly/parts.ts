/** Twin of src/model/parts.ts: where the numbers of two matings lie in the record of parts. */
import { fibreLength, matingLength, plugLength } from '../../model/places/lengths';
import { HALF } from './vector';

/** Offsets of the plugs' numbers, in octets; the pinned plug comes first. */
export const PINNED_PLUG: usize = matingLength * 32;
export const UNPINNED_PLUG: usize = (matingLength + plugLength) * 32;
/** Offset of the pinned plug's first fibre, and from fibre to fibre. */
export const PINNED_FIBRES: usize = (matingLength + 2 * plugLength) * 32;
export const FIBRE_STEP: usize = 2 * fibreLength * 32;

/** Number `place` of the mating, plug or fibre at `at`. */
export function part(at: usize, place: usize): v128 {
  return v128.load(at + (place << 5));
}

/** The same multiplied by a half. */
export function halfOf(at: usize, place: usize): v128 {
  return f64x2.mul(v128.load(HALF), part(at, place));
}
