/** Means of laws against values of many digits, and against what runs draw. */
import { describe, expect, it } from 'vitest';
import { LAW_NAMES } from '../../src/scenario/law-fields.js';
import { meanOf } from '../../src/scenario/law-mean.js';
import type { Distribution } from '../../src/scenario/types.js';
import { drawsOfAllCells, LAST_DRAW } from '../support/draws.js';
import { magnitude, normal, randomLaws, toleranced, valueAt } from './scaled-laws.js';

const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe('meanOf', () => {
  // Values of 20 digits worked out by quadrature of the densities with 40 digits.
  it.each<[Distribution, number]>([
    [normal(0, 1, -3, 2), -0.05078298967487897],
    [normal(0, 1, 3, 5), 3.2826943799422983],
    [normal(0, 1, -4.5, -4), -4.168079589578314],
    [normal(2, 0.5, 2, 2.125), 2.062175162096561],
    [normal(700, 0.25, 699.75, 701), 700.0718629311517],
    [normal(0, 1, -0.25, 8), 0.6458393710168095],
    [normal(0, 1, 1, 1.0000152587890625), 1.0000076293751285],
    [{ distribution: 'rayleigh', scale: 0.25, max: 0.5 }, 0.26762322692955304],
    [{ distribution: 'rayleigh', scale: 1, max: 0.0078125 }, 0.005208317438749844],
    [{ distribution: 'rayleigh', scale: 1, max: 3 }, 1.230270526142843],
    [{ distribution: 'rayleigh', scale: 1, max: 3.25 }, 1.241653158955636],
    [{ distribution: 'rayleigh', scale: 2, max: 12 }, 2.506628125101122],
    [{ distribution: 'rayleigh', scale: 2, max: null }, 2.5066282746310002],
    [{ distribution: 'weibull', scale: 1, shape: 0.1 }, 3628799.9999999953],
    [{ distribution: 'weibull', scale: 2, shape: 0.5 }, 4],
    [{ distribution: 'weibull', scale: 3, shape: 3.5 }, 2.699241529508517],
    [{ distribution: 'weibull', scale: 1, shape: 1000 }, 0.9994237724845955],
    [{ distribution: 'lognormal', median: 1, sigmaLog: 0.5 }, 1.1331484530668263],
    [{ distribution: 'lognormal', median: 2, sigmaLog: 2 }, 14.7781121978613],
    [{ distribution: 'lognormal', median: 1, sigmaLog: 10 }, 5.184705528587072e21],
    [{ distribution: 'half-normal', sigma: 2 }, 1.5957691216057308],
    [{ distribution: 'triangular', low: 1, mode: 2, high: 6 }, 3],
    [{ distribution: 'beta', low: 1, high: 6, alpha: 2, beta: 3 }, 3],
    [{ distribution: 'histogram', edges: [0, 1, 3], weights: [1, 3] }, 1.625],
    [{ distribution: 'discrete', values: [1, 3], weights: [1, 3] }, 2.5],
    [{ distribution: 'empirical', values: [1, 3, 3, 5] }, 3],
    [toleranced(10, 3, 1, true), 11],
    [toleranced(10, 3, 1, false), 11],
  ])('%j', (law, truth) => {
    const slack = law.distribution === 'normal' ? 1e-10 * law.sigma : 0;
    expect(Math.abs(meanOf(law) - truth)).toBeLessThanOrEqual(1e-13 * Math.abs(truth) + slack);
  });

  it('is that of what runs draw, integrated over all cells of their tables', () => {
    let checked = 0;
    for (const law of randomLaws(1, 8)) {
      const value = valueAt([law]);
      const spread =
        'values' in law ? range(law.values) : value(LAST_DRAW - 2 ** 28) - value(2 ** 28);
      // Tables are good to 1e-6 of the scale or the value, the sum over cells to 1e-4 of the spread, of steps to 1e-3.
      const bound = ('values' in law ? 3e-3 : 2e-4) * spread + 2e-6 * magnitude(law);
      expect(Math.abs(integral(value) - meanOf(law)), JSON.stringify(law)).toBeLessThanOrEqual(
        bound,
      );
      checked++;
    }
    expect(checked).toBe(8 * LAW_NAMES.length);
  });

  it('a mean that forgot the truncation would be seen', () => {
    const value = valueAt([normal(0, 1, -1, 2)]);
    expect(Math.abs(integral(value) - 0)).toBeGreaterThan(0.2);
  });
});

/** Mean over the draws: the trapezium rule between 16 draws of every cell, evenly spread in both halves. */
function integral(value: (x: number) => number): number {
  const lower = drawsOfAllCells(16);
  const draws = [...lower, ...lower.map((x) => LAST_DRAW - x).reverse()];
  let sum = 0.5 * (value(0) + value(LAST_DRAW));
  for (let i = 1; i < draws.length; i++) {
    const [from, to] = [draws[i - 1]!, draws[i]!];
    sum += 0.5 * (value(from) + value(to)) * (to - from);
  }
  return sum / 2 ** 32;
}
