/** Which tolerances may be chosen, as the section `allocation` and --tolerance say it. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { describeScenario } from '../../src/scenario/index.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { parseTolerances } from '../../src/scenario/read-allocation.js';
import { cpuMs } from '../support/cpu-time.js';
import { problemsOf, scenarioText, single } from './helpers.js';
import { mistake } from './marked.js';

const RANGE = { least: 0.25, most: 1 };
const option = (...texts: string[]) => parseTolerances('--tolerance', texts, ['a', 'a.b'], RANGE);
const section = (tolerances: string, more = '') =>
  scenarioText('', `allocation: { tolerances: { ${tolerances} }${more} }`);
const read = (text: string) => parseScenario(text).allocation;
const BORES = [
  { design: 'a', input: 'bores.positionErrorX' },
  { design: 'a', input: 'bores.positionErrorY' },
];

describe('--tolerance', () => {
  const rest = { least: 0.25, most: 1, cost: 1, exponent: 1 };
  it.each([
    ['designs.a.bores.positionError', {}],
    ['designs.a.bores.positionError=0.3 to 1', { least: 0.3 }],
    ['designs.a.bores.positionError = .3to 2.', { least: 0.3, most: 2 }],
    ['designs.a.bores.positionError, cost 2', { cost: 2 }],
    ['designs.a.bores.positionError , exponent 0.5', { exponent: 0.5 }],
    [
      '  designs.a.bores.positionError=0.5 to 1.5,cost 0,exponent 2 ',
      { least: 0.5, most: 1.5, cost: 0, exponent: 2 },
    ],
  ])('%s', (text, numbers) => {
    expect(option(text)).toEqual([
      {
        name: 'designs.a.bores.positionError',
        inputs: BORES,
        ...rest,
        ...numbers,
        place: { file: `--tolerance ${text}` },
      },
    ]);
  });

  it.each([
    ['designs.a.bores.rowBiasX', [{ design: 'a', input: 'bores.rowBiasX' }]],
    ['designs.a.b.bores.rowBiasX', [{ design: 'a.b', input: 'bores.rowBiasX' }]],
    ['designs.a.spring.force', [{ design: 'a', input: 'spring.force' }]],
    ['mating.sideLoad', [{ design: null, input: 'sideLoad' }]],
    [
      'mating.restTilt',
      [
        { design: null, input: 'restTiltX' },
        { design: null, input: 'restTiltY' },
      ],
    ],
    ['mating.seatCentring', [{ design: null, input: 'seatCentring' }]],
  ])('%s: its inputs', (text, inputs) => {
    expect(option(text)[0]?.inputs).toEqual(inputs);
  });

  it.each([
    ['designs.a.bores.positionEror', 'no random input of a design', /did you mean "bores.posi/],
    ['designs.c.bores.rowBias', 'no input of a design or of the mating', /did you mean "a"/],
    ['bores.rowBias', 'no input of a design or of the mating', undefined],
    ['mating.sideLod', 'no random input of the mating', /did you mean "sideLoad"/],
    ['mating.friction', 'no random input of the mating', undefined],
    ['designs.a.bores.rowBias = 1 to 0.5', 'no range of factors', undefined],
    ['designs.a.bores.rowBias = 1 to 1', 'no range of factors', undefined],
    ['designs.a.bores.rowBias = 0 to 1', 'no range of factors', undefined],
    ['designs.a.bores.rowBias = 0.3', 'not a tolerance', undefined],
    ['designs.a.bores.rowBias = -1 to 1', 'not a tolerance', undefined],
    ['designs.a.bores.rowBias, cost 1e3', 'not a tolerance', undefined],
    ['designs.a.bores.rowBias, cost', 'not a tolerance', undefined],
    ['designs.a.bores.rowBias, price 2', 'not a tolerance', undefined],
    ['designs.a.bores.rowBias, exponent 2, cost 1', 'not a tolerance', undefined],
    ['', 'not a tolerance', undefined],
    ['designs.a.bores.rowBias, exponent 0', 'no exponent of a cost', undefined],
    ['designs.a.bores.rowBias, exponent 10.5', 'no exponent of a cost', undefined],
  ])('refuses "%s"', (text, message, hint) => {
    const problem = refusal(text);
    expect(problem).toMatchObject({ message, file: `--tolerance ${text}` });
    expect(problem.expected).toBeTruthy();
    if (hint !== undefined) expect(problem.suggestion).toMatch(hint);
  });

  it.each([' ', '1', 'x '])('is refused soon if it is %j without end', (piece) => {
    const text = `designs.a.bores.rowBias =${piece.repeat(60_000)}!`;
    const ms = cpuMs(() => expect(refusal(text).message).toBe('not a tolerance'));
    expect(ms).toBeLessThan(2000);
  });

  it('tells the mistakes of all options at once, and quotes none at length', () => {
    const texts = [`designs.a.${'y'.repeat(1000)}`, 'x'];
    const problems = refused(...texts);
    expect(problems.map(({ file }) => file)).toEqual(texts.map((text) => `--tolerance ${text}`));
    expect(problems[0]?.found?.length).toBeLessThan(100);
  });

  it.each([
    [['designs.a.bores.rowBias', 'designs.a.bores.rowBias']],
    [['designs.a.bores.rowBias', 'designs.a.bores.rowBiasY']],
    [['mating.restTiltX', 'mating.restTilt']],
  ])('refuses %s: an input has one tolerance', (texts) => {
    const problem = single(refused(...texts));
    expect(problem).toMatchObject({
      message: 'an input has two tolerances',
      file: `--tolerance ${texts[1]}`,
    });
    expect(problem.found).toContain(`belongs to ${texts[0]} already`);
  });
});

describe('the section allocation', () => {
  it('names inputs by the tolerance or in a list, and has defaults', () => {
    const found = read(
      section(
        'designs.a.bores.rowBiasX: { from: 0.3 }, bores: { inputs: [designs.a.bores.positionError, mating.sideLoad], from: 0.5, to: 2, cost: 3, exponent: 0.5 }',
        ', pair: p',
      ),
    );
    expect(found?.pair).toBe('p');
    expect(found?.tolerances).toMatchObject([
      {
        name: 'designs.a.bores.rowBiasX',
        inputs: [{ design: 'a', input: 'bores.rowBiasX' }],
        ...{ least: 0.3, most: 1, cost: 1, exponent: 1 },
        place: { line: 7 },
      },
      {
        name: 'bores',
        inputs: [...BORES, { design: null, input: 'sideLoad' }],
        ...{ least: 0.5, most: 2, cost: 3, exponent: 0.5 },
      },
    ]);
    expect(read(scenarioText())).toBeNull();
  });

  const T = 'designs.a.bores.rowBias: { from: 0.5 }';
  it.each([
    ['›designs.a.bores.rowBas: { from: 0.5 }', /no random input of a design .*"bores.rowBias/],
    ['›designs.c.bores.rowBias: { from: 0.5 }', /no input of a design or of the mating/],
    ['x: { inputs: [mating.sideLoad, ›mating.sideLod], from: 0.5 }', /did you mean "sideLoad"/],
    ['x: { inputs: ›[], from: 0.5 }', /./],
    ['x: { inputs: [›3], from: 0.5 }', /./],
    ['x: ›{ inputs: [mating.sideLoad] }', /"from" is missing/],
    ['mating.sideLoad: ›{ from: 1 }', /no range of factors \| 1 to 1/],
    ['mating.sideLoad: ›{ from: 0.5, to: 0.4 }', /no range of factors \| 0.5 to 0.4/],
    ['mating.sideLoad: { from: ›0 }', /from: too small \| 0/],
    ['mating.sideLoad: { from: ›half }', /above 0/],
    ['mating.sideLoad: { from: 0.5, cost: ›-1 }', /./],
    ['mating.sideLoad: { from: 0.5, exponent: ›0 }', /exponent: too small \| 0/],
    ['mating.sideLoad: ›{ from: 0.5, exponent: 11 }', /no exponent of a cost \| 11/],
    ['mating.sideLoad: { from: 0.5, ›costs: 1 }', /did you mean "cost"/],
    [`${T}, ›designs.a.bores.rowBiasX: { from: 0.5 }`, /an input has two tolerances/],
    [
      '›x: { inputs: [mating.sideLoad, mating.sideLoad], from: 0.5 }',
      /an input has two tolerances \| mating.sideLoad, which belongs to x already/,
    ],
  ])('tells where %s is wrong', (tolerances, message) => {
    expect(mistake(section(tolerances))).toMatch(message);
  });

  it('tells a pair that is not there, and a section without tolerances', () => {
    expect(mistake(section(T, ', pair: ›pp'))).toMatch(/there is no pair "pp" .*did you mean "p"/);
    expect(mistake(scenarioText('', 'allocation: { tolerances: ›{} }'))).toMatch(
      /no tolerances \|.*at least one/,
    );
    expect(mistake(scenarioText('', 'allocation: ›{}'))).toMatch(/"tolerances" is missing/);
  });

  it('leaves the scenario as it is', () => {
    const [plain, ours] = [scenarioText(), section(T)].map((text) => parseScenario(text));
    expect(ours?.scenario).toEqual(plain?.scenario);
    expect(describeScenario(ours!.scenario)).toEqual(describeScenario(plain!.scenario));
    expect(ours?.warnings).toEqual(plain?.warnings);
  });

  it('survives a scenario in which designs or pairs cannot be read', () => {
    const text = `designs: 3\npairs: 4\nallocation: { tolerances: { ${T} } }\n`;
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });
});

function refused(...texts: string[]) {
  try {
    option(...texts);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error(`read: ${texts.join(' | ')}`);
}

function refusal(text: string) {
  return single(refused(text));
}
