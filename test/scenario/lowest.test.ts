/** Laws that can fall below what means anything, and guide diameters that the ferrule does not have. */
import { describe, expect, it } from 'vitest';
import { triangularQuantile } from '../../src/random/laws.js';
import { parseScenario } from '../../src/scenario/index.js';
import { FIBRE_COUNTS, ferruleLayout } from '../../src/scenario/layout.js';
import { lowestSum, shareBelow } from '../../src/scenario/lowest.js';
import { type BothEnds, quantilesOf } from '../support/quantiles.js';
import { designA, problemOf, problemsOf, scenarioText, single, told } from './helpers.js';

describe('share below', () => {
  it.each([1e-6, 0.1, 0.35, 0.9])('is u at the quantile of u = %d', (u) => {
    const triangular = { distribution: 'triangular', low: -1, mode: 0.2, high: 3 } as const;
    expect(shareBelow(triangular, triangularQuantile(u, -1, 0.2, 3))).toBeCloseTo(u, 12);
    for (const law of [
      { distribution: 'rayleigh', scale: 2, max: 5 },
      { distribution: 'rayleigh', scale: 2, max: null },
      { distribution: 'weibull', scale: 2, shape: 1.5 },
    ] as const) {
      const [quantile] = quantilesOf(law) as BothEnds;
      expect(shareBelow(law, quantile(u)), law.distribution).toBeCloseTo(u, 12);
    }
  });

  const normal = { distribution: 'normal', mean: 1, sigma: 2, lower: null, upper: null } as const;
  const Z1 = 0.15865525393145707; // Φ(−1)
  it.each([
    ['fixed', { distribution: 'fixed', value: 1 }, 1, 0],
    ['uniform', { distribution: 'uniform', low: -1, high: 3 }, 0, 0.25],
    ['uniform without width', { distribution: 'uniform', low: 1, high: 1 }, 1, 0],
    ['normal', normal, -1, Z1],
    ['normal without width', { ...normal, sigma: 0 }, 1.1, 1],
    ['truncated normal', { ...normal, lower: -1, upper: 3 }, 1, 0.5],
    ['truncated above the bound', { ...normal, lower: 0, upper: 3 }, 0, 0],
    ['half-normal', { distribution: 'half-normal', sigma: 2 }, 2, 1 - 2 * Z1],
    ['half-normal at 0', { distribution: 'half-normal', sigma: 2 }, 0, 0],
    ['triangular', { distribution: 'triangular', low: 0, mode: 2, high: 2 }, 1, 0.25],
    ['lognormal', { distribution: 'lognormal', median: 1, sigmaLog: 1 }, Math.exp(-1), Z1],
    ['beta', { distribution: 'beta', low: -1, high: 1, alpha: 2, beta: 1 }, 0, 0.25],
    ['histogram', { distribution: 'histogram', edges: [-2, 0, 2], weights: [1, 3] }, -1, 0.125],
    ['discrete', { distribution: 'discrete', values: [-1, 1], weights: [1, 3] }, 0, 0.25],
    ['empirical', { distribution: 'empirical', values: [1, 2, 3, 4] }, 3, 0.5],
    [
      'toleranced',
      { distribution: 'toleranced', nominal: 0, plus: 3, minus: 3, cpk: 1, sorted: false },
      -1,
      Z1,
    ],
    [
      'sorted',
      { distribution: 'toleranced', nominal: 0, plus: 3, minus: 3, cpk: 1, sorted: true },
      -3,
      0,
    ],
  ] as const)('of %s', (_, law, bound, share) => {
    expect(shareBelow(law, bound)).toBeCloseTo(share, 12);
  });

  it('of a sum: lowest ends, and six sigma of the unbounded normals in quadrature', () => {
    const three = { distribution: 'normal', mean: 10, sigma: 3, lower: null, upper: null } as const;
    const four = {
      distribution: 'toleranced',
      nominal: 5,
      plus: 12,
      minus: 12,
      cpk: 1,
      sorted: false,
    } as const;
    const bounded = { distribution: 'uniform', low: -2, high: 2 } as const;
    expect(lowestSum([three, four, bounded])).toBe(10 + 5 - 2 - 30);
    expect(lowestSum([{ distribution: 'discrete', values: [-9, 4, 3], weights: [0, 1, 1] }])).toBe(
      3,
    );
    expect(lowestSum([{ distribution: 'histogram', edges: [0, 1, 2], weights: [0, 1] }])).toBe(1);
  });
});

