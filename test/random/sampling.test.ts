/**
 * Every distribution as a run draws it, 200,000 values each, against its distribution function.
 *
 * Kolmogorov–Smirnov at a false-alarm rate of 1e-6 a test (support/ks.ts). Each has a twin that must fail: for all laws
 * the same sample against F^1.05 (2 % of probability off), and for the known traps the wrong sampler itself. Places on
 * a disc are in direction.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../../src/numerics/normal.js';
import { incompleteBeta, logBeta } from '../../src/random/beta.js';
import type { Distribution } from '../../src/scenario/types.js';
import { chiSquare, chiSquareLimit, KS_LIMIT, ksStatistic } from '../support/ks.js';
import { sampleDistribution, sampleUniforms } from '../support/sampling.js';

const COUNT = 200_000;

type Cdf = (x: number) => number;

/** Distribution function of a law with function F, cut to [low, high]. */
function truncated(cdf: Cdf, low: number, high: number): Cdf {
  const [pLow, pHigh] = [cdf(low), cdf(high)];
  return (x) => (cdf(x) - pLow) / (pHigh - pLow);
}

const normal =
  (mean: number, sigma: number): Cdf =>
  (x) =>
    normalCdf((x - mean) / sigma);
function beta(a: number, b: number, low: number, high: number): Cdf {
  const lnBeta = logBeta(a, b);
  return (x) => incompleteBeta(a, b, (x - low) / (high - low), (high - x) / (high - low), lnBeta);
}
const rayleigh =
  (scale: number): Cdf =>
  (r) =>
    -Math.expm1(-0.5 * (r / scale) ** 2);

const LAWS: readonly (readonly [name: string, distribution: Distribution, cdf: Cdf])[] = [
  ['uniform', { distribution: 'uniform', low: -1, high: 3 }, (x) => (x + 1) / 4],
  [
    'normal',
    { distribution: 'normal', mean: 2, sigma: 0.5, lower: null, upper: null },
    normal(2, 0.5),
  ],
  [
    'normal truncated at ±3 sigma',
    { distribution: 'normal', mean: 9.2, sigma: 0.13, lower: 8.81, upper: 9.59 },
    truncated(normal(9.2, 0.13), 8.81, 9.59),
  ],
  [
    'normal truncated on one side of its mean',
    { distribution: 'normal', mean: 0, sigma: 1, lower: 1, upper: 2.5 },
    truncated(normal(0, 1), 1, 2.5),
  ],
  [
    'normal truncated far out in its upper tail',
    { distribution: 'normal', mean: 0, sigma: 1, lower: 5, upper: 6 },
    // In the upper tail by the complement, which keeps its digits.
    (x) => (normalCdf(-5) - normalCdf(-x)) / (normalCdf(-5) - normalCdf(-6)),
  ],
  ['half-normal', { distribution: 'half-normal', sigma: 2 }, (x) => 2 * normalCdf(x / 2) - 1],
  [
    'triangular',
    { distribution: 'triangular', low: 0, mode: 1, high: 4 },
    (x) => (x < 1 ? (x * x) / 4 : 1 - (4 - x) ** 2 / 12),
  ],
  [
    'lognormal',
    { distribution: 'lognormal', median: 0.5, sigmaLog: 0.7 },
    (x) => normalCdf(Math.log(x / 0.5) / 0.7),
  ],
  ['Rayleigh', { distribution: 'rayleigh', scale: 0.15, max: null }, rayleigh(0.15)],
  [
    'Rayleigh truncated',
    { distribution: 'rayleigh', scale: 0.15, max: 0.5 },
    truncated(rayleigh(0.15), 0, 0.5),
  ],
  [
    'Weibull',
    { distribution: 'weibull', scale: 2, shape: 1.7 },
    (x) => -Math.expm1(-((x / 2) ** 1.7)),
  ],
  ['beta', { distribution: 'beta', low: 1, high: 3, alpha: 2, beta: 3.5 }, beta(2, 3.5, 1, 3)],
  [
    'beta with its weight at both ends',
    { distribution: 'beta', low: 0, high: 1, alpha: 0.4, beta: 0.6 },
    beta(0.4, 0.6, 0, 1),
  ],
  [
    'histogram with an empty bin',
    { distribution: 'histogram', edges: [0, 1, 2, 4], weights: [1, 0, 3] },
    (x) => (x < 1 ? x / 4 : x < 2 ? 0.25 : 0.25 + ((x - 2) * 3) / 8),
  ],
  [
    'toleranced, delivered as made',
    { distribution: 'toleranced', nominal: 10, plus: 3, minus: 1, cpk: 0.5, sorted: false },
    normal(11, 4 / 3),
  ],
  [
    'toleranced, sorted',
    { distribution: 'toleranced', nominal: 10, plus: 3, minus: 1, cpk: 0.5, sorted: true },
    truncated(normal(11, 4 / 3), 9, 13),
  ],
];

describe.each(LAWS)('%s', (name, distribution, cdf) => {
  /** F of a value that follows F is uniform. */
  const shares = sampleDistribution(distribution, COUNT, `law ${name}`).map(cdf);

  it('follows its distribution function', () => {
    expect(ksStatistic(shares, (u) => u)).toBeLessThan(KS_LIMIT);
  });

  it('twin: would not pass for a law that is 2 % of probability off', () => {
    expect(ksStatistic(shares, (u) => u ** 1.05)).toBeGreaterThan(KS_LIMIT);
  });
});

