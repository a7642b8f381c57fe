/**
 * Sobol' indices against definitions taken literally, against closed forms, and where nothing varies.
 *
 * Every estimate is checked with a false-alarm rate of 1e-6; wrong variants must trip the check.
 */
import { variance } from 'simple-statistics';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Estimate } from '../../src/statistics/intervals.js';
import { type SobolIndices, sobolIndices } from '../../src/statistics/sobol-indices.js';
import { numbers } from './lot-helpers.js';
import {
  indicesFrom,
  listed,
  noShift,
  type Outputs,
  SECTIONS,
  sample,
  standardError,
  sumsOf,
} from './pick-freeze.js';
import { additive, ishigami, MODELS, type Model, quadratic, truthOf } from './sobol-models.js';

describe('closed forms', () => {
  it('of Ishigami are the published ones', () => {
    // Saltelli et al. 2008 and many others: 0.3139, 0.4424, 0; 0.5576, 0.4424, 0.2437.
    const expected = [0.3139, 0.4424, 0, 0.5576, 0.4424, 0.2437, 0.2437];
    truthOf(ishigami(7, 0.1)).forEach((x, k) => {
      expect(x).toBeCloseTo(expected[k] as number, 4);
    });
  });

  it('of quadratic losses add up for two groups: T₁ = 1 − S₂', () => {
    const { first, total } = quadratic([0.3, 1.1], 2);
    expect(total[0]).toBeCloseTo(1 - (first[1] as number), 14);
  });
});

type Runs = readonly (readonly number[])[];

/** Covariance of two runs about their common mean over its variance in both, added up over positions. */
function commonCorrelation(x: Runs, y: Runs): number {
  let covariance = 0;
  let variance = 0;
  for (let p = 0; p < (x[0] as readonly number[]).length; p++) {
    const [u, v] = [x, y].map((run) => run.map((outputs) => outputs[p] as number)) as [
      number[],
      number[],
    ];
    const mean = [...u, ...v].reduce((sum, z) => sum + z, 0) / (2 * u.length);
    u.forEach((z, i) => {
      const w = (v[i] as number) - mean;
      covariance += (z - mean) * w;
      variance += ((z - mean) ** 2 + w ** 2) / 2;
    });
  }
  return covariance / variance;
}

/** S, T and interactions by definition, from the outputs themselves. */
function literally({ a, b, mixed }: Outputs): number[] {
  const total = mixed.map((ab) => 1 - commonCorrelation(a, ab));
  const first = mixed.map(
    (ab, g) => commonCorrelation(b, ab) - (1 - (total[g] as number)) * commonCorrelation(a, b),
  );
  return truthOf({ first, total });
}

describe.each(Object.entries(MODELS))('%s', (_, model) => {
  it('has the indices and jackknife intervals of the definitions', () => {
    const outputs = sample(model, 200, 'definitions');
    const found = indicesFrom(model, outputs, 40);
    const values = literally(outputs);
    const keep = (left: number, run: Runs): Runs =>
      run.filter((_, i) => Math.floor(i / 5) !== left);
    const without = Array.from({ length: 40 }, (_, left) =>
      literally({
        a: keep(left, outputs.a),
        b: keep(left, outputs.b),
        mixed: outputs.mixed.map((ab) => keep(left, ab)),
      }),
    );
    listed(found).forEach((estimate, k) => {
      const thetas = without.map((theta) => theta[k] as number);
      const mean = thetas.reduce((sum, theta) => sum + theta, 0) / 40;
      const variance = (39 / 40) * thetas.reduce((sum, theta) => sum + (theta - mean) ** 2, 0);
      const half = 2.022690920036762 * Math.sqrt(variance); // t, 39 degrees, by scipy
      const expected = [
        values[k] as number,
        (values[k] as number) - half,
        (values[k] as number) + half,
      ];
      numbers(estimate).forEach((x, j) => {
        expect(x).toBeCloseTo(expected[j] as number, j === 0 ? 10 : 6);
      });
    });
  });

  it('does not depend on the constant that is taken off', () => {
    const outputs = sample(model, 640, 'shift');
    const shift = noShift(model).map((_, p) => 3 + 7 * p);
    const shifted = listed(sobolIndices(sumsOf(outputs, SECTIONS, shift)) as SobolIndices);
    listed(indicesFrom(model, outputs)).forEach((estimate, k) => {
      numbers(shifted[k] as Estimate).forEach((x, j) => {
        expect(x).toBeCloseTo(numbers(estimate)[j] as number, 9);
      });
    });
  });
});

/** Student's t with 63 degrees is beyond this at the rate 1e-6 (by scipy, stats.t.ppf(1 − 5e-7, 63) = 5.4200). */
const T_LIMIT = 5.42003;

/** Largest distance from the closed forms, in standard errors. */
function misfit(model: Model, estimates: readonly Estimate[]): number {
  const truth = truthOf(model);
  return Math.max(
    ...estimates.map((e, k) => Math.abs(e.value - (truth[k] as number)) / standardError(e)),
  );
}

