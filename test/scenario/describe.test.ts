/** A described scenario reads back to the same scenario, bit for bit; its hash tells what is simulated. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeScenario, parseScenario, scenarioHash } from '../../src/scenario/index.js';
import { INPUTS } from '../../src/scenario/inputs.js';
import { parse, scenarioText } from './helpers.js';

/** Any finite double of moderate size, most with digits that no decimal of 15 places has. */
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

type Value = string | number | boolean | Value[] | { [key: string]: Value };

/** A random law in its long form, in units other than the model's own. */
function law(unit: string): fc.Arbitrary<Record<string, Value>> {
  const q = (x: number) => `${x} ${unit}`;
  const ordered = fc
    .tuple(number, positive, share)
    .map(([low, width, part]) => ({ low, mode: low + width * part, high: low + width }));
  return fc.oneof(
    number.map((value) => ({ distribution: 'fixed', value: q(value) })),
    ordered.map(({ low, high }) => ({ distribution: 'uniform', low: q(low), high: q(high) })),
    fc
      .tuple(number, positive)
      .map(([mean, sigma]) => ({ distribution: 'normal', mean: q(mean), sigma: q(sigma) })),
    fc.tuple(number, positive).map(([mean, sigma]) => ({
      distribution: 'normal',
      mean: q(mean),
      sigma: q(sigma),
      lower: q(mean - 2 * sigma),
      upper: q(mean + sigma),
    })),
    positive.map((sigma) => ({ distribution: 'half-normal', sigma: q(sigma) })),
    fc
      .tuple(positive, share)
      .map(([median, sigmaLog]) => ({ distribution: 'lognormal', median: q(median), sigmaLog })),
    positive.map((scale) => ({ distribution: 'rayleigh', scale: q(scale) })),
    positive.map((scale) => ({ distribution: 'rayleigh', scale: q(scale), max: q(2 * scale) })),
    positive.map((scale) => ({ distribution: 'weibull', scale: q(scale), shape: 1.7 })),
    ordered.map(({ low, high }) => ({
      distribution: 'beta',
      low: q(low),
      high: q(high),
      alpha: 2.3,
      beta: '1/3',
    })),
    fc.array(number, { minLength: 1, maxLength: 5 }).map((values) => ({
      distribution: 'discrete',
      values: values.map(q),
      weights: values.map((_, i) => i + 0.1),
    })),
    fc
      .array(number, { minLength: 1, maxLength: 5 })
      .map((values) => ({ distribution: 'empirical', values: values.map(q) })),
    fc.tuple(number, positive, fc.boolean()).map(([nominal, plus, sorted]) => ({
      distribution: 'toleranced',
      nominal: q(nominal),
      plus: q(plus),
      minus: q(plus / 3),
      cpk: 4 / 3,
      sorted,
    })),
  );
}

const UNITS_OF: Record<string, string[]> = {
  um: ['um', 'nm', 'mm', 'mil'],
  rad: ['rad', 'deg', 'arcmin'],
  N: ['N', 'mN', 'lbf'],
  dB: ['dB'],
};

/** A random design or mating section: some of its inputs, each a law or two at different levels. */
function section(of: 'design' | 'mating'): fc.Arbitrary<Record<string, Value>> {
  const inputs = INPUTS.filter((spec) => spec.of === of && !('atLeast' in spec));
  const one = fc.constantFrom(...inputs).chain((spec) => {
    const any = fc.constantFrom(...UNITS_OF[spec.unit]!).chain(law);
    const [first, second] = spec.levels as readonly string[];
    return fc.tuple(any, any, fc.boolean()).map(([a, b, both]): [string, Value] => [
      spec.name,
      both
        ? [
            { ...a, level: second! },
            { ...b, level: first! },
          ]
        : a,
    ]);
  });
  return fc.array(one, { maxLength: 6 }).map((fields) => {
    const result: Record<string, Value> = {};
    for (const [path, value] of fields) {
      const [head, tail] = path.split('.') as [string, string | undefined];
      if (tail === undefined) result[head] = value;
      else result[head] = { ...(result[head] as Record<string, Value> | undefined), [tail]: value };
      // a clamped pin keeps its seat
      if (path.startsWith('guidePins.seatError')) Object.assign(result[head]!, { clamp: 'loose' });
    }
    return result;
  });
}

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => !/^\s*$|^\d+$|\p{Cc}|\p{Zl}|\p{Zp}|\p{Cs}/u.test(text))
  .filter((text) => !['__proto__', 'constructor', 'prototype', '<<'].includes(text));

