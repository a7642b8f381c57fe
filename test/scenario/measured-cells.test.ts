/** A broken cell of a file of measured plugs, or a broken row, is told at its line and column. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/errors.js';
import { cpuMs } from '../support/cpu-time.js';
import { single, told } from './helpers.js';
import {
  broken,
  columnOf,
  FILE,
  goodGrid,
  place,
  problemOf,
  problemsOf,
  put,
  write,
} from './measured-file.js';

/** Each cell that is broken, its line and column, and what must be told of it; the cell itself is what was found. */
const BROKEN_CELLS: readonly (readonly [number, string, string, RegExp])[] = [
  [5, 'coreX', 'NaN', /plug "A": coreX: not a number .*a number, or nothing/],
  [5, 'coreX', 'Infinity', /not a number/],
  [5, 'coreX', '-inf', /not a number/],
  [5, 'coreX', '1e999', /a number beyond all bounds/],
  [5, 'coreX', '1e16', /a number beyond all bounds/],
  [5, 'coreX', 'ok', /not a number/],
  [5, 'coreX', '0x10', /not a number/],
  [5, 'coreX', '1 2', /not a number/],
  [5, 'coreX', '\u2212624.8', /the minus sign is a hyphen/],
  [5, 'fibreHeight', '115 nm', /the unit belongs into the header/],
  [24, 'modeFieldDiameter', 'n/a', /plug "B": modeFieldDiameter: not a number/],
  [14, 'pitch', '-', /plug "B": pitch: not a number/],
  [5, 'coreX', '', /plug "A": coreX: no value for fibre 4 .*a value for every fibre/],
  [13, 'coreY', '', /coreY: no value for fibre 12/],
  [5, 'fibre', '', /the fibre has no number .*fibres 1 to 12, each once/],
  [5, 'fibre', '3', /fibre 3 again, as in line 4 .*each once \| $/],
  [5, 'fibre', '13', /no fibre 13 of 12/],
  [5, 'fibre', '0', /no fibre 0 .*numbered from 1/],
  [5, 'fibre', '-4', /no fibre -4 of 12/],
  [5, 'fibre', '4.5', /not the number of a fibre/],
  [5, 'fibre', 'four', /not the number of a fibre/],
  [5, 'gender', 'male', /plug "A": not a gender .*pinned or unpinned .*did you mean "pinned"/],
  [5, 'gender', 'Female', /did you mean "unpinned"/],
  [17, 'gender', 'unpined', /did you mean "unpinned"/],
  [7, 'gender', 'unpinned', /plug "A": gender contradicts line 5 .*pinned, or nothing/],
  [7, 'hole1Diameter', '699.2', /plug "A": hole1Diameter contradicts line 2 .*699\.1, or nothing/],
  [20, 'pitch', '4.6004', /plug "B": pitch contradicts line 14 .*4\.6003, or nothing/],
  [5, 'plug', '', /the plug has no name/],
  [5, 'plug', 'A\u202E', /cannot be a name/],
  [5, 'plug', 'A'.repeat(101), /cannot be a name/],
  [14, 'hole1Diameter', '', /plug "B": hole2Diameter without hole1Diameter/],
  [14, 'hole2Diameter', '', /plug "B": hole1Diameter without hole2Diameter/],
];

