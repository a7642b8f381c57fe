/** The normal distribution against values of 60 digits. */
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../../src/numerics/normal.js';
import { errorOf, worstOf } from '../support/accuracy.js';
import { reference } from '../support/reference.js';

type Row = readonly [argument: number, value: number, rest: number];
const truth = reference<{ quantile: Row[]; cdf: Row[] }>('normal');

describe('stated accuracy', () => {
  it('normalQuantile: relative error within 1e-15, from the smallest number up', () => {
    const worst = worstOf(truth.quantile, ([p, value, rest]) =>
      value === 0
        ? Math.abs(normalQuantile(p))
        : errorOf(normalQuantile(p), value, rest) / Math.abs(value),
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1e-15);
  });

  it('normalCdf: relative error within 4e-15 down to z = −37', () => {
    const worst = worstOf(
      truth.cdf,
      ([z, value, rest]) => errorOf(normalCdf(z), value, rest) / value,
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(4e-15);
  });
});

describe('edges', () => {
  it('normalQuantile: 0, 1, outside, NaN', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(0.5)).toBe(0);
    for (const p of [-1e-9, 1.000001, Number.NaN]) expect(normalQuantile(p)).toBeNaN();
  });

  it('normalCdf: infinities, far tails, NaN', () => {
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalCdf(-39)).toBe(0);
    expect(normalCdf(40)).toBe(1);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });

  it('Φ(Φ⁻¹(p)) = p', () => {
    for (let k = 1; k < 400; k++) {
      const p = k / 400;
      expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThan(1e-14);
    }
  });
});
