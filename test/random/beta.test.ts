/** Gamma and beta functions against values of 40 to 60 digits, and quantiles in every cell of their table. */
import { describe, expect, it } from 'vitest';
import { betaLaw, incompleteBeta, logBeta, logGamma } from '../../src/random/beta.js';
import { buildQuantileTable, tableValue } from '../../src/random/quantile-table.js';
import { errorOf, worstOf } from '../support/accuracy.js';
import { drawsOfAllCells, LAST_DRAW, shareOf } from '../support/draws.js';
import { reference } from '../support/reference.js';

const truth = reference<{
  logGamma: [x: number, value: number, rest: number][];
  incompleteBeta: [a: number, b: number, x: number, value: number, rest: number][];
  betaQuantile: [u: number, a: number, b: number, value: number][];
}>('laws');

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

describe.each(shapes)('quantiles of beta(%d, %d)', (a, b) => {
  const law = betaLaw(a, b);
  const rows = truth.betaQuantile.filter(([, c, d]) => a === c && b === d);

  it('error within 1e-11 of the value from below, of 1 from above (40-digit values)', () => {
    const worst = worstOf(rows, ([u, , , value]) => {
      if (u > 0.5) return Math.abs(law.fromAbove(1 - u) - value);
      const error = Math.abs(law.fromBelow(u) - value);
      return value === 0 ? error : error / value;
    });
    expect(rows.length).toBeGreaterThan(20);
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1e-11);
  });

  it('meet in the middle', () => {
    expect(Math.abs(law.fromBelow(0.5) - law.fromAbove(0.5))).toBeLessThanOrEqual(1e-11);
  });

  it('table: within 1e-6 of the interval in every cell, and inside [0, 1]', () => {
    const table = buildQuantileTable(law);
    const lnBeta = logBeta(a, b);
    for (const x of drawsOfAllCells(2)) {
      checkAt(tableValue(table, x), x, (v) => incompleteBeta(a, b, v, 1 - v, lnBeta));
      const mirrored = LAST_DRAW - x;
      checkAt(tableValue(table, mirrored), x, (v) => incompleteBeta(b, a, 1 - v, v, lnBeta));
    }
  });

  /** The true quantile lies within 1e-6 of the table's: so its distribution function brackets the share. */
  function checkAt(value: number, x: number, tail: (x: number) => number): void {
    const ends = [tail(Math.max(0, value - 1e-6)), tail(Math.min(1, value + 1e-6))];
    const share = shareOf(x);
    if (!(value >= 0 && value <= 1 && Math.min(...ends) <= share && Math.max(...ends) >= share)) {
      expect.fail(`${value} at draw ${x}`);
    }
  }
});

describe('the check of the quantiles', () => {
  it('would see slightly other shapes', () => {
    const wrong = betaLaw(2 + 1e-9, 3);
    const rows = truth.betaQuantile.filter(([u, a, b]) => a === 2 && b === 3 && u <= 0.5);
    const worst = worstOf(rows, ([u, , , value]) => Math.abs(wrong.fromBelow(u) / value - 1));
    expect(worst.error).toBeGreaterThan(1e-11);
  });
});
