/** Every distribution in shorthand and long form, contributions, bounds, correlations. */
import { describe, expect, it } from 'vitest';
import { designA, law, parse, problemOf, scenarioText, told } from './helpers.js';

const X = 'bores.positionErrorX';
const read = (text: string) => law(designA(`bores: { positionErrorX: ${text} }`), X);

describe('shorthand', () => {
  it.each<[string, object]>([
    ['1 um', { distribution: 'fixed', value: 1 }],
    [
      '1 um ± 0.3 um at 3 sigma',
      { distribution: 'normal', mean: 1, sigma: 0.1, lower: null, upper: null },
    ],
    [
      '1 um +/- 0.3 um at 2 sigma',
      { distribution: 'normal', mean: 1, sigma: 0.15, lower: null, upper: null },
    ],
    [
      '"1 um ± 0.3 um at 1.5 sigma, truncated"',
      { distribution: 'normal', mean: 1, sigma: 0.2, lower: 0.7, upper: 1.3 },
    ],
    [
      '"1 um±0.3 um at 3σ ,truncated"',
      { distribution: 'normal', mean: 1, sigma: 0.1, lower: 0.7, upper: 1.3 },
    ],
    ['1 um ± 300 nm uniform', { distribution: 'uniform', low: 0.7, high: 1.3 }],
    ['± 1 um uniform', { distribution: 'uniform', low: -1, high: 1 }],
    [
      '-1 um ± 2 * 0.15 um at 3 sigma',
      { distribution: 'normal', mean: -1, sigma: 0.1, lower: null, upper: null },
    ],
    ['"1 um ± 0 um at 3 sigma, truncated"', { distribution: 'fixed', value: 1 }],
    [
      '1 um ± 0 um at 3 sigma',
      { distribution: 'normal', mean: 1, sigma: 0, lower: null, upper: null },
    ],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual({ ...expected, level: 'fibre' });
    expect(read(`{ value: ${text.startsWith('"') ? text : `"${text}"`}, level: lot }`)).toEqual({
      ...expected,
      level: 'lot',
    });
  });

  it('does not tell what a tolerance alone means, but lists the three readings', () => {
    const problem = problemOf('guidePins: { diameter: 698.8 um ± 0.3 um }');
    expect(problem.message).toMatch(/ambiguous/);
    expect(problem.expected).toContain('"698.8 um ± 0.3 um at 3 sigma"');
    expect(problem.expected).toContain('"698.8 um ± 0.3 um at 3 sigma, truncated"');
    expect(problem.expected).toContain('"698.8 um ± 0.3 um uniform"');
  });

  it.each([
    ['1 um ± 0.3 um ± 1 um uniform', /more than one ±/],
    ['1 um ± 0.3 um at sigma', /cannot be read|not a number of sigma/],
    ['1 um ± 0.3 um at 0 sigma', /"0" is not a number of sigma/],
    ['1 um ± 0.3 um at -3 sigma', /"-3" is not a number of sigma/],
    ['"1 um ± 0.3 um, truncated"', /cannot be read/],
    ['1 um ± -0.3 um uniform', /tolerance is negative/],
    ['1 um ± 0.3 uniform', /number without a unit/],
    ['1 ± 0.3 um uniform', /number without a unit/],
    ['1 um ± 0.3 N uniform', /a force stands here/],
    ['1 um at 3 sigma', /a tolerance without ±/],
    ['"1 um ± 1e-7 um at 0.0000001 sigma, truncated"', /keeps 8\.0e-8 of the law/],
  ])('refuses %s', (text, reason) => {
    expect(told(problemOf(`bores: { positionErrorX: ${text} }`))).toMatch(reason);
  });
});

