/** Gamma and beta functions against values of 40 to 60 digits, and the quantile table in every cell. */
import { describe, expect, it } from 'vitest';
import {
  betaQuantile,
  buildBetaTable,
  incompleteBeta,
  logBeta,
  logGamma,
} from '../../src/random/beta.js';
import { errorOf, worstOf } from '../support/accuracy.js';
import { reference } from '../support/reference.js';

const truth = reference<{
  logGamma: [x: number, value: number, rest: number][];
  incompleteBeta: [a: number, b: number, x: number, value: number, rest: number][];
  betaQuantile: [u: number, a: number, b: number, value: number][];
}>('laws');

const WHOLE = 2 ** 32;
const shapes = [...new Set(truth.betaQuantile.map(([, a, b]) => `${a} ${b}`))].map(
  (text) => text.split(' ').map(Number) as [number, number],
);

describe('special functions', () => {
  it('logGamma: error within 2e-15·(1 + |ln Γ| + x)', () => {
    const worst = worstOf(
      truth.logGamma,
      ([x, value, rest]) => errorOf(logGamma(x), value, rest) / (1 + Math.abs(value) + x),
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(2e-15);
  });

  it('incompleteBeta: relative error within 1e-11 for shapes from 0.1 to 1000', () => {
    const worst = worstOf(truth.incompleteBeta, ([a, b, x, value, rest]) => {
      const error = errorOf(incompleteBeta(a, b, x), value, rest);
      return value < 1e-280 ? error : error / value;
    });
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1e-11);
  });

  it('edges: 0, 1, NaN, and I_x(a, b) = 1 − I_(1−x)(b, a)', () => {
    expect(incompleteBeta(2, 3, 0)).toBe(0);
    expect(incompleteBeta(2, 3, 1)).toBe(1);
    expect(incompleteBeta(2, 3, Number.NaN)).toBeNaN();
    for (const x of [0.1, 0.4, 0.5, 0.9]) {
      const sum = incompleteBeta(2.5, 0.7, x) + incompleteBeta(0.7, 2.5, 1 - x);
      expect(Math.abs(sum - 1)).toBeLessThan(1e-14);
    }
  });
});

describe.each(shapes)('quantile table of beta(%d, %d)', (a, b) => {
  const table = buildBetaTable(a, b);

  it('error within 1e-6 of the interval (40-digit values)', () => {
    const rows = truth.betaQuantile.filter(([, c, d]) => a === c && b === d);
    const worst = worstOf(rows, ([u, , , value]) =>
      Math.abs(betaQuantile(u * WHOLE, table) - value),
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1e-6);
  });

  it('error within 1e-6 at the edges and the middle of every cell, and inside [0, 1]', () => {
    const lnBeta = logBeta(a, b);
    for (let row = 0; row < 512; row++) {
      const octave = 2 ** (Math.floor(row / 16) - 1);
      for (const t of [0, 0.5, 1 - 1e-9]) {
        const P = octave * (1 + ((row % 16) + t) / 16);
        checkAt(P, P / WHOLE, (x) => incompleteBeta(a, b, x, 1 - x, lnBeta));
        checkAt(WHOLE - P, P / WHOLE, (x) => incompleteBeta(b, a, 1 - x, x, lnBeta));
      }
    }
  });

  /** The true quantile lies within 1e-6 of the table's: so its distribution function brackets the share. */
  function checkAt(P: number, share: number, tail: (x: number) => number): void {
    const x = betaQuantile(P, table);
    expect(x >= 0 && x <= 1, `in [0, 1] at ${P}`).toBe(true);
    const [one, other] = [tail(Math.max(0, x - 1e-6)), tail(Math.min(1, x + 1e-6))];
    expect(Math.min(one, other), `at ${P}`).toBeLessThanOrEqual(share);
    expect(Math.max(one, other), `at ${P}`).toBeGreaterThanOrEqual(share);
  }
});

describe('the check of the table', () => {
  it('would see a table of slightly other shapes', () => {
    const wrong = buildBetaTable(2.0001, 3);
    const rows = truth.betaQuantile.filter(([, a, b]) => a === 2 && b === 3);
    const worst = worstOf(rows, ([u, , , value]) =>
      Math.abs(betaQuantile(u * WHOLE, wrong) - value),
    );
    expect(worst.error).toBeGreaterThan(1e-6);
  });
});
