/**
 * Latin hypercubes against their definition: one point a cell, orders and places even and independent.
 *
 * Every check of chance has a false-alarm rate of at most 1e-6 (support/ks.ts); each has a wrong variant that trips it.
 */
import { describe, expect, it } from 'vitest';
import { MOST_DESIGN_POINTS } from '../../src/random/design-size.js';
import { latinHypercube } from '../../src/random/latin-hypercube.js';
import { fillDraws, STREAM_FAMILY, type StreamKey, streamKey } from '../../src/random/stream.js';
import {
  CORRELATION_LIMIT,
  chiSquare,
  chiSquareLimit,
  correlationScore,
  KS_LIMIT,
  ksStatistic,
} from '../support/ks.js';
import { column, keyOf } from './design-helpers.js';

/** Cell and draw of its place, points 0, 1, 2 in dimensions 1, 2. */
const GOLDEN_LATIN: readonly (readonly [cell: number, draw: number])[] = [
  [1, 687552100],
  [0, 2604147160],
  [2, 3158428970],
  [1, 2097470548],
  [0, 1962727694],
  [2, 3703629418],
];

/** The cells of a coordinate in order of the points. */
function cellsOf(u: Float64Array): number[] {
  return Array.from(u, (v) => Math.floor(v * u.length));
}

/** χ² of the orders that the four cells of a coordinate come in, over its limit. */
function orderChiSquare(order: (key: StreamKey) => readonly number[]): number {
  const counts = new Map<string, number>();
  for (let k = 0; k < 9600; k++) {
    const name = order(keyOf(k)).join('');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const missing = new Array<number>(24 - counts.size).fill(0);
  return chiSquare([...counts.values(), ...missing], () => 400) / chiSquareLimit(23);
}

/** The larger of correlation and χ² of 8 × 8 blocks, (8 − 1)² degrees, over their limits. */
function dependence(x: Float64Array, y: Float64Array): number {
  const blocks = new Float64Array(64);
  for (let i = 0; i < x.length; i++)
    blocks[8 * Math.floor(8 * x[i]!) + Math.floor(8 * y[i]!)]! += 1;
  return Math.max(
    Math.abs(correlationScore(x, y)) / CORRELATION_LIMIT,
    chiSquare(blocks, () => x.length / 64) / chiSquareLimit(49),
  );
}

describe('a Latin hypercube', () => {
  const n = 20_000;
  const large = latinHypercube(keyOf(0), n, 4);
  const columns = Array.from({ length: 4 }, (_, j) => column(large, 4, j));
  const places = columns.map((u) => u.map((v) => v * n - Math.floor(v * n)));

  it.each([1, 2, 3, 7, 100, 1000])('of %d points has one in each cell of each dimension', (few) => {
    const design = latinHypercube(keyOf(few), few, 6);
    for (let j = 0; j < 6; j++) {
      expect(cellsOf(column(design, 6, j)).sort((a, b) => a - b)).toEqual([...Array(few).keys()]);
    }
    expect(design.every((u) => u > 0 && u < 1)).toBe(true);
  });

  it('has its cells in any order alike', () => {
    expect(orderChiSquare((key) => cellsOf(latinHypercube(key, 4, 1)))).toBeLessThan(1);
    expect(orderChiSquare((key) => cellsOf(column(latinHypercube(key, 4, 2), 2, 1)))).toBeLessThan(
      1,
    );
  });

  it('twin: swapping each with any other, the orders are not alike', () => {
    const draws = new Uint32Array(4);
    const naive = (key: StreamKey): number[] => {
      fillDraws(key, 0, STREAM_FAMILY.design, draws, 0, 4);
      const cells = [0, 1, 2, 3];
      draws.forEach((x, k) => {
        const other = x >>> 30;
        [cells[k], cells[other]] = [cells[other]!, cells[k]!];
      });
      return cells;
    };
    expect(orderChiSquare(naive)).toBeGreaterThan(1);
  });

  it('has uniform places within the cells, whichever the cell', () => {
    columns.forEach((u, j) => {
      expect(dependence(u, places[j]!)).toBeLessThan(1);
      expect(ksStatistic(Float64Array.from(places[j]!), (v) => v)).toBeLessThan(KS_LIMIT);
    });
    // The twin has all points at their cells' centres.
    const centres = Float64Array.from(places[0]!, () => 0.5);
    expect(ksStatistic(centres, (v) => v)).toBeGreaterThan(KS_LIMIT);
  });

  it('has columns, and places of columns, independent of each other', () => {
    for (let j = 0; j < 4; j++) {
      for (let k = 0; k < j; k++) {
        expect(dependence(columns[j]!, columns[k]!)).toBeLessThan(1);
        expect(dependence(places[j]!, places[k]!)).toBeLessThan(1);
      }
    }
  });

  it('twin: one order for all columns, and the same order backwards, are found', () => {
    expect(dependence(columns[0]!, columns[0]!)).toBeGreaterThan(1);
    expect(
      dependence(
        columns[0]!,
        columns[0]!.map((u) => 1 - u),
      ),
    ).toBeGreaterThan(1);
    // Half of the points alone in the same order: correlation ½.
    const half = columns[0]!.map((u, i) => (i % 2 === 0 ? u : columns[1]![i]!));
    expect(dependence(columns[0]!, half)).toBeGreaterThan(1);
  });

  it('is the same with more dimensions, and another for another key', () => {
    const few = latinHypercube(keyOf(3), 50, 2);
    const more = latinHypercube(keyOf(3), 50, 7);
    for (const j of [0, 1]) expect(column(few, 2, j)).toEqual(column(more, 7, j));
    expect(latinHypercube(keyOf(4), 50, 2)).not.toEqual(few);
    expect(latinHypercube(keyOf(4), 0, 2)).toHaveLength(0);
    expect(() => latinHypercube(keyOf(4), MOST_DESIGN_POINTS + 1, 2)).toThrow('no design');
  });

  // Golden: other numbers would change every design that was ever made. By an implementation of its own in Python, on
  // the streams of test/reference/make-references.py.
  it('is what it has always been', () => {
    const expected = GOLDEN_LATIN.map(([cell, x]) => (cell + (x + 0.5) * 2 ** -32) / 3);
    expect([...latinHypercube(streamKey('1'), 3, 2)]).toEqual(expected);
  });
});