describe('long form', () => {
  it.each<[string, object]>([
    ['fixed, value: 1 um', { value: 1 }],
    ['uniform, low: -1 um, high: 1 um', { low: -1, high: 1 }],
    ['normal, mean: 0 um, sigma: 1 um', { mean: 0, sigma: 1, lower: null, upper: null }],
    [
      'normal, mean: 0 um, sigma: 1 um, lower: -1 um, upper: 2 um',
      { mean: 0, sigma: 1, lower: -1, upper: 2 },
    ],
    ['half-normal, sigma: 1 um', { sigma: 1 }],
    ['triangular, low: 0 um, mode: 1 um, high: 3 um', { low: 0, mode: 1, high: 3 }],
    ['lognormal, median: 1 um, sigmaLog: 0.5', { median: 1, sigmaLog: 0.5 }],
    ['rayleigh, scale: 1 um', { scale: 1, max: null }],
    ['rayleigh, scale: 1 um, max: 2 um', { scale: 1, max: 2 }],
    ['weibull, scale: 1 um, shape: 2', { scale: 1, shape: 2 }],
    ['beta, low: 0 um, high: 1 um, alpha: 2, beta: 3', { low: 0, high: 1, alpha: 2, beta: 3 }],
    [
      'histogram, edges: [0 um, 1 um, 3 um], weights: [1, 0]',
      { edges: [0, 1, 3], weights: [1, 0] },
    ],
    [
      'discrete, values: [1 um, 0 um], weights: [0.5, 50 %]',
      { values: [1, 0], weights: [0.5, 0.5] },
    ],
    ['empirical, values: [1 um, 2 um, 1 um]', { values: [1, 2, 1] }],
    [
      'toleranced, nominal: 1 um, plus: 1 um, minus: 0 um, cpk: 1.33',
      { nominal: 1, plus: 1, minus: 0, cpk: 1.33, sorted: false },
    ],
    [
      'toleranced, nominal: 1 um, plus: 1 um, minus: 2 um, cpk: 1, sorted: true',
      { nominal: 1, plus: 1, minus: 2, cpk: 1, sorted: true },
    ],
  ])('%s', (text, fields) => {
    const [distribution] = text.split(',');
    expect(read(`{ distribution: ${text} }`)).toEqual({ distribution, ...fields, level: 'fibre' });
    expect(read(`{ distribution: ${text}, level: plug }`)).toEqual({
      distribution,
      ...fields,
      level: 'plug',
    });
  });

  it.each([
    ['normall, mean: 0 um', /"normall" is not a distribution.*did you mean "normal"/],
    ['normal, mean: 0 um', /"sigma" is missing/],
    ['normal, mean: 0 um, sgma: 1 um, sigma: 1 um', /unknown key "sgma".*did you mean "sigma"/],
    ['normal, mean: 0 um, sigma: 1', /number without a unit.*a length/],
    ['normal, mean: 0 um, sigma: -1 um', /sigma is negative/],
    [
      'normal, mean: 0 um, sigma: 1 um, lower: 0 um',
      /one truncation bound alone.*both lower and upper/,
    ],
    ['normal, mean: 0 um, sigma: 1 um, lower: 1 um, upper: 1 um', /lower is not below upper/],
    ['normal, mean: 0 um, sigma: 1 um, lower: 2 um, upper: 1 um', /lower is not below upper/],
    [
      'normal, mean: 0 um, sigma: 1 um, lower: 5 um, upper: 9 um',
      /keeps 2\.9e-7 of the law.*at least 0.000001/,
    ],
    ['normal, mean: 0 um, sigma: 1 um, lower: -9 um, upper: -5 um', /keeps 2\.9e-7 of the law/],
    ['normal, mean: 0 um, sigma: 0 um, lower: 1 um, upper: 2 um', /keeps 0.* of the law/],
    ['uniform, low: 1 um, high: 0 um', /low is above high/],
    ['half-normal, sigma: -1 um', /sigma is negative/],
    ['triangular, low: 0 um, mode: 4 um, high: 3 um', /mode lies outside/],
    ['lognormal, median: 0 um, sigmaLog: 1', /median is not positive/],
    ['lognormal, median: 1 um, sigmaLog: 11', /sigmaLog is out of range/],
    ['rayleigh, scale: 0 um', /scale is not positive/],
    ['rayleigh, scale: 1 um, max: 0 um', /max is not positive/],
    ['rayleigh, scale: 1 um, max: 1 nm', /keeps 5\.0e-7 of the law/],
    ['weibull, scale: 1 um, shape: 0', /shape is out of range/],
    ['weibull, scale: -1 um, shape: 1', /scale is not positive/],
    ['beta, low: 0 um, high: 1 um, alpha: 0.05, beta: 3', /alpha is out of range.*0.1 to 1000/],
    ['beta, low: 0 um, high: 1 um, alpha: 1, beta: 1001', /beta is out of range/],
    [
      'histogram, edges: [0 um, 1 um], weights: [1, 1]',
      /number of edges does not fit.*one more than weights, 3/,
    ],
    ['histogram, edges: [0 um, 2 um, 1 um], weights: [1, 1]', /not ascending/],
    ['histogram, edges: [0 um, 1 um], weights: [0]', /all weights are 0/],
    ['histogram, edges: [0 um, 1 um, 2 um], weights: [2, -1]', /a weight is negative/],
    ['discrete, values: [0 um], weights: [1, 1]', /number of weights does not fit/],
    ['discrete, values: [], weights: [1]', /too few items.*at least 1 item(?!s)/],
    ['discrete, values: [0], weights: [1]', /number without a unit/],
    ['empirical', /where are the measured values/],
    ['empirical, values: [1 um], file: x.csv, column: x', /either values, or file and column/],
    ['empirical, file: x.csv', /either values, or file and column/],
    ['toleranced, nominal: 0 um, plus: 0 um, minus: 0 um, cpk: 1', /plus and minus are both 0/],
    ['toleranced, nominal: 0 um, plus: -1 um, minus: 1 um, cpk: 1', /plus is negative/],
    ['toleranced, nominal: 0 um, plus: 1 um, minus: 1 um, cpk: 0', /cpk is not positive/],
    ['toleranced, nominal: 0 um, plus: 1 um, minus: 1 um, cpk: 1, sorted: 1', /true or false/],
    ['fixed, value: 1 um, level: hole', /level: not one of the known values.*fibre, plug or lot/],
  ])('refuses %s', (text, reason) => {
    const problems = told(problemOf(`bores: { positionErrorX: { distribution: ${text} } }`));
    expect(problems).toMatch(reason);
  });

  it.each([
    ['{ mean: 0 um, sigma: 1 um }', /"distribution" is missing/],
    ['{}', /"distribution" is missing|"value" is missing/],
    ['{ value: "0 um ± 0.1 um at 3 sigma", level: lott }', /did you mean "lot"/],
    ['{ value: 5 }', /number without a unit/],
    ['[]', /too few items.*at least 1 item(?!s)/],
    ['[1 um, [2 um]]', /a list cannot stand here/],
    ['[0 um, 1]', /number without a unit/],
  ])('refuses %s', (text, reason) => {
    expect(told(problemOf(`bores: { positionErrorX: ${text} }`))).toMatch(reason);
  });
});

