/**
 * Sobol' points against known ones, their net property, the exactness of the scrambling, and the error of an integral.
 *
 * Every check of chance has a false-alarm rate of at most 1e-6 (support/ks.ts); each has a wrong variant that trips it.
 */
import { describe, expect, it } from 'vitest';
import { MOST_DESIGN_POINTS } from '../../src/random/design-size.js';
import { latinHypercube } from '../../src/random/latin-hypercube.js';
import {
  directionWords,
  MOST_SOBOL_DIMENSIONS,
  sobolPoints,
  sobolWord,
} from '../../src/random/sobol-sequence.js';
import { fillDraws, STREAM_FAMILY, type StreamKey, streamKey } from '../../src/random/stream.js';
import { chiSquare, chiSquareLimit, KS_LIMIT, ksStatistic } from '../support/ks.js';
import { reference } from '../support/reference.js';
import { column, keyOf } from './design-helpers.js';

type Design = (key: StreamKey, points: number, dimensions: number) => Float64Array;

/** Words of points 0, 1, 2 in dimensions 1, 2, 3. */
const GOLDEN_SOBOL = [
  192842181, 549950024, 1494012413, 2676473330, 3569472246, 2280776601, 1251785455, 2692089144,
  3890494754,
];

/** Twin: each coordinate of all points turned over at the same digits. */
const digitalShift: Design = (key, points, dimensions) => {
  const shift = new Uint32Array(dimensions);
  fillDraws(key, 1, STREAM_FAMILY.design, shift, 0, dimensions);
  return Float64Array.from({ length: points * dimensions }, (_, k) => {
    const j = k % dimensions;
    const word = sobolWord(directionWords(j), Math.floor(k / dimensions));
    return (((word ^ shift[j]!) >>> 0) + 0.5) * 2 ** -32;
  });
};

/** Twin: points that know nothing of each other. */
const independent: Design = (key, points, dimensions) => {
  const draws = new Uint32Array(points * dimensions);
  fillDraws(key, 1, STREAM_FAMILY.design, draws, 0, draws.length);
  return Float64Array.from(draws, (x) => (x + 0.5) * 2 ** -32);
};

describe("the Sobol' sequence", () => {
  const truth = reference<{ points: [index: number, ...words: number[]][] }>('sobol').points;

  it.each(truth)('point %d is the known one in every dimension', (index, ...words) => {
    expect(words).toHaveLength(MOST_SOBOL_DIMENSIONS);
    expect(words.map((_, j) => sobolWord(directionWords(j), index))).toEqual(words);
  });

  it('begins at the origin', () => {
    expect(sobolWord(directionWords(5), 0)).toBe(0);
  });
});

/** Whether points from … from + 2^m of a design hold one in each cell of width 2^−k by height 2^(k−m), by columns x and y. */
function isEven(x: Float64Array, y: Float64Array, m: number, k: number, from = 0): boolean {
  const cells = new Set<number>();
  for (let i = from; i < from + 2 ** m; i++) {
    cells.add(Math.floor(x[i]! * 2 ** k) * 2 ** (m - k) + Math.floor(y[i]! * 2 ** (m - k)));
  }
  return cells.size === 2 ** m;
}

