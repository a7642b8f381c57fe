/** Quantile functions against values of 60 digits, at the first and last draw and between. */
import { describe, expect, it } from 'vitest';
import { exp } from '../../src/numerics/elementary.js';
import { normalQuantile } from '../../src/numerics/normal.js';
import {
  rayleighKept,
  rayleighQuantile,
  tableQuantile,
  triangularQuantile,
  weibullQuantile,
} from '../../src/random/laws.js';
import { errorOf, worstOf } from '../support/accuracy.js';
import { reference } from '../support/reference.js';

type Row3 = readonly [u: number, a: number, b: number, value: number, rest: number];
type Row4 = readonly [u: number, a: number, b: number, c: number, value: number, rest: number];
type RayleighRow = readonly [
  u: number,
  scale: number,
  max: number | null,
  value: number,
  rest: number,
];
const truth = reference<{
  triangular: Row4[];
  rayleigh: RayleighRow[];
  weibull: Row3[];
  lognormal: Row3[];
}>('laws');

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

describe('Rayleigh', () => {
  it('relative error within 1e-15, besides that of moving u by 2^−52', () => {
    const worst = worstOf(truth.rayleigh, ([u, scale, max, value, rest]) => {
      const kept = rayleighKept(scale, max ?? Infinity);
      const r = rayleighQuantile(u, scale, kept);
      // dr/du = kept·scale²/(r·(1 − u·kept))
      const moved = (2 ** -52 * kept * scale * scale) / (value * (1 - u * kept));
      return Math.max(0, errorOf(r, value, rest) - moved) / value;
    });
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1e-15);
  });

  it('stays within its truncation, and reaches up to it', () => {
    for (const [scale, max] of [
      [0.15, 0.5],
      [1, 3],
      [2, 1e-6],
      [1, 1e-12],
    ] as const) {
      const last = rayleighQuantile(LARGEST_U, scale, rayleighKept(scale, max));
      expect(last).toBeLessThanOrEqual(max);
      expect(last).toBeGreaterThan(0.9999 * max);
    }
  });

  it('keeps everything without a bound, and next to nothing below a tiny one', () => {
    expect(rayleighKept(1, Infinity)).toBe(1);
    expect(Math.abs(rayleighKept(1, 1e-9) / 5e-19 - 1)).toBeLessThan(1e-15);
    expect(rayleighQuantile(Number.NaN, 1, 1)).toBeNaN();
  });
});

describe('Weibull', () => {
  it('relative error within 8e-15/min(1, shape)', () => {
    const worst = worstOf(truth.weibull, ([u, scale, shape, value, rest]) => {
      const error = errorOf(weibullQuantile(u, scale, shape), value, rest) / value;
      return error * Math.min(1, shape);
    });
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(8e-15);
    expect(weibullQuantile(Number.NaN, 1, 1)).toBeNaN();
  });
});

describe('lognormal as it is drawn, median·exp(σ·Φ⁻¹(u))', () => {
  it('relative error within 4e-15·(1 + 6.4σ)/2', () => {
    const worst = worstOf(truth.lognormal, ([u, median, sigma, value, rest]) => {
      const error = errorOf(median * exp(sigma * normalQuantile(u)), value, rest) / value;
      return error / (0.5 * (1 + 6.4 * sigma));
    });
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(4e-15);
  });
});

describe('table law', () => {
  // Shares 0, ¼, 0, ¾, 0: pieces 1, 3 and 5 have none.
  const table = Float64Array.of(5, 0, 0.25, 0.25, 1, 1, 10, 20, 30, 40, 50, 60);

  it('steps: value i for a draw in piece i, never one without share', () => {
    expect(tableQuantile(SMALLEST_U, table, false)).toBe(30);
    expect(tableQuantile(0.25, table, false)).toBe(30);
    expect(tableQuantile(0.25 + 2 ** -33, table, false)).toBe(50);
    expect(tableQuantile(LARGEST_U, table, false)).toBe(50);
    expect(tableQuantile(1, table, false)).toBe(50);
  });

  it('histogram: linear within a piece, jumping over those without share', () => {
    expect(tableQuantile(SMALLEST_U, table, true)).toBeCloseTo(20, 7);
    expect(tableQuantile(0.125, table, true)).toBe(25);
    expect(tableQuantile(0.25, table, true)).toBe(30);
    expect(tableQuantile(0.25 + 2 ** -33, table, true)).toBeCloseTo(40, 7);
    expect(tableQuantile(0.625, table, true)).toBe(45);
    expect(tableQuantile(1, table, true)).toBe(50);
  });

  it('one piece, and the same piece as a search through all would find', () => {
    expect(tableQuantile(0.25, Float64Array.of(1, 1, 0, 8), true)).toBe(2);
    for (const n of [2, 3, 7, 8, 9, 100]) {
      const shares = Array.from({ length: n }, (_, i) => (i + 1) / n);
      const steps = Float64Array.of(n, ...shares, ...Array.from({ length: n + 1 }, (_, i) => i));
      for (let k = 0; k < 1000; k++) {
        const u = (k + 0.5) / 1000;
        expect(tableQuantile(u, steps, false)).toBe(shares.findIndex((c) => u <= c) + 1);
      }
    }
  });
});
