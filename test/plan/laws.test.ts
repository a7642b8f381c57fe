/**
 * Continuous laws as a run draws them, against quantiles of 30 digits in every cell of their tables and far into both
 * tails: the first and last 16 draws, the first draw of each cell and one inside it (see test/reference/README.md).
 */
import { describe, expect, it } from 'vitest';
import { compileLaw } from '../../src/plan/laws.js';
import { type LawNumbers, lawValue } from '../../src/random/draw.js';
import type { Distribution } from '../../src/scenario/types.js';
import { worstOf } from '../support/accuracy.js';
import { drawsOfAllCells, LAST_DRAW, shareOf } from '../support/draws.js';
import { quantilesOf } from '../support/quantiles.js';
import { reference } from '../support/reference.js';

interface TableLaw {
  distribution: Distribution;
  below: number[];
  above: number[];
}

const truth = reference<{ draws: [number[]]; laws: TableLaw[] }>('quantile-tables');
const referenceDraws = truth.draws[0];
/** The first and last draw of every cell and seven between, of both halves, ascending. */
const lowerDraws = drawsOfAllCells(7);
const allDraws = [...lowerDraws, ...lowerDraws.map((x) => LAST_DRAW - x).reverse()];

function compiled(distribution: Distribution): LawNumbers {
  const law = compileLaw(distribution);
  if ('fixed' in law) throw new Error('a fixed value has no table');
  return law;
}

type Rows = readonly (readonly [draw: number, value: number])[];

/** Draws of the lower half with their values from either end, as draws of both halves. */
function rowsFrom(
  draws: readonly number[],
  values: readonly [(x: number, i: number) => number, (x: number, i: number) => number],
): Rows {
  return draws.flatMap((x, i) => [
    [x, values[0](x, i)] as const,
    [LAST_DRAW - x, values[1](x, i)] as const,
  ]);
}

const rowsOf = ({ below, above }: TableLaw): Rows =>
  rowsFrom(referenceDraws, [(_, i) => below[i]!, (_, i) => above[i]!]);

interface Accuracy {
  /** Largest error stated for the law … */
  readonly bound: number;
  /** … as a share of the value; otherwise in scores or of the interval from low to high. */
  readonly relative: boolean;
}

/** Below this a share of the value means nothing: single precision ends at 1.2e-38. */
const SMALLEST = 1e-35;

function statedFor(law: Distribution): Accuracy {
  switch (law.distribution) {
    case 'lognormal':
      return { bound: law.sigmaLog <= 2 ? 3e-7 : 5e-5, relative: true };
    case 'weibull':
      return { bound: law.shape >= 0.5 ? 3e-7 : 1e-4, relative: true };
    case 'rayleigh':
      return { bound: 2e-7, relative: true };
    case 'beta':
      return { bound: 1e-6, relative: false };
    default:
      return { bound: 5e-7, relative: false };
  }
}

function worstError(law: LawNumbers, rows: Rows, relative: boolean) {
  return worstOf(rows, ([x, value]) => {
    const error = Math.abs(lawValue(law, x) - value);
    return relative ? error / Math.max(SMALLEST, Math.abs(value)) : error;
  });
}

const nameOf = ({ distribution, ...fields }: Distribution) =>
  `${distribution} ${JSON.stringify(fields).replace(/"/g, '')}`;
const cases = truth.laws.map((law) => [nameOf(law.distribution), law] as const);

describe.each(cases)('%s', (_, row) => {
  const { distribution } = row;
  const law = compiled(distribution);
  const { bound, relative } = statedFor(distribution);

  it(`is within ${bound}${relative ? ' of the value' : ''}`, () => {
    const rows = rowsOf(row);
    expect(rows.length).toBeGreaterThan(1700);
    const worst = worstError(law, rows, relative);
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(bound);
  });

  it('grows with the draw, but for the rounding of single precision', () => {
    // Where the cubics are worse than single precision, joints of cells may step back by twice their error.
    const slack = relative && bound >= 1e-6 ? 2 * bound : 2 ** -23;
    const smallest = relative ? SMALLEST : 1;
    let before = -Infinity;
    for (const x of allDraws) {
      const value = lawValue(law, x);
      const step = slack * Math.max(smallest, Math.abs(value));
      expect(value, `at ${x}`).toBeGreaterThanOrEqual(before - step);
      before = value;
    }
    expect(before).toBeGreaterThan(lawValue(law, 0));
  });

  it('never leaves its bounds', () => {
    const [low, high] = boundsOf(distribution);
    for (const x of allDraws) {
      const value = lawValue(law, x);
      if (!(value >= low && value <= high)) expect.fail(`${value} at ${x}`);
    }
  });
});

const closed = truth.laws.flatMap((row) => {
  const quantiles = quantilesOf(row.distribution);
  return quantiles === undefined ? [] : [[nameOf(row.distribution), row, quantiles] as const];
});

// Beta has its cells checked in beta.test.ts, by its distribution function.
describe.each(closed)('%s by its closed form in double precision', (_, row, [below, above]) => {
  const { distribution } = row;
  const law = compiled(distribution);
  const { bound, relative } = statedFor(distribution);
  const values = [(x: number) => below(shareOf(x)), (x: number) => above(shareOf(x))] as const;

  it('the closed form agrees with the nine digits of the reference', () => {
    const known = rowsOf(row);
    rowsFrom(referenceDraws, values).forEach(([x, value], i) => {
      const nine = known[i]![1];
      if (Math.abs(value - nine) > 5.1e-9 * Math.abs(nine) + 1e-16) expect.fail(`at ${x}`);
    });
  });

  it(`nine draws of every cell are within ${bound}${relative ? ' of the value' : ''}`, () => {
    const worst = worstError(law, rowsFrom(lowerDraws, values), relative);
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(bound);
  });
});