describe("scrambled Sobol' points", () => {
  const D = MOST_SOBOL_DIMENSIONS;
  const all = sobolPoints(keyOf(0), 1024, D);
  const columns = Array.from({ length: D }, (_, j) => column(all, D, j));
  const [x, y] = columns as [Float64Array, Float64Array];
  const m1to10 = Array.from({ length: 10 }, (_, i) => i + 1);

  it('lie strictly inside the cube', () => {
    expect(all.every((u) => u > 0 && u < 1)).toBe(true);
  });

  it.each(m1to10)('the first 2^%d have one in each cell of every dimension', (m) => {
    for (const u of columns) expect(isEven(u, u, m, m)).toBe(true);
  });

  it.each(m1to10)('the first 2^%d have one in each rectangle of dimensions 1 and 2', (m) => {
    for (let k = 0; k <= m; k++) expect(isEven(x, y, m, k)).toBe(true);
  });

  it('so have the next 2^m', () => {
    for (let k = 0; k <= 9; k++) expect(isEven(x, y, 9, k, 512)).toBe(true);
    for (let k = 0; k <= 6; k++) expect(isEven(x, y, 6, k, 640)).toBe(true);
  });

  it('twins: neither independent points nor a Latin hypercube have that', () => {
    const p = independent(keyOf(0), 64, 1);
    expect(isEven(p, p, 6, 6)).toBe(false);
    const [r, s] = [0, 1].map((j) => column(latinHypercube(keyOf(0), 64, 2), 2, j));
    expect(isEven(r!, r!, 6, 6)).toBe(true);
    expect(isEven(r!, s!, 6, 3)).toBe(false);
  });

  it('are the same whatever else is asked for', () => {
    const few = sobolPoints(keyOf(0), 9, 3);
    for (let i = 0; i < 9; i++) {
      expect([...few.subarray(3 * i, 3 * i + 3)]).toEqual([...all.subarray(D * i, D * i + 3)]);
    }
    expect(sobolPoints(keyOf(1), 9, 3)).not.toEqual(few);
    expect(sobolPoints(keyOf(0), 0, 3)).toHaveLength(0);
  });

  it('are refused where there are no direction numbers', () => {
    expect(() => sobolPoints(keyOf(0), 1, D + 1)).toThrow('128');
    expect(() => sobolPoints(keyOf(0), MOST_DESIGN_POINTS + 1, 1)).toThrow('no design');
    expect(() => sobolPoints(keyOf(0), 1.5, 1)).toThrow('no design');
    expect(() => sobolPoints(keyOf(0), 1, -1)).toThrow('no design');
  });

  // Golden: other numbers would change every design that was ever made. By an implementation of its own in Python, on
  // the streams of test/reference/make-references.py.
  it('are what they have always been', () => {
    const words = Array.from(sobolPoints(streamKey('1'), 3, 3), (u) => u * 2 ** 32 - 0.5);
    expect(words).toEqual(GOLDEN_SOBOL);
  });
});

/** Places in one number of the seven digits that the first points of a coordinate show of the tree's three top levels. */
function topFlips(design: Design, key: StreamKey, dimension: number): number {
  const points = design(key, 8, dimension + 1);
  let flips = 0;
  for (let level = 0; level < 3; level++) {
    for (let prefix = 0; prefix < 2 ** level; prefix++) {
      // A point whose unscrambled coordinate begins with this prefix.
      const words = directionWords(dimension);
      let i = 0;
      while ((sobolWord(words, i) >>> (31 - level)) >>> 1 !== prefix) i++;
      const before = (sobolWord(words, i) >>> (31 - level)) & 1;
      const after = Math.floor(points[i * (dimension + 1) + dimension]! * 2 ** (level + 1)) & 1;
      flips = 2 * flips + (before ^ after);
    }
  }
  return flips;
}

/** χ² of the flips of coordinate 1 and of the joint ones of the first three nodes of coordinates 1 and 2. */
function flipChiSquares(design: Design): { nodes: number; dimensions: number } {
  const KEYS = 12_800;
  const nodes = new Float64Array(128);
  const dimensions = new Float64Array(64);
  for (let k = 0; k < KEYS; k++) {
    const first = topFlips(design, keyOf(k), 0);
    const second = topFlips(design, keyOf(k), 1);
    nodes[first]! += 1;
    dimensions[((first >> 4) << 3) | (second >> 4)]! += 1;
  }
  return {
    nodes: chiSquare(nodes, () => KEYS / 128) / chiSquareLimit(127),
    dimensions: chiSquare(dimensions, () => KEYS / 64) / chiSquareLimit(63),
  };
}