describe('contributions', () => {
  it('reads a list as a sum, each at its level', () => {
    const text =
      '[0 um ± 0.3 um at 3 sigma, { value: "0 um ± 0.1 um uniform", level: lot }, { distribution: fixed, value: 0.2 um, level: plug }]';
    expect(designA(`bores: { positionErrorX: ${text} }`).inputs[X]).toEqual([
      { distribution: 'normal', mean: 0, sigma: 0.1, lower: null, upper: null, level: 'fibre' },
      { distribution: 'uniform', low: -0.1, high: 0.1, level: 'lot' },
      { distribution: 'fixed', value: 0.2, level: 'plug' },
    ]);
  });

  it('refuses two at the same level, and more than eight', () => {
    expect(told(problemOf('bores: { positionErrorX: [0 um, 1 um] }'))).toMatch(
      /two contributions are drawn per fibre/,
    );
    expect(told(problemOf(`bores: { positionErrorX: [${'0 um, '.repeat(9)}] }`))).toMatch(
      /at most 8 items/,
    );
  });

  it('refuses laws wholly below the least value that means anything, the sum counting', () => {
    expect(told(problemOf('bores: { diametralClearance: -1 um ± 0.5 um uniform }'))).toMatch(
      /all values lie below 0 um/,
    );
    expect(told(problemOf('fibres: { modeFieldDiameter: 0.05 um }'))).toMatch(/below 0.1 um/);
    expect(
      designA('bores: { diametralClearance: [1 um, { value: -0.5 um, level: lot }] }'),
    ).toBeDefined();
  });
});

