/** Quantile functions against values of 60 digits, at the first and last draw and between. */
import { describe, expect, it } from 'vitest';
import { rayleighKept, sharesQuantile, triangularQuantile } from '../../src/random/laws.js';
import { errorOf, worstOf } from '../support/accuracy.js';
import { reference } from '../support/reference.js';

type Row1 = readonly [x: number, value: number, rest: number];
type Row4 = readonly [u: number, a: number, b: number, c: number, value: number, rest: number];
const truth = reference<{ triangular: Row4[]; rayleighKept: Row1[] }>('laws');

const SMALLEST_U = 2 ** -33;
const LARGEST_U = 1 - 2 ** -33;

describe('triangular', () => {
  it('error within 5e-16 of the largest parameter', () => {
    const worst = worstOf(truth.triangular, ([u, low, mode, high, value, rest]) => {
      const size = Math.max(Math.abs(low), Math.abs(mode), Math.abs(high));
      return errorOf(triangularQuantile(u, low, mode, high), value, rest) / size;
    });
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(5e-16);
  });

  it('without width gives its one value; without u, NaN', () => {
    expect(triangularQuantile(0.3, 5, 5, 5)).toBe(5);
    expect(triangularQuantile(Number.NaN, 0, 1, 2)).toBeNaN();
  });
});

describe('share of a Rayleigh law below a bound', () => {
  it('relative error within 1e-15', () => {
    const worst = worstOf(
      truth.rayleighKept,
      ([x, value, rest]) => errorOf(rayleighKept(1, x), value, rest) / value,
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1e-15);
  });

  it('is all of it without a bound, and depends on bound/scale alone', () => {
    expect(rayleighKept(1, Infinity)).toBe(1);
    for (const x of [1e-3, 0.7, 3]) expect(rayleighKept(0.25, x / 4)).toBe(rayleighKept(1, x));
  });
});

describe('law by shares', () => {
  // Shares 0, ¼, 0, ¾, 0: pieces 1, 3 and 5 have none.
  const table = Float64Array.of(5, 0, 0.25, 0.25, 1, 1, 10, 20, 30, 40, 50, 60);

  it('steps: value i for a draw in piece i, never one without share', () => {
    expect(sharesQuantile(SMALLEST_U, table, false)).toBe(30);
    expect(sharesQuantile(0.25, table, false)).toBe(30);
    expect(sharesQuantile(0.25 + 2 ** -33, table, false)).toBe(50);
    expect(sharesQuantile(LARGEST_U, table, false)).toBe(50);
    expect(sharesQuantile(1, table, false)).toBe(50);
  });

  it('histogram: linear within a piece, jumping over those without share', () => {
    expect(sharesQuantile(SMALLEST_U, table, true)).toBeCloseTo(20, 7);
    expect(sharesQuantile(0.125, table, true)).toBe(25);
    expect(sharesQuantile(0.25, table, true)).toBe(30);
    expect(sharesQuantile(0.25 + 2 ** -33, table, true)).toBeCloseTo(40, 7);
    expect(sharesQuantile(0.625, table, true)).toBe(45);
    expect(sharesQuantile(1, table, true)).toBe(50);
  });

  it('one piece, and the same piece as a search through all would find', () => {
    expect(sharesQuantile(0.25, Float64Array.of(1, 1, 0, 8), true)).toBe(2);
    for (const n of [2, 3, 7, 8, 9, 100]) {
      const shares = Array.from({ length: n }, (_, i) => (i + 1) / n);
      const steps = Float64Array.of(n, ...shares, ...Array.from({ length: n + 1 }, (_, i) => i));
      for (let k = 0; k < 1000; k++) {
        const u = (k + 0.5) / 1000;
        expect(sharesQuantile(u, steps, false)).toBe(shares.findIndex((c) => u <= c) + 1);
      }
    }
  });
});
