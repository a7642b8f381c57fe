/** What an heir does not inherit: values that a field which it changes decides. */
import { describe, expect, it } from 'vitest';
import { designA, parse, problemOf, told } from './helpers.js';

const FLOATING = { type: 'floating', sideLoadTransmission: 0.15, angularStiffness: 2e5 };

/** The design b of a scenario in which b extends a, and a extends mtp-standard. */
function heir(base: string, lines: string) {
  return parse(`designs:
  a: { extends: mtp-standard, ${base} }
  b: { extends: a, ${lines} }
pairs: { p: { pinned: b, unpinned: b } }`).designs['b'];
}

describe('a changed mounting', () => {
  it('brings its own transmission and stiffness', () => {
    const fixed = { type: 'fixed', sideLoadTransmission: 1, angularStiffness: 2e7 };
    expect(designA('mounting: { type: fixed }').mounting).toEqual(fixed);
    expect(heir('gender: either', 'mounting: { type: fixed }')?.mounting).toEqual(fixed);
    expect(heir('mounting: { type: fixed }', 'gender: either')?.mounting).toEqual(fixed);
    expect(heir('mounting: { type: fixed }', 'mounting: { type: floating }')?.mounting).toEqual(
      FLOATING,
    );
  });

  it('leaves what the heir gives', () => {
    expect(designA('mounting: { type: fixed, sideLoadTransmission: 0.5 }').mounting).toEqual({
      type: 'fixed',
      sideLoadTransmission: 0.5,
      angularStiffness: 2e7,
    });
  });

  it('set on the command line does the same', () => {
    const overrides = [{ path: 'designs.a.mounting.type', value: 'fixed' }];
    expect(designA('gender: either', { overrides }).mounting.angularStiffness).toBe(2e7);
  });
});

it('keeps the inherited values where the same type is repeated, or nothing of it is given', () => {
  const own = 'mounting: { sideLoadTransmission: 0.3, angularStiffness: 3e5 N um/rad }';
  const expected = { type: 'floating', sideLoadTransmission: 0.3, angularStiffness: 3e5 };
  expect(heir(own, 'mounting: { type: floating }')?.mounting).toEqual(expected);
  expect(heir(own, 'gender: either')?.mounting).toEqual(expected);
  const angle = 'endFace: { angle: 9 deg }';
  expect(heir(angle, 'endFace: { polish: APC }')).toEqual({ ...heir(angle, ''), name: 'b' });
});

describe('a changed polish', () => {
  it('brings its own angle', () => {
    expect(designA('endFace: { polish: PC }')).toMatchObject({ polish: 'PC', endFaceAngleRad: 0 });
    expect(heir('endFace: { polish: PC }', 'endFace: { polish: APC }')?.endFaceAngleRad).toBe(
      0.139626340159546,
    );
  });

  it('leaves the other fields of the face', () => {
    expect(designA('endFace: { polish: PC }').inputs['endFace.fibreHeight']).toEqual(
      designA('').inputs['endFace.fibreHeight'],
    );
  });
});

describe('a changed pin shape', () => {
  const elliptical = 'guidePins: { shape: elliptical, minorAxisShorterBy: 5 um, tip: elliptical }';

  it('brings its own tip; a round pin has no shorter axis', () => {
    const round = heir(elliptical, 'guidePins: { shape: round }');
    expect(round).toMatchObject({ pinShape: 'round', pinTip: 'round' });
    expect(round?.inputs['guidePins.minorAxisShorterBy']).toMatchObject([{ value: 0 }]);
    expect(round?.inputs['guidePins.diameter']).toEqual(designA('').inputs['guidePins.diameter']);
    expect(designA('guidePins: { shape: elliptical, minorAxisShorterBy: 5 um }').pinTip).toBe(
      'elliptical',
    );
  });

  it('still needs what only the heir can say', () => {
    expect(told(problemOf('guidePins: { shape: elliptical }'))).toMatch(/needs minorAxisShorterBy/);
  });

  it('repeated keeps the axis and the tip', () => {
    expect(heir(elliptical, 'guidePins: { shape: elliptical }')).toMatchObject({
      pinTip: 'elliptical',
      inputs: { 'guidePins.minorAxisShorterBy': [{ value: 5 }] },
    });
  });
});
