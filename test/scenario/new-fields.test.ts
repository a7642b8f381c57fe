/** Wear, temperature, pins, springs off the middle, fibres of either mode, polishing layers, prices, launches: how they are read. */
import { describe, expect, it } from 'vitest';
import type { Design, MatingConditions, Pair } from '../../src/scenario/types.js';
import { designA, law, parse, problemsOf, scenarioText, single, told } from './helpers.js';
import { mistake } from './marked.js';

const MULTIMODE = 'mode: multimode, coreDiameter: 50 um, numericalAperture: 0.2';
const fixed = (value: number, level: string) => ({ distribution: 'fixed', value, level });

function mating(line: string, design = ''): MatingConditions {
  const [pair] = parse(scenarioText(design, `mating: { ${line} }`)).pairs;
  return (pair as Pair).mating;
}

describe('fields of a design', () => {
  it('has defaults of its own for what it leaves out', () => {
    // 20, 17.2 and -200 ppm/K, 1 nm/K, and 0.4 nm a mating
    const { pinMajorAxis, pinClamp, pinTip, mode, wear, thermal, price } = designA('');
    expect({ pinMajorAxis, pinClamp, pinTip, mode, wear, thermal, price }).toEqual({
      pinMajorAxis: 'x',
      pinClamp: 'clamped',
      pinTip: 'round',
      mode: 'single-mode',
      wear: { rateUm: 0.0004, exponent: 1, tipFactor: 1 },
      thermal: {
        ferruleExpansion: 0.00002,
        pinExpansion: 0.0000172,
        springCoefficient: -0.0002,
        withdrawalUmPerDegC: 0.001,
      },
      price: null,
    });
  });

  it.each<[string, Partial<Design>]>([
    [
      'guidePins: { shape: elliptical, minorAxisShorterBy: 0.3 um, majorAxis: y }',
      { pinMajorAxis: 'y' },
    ],
    ['guidePins: { clamp: loose }', { pinClamp: 'loose' }],
    ['guidePins: { tip: elliptical }', { wear: { rateUm: 0.0004, exponent: 1, tipFactor: 0.4 } }],
    [
      'guidePins: { tip: elliptical, wearFactor: 70 % }',
      { pinTip: 'elliptical', wear: { rateUm: 0.0004, exponent: 1, tipFactor: 0.7 } },
    ],
    [
      'guideHoles: { wearRate: 2 nm, wearExponent: 0.5 }',
      { wear: { rateUm: 0.002, exponent: 0.5, tipFactor: 1 } },
    ],
    ['price: 35 USD', { price: { low: 35, high: 35, currency: 'USD' } }],
    ['price: 35.50 to 60 EUR', { price: { low: 35.5, high: 60, currency: 'EUR' } }],
  ])('%s', (lines, read) => {
    expect(designA(lines)).toMatchObject(read);
  });

  it('lets an elliptical pin wear less than a round one, and a tip of its own say otherwise', () => {
    const shaped = 'guidePins: { shape: elliptical, minorAxisShorterBy: 5 um';
    expect(designA(`${shaped} }`).wear.tipFactor).toBe(0.4);
    expect(designA(`${shaped}, tip: round }`).wear.tipFactor).toBe(1);
  });

  it.each<[string, keyof Design['thermal'], number]>([
    ['mounting: { ferruleExpansion: 12 ppm/K }', 'ferruleExpansion', 12e-6],
    ['mounting: { ferruleExpansion: 12 ppm/degC }', 'ferruleExpansion', 12e-6],
    ['mounting: { ferruleExpansion: 12e-6 /K }', 'ferruleExpansion', 12e-6],
    ['mounting: { ferruleExpansion: 1.2e-5 /degC }', 'ferruleExpansion', 12e-6],
    ['guidePins: { expansion: 10.5 um/m/K }', 'pinExpansion', 10.5e-6],
    ['guidePins: { expansion: 0 ppm/K }', 'pinExpansion', 0],
    ['spring: { temperatureCoefficient: -300 ppm/K }', 'springCoefficient', -300e-6],
    ['endFace: { withdrawal: 1.5 nm/degC }', 'withdrawalUmPerDegC', 0.0015],
    ['endFace: { withdrawal: -0.002 um/K }', 'withdrawalUmPerDegC', -0.002],
  ])('%s', (lines, field, value) => {
    expect(designA(lines).thermal[field]).toBe(value);
  });

  it.each<[string, keyof Design['inputs'], number, string]>([
    ['spring: { offsetX: -0.2 mm }', 'spring.offsetX', -200, 'plug'],
    ['spring: { offsetY: { value: 30 um, level: lot } }', 'spring.offsetY', 30, 'lot'],
    ['endFace: { layerIndex: 1.54 }', 'endFace.layerIndex', 1.54, 'fibre'],
    ['endFace: { layerThickness: 50 nm }', 'endFace.layerThickness', 0.05, 'fibre'],
    [`fibres: { ${MULTIMODE} }`, 'fibres.coreDiameter', 50, 'fibre'],
    [`fibres: { ${MULTIMODE} }`, 'fibres.numericalAperture', 0.2, 'fibre'],
    [`fibres: { ${MULTIMODE} }`, 'fibres.modeFieldDiameter', 0, 'fibre'],
  ])('%s: %s', (lines, input, value, level) => {
    expect(law(designA(lines), input)).toEqual(fixed(value, level));
  });

  it.each([
    ['guidePins: { majorAxis: ›z }', 'not one of the known values | z | x or y'],
    ['guidePins: { clamp: ›loos }', '| clamped or loose | did you mean "loose"?'],
    ['guidePins: { tip: ›eliptical }', '| round or elliptical | did you mean "elliptical"?'],
    ['guidePins: { wearFactor: ›-1 }', 'guidePins.wearFactor: out of bounds | -1 | 0 or more'],
    ['guidePins: { wearFactor: ›0.4 um }', 'a length stands here | 0.4 um | a plain number'],
    ['guidePins: { wearFactor: ›11 }', 'implausible value 11 | 11 | 0 to 10'],
    ['guidePins: { ›wearfactor: 1 }', '| did you mean "wearFactor"?'],
    [
      'guidePins: { expansion: ›17.2 ppm }',
      'a number without a unit | 17.2 ppm | a temperature coefficient',
    ],
    ['guidePins: { expansion: ›17.2e-6 }', 'without a unit | 17.2e-6 | a temperature coefficient'],
    ['guidePins: { expansion: ›17.2e-3 /K }', '| did you mean 0.0000172 /degC?'],
    ['guideHoles: { wearRate: ›0.4 }', 'a number without a unit | 0.4 | a length'],
    ['guideHoles: { wearRate: ›0.4 um }', '0.4 um | 0 um to 0.1 um | did you mean 0.0004 um?'],
    [
      'guideHoles: { wearRate: ›-1 nm }',
      'guideHoles.wearRate: out of bounds | -1 nm | 0 um or more',
    ],
    ['guideHoles: { wearExponent: ›5 }', 'out of bounds | 5 | 0 to 4'],
    ['guideHoles: { wearExponent: ›3 }', 'implausible value 3 | 3 | 0.1 to 2'],
    ['mounting: { ferruleExpansion: ›12 um/K }', 'a length per temperature stands here | 12 um/K'],
    ['endFace: { withdrawal: ›1 nm }', 'a length stands here | 1 nm | a length per temperature'],
    ['endFace: { layerIndex: ›0.5 }', 'all values lie below 1 | 0.5 | 1 or more'],
    ['endFace: { layerIndex: ›5 }', 'implausible value 5 | 5 | 1.3 to 2'],
    ['endFace: { layerThickness: ›-1 nm }', 'all values lie below 0 um | -1 nm | 0 um or more'],
    ['endFace: { layerThickness: ›100 um }', '| 0 um to 1 um | did you mean 0.1 um?'],
    ['spring: { temperatureCoefficient: ›-200 }', 'a number without a unit | -200 | a temperature'],
    ['spring: { offsetX: ›100 N }', 'spring.offsetX: a force stands here | 100 N | a length'],
    ['spring: { offsetY: ›3 mm }', 'implausible value 3000 um | 3 mm | -2000 um to 2000 um'],
    ['spring: { offsetX: { value: 1 um, level: ›fibre } }', '| fibre | plug or lot'],
    ['price: ›35', '35 | a price such as'],
    ['price: ›-1 USD', '-1 USD | a price such as 35 USD or 35 to 60 USD'],
    ['price: ›35 usd', '35 usd | a price such as 35 USD or 35 to 60 USD'],
    ['price: ›60 to 35 USD', 'price: the range runs backwards | 60 to 35 USD | 35 to 60 USD'],
    ['fibres: { coreDiameter: ›50 um }', '| fibres.modeFieldDiameter | or fibres.mode: multimode'],
    [`fibres: { ${MULTIMODE}, modeFieldDiameter: ›9 um }`, '| or fibres.mode: single-mode'],
    [
      'fibres: { mode: multimode, coreDiameter: ›500 um, numericalAperture: 0.2 }',
      '20 um to 110 um',
    ],
    ['fibres: { mode: multimode, coreDiameter: 50 um, numericalAperture: ›2 }', '| 2 | 0.1 to 0.4'],
  ])('%s', (lines, reason) => {
    expect(mistake(scenarioText(lines))).toContain(reason);
  });

  it('of another mode inherits nothing of the fibre, and says what it lacks', () => {
    const problem = single(
      problemsOf(scenarioText('fibres: { mode: multimode, coreDiameter: 50 um }')),
    );
    expect(problem).toMatchObject({ line: 2, column: 3 });
    expect(told(problem)).toContain('design "a" has no fibres.numericalAperture | a:');
  });
});

