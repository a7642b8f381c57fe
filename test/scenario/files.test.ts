/** extends, CSV files, --set, loading: which files are read, where mistakes are told, and what is out of bounds. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { readTextFile } from '../../src/scenario/files.js';
import { loadScenario } from '../../src/scenario/index.js';
import { cpuMs } from '../support/cpu-time.js';
import { law, parse, problemsOf, scenarioText, single, told } from './helpers.js';

const PAIR = 'pairs: { p: { pinned: a, unpinned: a } }';
const withDesigns = (designs: string) => `designs: { ${designs} }\n${PAIR}\n`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matedpair-'));
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, 'in/sub'), { recursive: true });
  write('outside.yaml', 'extends: mtp-elite\n');
  write('in/base.yaml', 'extends: ./sub/deeper.yaml\nspring: { force: 9 N }\n');
  write(
    'in/sub/deeper.yaml',
    'extends: mtp-standard\nspring: { force: 8 N }\nfibres: { count: 24 }\n',
  );
  write('in/up.yaml', 'extends: ../outside.yaml\n');
  write('in/base.json', '{\n\t"extends": "mtp-elite"\n}\n');
  write('in/one.yaml', 'extends: ./two.yaml\n');
  write('in/two.yaml', 'extends: ./one.yaml\n');
  write('in/list.yaml', '- 1\n');
  write('in/broken.yaml', 'fibres: { count: ]\n');
  write('in/bytes.yaml', new Uint8Array([0x61, 0xff, 0xfe]));
  write('in/large.yaml', `# ${'x'.repeat(1_000_001)}\n`);
  symlinkSync(join(folder, 'outside.yaml'), join(folder, 'in/link.yaml'));
  write(
    'in/holes.csv',
    '\uFEFFpart,diameter [um],"tilt, x [deg]",force\n1,699.1,0.5,3\n2,6.992e2,-0.5,4\n\n3, 699.3 ,0,5\n',
  );
  write('in/bad.csv', 'part;diameter [mm]\n1;0.6991\n2;0,6992\n3;\n"4";  x\n');
  write('in/quoted.csv', '\uFEFF"a, c",b [um]\n1,699\n"x ""y, ", bad\n');
  write('in/ragged.csv', 'a,b [um]\n1,2\n3\n');
  write('in/empty.csv', '');
  write('in/header.csv', 'b [um]\n');
  write('in/many.csv', `b [um]\n${'1\n'.repeat(100_001)}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = () => ({ file: join(folder, 'in/s.yaml') });

describe('extends', () => {
  it('merges field by field and replaces values whole', () => {
    const design = parse(
      withDesigns(
        'a: { extends: b, fibres: { coreEccentricity: 0.1 um } }, b: { extends: mtp-elite, description: B, gender: pinned }',
      )
        .replace('unpinned: a', 'unpinned: c')
        .replace('designs: {', 'designs: { c: { extends: mtp-elite },'),
    ).designs['a']!;
    expect(design).toMatchObject({ description: 'B', gender: 'pinned', fibreCount: 12 });
    expect(design.inputs['fibres.coreEccentricity']).toEqual([
      { distribution: 'fixed', value: 0.1, level: 'fibre' },
    ]);
    expect(law(design, 'guideHoles.diameter')).toMatchObject({ mean: 699.4 });
  });

  it('follows files, in YAML and JSON, down to a shipped design', () => {
    const design = parse(withDesigns('a: { extends: ./base.yaml }'), inFolder()).designs['a']!;
    expect(design.fibreCount).toBe(24);
    expect(law(design, 'spring.force')).toMatchObject({ value: 9 });
    expect(
      parse(withDesigns('a: { extends: ./base.json }'), inFolder()).designs['a']?.fibreCount,
    ).toBe(12);
  });

  it('takes the shipped design when a design extends its own name', () => {
    const text = withDesigns('mtp-elite: { extends: mtp-elite }').replaceAll(': a', ': mtp-elite');
    expect(parse(text).designs['mtp-elite']?.fibreCount).toBe(12);
  });

  it.each([
    ['a: { extends: mtp-elit }', /no design "mtp-elit".*did you mean "mtp-elite"/],
    ['a: { extends: a }', /cannot extend itself/],
    [
      'a: { extends: b }, b: { extends: c }, c: { extends: a }',
      /circle.*design "a" → design "b" → design "c" → design "a"/,
    ],
    ['a: { extends: ./one.yaml }', /circle.*one.yaml → .*two.yaml → /],
    ['a: { extends: ./none.yaml }', /does not exist/],
    ['a: { extends: ./sub }', /is a folder/],
    ['a: { extends: ../outside.yaml }', /leaves the folder of the scenario/],
    ['a: { extends: ./sub/../../outside.yaml }', /leaves the folder of the scenario/],
    ['a: { extends: ./up.yaml }', /leaves the folder of the scenario/],
    ['a: { extends: ./link.yaml }', /link that leaves the folder/],
    ['a: { extends: ./list.yaml }', /a design file is a map/],
    ['a: { extends: ./broken.yaml }', /not valid YAML/],
    ['a: { extends: ./bytes.yaml }', /not UTF-8/],
    ['a: { extends: ./large.yaml }', /at most 1000000 are read/],
    ['a: { extends: 5 }', /the name or the file of a design/],
    ['a: { extends: /etc/passwd }', /no design/],
  ])('refuses %s', (designs, reason) => {
    const problems = problemsOf(withDesigns(designs), inFolder());
    expect(problems.map(told).join('\n')).toMatch(reason);
  });

  it('refuses a relative file where the scenario is no file', () => {
    expect(told(single(problemsOf(withDesigns('a: { extends: ./base.yaml }'))))).toMatch(
      /has no folder/,
    );
  });
});

describe('empirical values from a CSV file', () => {
  const column = (file: string, name: string, input = 'guideHoles: { diameter:') =>
    scenarioText(
      `${input} { distribution: empirical, file: ${file}, column: ${JSON.stringify(name)} } }`,
    );

  it('reads a column in its unit', () => {
    const design = parse(column('holes.csv', 'diameter'), inFolder()).designs['a']!;
    expect(law(design, 'guideHoles.diameter')).toEqual({
      distribution: 'empirical',
      values: [699.1, 699.2, 699.3],
      level: 'hole',
    });
    const tilt = parse(column('./holes.csv', 'tilt, x', 'bores: { tiltX:'), inFolder()).designs[
      'a'
    ]!;
    expect(law(tilt, 'bores.tiltX')).toMatchObject({
      values: [0.00872664625997165, -0.00872664625997165, 0],
    });
  });

  it('tells each bad cell at its line', () => {
    expect(problemsOf(column('bad.csv', 'diameter'), inFolder())).toMatchObject([
      {
        file: join(folder, 'in/bad.csv'),
        line: 3,
        column: 3,
        found: '0,6992',
        suggestion: 'the decimal sign is a point: 0.6992',
      },
      { line: 4, column: 3, message: 'column "diameter": no value' },
      { line: 5, column: 7, found: 'x' },
    ]);
    // behind a byte-order mark and a field in quotes that holds a delimiter
    expect(single(problemsOf(column('quoted.csv', 'b'), inFolder()))).toMatchObject({
      line: 3,
      column: 12,
      found: 'bad',
    });
    expect(single(problemsOf(column('holes.csv', 'tilt, x'), inFolder()))).toMatchObject({
      line: 1,
      column: 20,
    });
  });

  it.each([
    ['holes.csv', 'diametr', /no column "diametr".*did you mean "diameter"/],
    ['holes.csv', 'force', /no unit in brackets.*diameter \[um\]/],
    ['holes.csv', 'tilt, x', /column holds an angle/],
    ['ragged.csv', 'b', /not valid CSV/],
    ['empty.csv', 'b', /CSV file is empty/],
    ['header.csv', 'b', /has no values/],
    ['many.csv', 'b', /more than 100000 values/],
    ['none.csv', 'b', /the CSV file does not exist/],
    ['../outside.csv', 'b', /leaves the folder/],
    ['/etc/passwd', 'b', /must be a path relative/],
  ])('refuses %s, %s', (file, name, reason) => {
    expect(told(single(problemsOf(column(file, name), inFolder())))).toMatch(reason);
  });
});

describe('--set', () => {
  const text =
    'designs: { a: { extends: mtp-standard }, "b.2": { extends: a } }\npairs: { p: { pinned: a, unpinned: b.2 } }\nlimits: ["p97 <= 1 dB"]\n';
  const set = (path: string, value: string) => ({ overrides: [{ path, value }] });

  it.each<[string, string, (s: ReturnType<typeof parse>) => unknown, unknown]>([
    [
      'designs.a.guideHoles.diameter',
      '699.6 um',
      (s) => s.designs['b.2']?.inputs['guideHoles.diameter'],
      [{ distribution: 'fixed', value: 699.6, level: 'hole' }],
    ],
    [
      'designs.b.2.fibres.coreEccentricity',
      '{ distribution: half-normal, sigma: 0.1 um }',
      (s) => s.designs['b.2']?.inputs['fibres.coreEccentricity'][0]?.distribution,
      'half-normal',
    ],
    [
      'designs.a.guidePins.diameter',
      '698.8 um ± 0.3 um at 3 sigma, truncated',
      (s) => s.designs['a']?.inputs['guidePins.diameter'][0],
      { distribution: 'normal', mean: 698.8, sigma: 0.1, lower: 698.5, upper: 699.1, level: 'pin' },
    ],
    ['matings', '1e6', (s) => s.matings, 1e6],
    ['seed', '42', (s) => s.seed, '42'],
    [
      'pairs.p.mating.sideLoad',
      '6 N',
      (s) => s.pairs[0]?.mating.inputs.sideLoad,
      [{ distribution: 'fixed', value: 6, level: 'mating' }],
    ],
    ['mating.friction', '20 %', (s) => s.pairs[0]?.mating.frictionCoefficient, 0.2],
    ['limits.0', 'p50 <= 1 dB', (s) => s.pairs[0]?.limits[0]?.text, 'p50 <= 1 dB'],
  ])('%s=%s', (path, value, get, expected) => {
    expect(get(parse(text, set(path, value)))).toEqual(expected);
  });

  it('does not touch what shares an anchor with the place that is set', () => {
    const shared =
      'designs: { a: &d { extends: mtp-standard }, b: *d }\npairs: { p: { pinned: a, unpinned: b } }';
    const { designs } = parse(shared, set('designs.a.spring.force', '9 N'));
    expect([law(designs['a']!, 'spring.force'), law(designs['b']!, 'spring.force')]).toMatchObject([
      { value: 9 },
      { mean: 10 },
    ]);
  });

  it.each([
    ['designs.a.guideHoles.diameter', '699.6', /number without a unit/],
    ['designs.a.guideHoles.diametr', '699.6 um', /unknown key "diametr".*did you mean "diameter"/],
    ['designs.aa.guideHoles.diameter', '699.6 um', /no design "aa".*did you mean "a"/],
    ['pairs.q.mating.friction', '0.1', /no pair "q".*did you mean "p"/],
    ['seed.x', '1', /unknown key "x"|not what belongs|seed/],
    ['pairs.p.pinned.x', '1', /single value/],
    ['limits.5', 'p97 <= 1 dB', /a list of 1/],
    ['matings', '', /no value is given/],
    ['matings', '0', /not a number of matings/],
    ['', '1', /path is empty/],
    ['a..b', '1', /path is empty or has an empty part/],
    ['designs.__proto__', '{}', /"__proto__" is not allowed|no design/],
    ['matings', '{', /not valid YAML/],
    ['matings', '!!int 5', /tags are not used/],
  ])('tells a mistake at the option: %s=%s', (path, value, reason) => {
    const problem = single(problemsOf(text, { ...set(path, value), file: 's.yaml' }));
    expect(told(problem)).toMatch(reason);
    expect(problem.file).toBe(`--set ${path}=${value}`);
    expect(problem.line).toBeUndefined();
  });
});

describe('a long --set', () => {
  it('is refused at once: its path has no end', () => {
    const override = { path: `limits${'.0'.repeat(30_000)}`, value: '1' };
    const ms = cpuMs(() => {
      const problem = single(problemsOf(scenarioText(), { overrides: [override] }));
      expect(told(problem)).toMatch(/a path of 60006 characters .* at most 1000/);
    });
    expect(ms).toBeLessThan(2000);
  });
});

describe('files that are no scenarios', () => {
  const csv = (file: string) =>
    scenarioText(`guideHoles: { diameter: { distribution: empirical, file: ${file}, column: b } }`);
  it.runIf(process.platform === 'linux')('are refused without waiting for them', () => {
    execFileSync('mkfifo', [join(folder, 'in/pipe')]);
    symlinkSync('/dev/zero', join(folder, 'in/zero'));
    symlinkSync('/proc/self/environ', join(folder, 'in/environ'));
    symlinkSync('/', join(folder, 'in/root'));
    for (const [file, reason] of [
      ['pipe', /is not a regular file/],
      ['zero', /is a link that leaves the folder/],
      ['environ', /is a link that leaves the folder/],
      ['root/etc/passwd', /is a link that leaves the folder/],
    ] as const) {
      expect(single(problemsOf(csv(`./${file}`), inFolder())).message).toMatch(reason);
    }
    expect(() => loadScenario(join(folder, 'in/pipe'))).toThrow(/is not a regular file/);
    expect(() => loadScenario('/dev/zero')).toThrow(/is not a regular file/);
    // a file that does not tell its size is read no further than any other
    expect(() => readTextFile('/proc/self/status', 100)).toThrow(/more than 100 bytes/);
    expect(readTextFile('/proc/self/status', 100_000)).toContain('Name:');
  });

  it.each(['C:/x.csv', String.raw`..\outside.csv`, String.raw`\\server\x.csv`, '/etc/passwd'])(
    'are refused as %s',
    (file) => {
      expect(single(problemsOf(csv(JSON.stringify(file)), inFolder())).message).toMatch(
        /must be a path relative to this file/,
      );
    },
  );
});

describe('--allow-outside', () => {
  it.each(['../outside.yaml', './up.yaml', './link.yaml'])('lets extends: %s be read', (file) => {
    const text = withDesigns(`a: { extends: ${file} }`);
    expect(problemsOf(text, inFolder())[0]?.message).toContain('--allow-outside');
    const { designs } = parse(text, { ...inFolder(), allowOutside: true });
    expect(designs['a']?.fibreCount).toBe(12);
  });
});

describe('what many files or values would cost', () => {
  const text = (count: number, file: (i: number) => string) =>
    withDesigns(
      `a: { extends: mtp-elite }, ${Array.from(
        { length: count },
        (_, i) =>
          `d${i}: { extends: a, bores: { rowBiasX: { distribution: empirical, file: ${file(i)}, column: b } } }`,
      ).join(', ')}`,
    );
  const values = (count: number) => `b [um]\n${'0.1\n'.repeat(count)}`;

  const reading = (text: string, tell?: () => void) => (path: string) => {
    if (!path.endsWith('.csv')) return readTextFile(path, 1_000_000);
    tell?.();
    return text;
  };

  it('one file is read once for all that take their values from it', () => {
    let reads = 0;
    const readFile = reading(values(1000), () => {
      reads += 1;
    });
    const ms = cpuMs(() =>
      parse(
        text(190, () => './v.csv'),
        { ...inFolder(), readFile },
      ),
    );
    expect(reads).toBe(1);
    expect(ms).toBeLessThan(2000);
  });

  it('more values than a result can hold are refused', () => {
    const readFile = reading(values(100_000));
    const problem = single(
      problemsOf(
        text(3, () => './v.csv'),
        { ...inFolder(), readFile },
      ),
    );
    expect(told(problem)).toMatch(/too many measured values \| 300000 in .* at most 200000/);
  });

  it('files that are too long together are refused', () => {
    const readFile = reading(`b [um]\n0.1\n${'#'.repeat(9_000_000)}`);
    const problems = problemsOf(
      text(5, (i) => `./v${i}.csv`),
      { ...inFolder(), readFile },
    );
    expect(problems.map(told).join()).toMatch(/is one too many: all have more than 40000000/);
  });

  it('columns without end are refused', () => {
    const readFile = reading(`b [um]${',x'.repeat(1_000_000)}\n`);
    const ms = cpuMs(() => {
      const problem = single(
        problemsOf(
          text(1, () => './v.csv'),
          { ...inFolder(), readFile },
        ),
      );
      expect(told(problem)).toMatch(/the header has 1000001 fields .* at most 1000/);
    });
    expect(ms).toBeLessThan(2000);
  });

  it('digits without end are no line', () => {
    const readFile = reading(`b [um]\n${'1'.repeat(9_000_000)}x\n`);
    const ms = cpuMs(() => {
      const problem = single(
        problemsOf(
          text(1, () => './v.csv'),
          { ...inFolder(), readFile },
        ),
      );
      expect(told(problem)).toMatch(/the line has 9000001 characters .* at most 100000/);
    });
    expect(ms).toBeLessThan(2000);
  });

  it('more channels than anybody has are refused', () => {
    const channels = Array.from({ length: 201 }, (_, i) => `c${i}: {}`).join(', ');
    const problem = single(problemsOf(scenarioText('', `channels: { ${channels} }`)));
    expect(problem.message).toBe('more than 200 channels');
  });
});

describe('loadScenario', () => {
  const reason = (path: string) => {
    try {
      loadScenario(path);
    } catch (error) {
      if (error instanceof UserError) return single(error.problems);
    }
    throw new Error('no UserError');
  };
  it('reads a file', () => {
    writeFileSync(join(folder, 'in/s.yaml'), withDesigns('a: { extends: ./base.yaml }'));
    expect(loadScenario(join(folder, 'in/s.yaml')).scenario).toMatchObject({
      name: 's',
      matings: 100_000,
    });
  });
  it.each([
    ['in/none.yaml', /does not exist/],
    ['in', /is a folder/],
    ['in/large.yaml', /has 10000\d\d bytes; at most 1000000/],
    ['in/bytes.yaml', /not UTF-8/],
    ['in/base.yaml/x', /does not exist/],
  ])('refuses %s', (name, expected) => {
    const problem = reason(join(folder, name));
    expect(problem.message).toMatch(expected);
    expect(problem.file).toBe(join(folder, name));
  });
  it('tells all ten mistakes of a file, each at its line', () => {
    const path = 'test/scenario/ten-mistakes.yaml';
    const marked = readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, i) => (line.includes('# mistake') ? [i + 1] : []));
    expect(marked).toHaveLength(10);
    try {
      loadScenario(path);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.problems.map((problem) => problem.line)).toEqual(marked);
      expect(error.problems.every((problem) => problem.file === path)).toBe(true);
    }
  });
});
