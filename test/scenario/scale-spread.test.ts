/** Spreads scaled by a factor: the same draws, closer together. */
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/errors.js';
import { compileLaw } from '../../src/plan/laws.js';
import { meanOf } from '../../src/scenario/law-mean.js';
import { scaleSpread } from '../../src/scenario/scale-spread.js';
import type { Contribution, Distribution } from '../../src/scenario/types.js';
import { Chance } from '../support/chance.js';
import { drawsOfAllCells, LAST_DRAW } from '../support/draws.js';
import { magnitude, normal, randomLaws, toleranced, valueAt } from './scaled-laws.js';

const LEVEL = 'fibre';

const lowerDraws = drawsOfAllCells(1);
const DRAWS = [...lowerDraws, ...lowerDraws.map((x) => LAST_DRAW - x)];

describe('scaleSpread', () => {
  const factors = [0, 0.1, 0.5, 0.85, 1.0001, 1.7];

  it('draws c + f·(x − c) where x was drawn, to rounding', () => {
    const chance = new Chance(2);
    for (const law of randomLaws(3, 6)) {
      for (const about of ['mean', 'zero'] as const) {
        const factor = chance.pick(factors);
        const scaled = scaleSpread([{ ...law, level: LEVEL }], factor, about);
        const [before, after] = [valueAt([law]), valueAt(scaled)];
        const centre = about === 'mean' ? meanOf(law) : 0;
        for (const x of DRAWS) {
          const [old, now] = [before(x), after(x)];
          const expected = centre + factor * (old - centre);
          // Widths are rounded by up to 17 units in the last place to match the table, everything else by a few.
          const rounding =
            2 ** -52 * (24 * Math.abs(old) + 24 * Math.abs(centre) + 24 * magnitude(law));
          if (Math.abs(now - expected) > rounding) {
            expect.fail(
              `${JSON.stringify({ law, about, factor })} at ${x}: ${now}, not ${expected}`,
            );
          }
        }
      }
    }
  });

  it('reads the very table of quantiles that the law had, wherever that was truncated', () => {
    const chance = new Chance(4);
    for (let i = 0; i < 60; i++) {
      const mean = chance.pick([0, 0, 9.2, 699.5, chance.between(-3, 3)]);
      const sigma = chance.between(0.01, 1);
      const law = chance.pick<Distribution>([
        normal(
          mean,
          sigma,
          mean - chance.between(0.5, 4) * sigma,
          mean + chance.between(0.5, 4) * sigma,
        ),
        normal(mean, sigma, mean - 3 * sigma, mean + 3 * sigma),
        { distribution: 'rayleigh', scale: sigma, max: sigma * chance.between(0.5, 4) },
        { ...toleranced(mean, chance.between(0.1, 1), chance.between(0.1, 1), true), cpk: 0.7 },
      ]);
      const quantiles = tableOf(law);
      for (let k = 0; k < 20; k++) {
        const about = chance.pick(['mean', 'zero'] as const);
        const [scaled] = scaleSpread([{ ...law, level: LEVEL }], chance.between(0.05, 2), about);
        expect(tableOf(scaled as Distribution), JSON.stringify(law)).toBe(quantiles);
      }
    }
  });

  it('scaling by f and then by g is scaling by f·g', () => {
    for (const law of randomLaws(5, 4)) {
      for (const about of ['mean', 'zero'] as const) {
        const start: Contribution[] = [{ ...law, level: LEVEL }];
        const twice = valueAt(scaleSpread(scaleSpread(start, 0.7, about), 1.2, about));
        const once = valueAt(scaleSpread(start, 0.7 * 1.2, about));
        for (const x of DRAWS.filter((_, i) => i % 17 === 0)) {
          // Means of truncated laws are good to 1e-10 of their sigma.
          const bound = 1e-10 * magnitude(law) + 1e-13 * Math.abs(once(x));
          expect(Math.abs(twice(x) - once(x)), JSON.stringify(law)).toBeLessThanOrEqual(bound);
        }
      }
    }
  });

  it('keeps levels and, with factor 1, everything', () => {
    const laws: Contribution[] = randomLaws(6, 1).map((law, i) => ({
      ...law,
      level: i % 2 === 0 ? 'plug' : 'lot',
    }));
    expect(scaleSpread(laws, 1, 'mean')).toEqual(laws);
    laws.forEach((law) => {
      for (const { level } of scaleSpread([law], 0.5, 'mean')) expect(level).toBe(law.level);
    });
  });

  it('keeps normals whole, which alone may be correlated', () => {
    const [only, ...others] = scaleSpread(
      [{ ...normal(3, 2, null, null), level: LEVEL }],
      0,
      'mean',
    );
    expect(only).toEqual({ ...normal(3, 0, null, null), level: LEVEL });
    expect(others).toEqual([]);
  });

  it.each([-0.1, Number.NaN, Infinity])('refuses a factor of %s', (factor) => {
    expect(() => scaleSpread([], factor, 'mean')).toThrow(InvariantError);
  });
});

function tableOf(law: Distribution): Float32Array {
  const compiled = compileLaw(law);
  if ('fixed' in compiled) throw new Error('a fixed value has no table');
  return compiled.quantiles;
}