describe('a broken cell', () => {
  it.each(BROKEN_CELLS)('in line %i, %s %j', (line, title, text, reason) => {
    const { grid, problems } = broken((good) => put(good, line, title, text));
    const problem = single(problems);
    expect(told(problem)).toMatch(reason);
    // what is missing is told where its partner stands
    const partner = /hole\dDiameter without/.exec(problem.message)?.[0].split(' ')[0];
    expect(place(problem)).toBe(`${FILE}:${line}:${columnOf(grid, line, partner ?? title)}`);
    if (partner !== undefined) return;
    const shown = text === '' ? 'nothing' : text.replace('\u202E', '<U+202E>').slice(0, 80);
    expect(problem.found?.slice(0, 80)).toBe(shown);
    expect(problem.expected).not.toBe('');
  });

  it('with a decimal comma in quotes', () => {
    const { grid, problems } = broken((good) => put(good, 5, 'coreX', '"-624,8"'));
    expect(single(problems)).toEqual({
      message: 'plug "A": coreX: not a number',
      file: FILE,
      line: 5,
      column: columnOf(grid, 5, 'coreX'),
      found: '-624,8',
      expected: 'a number, or nothing in the whole column of a plug',
      suggestion: 'the decimal sign is a point: -624.8',
    });
  });

  it('behind fields in quotes, a byte-order mark and CRLF', () => {
    const text = '\uFEFFfibre,"#a,b",coreErrorX [um],coreErrorY [um]\r\n1,"x, ""y""",  bad,0\r\n';
    const bad = problemsOf(text).filter(({ message }) => message.endsWith('not a number'));
    expect(place(single(bad))).toBe(`${FILE}:2:16`);
    expect(place(problemsOf('\uFEFFfibre,#,x\n1,2,3\n')[0]!)).toBe(`${FILE}:1:9`);
  });

  it('of several fibres is told once, of several plugs once each', () => {
    const { grid, problems } = broken((good) => {
      for (const line of [3, 5, 12, 25]) put(good, line, 'coreX', '');
    });
    expect(problems.map((problem) => [problem.message, place(problem)])).toEqual([
      [
        'plug "A": coreX: no value for fibres 2, 4 and 11',
        `${FILE}:3:${columnOf(grid, 3, 'coreX')}`,
      ],
      ['plug "B": coreX: no value for fibre 12', `${FILE}:25:${columnOf(grid, 25, 'coreX')}`],
    ]);
  });

  it('of a million characters is refused within 2 s', () => {
    const header = 'fibre,coreErrorX [um],coreErrorY [um]\n';
    const long = (text: string) => text.repeat(1e6);
    for (const row of [
      `1,${long('1')}x,0`,
      `${long('1')}x,0,0`,
      `1,${long('1')},0`,
      `1,"${long('1,')}",0`,
      `1,${long('""')},0`,
      `1,${long(' ')}x,0`,
    ]) {
      let problems: readonly Problem[] = [];
      const ms = cpuMs(() => {
        problems = problemsOf(`${header}${row}\n`);
      });
      expect(ms).toBeLessThan(2000);
      expect(problems.map(({ line }) => line)).toContain(2);
      for (const problem of problems) expect(told(problem).length).toBeLessThan(500);
    }
  });

  it('of more than six fibres are counted', () => {
    const listed = (last: number) =>
      single(
        broken((good) => {
          for (let line = 2; line <= last; line++) put(good, line, 'tiltX', '');
        }).problems,
      ).message;
    expect(listed(7)).toBe('plug "A": tiltX: no value for fibres 1, 2, 3, 4, 5 and 6');
    expect(listed(8)).toBe('plug "A": tiltX: no value for fibres 1, 2, 3, 4, 5 and 2 more');
  });

  it('that is contradicted by many is told once', () => {
    const { problems } = broken((good) => {
      for (let line = 6; line <= 9; line++) {
        put(good, line, 'gender', 'unpinned');
        put(good, line, 'pitch', '4.6');
      }
    });
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [6, 'plug "A": gender contradicts line 5'],
      [6, 'plug "A": pitch contradicts line 2'],
    ]);
  });

  it('does not hide another', () => {
    const { problems } = broken((good) => {
      put(good, 1, 'pitch', 'pich [mm]');
      put(good, 5, 'fibre', '3');
      put(good, 7, 'coreX', 'x');
      put(good, 8, 'gender', 'female');
      put(good, 20, 'hole1Diameter', '700');
      put(good, 25, 'plug', '');
    });
    expect(problems.map(({ line }) => line)).toEqual([1, 5, 7, 8, 20, 25]);
  });

  it('20 are shown and the rest is counted', () => {
    const { problems } = broken((good) => {
      for (let line = 2; line <= 25; line++) put(good, line, 'coreX', 'x');
    });
    expect(problems).toHaveLength(21);
    expect(problems.slice(0, 20).map(({ line }) => line)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 2),
    );
    expect(problems[20]).toEqual({ message: '4 more problems are not shown' });
  });
});

describe('rows', () => {
  it('that are missing are told at the last one of the plug', () => {
    const { grid, problems } = broken((good) => {
      good.splice(22, 1);
      good.splice(6, 2);
    });
    expect(problems.map((problem) => [problem.message, place(problem)])).toEqual([
      ['plug "A": no row of fibres 6 and 7', `${FILE}:11:${columnOf(grid, 11, 'fibre')}`],
      ['plug "B": no row of fibre 10', `${FILE}:22:${columnOf(grid, 22, 'fibre')}`],
    ]);
  });

  it('of a plug with more or fewer fibres', () => {
    const grid = goodGrid().slice(0, 13);
    put(grid, 1, 'coreY', 'coreErrorY [mm]');
    expect(problemOf(write(grid), 24)).toMatchObject({
      line: 13,
      message: 'plug "A": no row of fibres 13, 14, 15, 16, 17 and 7 more',
    });
    const beyond = problemsOf(write(grid), 8).filter(({ message }) => / of 8$/.test(message));
    expect(beyond.map(({ line }) => line)).toEqual([10, 11, 12, 13]);
    expect(beyond[0]?.suggestion).toBe('8 fibres are numbered without a gap');
  });

  it('of two plugs need names', () => {
    const grid = goodGrid().map((row) => row.slice(1));
    const problems = problemsOf(write(grid));
    expect(problems[0]).toMatchObject({
      line: 14,
      column: 2,
      message: 'fibre 1 again, as in line 2',
      suggestion: 'several plugs need a column plug',
    });
  });

  it.each<[string, string, RegExp]>([
    ['-1374.875', '-1374,875', /14 fields, the header 13 .*a decimal comma would do that/],
    ['J. D.', 'J. D.,', /14 fields, the header 13 \| A,/],
    [',J. D.', '', /12 fields, the header 13/],
  ])('%s → %s: another number of fields', (before, after, reason) => {
    const text = write(goodGrid()).replace(before, after);
    const line = text.split('\n')[1]!;
    // the first field too many, or the last one
    const problem = problemOf(text);
    expect(told(problem)).toMatch(reason);
    const fields = line.split(',');
    const column = fields.slice(0, Math.min(13, fields.length - 1)).join(',').length + 2;
    expect(place(problem)).toBe(`${FILE}:2:${column}`);
    expect(/decimal comma/.test(told(problem))).toBe(after === '-1374,875');
  });

  it('of a plug of which nothing was measured', () => {
    const text = 'plug,fibre,coreErrorX [um],coreErrorY [um]\nA,,,\n';
    expect(problemOf(text)).toMatchObject({
      line: 2,
      column: 1,
      message: 'plug "A": nothing is measured',
    });
  });
});
