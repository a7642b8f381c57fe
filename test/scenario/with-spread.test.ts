/** Scenarios in which chosen inputs spread by a factor. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { compilePlan } from '../../src/plan/compile.js';
import { describeScenario } from '../../src/scenario/index.js';
import { type DesignInput, INPUTS, type InputName, inputSpec } from '../../src/scenario/inputs.js';
import { meanOf } from '../../src/scenario/law-mean.js';
import type { Contribution, Design, Scenario } from '../../src/scenario/types.js';
import { MEASURED_INSTEAD, withSpread } from '../../src/scenario/with-spread.js';
import { Chance } from '../support/chance.js';
import { randomScenario } from '../support/random-plans.js';
import { parse, scenarioText } from './helpers.js';

describe('withSpread', () => {
  const scenario = parse(
    `designs:
  a: { extends: mtp-standard }
  b: { extends: generic-mpo }
pairs:
  p: { pinned: a, unpinned: b, mating: { seatCentring: 0.6 } }
experiment: { type: stress, steps: { hot: { temperature: 60 degC }, loaded: { sideLoad: 5 N } } }
`,
  );

  it('factor 1 leaves the described form of any scenario alone', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = randomScenario(seed, 100);
      const factors = Object.keys(random.designs).flatMap((design) =>
        inputsOf('design').map((input) => ({ design, input })),
      );
      const same = withSpread(random, [
        { inputs: factors, factor: 1 },
        { inputs: inputsOf('mating').map((input) => ({ design: null, input })), factor: 1 },
      ]);
      expect(describeScenario(same)).toEqual(describeScenario(random));
      expect(same).toEqual(random);
    }
  });

  it('scales the inputs that are named and no others, in their own way', () => {
    const half = withSpread(scenario, [
      {
        inputs: [
          { design: 'a', input: 'bores.positionErrorX' },
          { design: 'a', input: 'bores.diametralClearance' },
        ],
        factor: 0.5,
      },
      {
        inputs: [
          { design: null, input: 'sideLoad' },
          { design: null, input: 'restTiltX' },
        ],
        factor: 0.25,
      },
    ]);
    expect(half.designs['b']).toBe(scenario.designs['b']);
    const [before, after] = [scenario.designs['a'] as Design, half.designs['a'] as Design];
    const changed = inputsOf('design').filter(
      (name) =>
        after.inputs[name as keyof Design['inputs']] !==
        before.inputs[name as keyof Design['inputs']],
    );
    expect(changed).toEqual(['bores.positionErrorX', 'bores.diametralClearance']);
    expect(mean(after.inputs['bores.diametralClearance'])).toBeCloseTo(
      0.5 * mean(before.inputs['bores.diametralClearance']),
      12,
    );
    const [pair, was] = [half.pairs[0]!, scenario.pairs[0]!];
    expect(pair.steps).toHaveLength(2);
    for (const [now, old] of [
      [pair.mating, was.mating],
      [pair.steps[1]!, was.steps[1]!],
    ] as const) {
      expect(mean(now.inputs.sideLoad)).toBeCloseTo(0.25 * mean(old.inputs.sideLoad), 12);
      expect(mean(now.inputs.restTiltX)).toBeCloseTo(mean(old.inputs.restTiltX), 12);
    }
    expect(parseAgain(half)).toEqual(describeScenario(half));
  });

  it('what it gives can be simulated: random scenarios compile', () => {
    const chance = new Chance(7);
    for (let seed = 20; seed < 32; seed++) {
      const random = randomScenario(seed, 100);
      const inputs = Object.keys(random.designs).flatMap((design) =>
        inputsOf('design').map((input) => ({ design, input })),
      );
      for (const factor of [0, chance.between(0, 1)]) {
        expect(() => compilePlan(withSpread(random, [{ inputs, factor }]))).not.toThrow();
      }
    }
  });

  it('multiplies seatCentring and stops at 1', () => {
    const seat = (factor: number) =>
      withSpread(scenario, [{ inputs: [{ design: null, input: 'seatCentring' }], factor }])
        .pairs[0]!;
    expect(seat(0.5).mating.seatCentring).toBe(0.3);
    expect(seat(0.5).steps.map((step) => step.seatCentring)).toEqual([0.3, 0.3]);
    expect(seat(3).mating.seatCentring).toBe(1);
  });

  it('an input of two tolerances gets both factors', () => {
    const inputs = [{ design: 'a', input: 'bores.positionErrorX' }] as const;
    const twice = withSpread(scenario, [
      { inputs, factor: 0.5 },
      { inputs, factor: 0.8 },
    ]);
    const once = withSpread(scenario, [{ inputs, factor: 0.4 }]);
    expect(describeScenario(twice)).toEqual(describeScenario(once));
  });

  it.each<[string, Parameters<typeof withSpread>[1], RegExp]>([
    ['a design that is not there', factorOf('c', 'bores.tiltX'), /no design "c"/],
    ['a design named by its prototype', factorOf('toString', 'bores.tiltX'), /no design/],
    [
      'an input of the mating section',
      factorOf('a', 'sideLoad'),
      /design "a" has no input sideLoad/,
    ],
    ['an input of a design', factorOf(null, 'bores.tiltX'), /the mating section has no input/],
    ['seat centring of a design', factorOf('a', 'seatCentring'), /has no input seatCentring/],
    ['a force wide enough to be negative', factorOf('a', 'spring.force', 40), /spreads below 0 N/],
  ])('refuses %s', (_, factors, message) => {
    expect(() => withSpread(scenario, factors)).toThrow(message);
    expect(() => withSpread(scenario, factors)).toThrow(UserError);
  });
});

type Field = keyof typeof MEASURED_INSTEAD;

describe('measured designs', () => {
  const fibres = Array.from({ length: 12 }, (_, i) => 0.01 * i);
  const values: Record<Field, unknown> = {
    coreErrorXUm: fibres,
    coreErrorYUm: fibres,
    fibreHeightUm: fibres,
    modeFieldDiameterUm: fibres.map((x) => 9.2 + x),
    coreDiameterUm: fibres.map((x) => 50 + x),
    numericalAperture: fibres.map((x) => 0.2 + x),
    tiltXRad: fibres,
    tiltYRad: fibres,
    holeDiametersUm: [699.4, 699.5],
    pinDiametersUm: [698.4, 698.5],
    pitchErrorUm: 0.3,
    slopeErrorXRad: 1e-4,
    slopeErrorYRad: 1e-4,
  };
  const fields = Object.keys(values) as Field[];

  const ofCores: readonly Field[] = ['coreDiameterUm', 'numericalAperture'];

  // The plan is asked which laws it still reads: a little more must leave it alone exactly where MEASURED_INSTEAD says so.
  it.each<[string, readonly Field[]]>([
    ['mtp-standard', fields.filter((field) => !ofCores.includes(field))],
    ['mtp-standard-multimode', ofCores],
  ])('of %s: what may not be scaled is what the plan does not read', (name, ofMode) => {
    const text = scenarioText('', ofMode === ofCores ? '' : 'returnLoss: true');
    const sampled = parse(text.replace('mtp-standard', name));
    const design = sampled.designs['a'] as Design;
    const asked = inputsOf('design').filter(
      (input) => ofMode !== ofCores || /coreDiameter|numerical|positionErrorX/.test(input),
    );
    const readBy = (measured: Design['measured']) => {
      const plain = drawnOf(sampled, { ...design, measured });
      return asked.filter((input) => {
        const more: Contribution = { ...fixed(1e-4), level: inputSpec(input).level };
        const inputs = {
          ...design.inputs,
          [input]: [...design.inputs[input as DesignInput], more],
        };
        return drawnOf(sampled, { ...design, inputs, measured }) !== plain;
      });
    };
    const readByNone = readBy(null);
    for (const field of ofMode) {
      // Cores are measured along both axes or not at all.
      const together: readonly Field[] = field.startsWith('coreError')
        ? ['coreErrorXUm', 'coreErrorYUm']
        : [field];
      const measured = Object.fromEntries(together.map((key) => [key, values[key]]));
      const still = readBy(measured);
      const listed = together.flatMap((key) => MEASURED_INSTEAD[key]);
      expect(
        readByNone.filter((input) => !still.includes(input)),
        field,
      ).toEqual(readByNone.filter((input) => listed.includes(input)));
      for (const input of listed) {
        const designs = { a: { ...design, measured } };
        expect(() => withSpread({ ...sampled, designs }, factorOf('a', input))).toThrow(
          /measured values stand for it/,
        );
      }
    }
  });
});

/** All that the pair of a design with itself draws, as text. */
function drawnOf(scenario: Scenario, design: Design): string {
  const [pair] = compilePlan({ ...scenario, designs: { a: design } }).pairs;
  const draws = pair?.draws.map(({ target, a, b, c }) => [target, a, b, c]);
  return JSON.stringify([Array.from(pair?.fixedParts ?? []), draws]);
}

function fixed(value: number) {
  return { distribution: 'fixed', value } as const;
}

function inputsOf(of: 'design' | 'mating'): InputName[] {
  return INPUTS.filter((input) => input.of === of).map(({ name }) => name);
}

function factorOf(design: string | null, input: InputName | 'seatCentring', factor = 0.5) {
  return [{ inputs: [{ design, input }], factor }];
}

function mean(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, law) => sum + meanOf(law), 0);
}

/** A described scenario, read and described again. */
function parseAgain(scenario: Scenario): object {
  return describeScenario(parse(JSON.stringify(describeScenario(scenario))));
}