const scenario = fc
  .record({
    names: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    design: section('design'),
    common: section('mating'),
    own: section('mating'),
    description: name,
    seed: fc.oneof(name, fc.maxSafeInteger()),
    matings: fc.integer({ min: 1, max: 1e12 }),
    friction: positive.map((x) => x / 1e6),
    wavelength: positive,
  })
  .map(({ names, design, common, own, description, seed, matings, friction, wavelength }) => ({
    description,
    seed,
    matings,
    designs: Object.fromEntries(
      names.map((each) => [each, { extends: 'mtp-standard', description, ...design }]),
    ),
    mating: { ...common, friction, wavelength: `${wavelength} nm` },
    pairs: Object.fromEntries(
      names.map((each) => [
        each,
        { pinned: each, unpinned: names[0]!, mating: own, limits: ['p97 <= 0.25 dB'] },
      ]),
    ),
  }));

describe('describeScenario', () => {
  it('reads back to the same scenario, for random scenarios', () => {
    fc.assert(
      fc.property(scenario, (source) => {
        const first = parseScenario(JSON.stringify(source), { allowImplausible: true }).scenario;
        const text = JSON.stringify(describeScenario(first));
        const second = parseScenario(text, { allowImplausible: true }).scenario;
        expect(second).toEqual(first);
        expect(JSON.stringify(describeScenario(second))).toBe(text);
        expect(scenarioHash(second)).toBe(scenarioHash(first));
      }),
      { numRuns: 200 },
    );
  });

  it('writes every law in its long form with unit and level, and leaves no expression', () => {
    const described = describeScenario(
      parse(
        scenarioText(
          'parameters: { gap: 0.7 um }\nguideHoles: { diameter: guidePins.diameter + gap }\nbores: { rowBiasX: [± 1 um uniform, { value: 1 nm, level: lot }] }',
        ),
      ),
    );
    expect(described).toMatchObject({
      seed: '1',
      designs: {
        a: {
          endFace: { angle: '0.139626340159546 rad' },
          guideHoles: { diameter: { distribution: 'fixed', value: '699.5 um', level: 'hole' } },
          guidePins: {
            diameter: {
              distribution: 'normal',
              mean: '698.8 um',
              sigma: '0.1 um',
              lower: '698.5 um',
              upper: '699.1 um',
              level: 'pin',
            },
          },
          bores: {
            rowBiasX: [
              { distribution: 'uniform', low: '-1 um', high: '1 um', level: 'plug' },
              { distribution: 'fixed', value: '0.001 um', level: 'lot' },
            ],
          },
        },
      },
      pairs: { p: { mating: { friction: 0.12, slipStiffness: '2 N/um' }, limits: [] } },
      comparisons: [],
    });
    expect(JSON.stringify(described)).not.toMatch(/extends|gap|guidePins\./);
  });

  it('writes out measured values, 100,000 of them too', () => {
    const values = Array.from({ length: 100_000 }, (_, i) => `${698 + i / 1e5} um`);
    const source = {
      designs: {
        a: {
          extends: 'mtp-elite',
          guideHoles: { diameter: { distribution: 'empirical', values } },
        },
      },
      pairs: { p: { pinned: 'a', unpinned: 'a' } },
    };
    const first = parse(JSON.stringify(source));
    expect(parse(JSON.stringify(describeScenario(first)))).toEqual(first);
  });
});

describe('scenarioHash', () => {
  const base = scenarioText();
  const hash = (text: string) => scenarioHash(parse(text));
  it.each([
    ['seed', `${base}seed: 5`],
    ['matings', `${base}matings: 5`],
    ['name', `${base}name: other`],
    ['description', `${base}description: other`],
    ['description of a design', scenarioText('description: other')],
    [
      'layout of the file',
      JSON.stringify({
        pairs: { p: { unpinned: 'a', pinned: 'a' } },
        designs: { a: { extends: 'mtp-standard' } },
      }),
    ],
    [
      'the way a value is written',
      scenarioText(
        'spring: { force: { distribution: normal, mean: 10 N, sigma: 400 mN, lower: 8.8 N, upper: 11.2 N } }',
      ),
    ],
  ])('does not depend on %s', (_, text) => {
    expect(hash(text)).toBe(hash(base));
    expect(hash(text)).toMatch(/^[0-9a-f]{64}$/);
  });
  it.each([
    ['a dimension', scenarioText('bores: { diametralClearance: 0.61 um }')],
    ['the mating section', `${base}mating: { friction: 0.121 }`],
    ['a limit', `${base}limits: ["p97 <= 1 dB"]`],
    ['a level', scenarioText('bores: { diametralClearance: { value: 0.6 um, level: plug } }')],
  ])('depends on %s', (_, text) => {
    expect(hash(text)).not.toBe(hash(base));
  });
});