describe('conditions of mating', () => {
  it('at room temperature, new and clean unless they say otherwise', () => {
    expect(mating('')).toMatchObject({
      launch: 'encircled-flux',
      temperatureDegC: 23,
      unpinnedWarmerByDegC: 0,
      earlierMatings: 0,
      debrisProbability: 0,
      wavelengthUm: 1.31,
    });
    expect(mating('', `fibres: { ${MULTIMODE} }`).wavelengthUm).toBe(0.85);
    expect(mating('wavelength: 953 nm', `fibres: { ${MULTIMODE} }`).wavelengthUm).toBe(0.953);
  });

  it.each<[string, Partial<MatingConditions>]>([
    ['temperature: 85 degC', { temperatureDegC: 85 }],
    ['temperature: -40 degC', { temperatureDegC: -40 }],
    ['temperature: 23 degC + 10 K', { temperatureDegC: 33 }],
    ['unpinnedWarmerBy: 10 K', { unpinnedWarmerByDegC: 10 }],
    ['unpinnedWarmerBy: -2.5 degC', { unpinnedWarmerByDegC: -2.5 }],
    ['earlierMatings: 500', { earlierMatings: 500 }],
    ['debrisProbability: 1 %', { debrisProbability: 0.01 }],
    ['launch: overfilled', { launch: 'overfilled' }],
    ['launch: [1, 2.5, 0]', { launch: [1, 2.5, 0] }],
  ])('%s', (line, read) => {
    expect(mating(line)).toMatchObject(read);
  });

  it('read the floor of return loss and the gap of debris as laws', () => {
    const { inputs } = mating('scatterFloor: 70 dB, debrisGap: { value: 2 um, level: lot }');
    expect(inputs.scatterFloor).toEqual([fixed(70, 'fibre')]);
    expect(inputs.debrisGap).toEqual([fixed(2, 'lot')]);
  });

  it.each([
    ['temperature: ›85', 'mating.temperature: a number without a unit | 85 | a temperature'],
    ['temperature: ›85 um', 'a length stands here | 85 um | a temperature such as 23 degC'],
    ['temperature: ›85 C', '"C" is neither a unit nor a name that can be used here | 85 C'],
    ['temperature: ›-300 degC', 'out of bounds | -300 degC | -273.15 degC or more'],
    ['temperature: ›358.15 K', 'a kelvin stands for a difference | 358.15 K | a temperature such'],
    ['unpinnedWarmerBy: ›100 K', 'implausible value 100 degC | 100 K | -50 degC to 50 degC'],
    ['earlierMatings: ›-1', 'earlierMatings: out of bounds | -1 | 0 or more'],
    ['earlierMatings: ›1e6', '| 0 to 100000'],
    ['debrisProbability: ›1.5', 'debrisProbability: out of bounds | 1.5 | 0 to 1'],
    ['debrisGap: ›-1 um', 'all values lie below 0 um | -1 um | 0 um or more'],
    ['scatterFloor: ›67', 'mating.scatterFloor: a number without a unit | 67 | a level'],
    ['scatterFloor: ›200 dB', '| 30 dB to 100 dB'],
    ['launch: ›overfiled', '| encircled-flux or overfilled | did you mean "overfilled"?'],
    ['launch: ›[]', 'mating.launch: too few items | a list of 0 | at least 1 item'],
    [
      'launch: ›[0, 0]',
      'launch: no mode group has any power | a list of 2 | powers of the mode groups',
    ],
    ['launch: [1, ›-1]', 'mating.launch.1: too small | -1'],
  ])('%s', (line, reason) => {
    expect(mistake(scenarioText('', `mating: { ${line} }`))).toContain(reason);
  });
});