function boundsOf(law: Distribution): readonly [number, number] {
  switch (law.distribution) {
    case 'normal':
      return [law.lower ?? -Infinity, law.upper ?? Infinity];
    case 'beta':
      return [law.low, law.high];
    case 'rayleigh':
      return [0, law.max ?? Infinity];
    default:
      return [0, Infinity];
  }
}

describe('twins: a table of a slightly other law fails its bound', () => {
  const other: readonly (readonly [Distribution, Distribution])[] = [
    [normal(-3, 3), normal(-3, 3.00001)],
    [normal(null, null), normal(-6.2, 6.2)],
    [
      { distribution: 'lognormal', median: 1, sigmaLog: 2 },
      { distribution: 'lognormal', median: 1, sigmaLog: 2.000001 },
    ],
    [
      { distribution: 'weibull', scale: 1, shape: 3.5 },
      { distribution: 'weibull', scale: 1, shape: 3.500001 },
    ],
    [
      { distribution: 'rayleigh', scale: 1, max: 1 },
      { distribution: 'rayleigh', scale: 1, max: 1.000001 },
    ],
    [
      { distribution: 'beta', low: 0, high: 1, alpha: 2, beta: 3 },
      { distribution: 'beta', low: 0, high: 1, alpha: 2.0001, beta: 3 },
    ],
  ];

  it.each(other.map(([right, wrong]) => [nameOf(wrong), right, wrong] as const))(
    '%s',
    (_, right, wrong) => {
      const row = truth.laws.find(({ distribution }) => nameOf(distribution) === nameOf(right));
      if (row === undefined) throw new Error('no such case');
      const { bound, relative } = statedFor(right);
      expect(worstError(compiled(right), rowsOf(row), relative).error).toBeLessThanOrEqual(bound);
      expect(worstError(compiled(wrong), rowsOf(row), relative).error).toBeGreaterThan(bound);
    },
  );
});

function normal(lower: number | null, upper: number | null): Distribution {
  return { distribution: 'normal', mean: 0, sigma: 1, lower, upper };
}

describe('symmetric laws', () => {
  it.each([
    [null, null],
    [-3, 3],
    [-0.5, 0.5],
  ])('normal from %s to %s: draws from either end are opposite, to the last bit', (low, high) => {
    const law = compiled(normal(low, high));
    for (const x of lowerDraws) {
      expect(lawValue(law, x) + lawValue(law, LAST_DRAW - x), `at ${x}`).toBe(0);
    }
  });

  it('normal above its mean is the one below seen in a mirror, to the last bit', () => {
    const above = compiled(normal(3, 5));
    const below = compiled(normal(-5, -3));
    for (const x of allDraws) expect(lawValue(above, LAST_DRAW - x)).toBe(-lawValue(below, x));
    expect(above.b).toBe(1);
  });

  it.each([0.1, 0.5, 1, 1000])(
    'beta of shapes %d and the same: draws from either end add to 1',
    (shape) => {
      const law = compiled({ distribution: 'beta', low: 0, high: 1, alpha: shape, beta: shape });
      for (const x of lowerDraws) {
        const sum = lawValue(law, x) + lawValue(law, LAST_DRAW - x);
        expect(Math.abs(sum - 1), `at ${x}`).toBeLessThanOrEqual(1.2e-7);
      }
    },
  );
});

describe('bounds as a scenario gives them, decimal numbers', () => {
  /** Largest excess over a bound, in units of 2^−52 of the greatest number that goes into the value. */
  function excess(distribution: Distribution, low: number, high: number, size: number): number {
    const law = compiled(distribution);
    let most = 0;
    for (const x of [
      0,
      1,
      2,
      1000,
      2 ** 31,
      LAST_DRAW - 1000,
      LAST_DRAW - 2,
      LAST_DRAW - 1,
      LAST_DRAW,
    ]) {
      const value = lawValue(law, x);
      most = Math.max(most, low - value, value - high);
    }
    return most / (2 ** -52 * size);
  }

  it('are kept to the rounding of a + b·v, one unit in the last place', () => {
    for (let i = 1; i <= 400; i++) {
      const mean = Number((1.37 * i).toFixed(2));
      const sigma = Number((0.01 * i).toFixed(2));
      const [low, high] = [mean - 3 * sigma, mean + 2 * sigma].map((x) => Number(x.toFixed(3)));
      const law = { distribution: 'normal', mean, sigma, lower: low!, upper: high! } as const;
      expect(excess(law, low!, high!, Math.abs(mean) + 3 * sigma), `normal ${i}`).toBeLessThan(1);
      const beta = {
        distribution: 'beta',
        low: -sigma,
        high: mean,
        alpha: 0.1,
        beta: 0.1,
      } as const;
      expect(excess(beta, -sigma, mean, mean + sigma), `beta ${i}`).toBeLessThan(1);
      const rayleigh = { distribution: 'rayleigh', scale: sigma, max: mean / 100 } as const;
      expect(excess(rayleigh, 0, mean / 100, mean / 100), `Rayleigh ${i}`).toBeLessThan(1);
    }
  });
});
