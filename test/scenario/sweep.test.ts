/** What a sweep varies, as scenarios and --sweep say it. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { streamKey } from '../../src/random/stream.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { type Levels, levelAt, parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { sweepPoints } from '../../src/studies/sweep/points.js';
import { cpuMs } from '../support/cpu-time.js';

const texts = ({ levels }: { levels: Levels }) =>
  levels.kind === 'values' ? levels.values.map(({ text }) => text) : levels;

describe('--sweep', () => {
  it.each([
    ['a.b=8 N, 10 N,12 N', ['8 N', '10 N', '12 N']],
    ['a.b=range(8 N, 12 N, 5)', ['8 N', '9 N', '10 N', '11 N', '12 N']],
    ['a.b = range( -0.1 , 0.3 , 5 )', ['-0.1', '0', '0.1', '0.2', '0.3']],
    ['a.b=logrange(0.1 um, 10 um, 3)', ['0.1 um', '1 um', '10 um']],
    ['a.b=logrange(1, 1000, 4)', ['1', '10', '100', '1000']],
    ['a.b=range(0.1 µm, 0.3 um, 3)', ['0.1 µm', '0.2 µm', '0.3 µm']],
    ['a.b=floating, fixed', ['floating', 'fixed']],
    ['a.b=[12, 24]', ['12', '24']],
    ['a.b="1", true', ['"1"', 'true']],
    [
      'a.b={ distribution: normal, mean: 0 um, sigma: 1 um }, 0 um',
      ['{"distribution":"normal","mean":"0 um","sigma":"1 um"}', '0 um'],
    ],
    ['a.b=0 um ± 0.3 um at 3 sigma, 1 um', ['0 um ± 0.3 um at 3 sigma', '1 um']],
  ])('%s', (text, expected) => {
    const parameter = parseSweepParameter(text);
    expect(parameter.paths).toEqual(['a.b']);
    expect(texts(parameter)).toEqual(expected);
  });

  it('takes several paths, and a range without a number of values', () => {
    const parameter = parseSweepParameter('a.b, c.d=range(8 N, 12 N)');
    expect(parameter.paths).toEqual(['a.b', 'c.d']);
    expect(parameter.levels).toEqual({ kind: 'range', low: 8, high: 12, unit: 'N', isLog: false });
  });

  it('reads numbers and units where a value is nothing else', () => {
    const { levels } = parseSweepParameter('a.b=8 N, 1e-3 um/N, fixed, 0 um ± 1 um uniform');
    const values = levels.kind === 'values' ? levels.values : [];
    expect(values.map(({ number, unit }) => [number, unit])).toEqual([
      [8, 'N'],
      [0.001, 'um/N'],
      [null, ''],
      [null, ''],
    ]);
  });

  it('ranges by equal ratios hit their ends', () => {
    const range = { low: 0.1, high: 250, unit: 'N', isLog: true };
    expect([0, 0.5, 1].map((share) => levelAt(range, share).number)).toEqual([0.1, 5, 250]);
  });

  it.each([
    ['a.b=range(8 N, 12 um, 3)', 'the ends of the range have different units'],
    ['a.b=range(8 N, 8 N, 3)', 'the ends of the range are alike'],
    ['a.b=range(8 N, 12 N, 1)', 'not a number of values'],
    ['a.b=range(8 N, 12 N, 1e9)', 'not a number of values'],
    ['a.b=range(8 N)', 'cannot be read as a range'],
    ['a.b=range(x, y, 3)', 'cannot be read as a range'],
    ['a.b=logrange(0 N, 12 N, 3)', 'a logarithmic range that is not above 0'],
    ['a..b=1', 'the path is empty or has an empty part'],
    ['=1', 'no path with values'],
    ['a.b', 'no path with values'],
    ['a.b=', 'no path with values'],
    ['a.b=[', 'the file ends'],
    ['seed=1, 2', 'this cannot be swept: points share their random numbers'],
    ['a.b=range(1, 2, 3), 0.5', 'a range among other values'],
    ['a.b=range(1e999, 2, 3)', 'an end that is no number'],
    ['a.b=[]', 'no values'],
  ])('refuses %s', (text, message) => {
    let caught: unknown;
    try {
      parseSweepParameter(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(UserError);
    expect((caught as UserError).problems[0]?.file).toBe(`--sweep ${text}`);
    if (message !== 'the file ends')
      expect((caught as UserError).problems[0]?.message).toBe(message);
  });
});

describe('the section sweep', () => {
  const scenario = (sweep: string) => `designs: { mtp: { extends: mtp-standard } }
pairs: { mtp: { pinned: mtp, unpinned: mtp } }
sweep:
${sweep}`;

  it('says design, points and parameters, and leaves the scenario alone', () => {
    const text = scenario(`  design: sobol
  points: 64
  parameters:
    designs.mtp.spring.force: range(8 N, 12 N)
    "designs.mtp.mounting.type": [floating, fixed]
`);
    const { sweep, scenario: read } = parseScenario(text);
    expect(sweep).toMatchObject({ design: 'sobol', points: 64 });
    expect(sweep?.parameters.map(({ paths }) => paths)).toEqual([
      ['designs.mtp.spring.force'],
      ['designs.mtp.mounting.type'],
    ]);
    expect(read).toEqual(parseScenario(text.slice(0, text.indexOf('sweep:'))).scenario);
  });

  it('is told at its line and column when it is wrong', () => {
    const told = (sweep: string) => {
      try {
        parseScenario(scenario(sweep), { file: 's.yaml' });
        return [];
      } catch (error) {
        return (error as UserError).problems.map((p) => [p.line, p.column, p.message]);
      }
    };
    expect(told('  parameters:\n    mating.friction: range(1, 2 N, 3)\n')).toEqual([
      [5, 22, 'the ends of the range have different units'],
    ]);
    expect(told('  design: gird\n  parameters: { a: [1] }\n')[0]).toEqual([
      4,
      11,
      'sweep.design: not one of the known values',
    ]);
    expect(told('  points: 0\n  parameters: { a: [1] }\n')[0]?.slice(0, 2)).toEqual([4, 11]);
    expect(told('  design: grid\n')[0]?.[2]).toMatch(/"parameters" is missing/);
    expect(told('  parameters: { a: 3 N }\n')[0]?.[2]).toBe('neither a list of values nor a range');
  });
});

describe('what a sweep would cost', () => {
  it('digits without end are no number, and soon told to be none', () => {
    expect(cpuMs(() => parseSweepParameter(`a.b=${'1'.repeat(300_000)}x`))).toBeLessThan(2000);
  });

  it.each([
    [101, ['x'], '101 parameters'],
    [50, Array.from({ length: 21 }, (_, k) => `p${k}`), '1050 paths'],
  ] as const)('refuses %s parameters of paths %s', (count, names, message) => {
    const levels = { kind: 'values', values: [{ text: '1', number: 1, unit: '' }] } as const;
    const parameters = Array.from({ length: count }, (_, i) => ({
      paths: names.map((name) => `a${i}.${name}`),
      levels,
    }));
    const spec = { design: 'grid', points: null, parameters } as const;
    expect(() => sweepPoints(spec, streamKey('1'))).toThrow(`sweep: ${message}`);
  });
});
