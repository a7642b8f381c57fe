/** Values of measured plugs that cannot be meant, and what they seem to be. */
import { describe, expect, it } from 'vitest';
import { ferruleLayout } from '../../src/scenario/layout.js';
import { single } from './helpers.js';
import {
  broken,
  columnOf,
  FILE,
  fieldOf,
  type Grid,
  goodGrid,
  place,
  problemOf,
  problemsOf,
  put,
  read,
  write,
} from './measured-file.js';

/** The good file with every number of a column changed. */
function changed(title: string, change: (value: number) => number, count = 13): Grid {
  const grid = goodGrid().slice(0, count);
  for (const row of grid.slice(1)) {
    const text = row[fieldOf(title)]!;
    if (text !== '') row[fieldOf(title)] = String(change(Number(text)));
  }
  return grid;
}

describe('an implausible value', () => {
  it.each<[string, string, (value: number) => number, string]>([
    ['mirrored', 'coreX', (x) => -x, 'is x measured from fibre n to fibre 1?'],
    ['in another unit', 'coreX', (x) => x / 1000, 'is it in mm?'],
    ['in another unit', 'coreX', (x) => x * 1000, 'is it in nm?'],
    [
      'a deviation',
      'coreX',
      (x) => x - 250 * Math.round((x - 125) / 250) - 125,
      'does it belong into a column "coreErrorX [um]"?',
    ],
    [
      'from fibre 1',
      'coreX',
      (x) => x + 1375,
      'is the origin midway between the guide holes? It seems 1375.22 um away from there',
    ],
    ['in another unit', 'coreY', (y) => y * 1000, 'is it in um?'],
    ['in another unit', 'modeFieldDiameter', (d) => d * 1000, 'is it in nm?'],
    ['in another unit', 'tiltX', (a) => a + 100, 'is it in urad?'],
    ['a radius', 'hole1Diameter', (d) => d / 2, 'is it a radius?'],
    ['in another unit', 'hole2Diameter', (d) => d * 1000, 'is it in um?'],
    ['a deviation', 'pitch', () => 0.001, 'does it belong into a column "pitchError [um]"?'],
    ['in another unit', 'pitch', (p) => p * 1000, 'is it in um?'],
    ['in another unit', 'slopeErrorX', () => 30, 'is it in mrad?'],
  ])('%s: %s', (_, title, change, suggestion) => {
    const grid = changed(title, change);
    const problem = problemOf(write(grid));
    expect(problem.suggestion).toBe(suggestion);
    expect(problem.message).toMatch(/^plug "A": \w+( of fibres .*)?: implausible$/);
    const line = problem.line!;
    expect(place(problem)).toBe(`${FILE}:${line}:${columnOf(grid, line, title)}`);
    expect(problem.found?.split(' ')[0]).toBe(grid[line - 1]![fieldOf(title)]);
  });

  it('names the fibre, the value and what is plausible there', () => {
    const { grid, problems } = broken((good) => {
      put(good, 3, 'coreX', '1124.86');
      put(good, 5, 'coreX', '-600');
      put(good, 6, 'modeFieldDiameter', '9240');
      put(good, 7, 'modeFieldDiameter', '30');
      put(good, 25, 'tiltX', '40');
    });
    expect(problems.map((problem) => ({ ...problem }))).toEqual([
      {
        message: 'plug "A": coreX of fibre 2: implausible',
        file: FILE,
        line: 3,
        column: columnOf(grid, 3, 'coreX'),
        found: '1124.86 um',
        expected: '-1135 um to -1115 um',
        suggestion: 'is the sign reversed?',
      },
      {
        message: 'plug "A": coreX of fibre 4: implausible',
        file: FILE,
        line: 5,
        column: columnOf(grid, 5, 'coreX'),
        found: '-600 um',
        expected: '-635 um to -615 um',
        suggestion: undefined,
      },
      {
        message: 'plug "A": modeFieldDiameter of fibre 5: implausible',
        file: FILE,
        line: 6,
        column: columnOf(grid, 6, 'modeFieldDiameter'),
        found: '9240 um',
        expected: '2 um to 20 um',
        suggestion: 'is it in nm?',
      },
      {
        message: 'plug "A": modeFieldDiameter of fibre 6: implausible',
        file: FILE,
        line: 7,
        column: columnOf(grid, 7, 'modeFieldDiameter'),
        found: '30 um',
        expected: '2 um to 20 um',
        suggestion: undefined,
      },
      {
        message: 'plug "B": tiltX of fibre 12: implausible',
        file: FILE,
        line: 25,
        column: columnOf(grid, 25, 'tiltX'),
        found: '40 mrad',
        expected: '-2 deg to 2 deg',
        suggestion: 'is it in urad?',
      },
    ]);
  });

  it('that few fibres have is a slip of each of them, not of the column', () => {
    const slips = (from: number) => {
      const grid = changed('tiltX', (tilt) => tilt);
      for (let line = from; line <= 13; line++) put(grid, line, 'tiltX', '60');
      return problemsOf(write(grid)).map(({ line, suggestion }) => `${line}: ${suggestion}`);
    };
    expect(slips(12)).toEqual(['12: is it in urad?', '13: is it in urad?']);
    expect(slips(8)).toHaveLength(6);
    expect(slips(7)).toEqual(['7: is it in urad?']);
  });

  it('of a deviation may be a position', () => {
    const grid = goodGrid();
    put(grid, 1, 'coreX', 'coreErrorX [um]');
    put(grid, 1, 'pitch', 'pitchError [mm]');
    expect(problemsOf(write(grid)).map(({ line, suggestion }) => [line, suggestion])).toEqual([
      [2, 'does it belong into a column "coreX [um]"?'],
      [2, 'does it belong into a column "pitch [um]"?'],
      [14, 'does it belong into a column "coreX [um]"?'],
      [14, 'does it belong into a column "pitch [um]"?'],
    ]);
  });

  it('is one beyond 10 um of the nominal position, and not one within', () => {
    for (const [axis, text, isTold] of [
      ['coreX', '-1365', false],
      ['coreX', '-1385', false],
      ['coreX', '-1364.99', true],
      ['coreX', '-1385.01', true],
      ['coreY', '0.01', false],
      ['coreY', '-0.01001', true],
    ] as const) {
      const grid = goodGrid();
      put(grid, 2, axis, text);
      if (isTold) expect(problemOf(write(grid))).toMatchObject({ line: 2 });
      else read(write(grid));
    }
  });

  it('of rows: y away from the key, and an origin elsewhere', () => {
    const { xUm, yUm } = ferruleLayout(24);
    const rows = (y: (y: number) => number, x: (x: number) => number) =>
      `fibre,coreX [um],coreY [um]\n${Array.from(xUm, (xi, i) => `${i + 1},${x(xi)},${y(yUm[i]!)}\n`).join('')}`;
    const same = (value: number) => value;
    expect(read(rows(same, same), 24)).toHaveLength(1);
    const hint = (text: string) => problemsOf(text, 24).map(({ suggestion }) => suggestion);
    expect(hint(rows((y) => -y, same))).toEqual(['is y measured away from the key?']);
    expect(
      hint(
        rows(
          (y) => 1 - y,
          (x) => 2 - x,
        ),
      ),
    ).toEqual(['is x measured from fibre n to fibre 1?', 'is y measured away from the key?']);
    expect(hint(rows((y) => y + 1250, same))).toEqual([
      'is the origin midway between the guide holes? It seems 1250 um away from there',
    ]);
  });

  it('of the guides goes by the layout', () => {
    const text = 'hole1Diameter [um],hole2Diameter [um]\n550.1,550\n';
    expect(problemsOf(text).map(({ expected }) => expected)).toEqual([
      '680 um to 720 um',
      '680 um to 720 um',
    ]);
    expect(read(text, 16)[0]).toMatchObject({ holeDiametersUm: [550.1, 550] });
  });

  it('is only warned of where it is allowed', () => {
    const grid = changed('coreX', (x) => -x);
    put(grid, 2, 'modeFieldDiameter', '30');
    const warnings: string[] = [];
    const options = { allowImplausible: true, warn: (text: string) => warnings.push(text) };
    expect(problemsOf(write(grid))).toHaveLength(2);
    const [plug] = read(write(grid), 12, options);
    expect(plug?.coreErrorXUm?.[0]).toBe(2749.875);
    expect(plug?.modeFieldDiameterUm?.[0]).toBe(30);
    expect(warnings).toEqual([
      `${FILE}:2:${columnOf(grid, 2, 'coreX')}: plug "A": coreX of fibres 1, 2, 3, 4, 5 and 7 more: implausible: 1374.875 um, expected -1385 um to -1365 um`,
      `${FILE}:2:${columnOf(grid, 2, 'modeFieldDiameter')}: plug "A": modeFieldDiameter of fibre 1: implausible: 30 um, expected 2 um to 20 um`,
    ]);
    expect(read(write(grid), 12, { allowImplausible: true })).toEqual([plug]);
  });

  it.each([
    ['modeFieldDiameter', '-9', '0.1 um or more'],
    ['hole1Diameter', '-699', '0 um or more'],
  ])('that means nothing is never allowed: %s %s', (title, text, expected) => {
    const grid = goodGrid();
    put(grid, 14, title, text);
    expect(single(problemsOf(write(grid), 12, { allowImplausible: true }))).toEqual({
      message: `plug "B": ${title}: out of bounds`,
      file: FILE,
      line: 14,
      column: columnOf(grid, 14, title),
      found: text,
      expected,
    });
  });

  it('is warned of 20 times at most', () => {
    const grid = goodGrid();
    for (const row of grid.slice(1)) row[fieldOf('modeFieldDiameter')] = '300';
    const warnings: string[] = [];
    read(write(grid), 12, { allowImplausible: true, warn: (text) => warnings.push(text) });
    expect(warnings).toHaveLength(20);
  });
});
