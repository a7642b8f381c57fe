/**
 * Scrambled Sobol' points in the unit cube: spread more evenly than independent points, in all coordinates and pairs.
 *
 * Every prefix of 2^m points has one point in each of 2^m equal cells of every coordinate, and, of the first two
 * coordinates, one in each rectangle of area 2^−m with sides 2^−k. Numbers of points between powers of two are less even.
 */
import { checkDesignSize } from './design-size.js';
import { DIRECTION_NUMBERS } from './direction-numbers.js';
import { fillDraws, STREAM_FAMILY, type StreamKey } from './stream.js';

/** Dimensions that there are direction numbers for. */
export const MOST_SOBOL_DIMENSIONS = DIRECTION_NUMBERS.length + 1;

const BITS = 32;

/**
 * Direction numbers v₁ … v₃₂ of a dimension (from 0), as 32-bit fractions.
 *
 * v_k = m_k·2^(32−k) for k ≤ s, then v_k = a₁v_(k−1) ⊕ … ⊕ a_(s−1)v_(k−s+1) ⊕ v_(k−s) ⊕ v_(k−s)/2^s (Joe & Kuo 2008).
 */
export function directionWords(dimension: number): Uint32Array {
  const words = new Uint32Array(BITS);
  // Of the first dimension, the van der Corput sequence, every m is 1.
  const [a = 0, ...initial] = dimension === 0 ? [] : DIRECTION_NUMBERS[dimension - 1]!;
  const degree = dimension === 0 ? BITS : initial.length;
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      words[k] = (initial[k] ?? 1) << (BITS - 1 - k);
      continue;
    }
    let word = words[k - degree]! ^ (words[k - degree]! >>> degree);
    for (let j = 1; j < degree; j++) {
      if ((a >>> (degree - 1 - j)) & 1) word ^= words[k - j]!;
    }
    words[k] = word;
  }
  return words;
}

/** One coordinate of the unscrambled point `index`, times 2³²: ⊕ of the direction numbers at the index's ones. */
export function sobolWord(words: Uint32Array, index: number): number {
  let word = 0;
  for (let k = 0, rest = index; rest !== 0; k++, rest >>>= 1) {
    if (rest & 1) word ^= words[k]!;
  }
  return word >>> 0;
}

const draw = new Uint32Array(1);

/**
 * Owen's nested uniform scrambling of one coordinate: each binary digit is turned over or not by a fair draw of its
 * own for each sequence of digits before it.
 *
 * The sequences are the nodes of a binary tree, numbered 1 at the root and 2i, 2i + 1 below i; node i has draw 0 of the
 * stream (key, i, design), the dimension its slot. Exact in all 32 digits, unlike hashes of digits (Laine & Karras
 * 2011). Source: Owen 1995.
 */
export function nestedScramble(word: number, key: StreamKey, dimension: number): number {
  let scrambled = 0;
  let node = 1;
  for (let place = BITS - 1; place >= 0; place--) {
    const digit = (word >>> place) & 1;
    fillDraws(key, node, STREAM_FAMILY.design, draw, 0, 1, dimension);
    scrambled = (scrambled << 1) | (digit ^ (draw[0]! >>> 31));
    node = 2 * node + digit;
  }
  return scrambled >>> 0;
}

/**
 * Points 0 … n−1 of the scrambled Sobol' sequence, in natural order, row by row.
 *
 * (w + ½)/2³² of the scrambled 32-bit coordinates w, strictly inside (0, 1). Each point on its own is uniform. A point
 * depends on key, its index and dimension alone: more points or dimensions change none. The mean of a smooth function
 * over n = 2^m points has an error of about n^(−3/2) (Owen 1997), independent points have n^(−1/2).
 * Throws an InvariantError beyond MOST_SOBOL_DIMENSIONS or MOST_DESIGN_POINTS.
 */
export function sobolPoints(key: StreamKey, points: number, dimensions: number): Float64Array {
  checkDesignSize(points, dimensions, MOST_SOBOL_DIMENSIONS);
  const out = new Float64Array(points * dimensions);
  for (let j = 0; j < dimensions; j++) {
    const words = directionWords(j);
    for (let i = 0; i < points; i++) {
      const word = nestedScramble(sobolWord(words, i), key, j);
      out[i * dimensions + j] = (word + 0.5) * 2 ** -32;
    }
  }
  return out;
}