describe('a law that can fall below what means anything', () => {
  it.each([
    [
      'fibres: { modeFieldDiameter: { distribution: discrete, values: [0 um, 9.2 um], weights: [1, 3] } }',
      /25 % of the values lie below 0.1 um/,
    ],
    ['fibres: { modeFieldDiameter: 9.2 um ± 30 um at 6 sigma }', /3.4 % of the values lie below/],
    [
      'fibres: { modeFieldDiameter: 9.2 um ± 30 um at 6 sigma }',
      /truncate it: \{ distribution: normal, mean: 9.2 um, sigma: 5 um, lower: 0.1 um, upper: 24.2 um \}/,
    ],
    ['bores: { diametralClearance: 0.1 um ± 1 um uniform }', /45 % of the values lie below 0 um/],
    ['fibres: { coreEccentricity: 0.1 um ± 3 um at 3 sigma }', /46 % .*truncate it/],
    ['fibres: { coreEccentricity: "0.1 um ± 3 um at 3 sigma, truncated" }', /truncate it/],
    [
      'bores: { diametralClearance: [0.5 um ± 0.4 um uniform, { value: 0 um ± 0.2 um uniform, level: lot }] }',
      /the contributions can add up to -0.1 um, below 0 um/,
    ],
    [
      'bores: { diametralClearance: [1 um, { value: 0 um ± 0.6 um at 3 sigma, level: lot }] }',
      /add up to -0.2 um.*truncate it/,
    ],
  ])('%s', (lines, reason) => {
    expect(told(problemOf(lines))).toMatch(reason);
    expect(told(problemOf(lines, { allowImplausible: true }))).toMatch(reason);
  });

  it('is told for the side load, with the half-normal that was meant', () => {
    const text = scenarioText('', 'mating: { sideLoad: 0 N ± 6 N at 3 sigma }');
    expect(told(single(problemsOf(text)))).toMatch(
      /50 % .*below 0 N.*\{ distribution: half-normal, sigma: 2 N \}/,
    );
  });

  it.each([
    'spring: { force: 10 N ± 1.2 N at 3 sigma }',
    'spring: { force: 9 N ± 4.5 N at 3 sigma }',
    'bores: { diametralClearance: 1 um ± 1 um uniform }',
    'bores: { diametralClearance: { distribution: half-normal, sigma: 1 um } }',
    'bores: { diametralClearance: [1 um, { value: 0 um ± 0.5 um at 3 sigma, level: lot }] }',
    'fibres: { modeFieldDiameter: { distribution: discrete, values: [0 um, 9.2 um], weights: [0, 1] } }',
    'fibres: { coreEccentricity: { distribution: rayleigh, scale: 0.15 um } }',
    'bores: { positionErrorX: 0 um ± 3 um at 3 sigma }',
  ])('is not %s', (lines) => {
    expect(designA(lines)).toBeDefined();
  });
});

describe('guide diameters', () => {
  const small = 'guideHoles: { diameter: 550.5 um }\nguidePins: { diameter: 549.5 um }';

  it('are those of the fibre count', () => {
    for (const count of FIBRE_COUNTS) {
      const nominal = count === 16 || count === 32 ? 550 : 700;
      expect(ferruleLayout(count).guideHoleDiameterUm).toBe(nominal);
      const lines = `fibres: { count: ${count} }\n${nominal === 550 ? small : ''}`;
      expect(designA(lines).fibreCount).toBe(count);
    }
  });

  it('of another fibre count are implausible, told where the diameter stands', () => {
    const problems = problemsOf(scenarioText(small));
    expect(problems.map(({ line }) => line)).toEqual([4, 5]);
    expect(told(problems[0]!)).toMatch(
      /guideHoles.diameter: implausible for 12 fibres.*550.5 um.*680 um to 720 um.*8, 12, 24.* and 72 fibres have 700 um guide holes/,
    );
    const { warnings } = parseScenario(scenarioText(small), { allowImplausible: true });
    expect(warnings).toHaveLength(2);
  });

  it('that are inherited are told at the design with the other fibre count', () => {
    const problems = problemsOf(scenarioText('fibres: { count: 16 }'), { file: 's.yaml' });
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['s.yaml', 2],
      ['s.yaml', 2],
    ]);
    expect(told(problems[1]!)).toMatch(
      /530 um to 570 um.*16 and 32 fibres have 550 um guide holes/,
    );
  });

  it.each(['guideHoles: { diameter: 719 um }', 'guidePins: { diameter: 681 um }'])(
    'within 20 um are as they may be: %s',
    (lines) => expect(designA(lines)).toBeDefined(),
  );
});
