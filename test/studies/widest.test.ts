/** How wide one tolerance may be, against closed forms. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { widest } from '../../src/studies/allocate/widest.js';
import { Chance } from '../support/chance.js';
import {
  agreeing,
  agreeingOn,
  exact,
  type Model,
  noisy,
  sumsOfSquares,
  verifying,
} from './allocate-models.js';

const tolerance = { name: 'bores', least: 0.2, most: 5 };

describe('widest', () => {
  it('a constant and a square: √((K − a₀)/a₁), within 0.05 % below, in at most 24 evaluations', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const chance = new Chance(1_000_003 * seed);
      const [constant, truth] = [chance.between(0, 0.9), chance.between(0.25, 4.9)];
      const model = sumsOfSquares([[(1 - constant) / truth ** 2], [0.001]], constant);
      const { evaluate, counted } = exact(model);
      const found = await widest(tolerance, evaluate, agreeingOn(2), { margin: 0 });
      expect(found).toMatchObject({ outcome: 'verified', slack: false, monotone: true });
      expect(found.factor / truth).toBeLessThanOrEqual(1 + 1e-12);
      expect(found.factor / truth).toBeGreaterThan(1 - 5.1e-4);
      expect(found.tooWide! / found.factor).toBeLessThan(1 + 5.1e-4);
      expect(found.evaluations).toBe(counted.points);
      expect(counted.points).toBeLessThanOrEqual(24);
    }
  });

  it('meets all targets: the narrowest decides', async () => {
    const { evaluate } = exact(sumsOfSquares([[0.25], [1 / 9], [0.04]]));
    const found = await widest(tolerance, evaluate, agreeingOn(3), { margin: 0 });
    expect(found.factor).toBeCloseTo(2, 2);
    expect(found.evaluation.ratios[1]!.value).toBeCloseTo(4 / 9, 2);
  });

  it('all of the range, or none of it', async () => {
    const all = await widest(tolerance, exact(sumsOfSquares([[0.01]])).evaluate, agreeing);
    expect(all).toMatchObject({ outcome: 'verified', slack: true, factor: 5, tooWide: null });
    const none = await widest(tolerance, exact(sumsOfSquares([[0.1]], 1)).evaluate, agreeing);
    expect(none).toMatchObject({
      outcome: 'infeasible',
      slack: false,
      factor: 0.2,
      monotone: true,
    });
    expect(none.verifications).toEqual([]);
  });

  it('says where ratios do not rise, and stops at the first that misses', async () => {
    const bump: Model = ([f]) => [0.5 + Math.exp(-20 * Math.log(f!) ** 2)];
    const found = await widest(tolerance, exact(bump).evaluate, agreeing, { margin: 0 });
    expect(found.monotone).toBe(false);
    // exp(−20·x²) = ½ at x = −√(ln 2/20)
    expect(found.factor).toBeCloseTo(Math.exp(-Math.sqrt(Math.LN2 / 20)), 3);
  });

  it('errors of runs of 0.2 % move it by 0.2 % at most where the ratio is a square', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const model = sumsOfSquares([[1 / 1.7 ** 2]]);
      const found = await widest(tolerance, noisy(model, 2e-3, seed, true), agreeing, {
        margin: 0,
      });
      // Two errors of 0.2 %, halved by the square, and 0.05 % of the bracket.
      expect(Math.abs(found.factor / 1.7 - 1)).toBeLessThan(2.6e-3);
      expect(found.evaluations).toBeLessThanOrEqual(45);
    }
  });

  it('verifies, and narrows what an independent run does not confirm', async () => {
    const model = sumsOfSquares([[0.25]]);
    const { evaluate } = exact((factors) => model(factors).map((ratio) => 0.97 * ratio));
    const found = await widest(tolerance, evaluate, verifying(model));
    expect(found.outcome).toBe('verified');
    expect(found.verifications.map(({ passed }) => passed)).toEqual([false, true]);
    expect(found.factor).toBeLessThan(2);
    expect(found.factor).toBeGreaterThan(1.95);
  });

  it('is plain data, and refuses what is no range', async () => {
    const { evaluate } = exact(sumsOfSquares([[0.25]]));
    const found = await widest(tolerance, evaluate, agreeing);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    await expect(widest({ ...tolerance, least: 5 }, evaluate, agreeing)).rejects.toThrow(UserError);
  });
});