/** χ² of the numbers of values in the intervals between `edges` (ascending), outside ones included in the outermost. */
function intervalChiSquare(sample: Float64Array, edges: readonly number[], cdf: Cdf): number {
  const counts = new Float64Array(edges.length + 1);
  for (const x of sample) {
    let i = 0;
    while (i < edges.length && x > edges[i]!) i += 1;
    counts[i]! += 1;
  }
  const cumulated = [0, ...edges.map(cdf), 1];
  return chiSquare(counts, (i) => sample.length * (cumulated[i + 1]! - cumulated[i]!));
}

describe('truncation draws from the truncated law instead of clamping', () => {
  // Clamping at ±3 sigma moves 0.27 % of values onto the bounds: too little for Kolmogorov–Smirnov, plain in the tails.
  const cut = truncated(normal(0, 1), -3, 3);
  const normalEdges = [-2.9, 2.9];

  it('normal: as many values just inside ±3 sigma as the law has', () => {
    const sample = sampleDistribution(
      { distribution: 'normal', mean: 0, sigma: 1, lower: -3, upper: 3 },
      COUNT,
      'tails',
    );
    expect(intervalChiSquare(sample, normalEdges, cut)).toBeLessThan(chiSquareLimit(2));
    expect(sample.every((z) => z >= -3 && z <= 3)).toBe(true);
  });

  it('twin: a clamped normal fails there', () => {
    const sample = sampleUniforms(COUNT, 'tails', (u) =>
      Math.max(-3, Math.min(3, normalQuantile(u))),
    );
    expect(intervalChiSquare(sample, normalEdges, cut)).toBeGreaterThan(chiSquareLimit(2));
  });

  it('twin: a normal clamped at 1 to 2.5 sigma fails Kolmogorov–Smirnov', () => {
    const sample = sampleUniforms(COUNT, 'tails', (u) =>
      Math.max(1, Math.min(2.5, normalQuantile(u))),
    );
    expect(ksStatistic(sample, truncated(normal(0, 1), 1, 2.5))).toBeGreaterThan(KS_LIMIT);
  });

  // The eccentricity of the standard designs: scale 0.15, at most 0.5; clamping would move 0.39 % onto 0.5.
  const eccentricity = truncated(rayleigh(0.15), 0, 0.5);
  const radiusEdges = [0.4, 0.45, 0.48];

  it('Rayleigh: as many values just inside the bound as the law has', () => {
    const sample = sampleDistribution(
      { distribution: 'rayleigh', scale: 0.15, max: 0.5 },
      COUNT,
      'tails',
    );
    expect(intervalChiSquare(sample, radiusEdges, eccentricity)).toBeLessThan(chiSquareLimit(3));
    expect(sample.every((r) => r > 0 && r <= 0.5)).toBe(true);
  });

  it('twin: a clamped Rayleigh fails there', () => {
    const sample = sampleUniforms(COUNT, 'tails', (u) =>
      Math.min(0.5, 0.15 * Math.sqrt(-2 * Math.log1p(-u))),
    );
    expect(intervalChiSquare(sample, radiusEdges, eccentricity)).toBeGreaterThan(chiSquareLimit(3));
  });
});

describe('half-normal twins', () => {
  const cdf: Cdf = (x) => (x > 0 ? 2 * normalCdf(x / 2) - 1 : 0);

  it('a normal that keeps its sign fails', () => {
    const sample = sampleUniforms(COUNT, 'half', (u) => 2 * normalQuantile(u));
    expect(ksStatistic(sample, cdf)).toBeGreaterThan(KS_LIMIT);
  });

  it('sigma taken for the mean of the half-normal, or for its own sd, fails', () => {
    const half = (sigma: number) => (u: number) => sigma * normalQuantile(0.5 * (1 + u));
    for (const wrong of [2 * Math.sqrt(Math.PI / 2), 2 / Math.sqrt(1 - 2 / Math.PI)]) {
      const sample = sampleUniforms(COUNT, 'half', half(wrong));
      expect(ksStatistic(sample, cdf)).toBeGreaterThan(KS_LIMIT);
    }
  });
});

describe('discrete laws', () => {
  const values = [1, 2, 3, 4, 5];
  const weights = [5, 0, 3, 2, 10];

  /** χ² of how often each value that has a weight came; Infinity if another came. */
  function discreteChiSquare(sample: Float64Array): number {
    const met = values.filter((_, i) => weights[i]! > 0);
    const counts = met.map((value) => sample.filter((v) => v === value).length);
    if (counts.reduce((a, b) => a + b) !== COUNT) return Infinity;
    const shares = weights.filter((weight) => weight > 0).map((weight) => weight / 20);
    return chiSquare(counts, (i) => COUNT * shares[i]!);
  }

  it('give each value its share (χ², 3 degrees), and none to one without weight', () => {
    const sample = sampleDistribution(
      { distribution: 'discrete', values, weights },
      COUNT,
      'steps',
    );
    expect(discreteChiSquare(sample)).toBeLessThan(chiSquareLimit(3));
  });

  it('twin: weights off by one place, or by 2 % of one weight, fail', () => {
    for (const wrong of [
      [10, 5, 0, 3, 2],
      [5.3, 0, 3, 2, 9.7],
    ]) {
      const distribution = { distribution: 'discrete', values, weights: wrong } as const;
      const sample = sampleDistribution(distribution, COUNT, 'steps');
      expect(discreteChiSquare(sample)).toBeGreaterThan(chiSquareLimit(3));
    }
  });

  it('empirical: every measured value equally often', () => {
    const measured = Array.from({ length: 20 }, (_, i) => i / 10);
    const sample = sampleDistribution(
      { distribution: 'empirical', values: measured },
      COUNT,
      'csv',
    );
    const counts = measured.map((value) => sample.filter((v) => v === value).length);
    expect(counts.reduce((a, b) => a + b)).toBe(COUNT);
    expect(chiSquare(counts, () => COUNT / 20)).toBeLessThan(chiSquareLimit(19));
  });
});
