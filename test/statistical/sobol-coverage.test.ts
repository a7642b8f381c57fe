/**
 * Do the intervals of Sobol' indices cover, and are their standard errors right and small?
 *
 * Runs repeated with other seeds, of models whose indices are known in closed form. Each check has a false-alarm rate of
 * at most 1e-6.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Estimate } from '../../src/statistics/intervals.js';
import {
  indicesFrom,
  listed,
  type Outputs,
  SECTIONS,
  sample,
  standardError,
} from '../statistics/pick-freeze.js';
import { MODELS, quadratic, truthOf } from '../statistics/sobol-models.js';
import { fewestCovering } from '../support/coverage.js';
import { chiSquareLimit, FALSE_ALARM_RATE } from '../support/ks.js';

const RUNS = 300;
const MATINGS = 25 * SECTIONS;
/** What the intervals cover at least, of 1,600 matings; in 1,000 runs of each model it was 93.7 to 95.5 %. */
const COVERAGE = 0.93;

/** Runs in which intervals, their width times `factor`, hold the truth. */
function covering(runs: readonly Estimate[][], truth: number, k: number, factor = 1): number {
  return runs.filter((estimates) => {
    const { value, high } = estimates[k] as Estimate;
    return Math.abs(value - truth) <= factor * ((high as number) - value);
  }).length;
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
}

describe.each(Object.entries(MODELS))('%s, 300 runs', (_, model) => {
  const truth = truthOf(model);
  const runs: Estimate[][] = [];
  beforeAll(() => {
    for (let r = 0; r < RUNS; r++) {
      const outputs = sample(model, MATINGS, `coverage ${r}`);
      runs.push(listed(indicesFrom(model, outputs)));
    }
  });

  it('the intervals cover; half as wide they would not', () => {
    truth.forEach((value, k) => {
      expect(covering(runs, value, k)).toBeGreaterThanOrEqual(fewestCovering(RUNS, COVERAGE));
      expect(covering(runs, value, k, 0.5)).toBeLessThan(fewestCovering(RUNS, COVERAGE));
    });
  });

  it('the standard errors are right', () => {
    // The variance of nearly normal estimates over the true one is χ²/df; both tails of Laurent & Massart 2000.
    const degrees = RUNS - 1;
    const low = 1 - 2 * Math.sqrt(Math.log(1 / FALSE_ALARM_RATE) / degrees);
    truth.forEach((_, k) => {
      const estimates = runs.map((run) => run[k] as Estimate);
      const stated = estimates.reduce((sum, e) => sum + standardError(e) ** 2, 0) / RUNS;
      const ratio = varianceOf(estimates.map((e) => e.value)) / stated;
      expect(ratio).toBeLessThan(chiSquareLimit(degrees) / degrees);
      expect(ratio).toBeGreaterThan(low);
    });
  });
});

/** First-order indices by Saltelli et al. 2010 and by Jansen 1999, one position. */
function otherForms({ a, b, mixed }: Outputs): { saltelli: number[]; jansen: number[] } {
  const n = a.length;
  const [x, y] = [a, b].map((run) => run.map(([f]) => f as number)) as [number[], number[]];
  const variance = varianceOf([...x, ...y]);
  const mean = (g: number, term: (ab: number, i: number) => number): number =>
    (mixed[g] as Outputs['a']).reduce((sum, [ab], i) => sum + term(ab as number, i) / n, 0) /
    variance;
  return {
    saltelli: mixed.map((_, g) => mean(g, (ab, i) => (y[i] as number) * (ab - (x[i] as number)))),
    jansen: mixed.map((_, g) => 1 - mean(g, (ab, i) => ((y[i] as number) - ab) ** 2 / 2)),
  };
}

describe('first-order indices of small groups', () => {
  it('have less variance than by other forms', () => {
    // Of a quadratic loss, by long simulation, 2.1 times less and more; the logarithm of a ratio from 300 runs has a
    // standard error of at most √(4/299) = 0.12, ln 2.1 is six of them: 1e-9.
    const model = quadratic([0.01, 0.09, 0.3, 0.6], 0.05);
    const runs = Array.from({ length: RUNS }, (_, r) => {
      const outputs = sample(model, 10 * SECTIONS, `forms ${r}`);
      const own = indicesFrom(model, outputs).groups.map(({ first }) => first.value);
      return { own, ...otherForms(outputs) };
    });
    for (let g = 0; g < 3; g++) {
      const own = varianceOf(runs.map((run) => run.own[g] as number));
      expect(own).toBeLessThan(varianceOf(runs.map(({ saltelli }) => saltelli[g] as number)));
      expect(own).toBeLessThan(varianceOf(runs.map(({ jansen }) => jansen[g] as number)));
    }
  });
});
