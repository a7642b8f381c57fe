/** How an allocation may end, and its verification by independent runs. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { allocate } from '../../src/studies/allocate/allocate.js';
import type { FreeTolerance, Verify } from '../../src/studies/allocate/types.js';
import {
  agreeing,
  exact,
  noisy,
  plainly,
  sumsOfSquares,
  tolerance,
  verifying,
} from './allocate-models.js';

describe('outcomes', () => {
  const tolerances = [tolerance({ most: 1.2 }, 0), tolerance({ least: 0.5, most: 1.2 }, 1)];

  it('infeasible even at all least: what is reached there', async () => {
    const { evaluate, counted } = exact(sumsOfSquares([[1, 8]]));
    const found = await allocate(tolerances, evaluate, agreeing);
    expect(found.outcome).toBe('infeasible');
    expect(found.factors).toEqual([0.1, 0.5]);
    expect(found.targets[0]!.value).toBeCloseTo(2.01, 12);
    expect(found.verifications).toEqual([]);
    expect(found.evaluations).toBe(counted.points);
  });

  it('slack: with all at most the targets are met, savings are negative costs', async () => {
    const found = await plainly(tolerances, sumsOfSquares([[0.1, 0.1]]));
    expect(found).toMatchObject({
      outcome: 'verified',
      slack: true,
      factors: [1.2, 1.2],
      rounds: [],
    });
    expect(found.cost).toBeCloseTo(2 * (1 / 1.2 - 1), 12);
    expect(found.tolerances.map(({ at, worthOfOnePercent }) => [at, worthOfOnePercent])).toEqual([
      ['most', 0],
      ['most', 0],
    ]);
  });

  it('savings: a tolerance that matters little is widened to pay for another', async () => {
    const wide = [tolerance({}, 0), tolerance({ cost: 5 }, 1)];
    const found = await plainly(wide, sumsOfSquares([[0.9, 0.1]]));
    expect(found.cost).toBeLessThan(0);
    expect(found.tolerances[1]!.cost).toBeLessThan(0);
    expect(found.factors[1]).toBeGreaterThan(1.2);
  });

  it('a tolerance that costs nothing, or does nothing, or whose range is a point, is no trouble', async () => {
    const odd = [
      tolerance({ cost: 0 }, 0),
      tolerance({}, 1),
      tolerance({ least: 0.7, most: 0.7 }, 2),
      tolerance({}, 3),
    ];
    const found = await plainly(odd, sumsOfSquares([[1, 0, 1, 1]]));
    expect(found.outcome).toBe('verified');
    expect(found.factors.slice(0, 3)).toEqual([0.1, 4, 0.7]);
    expect(found.factors[3]! ** 2).toBeCloseTo(1 - 0.01 - 0.49, 3);
    expect(found.tolerances.map(({ at }) => at)).toEqual([
      'least',
      'most',
      'least and most',
      'between',
    ]);
  });

  it('the same answer, to the last bit, every time', async () => {
    const run = () =>
      allocate(
        tolerances,
        noisy(sumsOfSquares([[1, 0.7]]), 2e-3, 3, true),
        verifying(sumsOfSquares([[1, 0.7]])),
      );
    expect(JSON.stringify(await run())).toBe(JSON.stringify(await run()));
  });

  it('is plain data', async () => {
    const found = await plainly(tolerances, sumsOfSquares([[1, 0.7]]));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it.each<[string, Partial<FreeTolerance>]>([
    ['no range', { least: 2, most: 1 }],
    ['least 0', { least: 0 }],
    ['a negative cost', { cost: -1 }],
    ['no exponent', { exponent: 0 }],
    ['NaN', { most: Number.NaN }],
  ])('refuses %s', async (_, more) => {
    const { evaluate } = exact(sumsOfSquares([[1]]));
    await expect(allocate([tolerance(more)], evaluate, agreeing)).rejects.toThrow(UserError);
  });
});

describe('verification', () => {
  const tolerances = [tolerance({}, 0), tolerance({ cost: 2 }, 1)];
  const model = sumsOfSquares([[0.7, 0.6]]);

  it('tightens by what was missed and more, and is passed by what meets the targets', async () => {
    // The search sees ratios 2 % too low.
    const { evaluate } = exact((factors) => model(factors).map((ratio) => 0.98 * ratio));
    const found = await allocate(tolerances, evaluate, verifying(model));
    expect(found.outcome).toBe('verified');
    expect(found.verifications.map(({ attempt, passed }) => [attempt, passed])).toEqual([
      [1, false],
      [2, true],
    ]);
    for (const { confidence } of found.verifications)
      expect(confidence).toBeCloseTo(1 - 0.05 / 3, 12);
    const [first, second] = found.verifications;
    expect(second!.aims[0]).toBeLessThan(first!.aims[0]! - 0.015);
    expect(second!.factors).toEqual(found.factors);
    expect(model(found.factors)[0]).toBeLessThan(1);
    expect(model(found.factors)[0]).toBeGreaterThan(0.97);
  });

  it('gives up after three, and at once where bounds are unknown', async () => {
    const { evaluate } = exact(model);
    const never: Verify = async () => ({ ratios: [{ value: 1, upper: 1.01 }] });
    const found = await allocate(tolerances, evaluate, never);
    expect(found.outcome).toBe('undecided');
    expect(found.verifications).toHaveLength(3);
    const unknown: Verify = async () => ({ ratios: [{ value: 0.9, upper: null }] });
    const short = await allocate(tolerances, evaluate, unknown);
    expect(short.outcome).toBe('undecided');
    expect(short.verifications.map(({ passed }) => passed)).toEqual([null]);
  });
});
