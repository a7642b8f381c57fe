/** Random streams addressed by (seed, index, family, slot): the same numbers whoever computes them, in any order. */
import seedrandom from 'seedrandom';
import { philox4x32 } from './philox.js';

/** The two key words that stand for a run's seed. */
export interface StreamKey {
  readonly key0: number;
  readonly key1: number;
}

/**
 * Streams of different families never share a draw, even at the same index; nor do those of different slots: the
 * connectors of a channel, and the matings of a pair that is mated many times (`visit`).
 */
export const STREAM_FAMILY = {
  base: 0,
  extra: 1,
  lot: 2,
  more: 3,
  visit: 4,
  design: 5,
  chain: 6,
} as const;

/**
 * Key of a seed string: the first two 32-bit outputs of seedrandom (ARC4) for `n:s`, s the n octets of the seed in UTF-8.
 *
 * ARC4 repeats its key until it fills its state, and seedrandom keeps eight bits of a character: on their own "1" and
 * "11", or "a" and "š", would be one seed. The length in front and the octets keep all seeds apart.
 */
export function streamKey(seed: string): StreamKey {
  const octets = new TextEncoder().encode(seed);
  const text = Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
  const generator = seedrandom(`${octets.length}:${text}`);
  return { key0: generator.int32() >>> 0, key1: generator.int32() >>> 0 };
}

const state = new Uint32Array(4);

/**
 * Fills `out[from … from+count)` with the first `count` 32-bit draws of the stream (key, index, family, slot).
 *
 * xoshiro128++ (Blackman & Vigna 2021), its state the Philox4x32-10 output for the counter
 * (index low word, index high word, family, slot). Domain: 0 ≤ index < 2^53, 0 ≤ slot < 2^32, integers.
 */
export function fillDraws(
  key: StreamKey,
  index: number,
  family: number,
  out: Uint32Array,
  from: number,
  count: number,
  slot = 0,
): void {
  const high = Math.floor(index / 4294967296);
  philox4x32(index >>> 0, high >>> 0, family, slot, key.key0, key.key1, state);
  // xoshiro must not start from all zeros, which Philox yields for one counter in 2^128.
  if ((state[0]! | state[1]! | state[2]! | state[3]!) === 0) state[0] = 1;
  xoshiro128pp(state, out, from, count);
}

/** Writes `count` outputs of xoshiro128++ started from `seed` (four words, not all zero). */
export function xoshiro128pp(
  seed: Uint32Array,
  out: Uint32Array,
  from: number,
  count: number,
): void {
  let s0 = seed[0]! | 0;
  let s1 = seed[1]! | 0;
  let s2 = seed[2]! | 0;
  let s3 = seed[3]! | 0;
  const end = from + count;
  for (let i = from; i < end; i++) {
    const sum = (s0 + s3) | 0;
    out[i] = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
  }
}
