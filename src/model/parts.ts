/**
 * The record of all parts of one mating: one flat array of numbers, µm, rad, N and turns, at fixed places:
 * mating | pinned plug | unpinned plug | fibre 0 pinned, unpinned | fibre 1 pinned, unpinned | … | optics alike
 * Optics, which most runs do not need, stand apart so that what all need lies close together.
 * Sampling fills it, the mechanics read it, measured parts may overwrite it.
 */
import * as FIBRE from './places/fibre.js';
import { fibreLength, matingLength, opticsLength, plugLength } from './places/lengths.js';
import * as MATING from './places/mating.js';
import * as OPTICS from './places/optics.js';
import * as PLUG from './places/plug.js';

export { FIBRE, MATING, OPTICS, PLUG };

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

/** Optics of a fibre of a pair with `fibres` fibres a plug. */
export function opticsOffset(side: number, fibre: number, fibres: number): number {
  return fibreOffset(PINNED, fibres) + (fibre * 2 + side) * opticsLength;
}

/** Length of the record of a pair with n fibres a plug. */
export function partsLength(fibres: number): number {
  return opticsOffset(PINNED, fibres, fibres);
}