describe.each(Object.entries(MODELS))('%s, 32,000 matings', (_, model) => {
  let outputs: Outputs;
  beforeAll(() => {
    outputs = sample(model, 500 * SECTIONS, 'closed form');
  });

  it('gives the closed forms', () => {
    const estimates = listed(indicesFrom(model, outputs));
    expect(misfit(model, estimates)).toBeLessThan(T_LIMIT);
    expect(Math.max(...estimates.map(standardError))).toBeLessThan(0.01);
  });

  it('twin: two groups that change places do not', () => {
    const [first, second, ...others] = outputs.mixed as [Runs, Runs, ...Runs[]];
    const swapped = indicesFrom(model, { ...outputs, mixed: [second, first, ...others] });
    expect(misfit(model, listed(swapped))).toBeGreaterThan(T_LIMIT);
  });

  it('twin: nor does AB with all but the group taken from B', () => {
    const wrong = indicesFrom(model, sample(model, 100 * SECTIONS, 'wrong', true));
    expect(misfit(model, listed(wrong))).toBeGreaterThan(T_LIMIT);
  });
});

describe('twin: variance about one mean of all positions', () => {
  it('does not give the closed forms', () => {
    const model = additive([
      [1, 0.5],
      [0.5, 1],
    ]);
    const right = sumsOf(sample(model, 100 * SECTIONS, 'means'), SECTIONS, noShift(model));
    const oneMean = <T extends { sums: readonly Float64Array[] }>(output: T): T => {
      const [x, y] = output.sums as [Float64Array, Float64Array];
      const half = x.map((sum, s) => (sum + (y[s] as number)) / 2);
      return { ...output, sums: [half, half] };
    };
    const wrong = {
      ...right,
      a: oneMean(right.a),
      b: oneMean(right.b),
      groups: right.groups.map(oneMean),
    };
    const misfitOf = (sums: typeof right) =>
      misfit(model, listed(sobolIndices(sums) as SobolIndices));
    expect(misfitOf(right)).toBeLessThan(T_LIMIT);
    expect(misfitOf(wrong)).toBeGreaterThan(T_LIMIT);
  });
});

describe('special cases', () => {
  const model: Model = {
    ...additive([[1, 2, 0]]),
    groups: [[0, 1], [2], [0, 1, 2], [0]],
  };
  const outputs = sample(model, 640, 'special');
  const shift = [0];

  it('a group that changes nothing has exactly 0', () => {
    const { groups } = indicesFrom(model, outputs);
    expect(groups[1]).toEqual({
      first: { value: 0, low: 0, high: 0 },
      total: { value: 0, low: 0, high: 0 },
    });
  });

  it('a group of all that matters has 1, whether it holds what does not matter or not', () => {
    const { groups } = indicesFrom(model, outputs);
    expect(groups[0]).toEqual(groups[2]);
    expect(groups[0]?.first.value).toBeCloseTo(1, 2); // 1 − r², r = O(n^−½)
    expect(Math.abs((groups[0]?.total.value as number) - 1)).toBeLessThan(0.2); // 4.9/√640
  });

  it('variance is that of A and B together', () => {
    const all = [...outputs.a, ...outputs.b].map(([f]) => f as number);
    expect(indicesFrom(model, outputs).variance).toBeCloseTo(variance(all), 12);
  });

  it('no variance, no matings: null', () => {
    // Of some of these, rounding leaves a little more than 0.
    for (const f of [0.1, 0.3, 0.7, 0.9, 1.1, 2.3]) {
      const constant: Model = { ...model, outputs: () => [f] };
      expect(sobolIndices(sumsOf(sample(constant, 640, 's'), SECTIONS, [0]))).toBeNull();
    }
    expect(sobolIndices(sumsOf(sample(model, 0, 's'), SECTIONS, [0]))).toBeNull();
  });

  it('one mating that differs gives numbers still', () => {
    const zeros = new Array<number[]>(640).fill([0]);
    const rare = sumsOf({ a: [[1], ...zeros.slice(1)], b: zeros, mixed: [zeros] }, SECTIONS, [0]);
    for (const estimate of listed(sobolIndices(rare) as SobolIndices)) {
      for (const x of numbers(estimate)) expect(Number.isFinite(x)).toBe(true);
    }
  });

  it('few sections give no interval, and sections without matings do not count', () => {
    const few = indicesFrom(model, outputs, 20);
    for (const { low, high } of listed(few)) expect([low, high]).toEqual([null, null]);
    const full = sumsOf(outputs, 40, shift);
    const padded = (x: Float64Array): Float64Array =>
      Float64Array.from({ length: 50 }, (_, i) => x[i] ?? 0);
    const own = ({ sums, squares }: typeof full.a) => ({
      sums: sums.map(padded),
      squares: padded(squares),
    });
    const longer = sobolIndices({
      matings: padded(full.matings),
      a: own(full.a),
      b: own(full.b),
      aToB: padded(full.aToB),
      groups: full.groups.map((g) => ({ ...own(g), toA: padded(g.toA), toB: padded(g.toB) })),
    });
    expect(longer).toEqual(sobolIndices(full));
  });
});
