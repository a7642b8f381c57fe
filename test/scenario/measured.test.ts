/** Files of measured plugs: a good one is read exactly, whatever its columns and units. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIBRE_COUNTS, type FibreCount, ferruleLayout } from '../../src/scenario/layout.js';
import { measuredFibreCount } from '../../src/scenario/measured.js';
import { MEASURED_COLUMNS, titleOf } from '../../src/scenario/measured-columns.js';
import { told } from './helpers.js';
import {
  DEG,
  FILE,
  fieldOf,
  GOOD,
  goodGrid,
  HEADER,
  problemOf,
  put,
  read,
  round15,
  write,
} from './measured-file.js';

describe('a good file', () => {
  it('is read in the units of the model, positions as deviations, and nothing else', () => {
    expect(read(write(goodGrid()))).toEqual(GOOD);
    for (const plug of read(write(goodGrid()))) {
      expect(Object.keys(plug).sort()).toEqual(Object.keys(GOOD[0]!).sort());
    }
  });

  it.each<[string, (text: string) => string]>([
    ['with a byte-order mark', (text) => `\uFEFF${text}`],
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['with CR', (text) => text.replaceAll('\n', '\r')],
    ['without a last line break', (text) => text.trimEnd()],
    ['with blank lines', (text) => `\n${text.replaceAll('\n', '\n\n  \n')}`],
    ['with rows of nothing', (text) => text.replaceAll('\n', `\n${','.repeat(12)}\n`)],
    ['with quotes', (text) => text.replace(/[^,\n]+/g, '"$&"')],
    ['with blanks', (text) => text.replaceAll(',', ' , ')],
    [
      'with commas in a column that is ignored',
      (text) => text.replaceAll('J. D.', '"D, J; ""x"""'),
    ],
    ['with µm', (text) => text.replaceAll('[um]', '[µm]').replaceAll('[nm]', ' [ nm ]')],
    ['with exponents', (text) => text.replaceAll('699.1', '+6.991E2')],
    ['with fibres as 1.0', (text) => text.replace(/^([AB],\w*,\d+),/gm, '$1.0,')],
  ])('is the same %s', (_, change) => {
    const text = change(write(goodGrid()));
    expect(text).not.toBe(write(goodGrid()));
    expect(read(text)).toEqual(GOOD);
  });

  it('is the same in any order of rows and columns', () => {
    const order = fc.shuffledSubarray([...Array(24).keys()], { minLength: 24 });
    const columns = fc.shuffledSubarray([...HEADER.keys()], { minLength: HEADER.length });
    fc.assert(
      fc.property(order, columns, (rows, fields) => {
        const [header, ...body] = goodGrid().map((row) => fields.map((field) => row[field]!));
        const plugs = read(write([header!, ...rows.map((row) => body[row]!)]));
        expect([...plugs].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(GOOD);
      }),
      { numRuns: 50 },
    );
  });

  it('names a plug that has no name after the file, and leaves out what was not measured', () => {
    expect(read('hole2Diameter [um],hole1Diameter [um]\n699.2,699.1\n')).toEqual([
      { name: 'plugs', gender: undefined, holeDiametersUm: [699.1, 699.2] },
    ]);
  });

  it('may measure fibres of one plug, and only the ferrule of another', () => {
    const grid = goodGrid().slice(0, 14);
    for (const line of grid.keys()) put(grid, line + 1, 'pitch', line === 13 ? '4.6' : '');
    put(grid, 1, 'pitch', 'pitch [mm]');
    grid[13] = grid[13]!.map((cell, field) => (field > 1 && field < 8 ? '' : cell));
    const { pitchErrorUm: _, ...ofA } = GOOD[0]!;
    expect(read(write(grid))).toEqual([
      ofA,
      {
        name: 'B',
        gender: undefined,
        holeDiametersUm: [699.1, 699.2],
        pitchErrorUm: 0,
        slopeErrorXRad: GOOD[1]!.slopeErrorXRad,
      },
    ]);
  });

  it('may have a row without a fibre for what belongs to the plug', () => {
    const grid = goodGrid().slice(0, 13);
    for (const title of ['hole1Diameter', 'hole2Diameter']) {
      for (let line = 2; line <= 13; line++) put(grid, line, title, '');
    }
    const own: string[] = HEADER.map((_, field) => (field === 0 ? 'A' : ''));
    own[fieldOf('hole1Diameter')] = '699.1';
    own[fieldOf('hole2Diameter')] = '0.6992';
    expect(read(write([...grid, own]))).toEqual([GOOD[0]]);
  });

  it.each(FIBRE_COUNTS.map((count) => [count]))(
    'of %i fibres is measured from their nominal positions',
    (count) => {
      const { xUm, yUm, guidePitchUm, guideHoleDiameterUm } = ferruleLayout(count);
      const rows = Array.from(
        xUm,
        (x, i) => `${i + 1},${x + 0.5},${yUm[i]! - 0.25},${guidePitchUm - 1}`,
      );
      const hole = `,${guideHoleDiameterUm},${guideHoleDiameterUm}`;
      const text = `fibre,coreX [um],coreY [um],pitch [um],pin1Diameter [um],pin2Diameter [um]\n${rows.map((row) => `${row}${hole}\n`).join('')}`;
      expect(read(text, count)).toEqual([
        {
          name: 'plugs',
          gender: undefined,
          coreErrorXUm: Array(count).fill(0.5),
          coreErrorYUm: Array(count).fill(-0.25),
          pitchErrorUm: -1,
          pinDiametersUm: [guideHoleDiameterUm, guideHoleDiameterUm],
        },
      ]);
    },
  );

  it('of 100,000 rows is read, and one of more is refused at the first row too many', () => {
    const header = 'plug,fibre,coreErrorX [um],coreErrorY [um]\n';
    const rows = (count: number) =>
      Array.from({ length: count }, (_, i) => `p${Math.floor(i / 8)},${(i % 8) + 1},1,2\n`).join(
        '',
      );
    const plugs = read(header + rows(100_000), 8);
    expect(plugs).toHaveLength(12_500);
    expect(plugs[12_499]).toEqual({
      name: 'p12499',
      gender: undefined,
      coreErrorXUm: Array(8).fill(1),
      coreErrorYUm: Array(8).fill(2),
    });
    for (const count of [100_001, 250_000]) {
      expect(problemOf(header + rows(count), 8)).toMatchObject({
        line: 100_002,
        column: 1,
        message: 'more than 100000 rows below the header',
      });
    }
    // rows of nothing count, so that none is lost behind them
    expect(told(problemOf(`${header}${',,,\n'.repeat(100_000)}${rows(8)}`, 8))).toMatch(
      /more than/,
    );
    expect(told(problemOf(`fibre\n${'1\n'.repeat(1e6)}`))).toMatch(/more than 100000 rows/);
    const tooLong = problemOf(header + '1,1,1,1\n'.repeat(1.3e6));
    expect(told(tooLong)).toMatch(/characters .*at most 10000000/);
  });
});

describe('the fibre count of a file', () => {
  const numbered = (numbers: readonly (number | string)[], title = 'fibre') =>
    `plug,${title}\n${numbers.map((number) => `A,${number}\n`).join('')}`;

  it.each<[readonly (number | string)[], FibreCount | undefined]>([
    [[1, 2, 8], 8],
    [[12, 3], 12],
    [[11], 12],
    [['', 13, 'x', 'NaN', -5], 16],
    [[24, 1], 24],
    [[72], 72],
    [['', ''], undefined],
    [[0], undefined],
  ])('%j: %j', (numbers, count) => {
    const text = `${numbered(numbers)
      .replace('plug,fibre', 'plug,fibre,pitch [um]')
      .replaceAll(/^(A,.*)$/gm, '$1,4600')}`;
    expect(measuredFibreCount(text, FILE)).toBe(count);
  });

  it('is unknown without numbers, and found under a title that is nearly right', () => {
    expect(measuredFibreCount('plug,pitch [um]\nA,4600\n', FILE)).toBeUndefined();
    expect(measuredFibreCount(numbered([1, 12], 'fiber'), FILE)).toBe(12);
  });

  it('is refused beyond the largest', () => {
    const text = `plug,coreX [um],fibre\nA,1,72\nA,1,73\n`;
    expect(() => measuredFibreCount(text, FILE)).toThrow(
      /plugs\.csv:3:5: no ferrule has so many fibres\n +found: +73\n +expected: at most 72/,
    );
  });
});

describe('the table of columns', () => {
  const values = MEASURED_COLUMNS.flatMap((column) => (column.of === 'label' ? [] : [column]));
  const nominal = (column: (typeof values)[number], i: number) => {
    const layout = ferruleLayout(12);
    if (column.nominal === undefined) return 0;
    return column.nominal === 'xUm' || column.nominal === 'yUm'
      ? layout[column.nominal][i]!
      : layout[column.nominal];
  };
  /** A file with this column and one that it needs, all values in the middle of their range. */
  const fileOf = (column: (typeof values)[number], title: string, scale = 1) => {
    const partner = values.find(({ name }) => name === column.needs?.[0]);
    const given = partner === undefined ? [column] : [column, partner];
    const titles = given.map((each) => (each === column ? title : titleOf(each)));
    const rows = Array.from({ length: 12 }, (_, i) => [
      String(i + 1),
      ...given.map((each) => {
        const [low, high] = each.plausible;
        const value = nominal(each, i) + (low + high) / 2;
        return String(each === column ? value * scale : value);
      }),
    ]);
    return write([['fibre', ...titles], ...rows]);
  };

  it('has every field of a plug, and describes itself', () => {
    const names = MEASURED_COLUMNS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(21);
    for (const { description } of MEASURED_COLUMNS) expect(description).toMatch(/^\w.*\.$/);
    expect(new Set(values.map(({ field }) => field)).size).toBe(13);
  });

  it.each(values.map((column) => [column.name, column] as const))(
    '%s is read into its field',
    (_, column) => {
      const [plug] = read(fileOf(column, titleOf(column)));
      const [low, high] = column.plausible;
      const expected = (low + high) / 2 + (column.isDeviation === true ? 0 : nominal(column, 0));
      const field = plug![column.field]!;
      const value =
        typeof field === 'number' ? field : field[column.of === 'guide' ? column.side : 11]!;
      expect(value).toBe(round15(expected));
    },
  );

  it.each(
    values.filter(({ unit }) => unit !== '1').map((column) => [column.name, column] as const),
  )('%s takes any unit of its kind, and only these', (_, column) => {
    const [fine, coarse, other] =
      column.unit === 'um' ? ['nm', 'mm', 'mrad'] : ['urad', 'mrad', 'um'];
    const [plug] = read(fileOf(column, titleOf({ ...column })));
    const scale = column.unit === 'um' ? 1 : DEG;
    for (const [unit, factor] of [
      [fine, scale * (column.unit === 'um' ? 1000 : 1e6)],
      [coarse, scale * (column.unit === 'um' ? 0.001 : 1000)],
    ] as const) {
      const again = read(fileOf(column, `${column.name} [${unit}]`, factor))[0]!;
      expect([again[column.field]].flat()[0]).toBeCloseTo(
        [plug![column.field]].flat()[0] as number,
        9,
      );
    }
    for (const title of [column.name, `${column.name} [${other}]`, `${column.name} [1]`]) {
      expect(problemOf(fileOf(column, title))).toMatchObject({ line: 1, column: 7 });
    }
  });

  it('the numerical aperture has no unit', () => {
    const file = (title: string) =>
      `fibre,${title}\n${Array.from({ length: 12 }, (_, i) => `${i + 1},0.2\n`).join('')}`;
    for (const title of ['numericalAperture', 'numericalAperture [1]']) {
      expect(read(file(title))[0]?.numericalAperture).toEqual(Array(12).fill(0.2));
    }
    expect(told(problemOf(file('numericalAperture [um]')))).toMatch(
      /numericalAperture, without a unit/,
    );
    expect(told(problemOf(file('numericalAperture [ppm]')))).toMatch(/without a unit/);
    expect(told(problemOf(file('NA')))).toMatch(/did you mean "numericalAperture"/);
  });
});
