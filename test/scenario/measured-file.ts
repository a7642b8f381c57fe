/** A good file of measured plugs, ways to damage it, and where its cells stand. */
import { type Problem, UserError } from '../../src/errors.js';
import type { FibreCount } from '../../src/scenario/layout.js';
import { type MeasuredOptions, parseMeasured } from '../../src/scenario/measured.js';
import { single } from './helpers.js';

export const FILE = 'lab/plugs.csv';
export const DEG = Math.PI / 180;

export type Grid = string[][];

/** What was measured of fibre i, counted from 0, of plug A or B: decimals that are exact to 15 digits. */
export const measured = (i: number, plug: 'A' | 'B') => ({
  errorX: (plug === 'A' ? 0.125 : -0.25) + i / 64,
  errorY: -0.5 + i / 32,
  heightNm: 100 + 5 * i,
  mfd: Number((9.2 + i / 100).toFixed(2)),
  tiltMrad: i / 4 - 1,
});

export const HEADER = [
  'plug',
  'gender',
  'fibre',
  'coreX [um]',
  'coreY [mm]',
  'fibreHeight [nm]',
  'modeFieldDiameter [um]',
  'tiltX [mrad]',
  'hole1Diameter [um]',
  'hole2Diameter [mm]',
  'pitch [mm]',
  'slopeErrorX [deg]',
  '#operator',
];

/** Two whole plugs of 12 fibres: the header is line 1, fibre i of A line i + 1, of B line i + 13. */
export function goodGrid(): Grid {
  const xUm = (i: number) => -1375 + 250 * i;
  const rows = (['A', 'B'] as const).flatMap((plug) =>
    Array.from({ length: 12 }, (_, i) => {
      const { errorX, errorY, heightNm, mfd, tiltMrad } = measured(i, plug);
      const ofPlug = plug === 'A' || i === 0;
      return [
        plug,
        i === 3 ? (plug === 'A' ? 'pinned' : 'unpinned') : '',
        String(i + 1),
        String(xUm(i) + errorX),
        String(errorY / 1000),
        String(heightNm),
        String(mfd),
        String(tiltMrad),
        ofPlug ? '699.1' : '',
        ofPlug ? '0.6992' : '',
        ofPlug ? '4.6003' : '',
        ofPlug ? '-0.05' : '',
        'J. D.',
      ];
    }),
  );
  return [[...HEADER], ...rows];
}

export const write = (grid: Grid, end = '\n') => grid.map((row) => row.join(',') + end).join('');
export const fieldOf = (title: string) => HEADER.findIndex((text) => text.split(' ')[0] === title);

/** A cell by the line of the good file, from 1, and the column's name. */
export const put = (grid: Grid, line: number, title: string, text: string) => {
  grid[line - 1]![fieldOf(title)] = text;
};
/** Where a cell begins: the cells before it hold neither quotes nor commas. */
export const columnOf = (grid: Grid, line: number, title: string) =>
  grid[line - 1]!.slice(0, fieldOf(title)).join(',').length + (fieldOf(title) > 0 ? 2 : 1);

export function read(text: string, count: FibreCount = 12, options: MeasuredOptions = {}) {
  return parseMeasured(text, FILE, count, options);
}

export function problemsOf(text: string, count: FibreCount = 12, options: MeasuredOptions = {}) {
  try {
    read(text, count, options);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error(`read without a problem: ${text.slice(0, 200)}`);
}

export const problemOf = (text: string, count?: FibreCount) => single(problemsOf(text, count));
export const place = ({ file, line, column }: Problem) => `${file}:${line}:${column}`;

/** The problems of the good file with this done to it. */
export function broken(damage: (grid: Grid) => void): { grid: Grid; problems: readonly Problem[] } {
  const grid = goodGrid();
  damage(grid);
  return { grid, problems: problemsOf(write(grid)) };
}

export const of = (plug: 'A' | 'B', value: (of: ReturnType<typeof measured>) => number) =>
  Array.from({ length: 12 }, (_, i) => value(measured(i, plug)));
export const round15 = (x: number) => Number(x.toPrecision(15));

export const GOOD = (['A', 'B'] as const).map((plug) => ({
  name: plug,
  gender: plug === 'A' ? 'pinned' : 'unpinned',
  coreErrorXUm: of(plug, ({ errorX }) => errorX),
  coreErrorYUm: of(plug, ({ errorY }) => errorY),
  fibreHeightUm: of(plug, ({ heightNm }) => heightNm / 1000),
  modeFieldDiameterUm: of(plug, ({ mfd }) => mfd),
  tiltXRad: of(plug, ({ tiltMrad }) => round15(tiltMrad / 1000)),
  holeDiametersUm: [699.1, 699.2],
  pitchErrorUm: 0.3,
  slopeErrorXRad: round15(-0.05 * DEG),
}));
