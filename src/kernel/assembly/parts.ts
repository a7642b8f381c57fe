/** Twin of src/model/parts.ts: where the numbers of two matings lie in the record of parts. */
import { fibreLength, matingLength, plugLength } from '../../model/places/lengths';
import { NUMBER } from '../places/octets';
import { HALF } from './vector';

/** Offsets of the plugs' numbers, in octets; the pinned plug comes first. */
export const PINNED_PLUG: usize = matingLength * NUMBER;
export const UNPINNED_PLUG: usize = (matingLength + plugLength) * NUMBER;
/** Offset of the pinned plug's first fibre, and from fibre to fibre. */
export const PINNED_FIBRES: usize = (matingLength + 2 * plugLength) * NUMBER;
export const FIBRE_STEP: usize = 2 * fibreLength * NUMBER;

/** Number `place` of the mating, plug or fibre at `at`. */
export function part(at: usize, place: usize): v128 {
  return v128.load(at + place * NUMBER);
}

/** The same multiplied by a half. */
export function halfOf(at: usize, place: usize): v128 {
  return f64x2.mul(v128.load(HALF), part(at, place));
}
