/** The comparison of the engines can fail: a plan that differs in one bit for one of them is told apart. */
import { describe, expect, it } from 'vitest';
import type { PairMechanics } from '../../src/model/mating.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import { type Draw, LAW } from '../../src/random/draw.js';
import { TABLE_HEADER, TABLE_ROWS } from '../../src/random/quantile-table.js';
import { MTP, PERFECT, scenarioFrom } from '../support/scenarios.js';
import { kernelCounter, outcome, referenceCounter, type Window } from './blocks.js';
import { firstDifference } from './difference.js';

const plan = compilePlan(scenarioFrom(MTP, 'twins', 1));
const WINDOW: Window = { start: 0, count: 1001 };

/** The plan with something of its only pair changed. */
function withPair(change: (pair: PairPlan) => Partial<PairPlan>): Plan {
  return { ...plan, pairs: plan.pairs.map((pair) => ({ ...pair, ...change(pair) })) };
}

/** The nearest double away from 0. */
function next(x: number): number {
  const bits = new BigInt64Array(Float64Array.of(x).buffer);
  bits[0]! += 1n;
  return new Float64Array(bits.buffer)[0]!;
}

/** The table with the lowest bit of one coefficient flipped. */
function flipped(table: Float32Array, at: number): Float32Array {
  const copy = table.slice();
  new Int32Array(copy.buffer)[at]! ^= 1;
  return copy;
}

function differenceWith(changed: Plan): string | undefined {
  return firstDifference(kernelCounter(plan)(WINDOW), referenceCounter(changed)(WINDOW));
}

describe('of one plan for the kernel and another for the reference, a difference is found', () => {
  it('not where they are the same', () => {
    expect(differenceWith(withPair(() => ({})))).toBeUndefined();
  });

  it('in the lowest bit of one coefficient of a table', () => {
    // A 1/32 of all draws reads the last whole row of the lower half.
    const row = TABLE_ROWS - 2;
    const table = plan.pairs[0]?.draws.find(({ law }) => law === LAW.quantileTable)?.quantiles;
    const changed = withPair(({ draws }) => ({
      draws: draws.map((draw) =>
        draw.quantiles === table
          ? { ...draw, quantiles: flipped(draw.quantiles, TABLE_HEADER + 4 * row) }
          : draw,
      ),
    }));
    expect(differenceWith(changed)).toMatch(/sums|bins/);
  });

  it('in the last bit of the sigma of one input', () => {
    const centred = ({ law, a, b }: Draw) => law === LAW.quantileTable && a === 0 && b > 0;
    const first = plan.pairs[0]?.draws.find(centred);
    const changed = withPair(({ draws }) => ({
      draws: draws.map((draw) => (draw === first ? { ...draw, b: next(draw.b) } : draw)),
    }));
    expect(differenceWith(changed)).toMatch(/sums/);
  });

  it.each<keyof PairMechanics & keyof typeof EVERYDAY>(['glassIndex', 'contactStiffnessNPerUm'])(
    'in the last bit of the constant %s',
    (name) => {
      const changed = withPair(({ mechanics }) => ({
        mechanics: { ...mechanics, [name]: next(EVERYDAY[name]) },
      }));
      expect(EVERYDAY[name]).toBe(plan.pairs[0]?.mechanics[name]);
      expect(differenceWith(changed)).toMatch(/sums/);
    },
  );

  it('in one mating more', () => {
    const kernel = kernelCounter(plan)({ start: 0, count: 1002 });
    expect(firstDifference(kernel, referenceCounter(plan)(WINDOW))).toBeDefined();
  });
});

const EVERYDAY = { glassIndex: 1.4677, contactStiffnessNPerUm: 1 };

describe('two results differ', () => {
  it.each<[string, unknown, unknown, string | undefined]>([
    ['in the sign of 0', { a: [0, 0] }, { a: [0, -0] }, 'a.1: 0 or 0'],
    ['in a number', { a: Float64Array.of(1, 2) }, { a: Float64Array.of(1, 3) }, 'a.1: 2 or 3'],
    ['in a length', { a: [1] }, { a: [1, 2] }, 'a: 1 numbers or 2 numbers'],
    ['in a name', { a: 1 }, { b: 1 }, ': a or b'],
    ['where one is an error', 'Error: x', { a: 1 }, ': Error: x or [object Object]'],
    ['not', { a: [Number.NaN, -0, 'x'] }, { a: [Number.NaN, -0, 'x'] }, undefined],
  ])('%s', (_, a, b, difference) => {
    expect(firstDifference(a, b)).toBe(difference);
  });
});

describe('corners of counting', () => {
  // The kernel keeps 256 matings before it counts their bins.
  it.each([1, 255, 256, 257, 260, 511, 512, 513])('%i matings have the same bits', (count) => {
    const window = { start: 0, count };
    expect(
      firstDifference(kernelCounter(plan)(window), referenceCounter(plan)(window)),
    ).toBeUndefined();
  });

  it('matings that are all alike: the first ones are kept as the worst, and their first fibre', () => {
    const alike = compilePlan(scenarioFrom(PERFECT, 'alike', 1));
    const counts = kernelCounter(alike)(WINDOW);
    expect(counts.pairs[0]?.worstMatings.map(({ mating, fibre }) => [mating, fibre])).toEqual(
      Array.from({ length: 10 }, (_, mating) => [mating, 0]),
    );
    expect(firstDifference(counts, referenceCounter(alike)(WINDOW))).toBeUndefined();
  });

  it('a loss that is no number ends both with an error', () => {
    const broken = withPair(({ mechanics }) => ({
      mechanics: { ...mechanics, wavelengthUm: Number.NaN },
    }));
    const errors = [kernelCounter, referenceCounter].map((counter) =>
      outcome(() => counter(broken)(WINDOW)),
    );
    for (const error of errors) expect(error).toMatch(/a loss that is no number/);
  });
});
