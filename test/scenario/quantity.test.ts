/** Units and expressions; what an expression may not contain is in expression-refusals.test.ts. */
import { describe, expect, it } from 'vitest';
import {
  designA,
  law,
  parse,
  problemOf,
  problemsOf,
  scenarioText,
  single,
  told,
} from './helpers.js';

/** The fixed value, in µm, of a bore clearance written like this. */
function lengthOf(text: string, more = ''): number {
  const design = designA(`${more}\nbores: { diametralClearance: ${JSON.stringify(text)} }`, {
    allowImplausible: true,
  });
  const contribution = law(design, 'bores.diametralClearance');
  if (contribution.distribution !== 'fixed')
    throw new Error(`not fixed: ${contribution.distribution}`);
  return contribution.value;
}

function mating(lines: string) {
  return parse(scenarioText('', `mating: { ${lines} }`), { allowImplausible: true }).pairs[0]!
    .mating;
}

describe('units', () => {
  it.each([
    ['699.7 um', 699.7],
    ['699.7um', 699.7],
    ['699.7 µm', 699.7],
    ['699.7 μm', 699.7],
    ['0.6997 mm', 699.7],
    ['699700 nm', 699.7],
    ['0.06997 cm', 699.7],
    ['6.997e-4 m', 699.7],
    ['27.5 mil', 698.5],
    ['0.0275 inch', 698.5],
    ['+.5 um', 0.5],
    ['5. um', 5],
    ['1E1 um', 10],
  ])('%s is %f um exactly', (text, um) => {
    expect(lengthOf(text)).toBe(um);
  });

  it('converts forces, angles and stiffnesses', () => {
    expect(mating('slipStiffness: 2 N/um').slipStiffnessNPerUm).toBe(2);
    expect(mating('slipStiffness: 2000 N/mm').slipStiffnessNPerUm).toBe(2);
    expect(mating('pinAngularStiffness: 20 N m/rad').pinAngularStiffness).toBe(2e7);
    expect(mating('pinAngularStiffness: 2e4 N mm/rad').pinAngularStiffness).toBe(2e7);
    expect(mating('wavelength: 1310 nm').wavelengthUm).toBe(1.31);
    const degrees = law(designA('bores: { tiltX: 0.5 deg }'), 'bores.tiltX');
    expect(degrees).toMatchObject({ value: 0.00872664625997165 });
    expect(law(designA('spring: { force: 1 kgf }'), 'spring.force')).toMatchObject({
      value: 9.80665,
    });
    expect(law(designA('spring: { force: 2 lbf }'), 'spring.force')).toMatchObject({
      value: 8.896443230521,
    });
  });

  it('reads plain numbers, percentages and expressions where the unit is 1', () => {
    expect(mating('friction: 0.15').frictionCoefficient).toBe(0.15);
    expect(mating('friction: "0.15"').frictionCoefficient).toBe(0.15);
    expect(mating('friction: 15 %').frictionCoefficient).toBe(0.15);
    expect(mating('friction: 0.1 + 0.05').frictionCoefficient).toBe(0.15);
    expect(mating('friction: 1 um / 10 um').frictionCoefficient).toBe(0.1);
  });

  it.each([
    ['bores: { diametralClearance: 0.5 }', /number without a unit.*a length such as 698.8 um/],
    ['bores: { diametralClearance: "0.5" }', /number without a unit.*a length such as/],
    ['bores: { diametralClearance: 0.5 N }', /a force stands here.*a length such as/],
    ['bores: { tiltX: 0.5 um }', /a length stands here.*an angle such as/],
    ['spring: { force: 10 }', /number without a unit.*a force such as 9.8 N/],
    [
      'mounting: { angularStiffness: 2e5 N/um }',
      /a stiffness stands here.*an angular stiffness such as/,
    ],
    ['mounting: { sideLoadTransmission: 0.1 um }', /a length stands here.*a plain number/],
    ['bores: { diametralClearance: 0.5 umm }', /"umm" is neither.*did you mean "um"/],
    ['bores: { diametralClearance: 0.5 ohm }', /"ohm" is neither/],
    ['bores: { diametralClearance: 0.5 dB }', /a level stands here.*a length such as/],
    ['bores: { diametralClearance: 0.5 in }', /inches are written "inch"|cannot be read/],
    ['bores: { diametralClearance: "0,5 um" }', /decimal sign is a point/],
    ['bores: { diametralClearance: "" }', /a quantity is missing/],
    ['bores: { diametralClearance: true }', /not what belongs here.*a length such as/],
    ['bores: { diametralClearance: 1e400 um }', /not a finite number/],
    ['bores: { diametralClearance: 1e200 um * 1e200 }', /not a finite number/],
    ['bores: { diametralClearance: 1e16 um }', /beyond all bounds/],
    ['bores: { diametralClearance: 1 um / 0 }', /division by zero/],
    ['bores: { diametralClearance: 5 % um }', /percent sign/],
  ])('refuses %s', (lines, reason) => {
    expect(told(problemOf(lines))).toMatch(reason);
  });
});

