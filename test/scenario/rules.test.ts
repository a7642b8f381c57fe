/** Plausibility, rules of a design, who may mate, comparisons, limits. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/index.js';
import { parseLimit } from '../../src/scenario/limits.js';
import { designA, parse, problemOf, problemsOf, scenarioText, single, told } from './helpers.js';

describe('plausibility', () => {
  it.each([
    [
      'guidePins: { diameter: 698.8 mm }',
      /implausible value 698800 um.*400 um to 1000 um.*did you mean 698.8 um/,
    ],
    ['guidePins: { diameter: 0.6988 um }', /did you mean 698.8 um/],
    ['guidePins: { diameter: 698.8 m }', /did you mean 698.8 um/],
    ['spring: { force: 9.8 kN }', /implausible value 9800 N.*0.5 N to 60 N.*did you mean 9.8 N/],
    ['bores: { tiltX: 0.3 rad }', /implausible value 17.1887 deg.*did you mean 0.3 deg/],
    ['endFace: { angle: 8 mrad, slopeErrorX: 0.5 rad }', /did you mean 0.5 deg/],
    [
      'spring: { force: { distribution: normal, mean: 10 N, sigma: 15 N, lower: 1 N, upper: 40 N } }',
      /spread is wider than the value itself/,
    ],
    [
      'bores: { positionErrorX: 0 um ± 0.9 mm at 3 sigma }',
      /spread is wider than the plausible range.*did you mean a spread of 0.3 um/,
    ],
    [
      'guideHoles: { diameter: [699 um, { value: 699 um, level: lot }] }',
      /implausible value 1398 um/,
    ],
    ['mounting: { angularStiffness: 2e-5 N um/rad }', /implausible value/],
  ])('%s', (lines, reason) => {
    expect(told(problemOf(lines))).toMatch(reason);
    const { warnings } = parseScenario(scenarioText(lines), {
      allowImplausible: true,
      file: 's.yaml',
    });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^s\.yaml:\d+:\d+: /);
  });

  it('covers the scalars of the mating section', () => {
    const text = scenarioText(
      '',
      'mating: { wavelength: 1310 um, engagedLength: 2 um, friction: 12 }',
    );
    expect(problemsOf(text).map((problem) => problem.suggestion)).toEqual([
      'did you mean 1.31 um?',
      'did you mean 2000 um?',
      'did you mean 0.012?',
    ]);
  });

  it('lets one-sided inputs and those around 0 be as wide as they are', () => {
    expect(
      designA(
        'bores: { positionErrorX: 0.1 um ± 3 um at 3 sigma, diametralClearance: 1 um ± 1 um uniform }',
      ),
    ).toBeDefined();
  });

  it('never lets an impossible value pass, insist or not', () => {
    for (const line of [
      'glassIndex: 0.5',
      'seatCentring: 1.5',
      'friction: -0.1',
      'wavelength: 0 um',
      'pinStiffness: 0 N/um',
    ]) {
      const problem = single(
        problemsOf(scenarioText('', `mating: { ${line} }`), { allowImplausible: true }),
      );
      expect(told(problem)).toMatch(/out of bounds/);
    }
    for (const line of [
      'sideLoadTransmission: 1.1',
      'sideLoadTransmission: -0.1',
      'angularStiffness: 0 N um/rad',
    ]) {
      expect(told(problemOf(`mounting: { ${line} }`, { allowImplausible: true }))).toMatch(
        /out of bounds/,
      );
    }
  });
});

describe('rules of a design', () => {
  const minimal = `designs:
  a:
    fibres: { count: 24, modeFieldDiameter: 9.2 um }
    guidePins: { diameter: 698.8 um }
    guideHoles: { diameter: 699.5 um }
    spring: { force: 20 N }
    endFace: { polish: PC }
    mounting: { type: floating }
pairs: { p: { pinned: a, unpinned: a } }`;

  it('fills in defaults that mean perfect', () => {
    const design = parse(minimal).designs['a']!;
    expect(design).toMatchObject({
      description: '',
      gender: 'either',
      pinShape: 'round',
      pinTip: 'round',
      endFaceAngleRad: 0,
      mounting: { type: 'floating', sideLoadTransmission: 0.15, angularStiffness: 2e5 },
    });
    expect(design.inputs['bores.tiltY']).toEqual([
      { distribution: 'fixed', value: 0, level: 'fibre' },
    ]);
    expect(parse(minimal.replace('floating', 'fixed')).designs['a']!.mounting).toEqual({
      type: 'fixed',
      sideLoadTransmission: 1,
      angularStiffness: 2e7,
    });
    expect(parse(minimal.replace('polish: PC', 'polish: APC')).designs['a']!.endFaceAngleRad).toBe(
      0.139626340159546,
    );
  });

  it.each([
    ['count: 24, ', 'fibres.count'],
    [', modeFieldDiameter: 9.2 um', 'fibres.modeFieldDiameter'],
    ['    guidePins: { diameter: 698.8 um }\n', 'guidePins.diameter'],
    ['    guideHoles: { diameter: 699.5 um }\n', 'guideHoles.diameter'],
    ['    endFace: { polish: PC }\n', 'endFace.polish'],
    ['    mounting: { type: floating }\n', 'mounting.type'],
  ])('requires what %j gives', (part, path) => {
    expect(single(problemsOf(minimal.replace(part, '')))).toMatchObject({
      message: `design "a" has no ${path}`,
      line: 2,
      column: 3,
    });
  });

  it.each([
    ['fibres: { count: 13 }', /not one of the known values.*8, 12, 16/],
    [
      'fibres: { mode: multi-mode }',
      /not one of the known values.*single-mode or multimode.*did you mean "multimode"/,
    ],
    ['guidePins: { shape: oval }', /round or elliptical/],
    ['gender: male', /pinned, unpinned or either/],
    ['endFace: { polish: PC, angle: 8 deg }', /a PC face has no angle/],
    ['endFace: { angle: 0 deg }', /an APC face has an angle/],
    ['endFace: { angle: -8 deg }', /out of bounds/],
    ['guidePins: { minorAxisShorterBy: 5 um }', /a round pin has no shorter axis/],
    ['guidePins: { shape: elliptical }', /an elliptical pin needs minorAxisShorterBy/],
    ['spring: 10 N', /spring: not what belongs here.*a map of the fields of spring/],
    ['sprung: { force: 10 N }', /unknown key "sprung".*did you mean "spring"/],
  ])('refuses %s', (lines, reason) => {
    expect(told(problemOf(lines))).toMatch(reason);
  });

  it('lets the tip of a pin follow its shape', () => {
    expect(
      designA('guidePins: { shape: elliptical, minorAxisShorterBy: 5 um, tip: elliptical }'),
    ).toMatchObject({ pinTip: 'elliptical' });
    const shaped = minimal.replace(
      'diameter: 698.8 um',
      'diameter: 698.8 um, shape: elliptical, minorAxisShorterBy: 5 um',
    );
    expect(parse(shaped).designs['a']).toMatchObject({
      pinShape: 'elliptical',
      pinTip: 'elliptical',
    });
  });
});

describe('who may mate', () => {
  const designs = `designs:
  apc: { extends: mtp-standard }
  apc9: { extends: mtp-standard, endFace: { angle: 9 deg } }
  pc: { extends: mtp-standard, endFace: { polish: PC, angle: 0 deg } }
  f24: { extends: mtp-standard, fibres: { count: 24 } }
  male: { extends: mtp-standard, gender: pinned }
  female: { extends: mtp-standard, gender: unpinned }
`;
  const pair = (pinned: string, unpinned: string, more = '') =>
    `${designs}pairs:\n  p: { pinned: ${pinned}, unpinned: ${unpinned}${more} }\n`;

  it.each([
    ['male', 'female'],
    ['male', 'apc'],
    ['apc', 'female'],
    ['pc', 'pc', ', mating: { adapter: key-up-to-key-up }'],
  ])('%s with %s', (pinned, unpinned, more?: string) => {
    expect(parse(pair(pinned, unpinned, more)).pairs).toHaveLength(1);
  });

  it.each<[string, string, string, RegExp]>([
    ['male', 'male', '', /two pinned plugs cannot mate/],
    ['female', 'female', '', /two unpinned plugs cannot mate/],
    ['female', 'apc', '', /"female" has no guide pins/],
    ['apc', 'male', '', /"male" has guide pins/],
    ['apc', 'pc', '', /angled \(APC\) and a flat \(PC\)/],
    ['apc', 'apc9', '', /different angles.*8 deg.*9 deg/],
    ['apc', 'f24', '', /different fibre counts.*12.*24/],
    ['apc', 'apc', ', mating: { adapter: key-up-to-key-up }', /add up to 16 deg/],
    ['apc', 'aps', '', /no design "aps".*did you mean "apc"/],
  ])('not %s with %s %s', (pinned, unpinned, more, reason) => {
    const problem = single(problemsOf(pair(pinned, unpinned, more)));
    expect(problem.line).toBe(9);
    expect(told(problem)).toMatch(reason);
  });

  it('reads the adapter from the common mating section too', () => {
    const text = `${pair('apc', 'apc')}mating: { adapter: key-up-to-key-up }\n`;
    expect(told(single(problemsOf(text)))).toMatch(/add up to 16 deg/);
    expect(
      parse(
        text.replace('unpinned: apc', 'unpinned: apc, mating: { adapter: key-up-to-key-down }'),
      ),
    ).toBeDefined();
  });

  it('lays the mating section of a pair over the common one', () => {
    const text = `${pair('apc', 'apc', ', mating: { friction: 0.2 }')}mating: { friction: 0.1, glassIndex: 1.45 }\n`;
    expect(parse(text).pairs[0]?.mating).toMatchObject({
      frictionCoefficient: 0.2,
      glassIndex: 1.45,
    });
  });
});

describe('comparisons', () => {
  const three = (more: string) =>
    `designs: { a: { extends: mtp-elite } }\npairs: { p: &p { pinned: a, unpinned: a }, q: *p, r: *p }\n${more}`;
  it('compares the first pair with every other by default', () => {
    expect(parse(three('')).comparisons).toEqual([
      ['p', 'q'],
      ['p', 'r'],
    ]);
    expect(parse(three('comparisons: []')).comparisons).toEqual([]);
    expect(parse(three('comparisons: [[r, q]]')).comparisons).toEqual([['r', 'q']]);
  });
  it.each([
    ['comparisons: [[p, s]]', /no pair "s"/],
    ['comparisons: [[p, p]]', /compared with itself/],
    ['comparisons: [[p]]', /comparisons.0/],
    ['comparisons: [p]', /comparisons.0.*two names of pairs/],
  ])('refuses %s', (line, reason) => {
    expect(told(single(problemsOf(three(line))))).toMatch(reason);
  });
});

describe('limits', () => {
  it.each<[string, object]>([
    ['p97 <= 0.25 dB', { subject: { of: 'il', statistic: 'p97' }, relation: '<=', value: 0.25 }],
    ['mean>=0.1dB', { subject: { of: 'il', statistic: 'mean' }, relation: '>=', value: 0.1 }],
    ['worstFibre.p999 <= 1e0 dB', { subject: { of: 'worstFibre', statistic: 'p999' }, value: 1 }],
    ['yield(0.25 dB) >= 97 %', { subject: { of: 'yield', atDb: 0.25 }, value: 0.97 }],
    ['matingYield( 0.25dB ) >= 0.9', { subject: { of: 'matingYield', atDb: 0.25 }, value: 0.9 }],
    ['gapFraction <= 5%', { subject: { of: 'gapFraction' }, value: 0.05 }],
  ])('%s', (text, expected) => {
    expect(parseLimit(text)).toMatchObject({ text, ...expected });
  });

  it.each([
    ['p97 < 0.25 dB', /<= and >=, not < and >/],
    ['p97 ≤ 0.25 dB', /write <= for ≤/],
    ['p97 = 0.25 dB', /use <= or >=/],
    ['p97 =< 0.25 dB', /relations are <= and >=/],
    ['p97', /cannot be read as a limit/],
    ['p97 <= 0.25', /"0.25" is not a loss/],
    ['p97 <= 0.25 %', /not a loss/],
    ['p97 <= -1 dB', /a loss of -1 dB.*0 to 100 dB/],
    ['p98 <= 0.25 dB', /"p98" is not a statistic/],
    ['worstFiber.p97 <= 0.25 dB', /did you mean "worstFibre.p97"/],
    ['yield >= 97 %', /a yield needs its loss/],
    ['yield(0.25) >= 97 %', /"0.25" is not a loss/],
    ['yield(0.25 dB) >= 97 dB', /"97 dB" is not a share/],
    ['yield(0.25 dB) >= 97', /a share of 97/],
    ['0.1 dB <= p97 <= 0.25 dB', /cannot be read/],
  ])('refuses %s', (text, reason) => {
    const problem = single(problemsOf(scenarioText('', `limits: [${JSON.stringify(text)}]`)));
    expect(told(problem)).toMatch(reason);
    expect(problem.column).toBe(10);
  });

  it('collects those of the scenario, of the pair and of the command line', () => {
    const text = `designs: { a: { extends: mtp-elite } }
pairs: { p: { pinned: a, unpinned: a, limits: ["mean <= 0.1 dB"] }, "q:1": { pinned: a, unpinned: a } }
limits: ["p97 <= 0.25 dB"]`;
    const limits = ['p99 <= 1 dB', 'p: sd <= 1 dB', 'q:1: p50 <= 1 dB', 'p97 <= 0.25 dB'];
    expect(
      parse(text, { limits }).pairs.map((pair) => pair.limits.map((limit) => limit.text)),
    ).toEqual([
      ['p97 <= 0.25 dB', 'mean <= 0.1 dB', 'p99 <= 1 dB', 'sd <= 1 dB'],
      ['p97 <= 0.25 dB', 'p99 <= 1 dB', 'p50 <= 1 dB'],
    ]);
    expect(single(problemsOf(text, { limits: ['qq: p97 <= 1 dB'] }))).toMatchObject({
      file: '--limit qq: p97 <= 1 dB',
      message: 'there is no pair "qq"',
    });
    expect(single(problemsOf(text, { limits: ['p: p97 < 1 dB'] })).file).toBe(
      '--limit p: p97 < 1 dB',
    );
  });
});
