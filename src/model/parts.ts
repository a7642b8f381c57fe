/**
 * The record of all parts of one mating: one flat array of numbers, µm, rad, N and turns, at fixed places:
 * mating | pinned plug | unpinned plug | fibre 0 pinned, unpinned | fibre 1 pinned, unpinned | …
 * Sampling fills it, the mechanics read it, measured parts may overwrite it.
 */
import * as FIBRE from './places/fibre.js';
import { fibreLength, matingLength, plugLength } from './places/lengths.js';
import * as MATING from './places/mating.js';
import * as PLUG from './places/plug.js';

export { FIBRE, MATING, PLUG };

/** The pinned plug is side 0 (the source), the unpinned plug side 1 (the receiver). */
export const PINNED = 0;
export const UNPINNED = 1;

export function plugOffset(side: number): number {
  return matingLength + side * plugLength;
}

/** Fibres are numbered from 0 in their own plug; both plugs of fibre 0 come before those of fibre 1. */
export function fibreOffset(side: number, fibre: number): number {
  return matingLength + 2 * plugLength + (fibre * 2 + side) * fibreLength;
}

/** Length of the record of a pair with n fibres a plug. */
export function partsLength(fibres: number): number {
  return fibreOffset(PINNED, fibres);
}
