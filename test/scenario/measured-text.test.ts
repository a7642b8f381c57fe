/** A broken header of a file of measured plugs, another kind of file, and damaged files. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { measuredFibreCount, parseMeasured } from '../../src/scenario/measured.js';
import { cpuMs } from '../support/cpu-time.js';
import { single, told } from './helpers.js';
import {
  broken,
  columnOf,
  FILE,
  goodGrid,
  place,
  problemOf,
  put,
  read,
  write,
} from './measured-file.js';

/** Damage to the header: the column, what becomes of its title, and what must be told. */
const BROKEN_TITLES: readonly (readonly [string, string, RegExp])[] = [
  ['coreX', 'coreX', /column "coreX": the unit is missing \| coreX \| coreX \[um\]; pm, nm, um/],
  ['coreX', 'coreX []', /"coreX": no known unit in brackets/],
  ['coreX', 'coreX [umm]', /"coreX": no known unit in brackets .*did you mean "um"/],
  ['coreX', 'coreX [deg]', /"coreX": an angle in brackets/],
  ['tiltX', 'tiltX [um]', /"tiltX": a length in brackets .*tiltX \[deg\]; urad, mrad/],
  ['fibre', 'fibre [um]', /"fibre": a length in brackets .*fibre, without a unit/],
  ['plug', 'plug [x]', /"plug": no known unit in brackets .*plug, without a unit/],
  ['coreX', 'corX [um]', /an unknown column .*coreX.*begins with # .*did you mean "coreX \[um\]"/],
  ['coreX', 'CoreX [um]', /did you mean "coreX \[um\]"/],
  ['coreX', 'core_x (um)', /did you mean "coreX \[um\]"/],
  ['coreX', 'x', /did you mean "coreX \[um\]"/],
  ['fibre', 'fiber', /did you mean "fibre"/],
  ['modeFieldDiameter', 'MFD [um]', /did you mean "modeFieldDiameter \[um\]"/],
  ['hole1Diameter', 'hole 1 diameter [um]', /did you mean "hole1Diameter \[um\]"/],
  ['coreY', 'coreZ [um]', /did you mean "coreY \[um\]"/],
  ['tiltX', 'weather', /an unknown column .*\| $/],
  ['tiltX', '', /a column without a name/],
  ['tiltX', 'toString [um]', /an unknown column/],
  ['tiltX', 'coreX [um]', /coreX and coreX .*one of the two/],
  ['tiltX', 'coreErrorX [um]', /coreX and coreErrorX .*one of the two/],
  ['slopeErrorX', 'pitchError [um]', /pitch and pitchError .*one of the two/],
];

describe('a broken header', () => {
  it.each(BROKEN_TITLES)('%s → %j', (title, text, reason) => {
    const { grid, problems } = broken((good) => put(good, 1, title, text));
    const problem = single(problems);
    expect(told(problem)).toMatch(reason);
    expect(place(problem)).toBe(`${FILE}:1:${columnOf(grid, 1, title)}`);
  });

  it.each<[string, string, RegExp]>([
    ['coreX', 'coreY', /coreY without coreX .*a column coreX or coreErrorX/],
    ['coreY', 'coreX', /coreX without coreY .*a column coreY or coreErrorY/],
    ['hole1Diameter', 'hole2Diameter', /hole2Diameter without hole1Diameter/],
    ['hole2Diameter', 'hole1Diameter', /hole1Diameter without hole2Diameter/],
  ])('without %s', (title, partner, reason) => {
    const { grid, problems } = broken((good) => put(good, 1, title, '#'));
    const problem = single(problems);
    expect(told(problem)).toMatch(reason);
    expect(place(problem)).toBe(`${FILE}:1:${columnOf(grid, 1, partner)}`);
  });

  it('without fibre numbers', () => {
    const { grid, problems } = broken((good) => put(good, 1, 'fibre', '#'));
    expect(problems).toHaveLength(5);
    expect(problems[0]).toMatchObject({
      line: 1,
      column: columnOf(grid, 1, 'coreX'),
      message: 'coreX without fibre',
      expected: 'a column fibre',
    });
  });

  it('without a column of values', () => {
    expect(problemOf('plug,fibre,#coreX [um]\nA,1,2\n')).toMatchObject({
      line: 1,
      column: 1,
      message: 'no column of measured values',
    });
  });
});

describe('a text that is no such table', () => {
  it.each<[string, string, string, RegExp]>([
    ['empty', '', '1:1', /the file is empty/],
    ['blank', '\uFEFF\n \r\n', '1:1', /the file is empty/],
    ['header only', '\nplug,fibre\n', '2:1', /no rows stand below the header/],
    ['semicolons', 'fibre;coreX [um]\n1;0,5\n', '1:6', /separated by semicolons .*commas between/],
    ['more semicolons than commas', 'a;"b,c";d,e\n', '1:2', /separated by semicolons/],
    ['a separator line', 'sep=;\nfibre;x\n', '1:5', /separated by semicolons/],
    ['tabs', 'fibre\tcoreX [um]\n1\t0.5\n', '1:6', /separated by tabs .*points as decimal signs/],
    ['an open quote', 'fibre,plug\n1,"A\n2,A\n', '2:3', /a quote without its partner/],
    [
      'a line break in a field',
      'fibre,plug\n1,A\n2,"A\nB"\n',
      '3:3',
      /a quote without its partner/,
    ],
    ['a quote within a field', 'fibre,plug\n1,A\n2,A"B"\n', '3:1', /not valid CSV/],
    ['UTF-16', 'f\0i\0b\0r\0e\0', '1:2', /cannot be printed \(U\+0000\)/],
    ['a control character', 'fibre,plug\n1,\x1B[31mA\n', '2:3', /cannot be printed \(U\+001B\)/],
  ])('%s', (_, text, where, reason) => {
    const problem = problemOf(text);
    expect(told(problem)).toMatch(reason);
    expect(place(problem)).toBe(`${FILE}:${where}`);
    expect(() => measuredFibreCount(text, FILE)).toThrow(reason.source.split(/[ .\\]/)[0]);
  });
});

describe('damaged files', () => {
  const SPLINTERS = [
    ',',
    ';',
    '"',
    '\n',
    '\r',
    '\t',
    '[',
    ']',
    '#',
    '-',
    '.',
    '0',
    '13',
    '1e999',
    'NaN',
    'um',
    ' [mm]',
    'coreX',
    'coreErrorX [um]',
    'B,',
    '\0',
    '\uD800',
    '\u202E',
    '__proto__',
  ];
  const position = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const edit = fc.record({
    at: position,
    remove: fc.integer({ min: 0, max: 12 }),
    insert: fc.oneof(fc.constantFrom(...SPLINTERS), fc.string({ maxLength: 6 })),
  });

  it('throw nothing but UserError, each problem at a place in the file, and often enough', () => {
    const text = write(goodGrid());
    let refused = 0;
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (edits, allowImplausible) => {
          let damaged = text;
          for (const { at, remove, insert } of edits) {
            const start = Math.floor(at * damaged.length);
            damaged = damaged.slice(0, start) + insert + damaged.slice(start + remove);
          }
          try {
            read(damaged, 12, { allowImplausible });
            measuredFibreCount(damaged, FILE);
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
            refused += 1;
            const lines = damaged.split(/\r\n|\n|\r/);
            expect(error.problems.length).toBeGreaterThan(0);
            for (const { file, line, column, message } of error.problems) {
              if (/more problems/.test(message)) continue;
              expect(file).toBe(FILE);
              expect(line).toBeGreaterThan(0);
              expect(column).toBeGreaterThan(0);
              expect(column).toBeLessThanOrEqual(lines[line! - 1]!.length + 1);
            }
          }
        },
      ),
      { numRuns: 600 },
    );
    // 98 % are refused: fewer than 300 of 600 would be no chance (below 1e-100)
    expect(refused).toBeGreaterThan(300);
  });
});

describe('a text that takes its time', () => {
  const read = (text: string) => () =>
    expect(() => parseMeasured(text, FILE, 12)).toThrow(UserError);

  it('has columns without end', () => {
    const text = `fibre,coreX [um]${',x'.repeat(500_000)}\n1,2\n`;
    expect(cpuMs(read(text))).toBeLessThan(2000);
    expect(() => parseMeasured(text, FILE, 12)).toThrow(/the header has 500002 fields/);
  });

  it('has tens of thousands of rows of the wrong length', () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `k${i}: ${i}`).join('\n');
    const text = `fibre,coreErrorX [um],coreErrorY [um],#note\n${rows}`;
    expect(cpuMs(read(text))).toBeLessThan(2000);
    expect(() => parseMeasured(text, FILE, 12)).toThrow(/more problems are not shown/);
  });
});