describe('the scrambling', () => {
  it('turns digits over by fair draws, independent for each prefix and dimension', () => {
    const { nodes, dimensions } = flipChiSquares(sobolPoints);
    expect(nodes).toBeLessThan(1);
    expect(dimensions).toBeLessThan(1);
  });

  it('twin: a digital shift turns over all prefixes alike', () => {
    const { nodes, dimensions } = flipChiSquares(digitalShift);
    expect(nodes).toBeGreaterThan(1);
    expect(dimensions).toBeGreaterThan(1);
  });

  it('leaves low digits fair as well', () => {
    // Digits 17 to 32 of points 0 and 1 of the third dimension, which differ in the first digit.
    for (const i of [0, 1]) {
      const low = Float64Array.from({ length: 20_000 }, (_, k) => {
        const u = sobolPoints(keyOf(k), i + 1, 3)[3 * i + 2]! * 2 ** 16;
        return u - Math.floor(u);
      });
      expect(ksStatistic(low, (u) => u)).toBeLessThan(KS_LIMIT);
    }
  });
});

const DIMENSIONS = 3;

/** Error of the mean of Π(½ + x_j), whose integral is 1, over the points of a design. */
function integrationError(design: Design, key: StreamKey, n: number): number {
  const points = design(key, n, DIMENSIONS);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let product = 1;
    for (let j = 0; j < DIMENSIONS; j++) product *= 0.5 + points[i * DIMENSIONS + j]!;
    sum += product;
  }
  return sum / n - 1;
}

/**
 * Exact variance of that error under nested uniform scrambling: (1/n²)·Σ over pairs of points of Π(1 + K(c_j)) − 1.
 *
 * Two points that share their first c digits of a coordinate are scrambled to points that share exactly c and are
 * uniform otherwise. The covariance K(c) of x − ½ at them is the variance 1/12 of a uniform number, less that within
 * the common cell, 4^−c/12, plus that of two points in different halves of it, −4^−c/16.
 */
function scrambledVariance(n: number): number {
  const words = Array.from({ length: DIMENSIONS }, (_, j) => {
    const directions = directionWords(j);
    return Array.from({ length: n }, (_, i) => sobolWord(directions, i));
  });
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      let product = 1;
      for (const w of words) {
        const cell = i === k ? 0 : 4 ** -Math.clz32(w[i]! ^ w[k]!);
        product *= 1 + 1 / 12 - cell * (1 / 12 + 1 / 16);
      }
      sum += product - 1;
    }
  }
  return sum / n ** 2;
}

/** Mean square of the error over 1,000 keys, over the exact variance. */
function varianceRatio(design: Design, n: number): number {
  let squares = 0;
  for (let k = 0; k < KEYS; k++) squares += integrationError(design, keyOf(k), n) ** 2;
  return squares / KEYS / scrambledVariance(n);
}
const KEYS = 1000;
/** Errors of many points are nearly normal, so KEYS times the ratio is χ² of KEYS degrees. */
const RATIO_LIMIT = chiSquareLimit(KEYS) / KEYS;
const LEAST_RATIO = 1 - 2 * Math.sqrt(Math.log(1e6) / KEYS); // the lower tail by the same lemma

describe('the error of an integral', () => {
  it.each([16, 64, 256])('of %d points has exactly the variance of nested scrambling', (n) => {
    const ratio = varianceRatio(sobolPoints, n);
    expect(ratio).toBeLessThan(RATIO_LIMIT);
    expect(ratio).toBeGreaterThan(LEAST_RATIO);
  });

  it('falls faster than that of independent points', () => {
    // Independent points: variance ((1 + 1/12)³ − 1)/n. 16 times the points divide the scrambled one by over 1,000.
    const monteCarlo = (n: number) => ((1 + 1 / 12) ** 3 - 1) / n;
    expect(monteCarlo(256) / scrambledVariance(256)).toBeGreaterThan(3000);
    expect(scrambledVariance(16) / scrambledVariance(256)).toBeGreaterThan(1000);
    expect(scrambledVariance(1)).toBeCloseTo(monteCarlo(1), 14);
  });

  it('twins: digital shift and independent points have another one', () => {
    expect(varianceRatio(digitalShift, 64)).toBeGreaterThan(RATIO_LIMIT);
    expect(varianceRatio(independent, 64)).toBeGreaterThan(RATIO_LIMIT);
  });
});
