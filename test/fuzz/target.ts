/** What is fuzzed: a function of text that either ends in peace or throws an error that a user can mend. */
import type { Chance } from '../support/chance.js';

export interface Target {
  /** An input, from chance alone; or from its number, where there are few. */
  readonly make: (chance: Chance, index: number) => string;
  /** Throws UserError for what a user can mend; whatever else it throws is a failure. */
  readonly run: (input: string) => void | Promise<void>;
  /** Errors besides UserError with which it may refuse an input: those that its callers turn into one. */
  readonly refusals?: readonly (abstract new (
    ...details: never[]
  ) => Error)[];
}

/** What a target may use. */
export interface Place {
  /** The only folder in which files may be written; it holds what inputs refer to. */
  readonly folder: string;
}

export type Setup = (place: Place) => Target | Promise<Target>;

/** A number from 0 to 1 that a text fixes: for what a target does with some of its inputs only. */
export function shareOf(text: string): number {
  return hash(text) * 2 ** -32;
}

/** Fowler, Noll & Vo's hash (FNV-1a, 32 bits), and a last mixing step (Appleby's, of MurmurHash3). */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
