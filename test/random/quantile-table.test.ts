/** The table itself: which cell a draw reads, what a cubic loses to single precision, and the bounds. */
import { describe, expect, it } from 'vitest';
import {
  buildQuantileTable,
  TABLE_HEADER,
  TABLE_LENGTH,
  TABLE_ROWS,
  type TwoSidedQuantile,
  tableValue,
} from '../../src/random/quantile-table.js';
import { drawsOfAllCells, LAST_DRAW, shareOf } from '../support/draws.js';

const UNBOUNDED = { low: -Infinity, high: Infinity };
const draws = drawsOfAllCells(8);

/** Largest error at all these draws, as a share of the value, with the draw where it occurs. */
function worstShare(table: Float32Array, law: TwoSidedQuantile) {
  let worst = { error: 0, draw: -1 };
  const look = (draw: number, value: number) => {
    const error = Math.abs(tableValue(table, draw) / value - 1);
    if (!(error <= worst.error)) worst = { error, draw };
  };
  for (const x of draws) {
    look(x, law.fromBelow(shareOf(x)));
    look(LAST_DRAW - x, law.fromAbove(shareOf(x)));
  }
  return worst;
}

describe('a table of a cubic', () => {
  // Different at the two ends, so that neither half could stand for the other.
  const law = {
    fromBelow: (p: number) => 3 + 2 * p - 0.5 * p * p + p * p * p,
    fromAbove: (p: number) => 9 - p + 4 * p * p * p,
    ...UNBOUNDED,
  };
  const table = buildQuantileTable(law);

  it('gives it back within 1.5e-7 of the value, at the edges of all cells and inside them', () => {
    // Half a unit of the result and of the coefficients each, and a draw read to 24 bits.
    const { error, draw } = worstShare(table, law);
    expect(error, `at ${draw}`).toBeLessThanOrEqual(1.5e-7);
  });

  it('twin: rows moved by one cell would be noticed', () => {
    const moved = table.slice();
    moved.copyWithin(TABLE_HEADER, TABLE_HEADER + 4);
    expect(worstShare(moved, law).error).toBeGreaterThan(0.01);
  });

  it('twin: the halves taken for each other would be noticed', () => {
    const middle = TABLE_HEADER + 4 * TABLE_ROWS;
    const swapped = new Float32Array(TABLE_LENGTH);
    swapped.set(table.subarray(0, TABLE_HEADER));
    swapped.set(table.subarray(middle), TABLE_HEADER);
    swapped.set(table.subarray(TABLE_HEADER, middle), middle);
    expect(worstShare(swapped, law).error).toBeGreaterThan(0.1);
  });
});

describe('a table whose rows hold their own number', () => {
  // Row r is the constant r: tableValue shows which row it reads. 513 rows a half, the last one for 2³¹ itself.
  const table = new Float32Array(TABLE_LENGTH);
  table.fill(-Infinity, 0, TABLE_HEADER / 2);
  table.fill(Infinity, TABLE_HEADER / 2, TABLE_HEADER);
  const rows = (TABLE_LENGTH - TABLE_HEADER) / 4;
  for (let row = 0; row < rows; row++) table[TABLE_HEADER + 4 * row] = row;
  const rowOf = (x: number) => tableValue(table, x);

  it('every draw reads the cell in which (x + ½) lies, or, a single away from its end, the next', () => {
    const cellAt = (q: number) => {
      const octave = Math.floor(Math.log2(q));
      return 16 * (octave + 1) + Math.floor(16 * (q / 2 ** octave - 1));
    };
    for (const x of draws) {
      const [own, next] = [x + 0.5, (x + 0.5) * (1 + 2 ** -24)].map(cellAt);
      if (rowOf(x) !== own && rowOf(x) !== next) expect.fail(`draw ${x} reads ${rowOf(x)}`);
      if (x < 2 ** 23) expect(rowOf(x), `draw ${x}, exact`).toBe(own);
    }
  });

  it('the upper half reads the mirror image, 513 rows on', () => {
    expect(rows).toBe(2 * 513);
    for (const x of draws) expect(rowOf(LAST_DRAW - x), `draw ${x}`).toBe(rowOf(x) + 513);
  });

  it('never steps back as the draw grows, and never leaves its half', () => {
    for (let i = 1; i < draws.length; i++) {
      expect(rowOf(draws[i]!)).toBeGreaterThanOrEqual(rowOf(draws[i - 1]!));
    }
    expect(rowOf(0)).toBe(0);
    expect(rowOf(2 ** 31 - 1)).toBe(512);
    expect(rowOf(2 ** 31)).toBe(512 + 513);
    expect(rowOf(LAST_DRAW)).toBe(513);
  });
});

describe('bounds', () => {
  const flat = (value: number, low: number, high: number) =>
    buildQuantileTable({ fromBelow: () => value, fromAbove: () => value, low, high });

  it('hold exactly, also where single precision would round across them', () => {
    // None of these is a single: the nearest one lies inside for some of them, outside for others.
    for (const bound of [
      0.1,
      -0.1,
      1 / 3,
      -1 / 3,
      698.55,
      -698.55,
      1e-9,
      -1e-9,
      3.3333333333333335,
    ]) {
      for (const x of [0, 12345, 2 ** 31 - 1, 2 ** 31, LAST_DRAW]) {
        const raised = tableValue(flat(bound - 1, bound, Infinity), x);
        const lowered = tableValue(flat(bound + 1, -Infinity, bound), x);
        expect(raised, `lower bound ${bound}`).toBeGreaterThanOrEqual(bound);
        expect(lowered, `upper bound ${bound}`).toBeLessThanOrEqual(bound);
        // and no further inside than one single
        expect(raised - bound).toBeLessThanOrEqual(2 ** -23 * Math.abs(bound));
        expect(bound - lowered).toBeLessThanOrEqual(2 ** -23 * Math.abs(bound));
      }
    }
  });

  it('that are singles themselves are reached', () => {
    for (const bound of [0, 1, -3, 0.5]) {
      expect(tableValue(flat(bound - 1, bound, Infinity), 7)).toBe(bound);
      expect(tableValue(flat(bound + 1, -Infinity, bound), 7)).toBe(bound);
    }
  });
});

it('every value is a single', () => {
  const table = buildQuantileTable({ fromBelow: Math.sqrt, fromAbove: Math.cbrt, low: 0, high: 1 });
  for (const x of draws) {
    for (const draw of [x, LAST_DRAW - x]) {
      const value = tableValue(table, draw);
      expect(value).toBe(Math.fround(value));
    }
  }
});
