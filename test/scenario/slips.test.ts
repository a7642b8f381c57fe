/** Common slips: each is told in the user's own numbers, or simply understood. */
import { describe, expect, it } from 'vitest';
import { designA, law, problemOf, problemsOf, scenarioText, single, told } from './helpers.js';

describe('a decimal comma', () => {
  it.each([
    ['fibres:\n  modeFieldDiameter: 9,2 um', /a comma stands in a number.*point: 9\.2 um/],
    ['fibres:\n  modeFieldDiameter: 9.2 um ± 0,39 um uniform', /point: 0\.39 um/],
    ['fibres: { modeFieldDiameter: "9,2 um" }', /point: 9\.2 um/],
    ['spring: { force: { value: "9,8 N", level: lot } }', /point: 9\.8 N/],
  ])('%j', (lines, reason) => {
    expect(told(problemOf(lines))).toMatch(reason);
  });

  it.each([
    ['fibres: { modeFieldDiameter: 9,2 um }', 'the decimal sign is a point: 9.2 um'],
    ['bores: { tiltX: 0 deg, diametralClearance: 0,5 um }', 'the decimal sign is a point: 0.5 um'],
    [
      'spring: { force: 10 N ± 1,2 N uniform }',
      'the decimal sign is a point: 10 N ± 1.2 N uniform',
    ],
  ])('within { }: %s', (lines, suggestion) => {
    const problems = problemsOf(scenarioText(lines));
    expect(problems.map((problem) => problem.suggestion)).toContain(suggestion);
  });

  it('in a limit', () => {
    const problem = single(problemsOf(scenarioText('', 'limits: ["p97 <= 0,25 dB"]')));
    expect(problem.suggestion).toBe('the decimal sign is a point: 0.25 dB');
  });
});

describe('a shorthand', () => {
  it.each([
    '698.8 um ± 0.3 um at 3 sigma truncated',
    '"698.8um±0.3um at 3sigma,truncated"',
    '"698.8um ±0.3um at 3 sigma , truncated"',
  ])('may be written %s', (text) => {
    expect(law(designA(`guidePins: { diameter: ${text} }`), 'guidePins.diameter')).toMatchObject({
      distribution: 'normal',
      mean: 698.8,
      sigma: 0.1,
      lower: 698.5,
    });
  });

  it('needs no spaces', () => {
    expect(
      law(designA('guidePins: { diameter: 698.8um±0.3um at 3 sigma }'), 'guidePins.diameter'),
    ).toMatchObject({ distribution: 'normal', sigma: 0.1, lower: null });
  });

  it.each([
    ['698.8 um ± 0.3 um truncated', '"698.8 um ± 0.3 um at 3 sigma, truncated"'],
    ['698.8 um ± 0.3 um 2 sigma', '"698.8 um ± 0.3 um at 2 sigma"'],
    ['± 0.3 um', '"± 0.3 um uniform"'],
    ['698.8 um at 4 sigma', '"698.8 um ± TOLERANCE at 4 sigma"'],
    ['698.8 um ± 0.3 um ± 1 um uniform', '"698.8 um ± 0.3 um uniform"'],
  ])('%s is told with its numbers', (text, expected) => {
    expect(problemOf(`guidePins: { diameter: ${text} }`).expected).toContain(expected);
  });
});

it('a mass where a force belongs', () => {
  for (const force of ['1 kg', '1kg ± 0.1kg at 3 sigma', '(3 lb)']) {
    const problem = problemOf(`spring: { force: ${force} }`);
    expect(problem.message).toMatch(/is a mass/);
    expect(problem.expected).toBe('a force such as 9.8 N');
    expect(problem.suggestion).toBeUndefined();
  }
});

it('an invisible character in a name', () => {
  for (const character of ['\u202E', '\u200B', '\u2066', '\u00AD']) {
    const name = `a${character}b`;
    for (const text of [
      scenarioText('', `name: "${name}"`),
      scenarioText(`parameters: { "${name}": 1 }`),
      scenarioText().replace('  p:', `  "${name}":`),
    ]) {
      const problem = single(problemsOf(text));
      expect(problem.message).toMatch(/cannot be a name/);
      expect(told(problem)).not.toContain(character);
    }
  }
});