describe('expressions', () => {
  it.each([
    ['1 um + 2 um', 3],
    ['3 um - 1 um', 2],
    ['2 * 3 um', 6],
    ['1/2 um', 0.5],
    ['(1 + 2) * 1 um', 3],
    ['-(-1 um)', 1],
    ['+1 um', 1],
    ['2^3 um', 8],
    ['2^-1 um', 0.5],
    ['(4 um)^2 / 1 um', 16],
    ['sqrt((3 um)^2 + (4 um)^2)', 5],
    ['abs(-2 um)', 2],
    ['min(3 um, 0.002 mm)', 2],
    ['max(3 um, 2 um, 5 um)', 5],
    ['100 pi * 1 um', 314.159265358979],
    ['0.1 um + 0.2 um', 0.3],
  ])('%s is %f um', (text, um) => {
    expect(lengthOf(text)).toBe(um);
  });

  it.each([
    ['guidePins.diameter - 698 um', 0.8],
    ['guidePins.diameter.mean - 698 um', 0.8],
    ['guidePins.diameter.sigma', 0.1],
    ['guidePins.diameter.upper - guidePins.diameter.lower', 0.6],
    ['fibres.coreEccentricity.scale', 0.15],
    ['fibres.count * 0.1 um', 1.2],
    ['mounting.sideLoadTransmission * 10 um', 1.5],
    ['play', 0.7],
    ['2 * gap', 1.4],
    ['bores.tiltX / 1 rad * 1 um', 0],
  ])('refers to other values: %s', (text, um) => {
    expect(
      lengthOf(
        text,
        'parameters: { play: 2 gap - gap, gap: guideHoles.diameter - guidePins.diameter }',
      ),
    ).toBeCloseTo(um, 9);
  });

  it('resolves references against the merged design, in shorthands and long forms too', () => {
    const design = designA(
      'parameters: { step: 0.9 um }\nguideHoles: { diameter: "guidePins.diameter + step ± step / 3 at 3 sigma, truncated" }\nguidePins: { diameter: { distribution: uniform, low: 698 um, high: 698 um + 1 um } }',
    );
    expect(law(design, 'guideHoles.diameter')).toEqual({
      distribution: 'normal',
      mean: 699.4,
      sigma: 0.1,
      lower: 699.1,
      upper: 699.7,
      level: 'hole',
    });
    const heir = parse(
      'designs: { a: { extends: mtp-standard, guideHoles: { diameter: guidePins.diameter + 1 um } }, b: { extends: a, guidePins: { diameter: 698 um } } }\npairs: { p: { pinned: a, unpinned: b } }',
    ).designs;
    expect(law(heir['a']!, 'guideHoles.diameter')).toMatchObject({ value: 699.8 });
    expect(law(heir['b']!, 'guideHoles.diameter')).toMatchObject({ value: 699 });
  });

  it('refers to other values of a mating section', () => {
    expect(mating('friction: 0.2, seatCentring: friction * 2').seatCentring).toBe(0.4);
    const { inputs } = mating(
      'sideLoad: 3 N ± 1 N at 2 sigma, slipStiffness: sideLoad / 1 um'.replace(
        '3 N ± 1 N at 2 sigma',
        '"3 N ± 1 N at 2 sigma"',
      ),
    );
    expect(inputs.sideLoad[0]).toMatchObject({ mean: 3, sigma: 0.5 });
  });

  it.each([
    [
      'nominal of a law without one',
      'bores: { diametralClearance: fibres.coreEccentricity }',
      /rayleigh and has no nominal.*scale/,
    ],
    [
      'field that the law has not',
      'bores: { diametralClearance: guidePins.diameter.low }',
      /normal and has no value "low".*mean, sigma/,
    ],
    [
      'a list',
      'bores: { diametralClearance: guideHoles.diameter }\nguideHoles: { diameter: [699 um, { value: 1 um, level: lot }] }',
      /list of contributions and has no single value/,
    ],
    [
      'an unknown path',
      'bores: { diametralClearance: guidePin.diameter }',
      /did you mean "guidePins.diameter"/,
    ],
    [
      'an unknown parameter',
      'parameters: { clearance: 1 um }\nbores: { diametralClearance: clearence }',
      /did you mean "clearance"/,
    ],
    [
      'a value of the mating section',
      'bores: { diametralClearance: engagedLength }',
      /neither a unit nor a name/,
    ],
    ['a text field', 'bores: { diametralClearance: endFace.polish }', /neither a unit nor a name/],
    ['toString', 'bores: { diametralClearance: toString }', /neither a unit nor a name/],
    [
      'constructor',
      'bores: { diametralClearance: constructor.constructor }',
      /neither a unit nor a name/,
    ],
    [
      'an inherited property',
      'bores: { diametralClearance: guidePins.diameter.toString }',
      /has no value "toString"/,
    ],
    [
      'a sum of different kinds',
      'bores: { diametralClearance: 1 um + 1 N }',
      /a length and a force cannot be added/,
    ],
    [
      'a root without unit',
      'bores: { diametralClearance: sqrt(4 um) }',
      /square root of a length has no unit/,
    ],
    [
      'a root of a negative',
      'bores: { diametralClearance: sqrt(-4) * 1 um }',
      /square root of a negative/,
    ],
    [
      'arguments of different kinds',
      'bores: { diametralClearance: "min(1 um, 1 N)" }',
      /cannot be compared/,
    ],
    [
      'itself',
      'bores: { diametralClearance: 2 * bores.diametralClearance }',
      /circle: bores.diametralClearance → bores.diametralClearance/,
    ],
    ['a parameter named as a unit', 'parameters: { mm: 1 um }', /cannot be named "mm"/],
    ['a parameter named as a section', 'parameters: { bores: 1 um }', /cannot be named "bores"/],
    ['a parameter named as a function', 'parameters: { sqrt: 1 um }', /cannot be named "sqrt"/],
    ['a parameter with a bad name', 'parameters: { "a b": 1 um }', /"a b" cannot be a name/],
    ['an unused parameter that is wrong', 'parameters: { a1: 1 umm }', /"umm" is neither/],
  ])('refuses a reference to %s', (_, lines, reason) => {
    expect(told(problemOf(lines))).toMatch(reason);
  });

  it('shows the circle of values that refer to each other', () => {
    const problems = problemsOf(
      scenarioText(
        'guidePins: { diameter: guideHoles.diameter - 1 um }\nguideHoles: { diameter: gap + 698 um }\nparameters: { gap: guidePins.diameter - 698 um }',
      ),
    );
    expect(told(single(problems))).toMatch(
      /circle: parameters.gap → guidePins.diameter → guideHoles.diameter → parameters.gap/,
    );
  });
});