describe('limits of the new statistics', () => {
  it.each([
    ['returnLoss.p3 >= 60 dB', { of: 'returnLoss', statistic: 'p3' }, 60],
    ['worstReturnLoss.p01 >= 5.5e1 dB', { of: 'worstReturnLoss', statistic: 'p01' }, 55],
    ['returnLoss.mean >= 65 dB', { of: 'returnLoss', statistic: 'mean' }, 65],
    ['largestChange.p999 <= 0.2 dB', { of: 'largestChange', statistic: 'p999' }, 0.2],
  ])('%s', (text, subject, value) => {
    const scenario = parse(
      scenarioText('', `limits: ["${text}"]\nexperiment: { type: re-mating, cycles: [1, 2] }`),
    );
    expect(scenario.pairs[0]?.limits).toMatchObject([{ text, subject, value }]);
  });

  it.each([
    ['returnLoss.p97 >= 60 dB', '"returnLoss.p97" is not a statistic'],
    ['worstReturnLoss.p90 >= 60 dB', '"worstReturnLoss.p90" is not a statistic'],
    ['largestChange.p3 <= 60 dB', '"largestChange.p3" is not a statistic'],
    ['p3 >= 60 dB', '"p3" is not a statistic'],
    ['returnLos.p3 >= 60 dB', 'did you mean "returnLoss.p3"?'],
    ['returnLoss.p3 >= 101 dB', 'a loss of 101 dB | returnLoss.p3 >= 101 dB | 0 to 100 dB'],
    ['returnLoss.p3 >= 60 %', '"60 %" is not a loss'],
  ])('%s', (text, reason) => {
    expect(mistake(scenarioText('', `limits: [›"${text}"]`))).toContain(reason);
  });
});