describe('correlations', () => {
  const normals =
    'bores: { positionErrorX: 0 um ± 1 um at 3 sigma, positionErrorY: 0 um ± 1 um at 3 sigma, rowBiasX: 0 um ± 1 um at 3 sigma, tiltX: { value: 0 deg ± 0.1 deg at 3 sigma, level: plug } }\nguideHoles: { pitchError: { value: 0 um ± 1 um at 3 sigma, level: lot } }';
  const group = (inputs: string, matrix: string) =>
    `${normals}\ncorrelations: [{ inputs: [${inputs}], matrix: ${matrix} }]`;
  const xy = 'bores.positionErrorX, bores.positionErrorY';

  it('reads a group', () => {
    expect(designA(group(xy, '[[1, 0.5], [50 %, 1]]')).correlations).toEqual([
      {
        inputs: ['bores.positionErrorX', 'bores.positionErrorY'],
        matrix: [
          [1, 0.5],
          [0.5, 1],
        ],
      },
    ]);
  });

  it('reads a group of the mating section', () => {
    const text =
      'mating: { restTiltX: 0 deg ± 0.1 deg at 3 sigma, restTiltY: 0 deg ± 0.1 deg at 3 sigma, correlations: [{ inputs: [restTiltX, restTiltY], matrix: [[1, -0.9], [-0.9, 1]] }] }';
    expect(parse(scenarioText('', text)).pairs[0]?.mating.correlations).toHaveLength(1);
  });

  it.each([
    [
      'an unknown input',
      group('bores.positionErrorX, bores.positionErorY', '[[1, 0], [0, 1]]'),
      /no such input.*did you mean "bores.positionErrorY"/,
    ],
    [
      'an input of the mating section',
      group('bores.positionErrorX, sideLoad', '[[1, 0], [0, 1]]'),
      /no such input/,
    ],
    ['one input', group('bores.positionErrorX', '[[1]]'), /at least 2 items/],
    [
      'an input twice',
      group('bores.positionErrorX, bores.positionErrorX', '[[1, 0], [0, 1]]'),
      /in two groups, or twice/,
    ],
    [
      'a truncated normal',
      group('bores.positionErrorX, spring.force', '[[1, 0], [0, 1]]'),
      /spring.force cannot be correlated/,
    ],
    [
      'other levels',
      group('bores.positionErrorX, bores.rowBiasX', '[[1, 0], [0, 1]]'),
      /drawn per plug, bores.positionErrorX per fibre/,
    ],
    [
      'another kind of part',
      group('bores.rowBiasX, bores.tiltX', '[[1, 0], [0, 1]]'),
      /belongs to a fibre, bores.rowBiasX to a plug/,
    ],
    ['a matrix of another size', group(xy, '[[1, 0], [0, 1], [0, 0]]'), /not 2 rows of 2/],
    ['a diagonal of 2', group(xy, '[[1, 0], [0, 2]]'), /row 2, column 2 is 2/],
    ['asymmetry', group(xy, '[[1, 0.1], [0.2, 1]]'), /not symmetric at row 1, column 2/],
    ['a correlation of 1', group(xy, '[[1, 1], [1, 1]]'), /not positive definite/],
    ['a correlation of 2', group(xy, '[[1, 2], [2, 1]]'), /not positive definite/],
    ['a matrix missing', `${normals}\ncorrelations: [{ inputs: [${xy}] }]`, /"matrix" is missing/],
  ])('refuses %s', (_, lines, reason) => {
    expect(told(problemOf(lines))).toMatch(reason);
  });

  it('refuses three correlations that contradict one another', () => {
    const three = `${normals}\nendFace: { fibreHeight: 0 um ± 0.1 um at 3 sigma }\ncorrelations: [{ inputs: [${xy}, endFace.fibreHeight], matrix: [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]] }]`;
    expect(told(problemOf(three))).toMatch(/not positive definite/);
    expect(designA(three.replaceAll('-0.9', '0.9')).correlations).toHaveLength(1);
  });
});
