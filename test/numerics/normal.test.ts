/** The normal distribution against values of 60 digits, and its table in every cell. */
import { describe, expect, it } from 'vitest';
import { drawNormal, normalCdf, normalQuantile } from '../../src/numerics/normal.js';
import { buildOctaveTable, octaveCubic } from '../../src/numerics/octaveTable.js';
import { horner } from '../../src/numerics/polynomial.js';
import { errorOf, worstOf } from '../support/accuracy.js';
import { reference } from '../support/reference.js';

type Row = readonly [argument: number, value: number, rest: number];
const truth = reference<{ quantile: Row[]; cdf: Row[]; cellStarts: number[] }>('normal');

const WHOLE = 2 ** 32;
const TABLE_ERROR = 1.2e-8;

/** Start and width of each of the 512 cells, in the scaled probability. */
const CELLS = Array.from({ length: 512 }, (_, row) => {
  const octave = 2 ** (Math.floor(row / 16) - 1);
  return { start: octave * (1 + (row % 16) / 16), width: octave / 16 };
});

describe('stated accuracy', () => {
  it('normalQuantile: relative error within 1e-15, from the smallest number up', () => {
    const worst = worstOf(truth.quantile, ([p, value, rest]) =>
      value === 0
        ? Math.abs(normalQuantile(p))
        : errorOf(normalQuantile(p), value, rest) / Math.abs(value),
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1e-15);
  });

  it('normalCdf: relative error within 4e-15 down to z = −37', () => {
    const worst = worstOf(
      truth.cdf,
      ([z, value, rest]) => errorOf(normalCdf(z), value, rest) / value,
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(4e-15);
  });

  it('drawNormal: absolute error within 1.2e-8 at the start of all 512 cells (60-digit values)', () => {
    truth.cellStarts.forEach((value, row) => {
      const { start } = CELLS[row]!;
      expect(Math.abs(drawNormal(start) - value), `cell ${row}`).toBeLessThanOrEqual(TABLE_ERROR);
      expect(drawNormal(WHOLE - start) + drawNormal(start), `mirrored ${row}`).toBe(0);
    });
  });

  it('drawNormal: absolute error within 1.2e-8 at 33 points of every cell', () => {
    for (const { start, width } of CELLS) {
      for (let k = 0; k <= 32; k++) {
        const P = start + width * (k === 32 ? 1 - 1e-9 : k / 32);
        const error = Math.abs(drawNormal(P) - normalQuantile(P / WHOLE));
        expect(error, `at ${P}`).toBeLessThanOrEqual(TABLE_ERROR);
      }
    }
  });
});

describe('edges', () => {
  it('normalQuantile: 0, 1, outside, NaN', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(0.5)).toBe(0);
    for (const p of [-1e-9, 1.000001, Number.NaN]) expect(normalQuantile(p)).toBeNaN();
  });

  it('normalCdf: infinities, far tails, NaN', () => {
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalCdf(-39)).toBe(0);
    expect(normalCdf(40)).toBe(1);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });

  it('drawNormal: first and last draw, outside, the middle', () => {
    const furthest = normalQuantile(2 ** -33);
    expect(Math.abs(drawNormal(0.5) - furthest)).toBeLessThanOrEqual(TABLE_ERROR);
    expect(Math.abs(drawNormal(WHOLE - 0.5) + furthest)).toBeLessThanOrEqual(TABLE_ERROR);
    expect(drawNormal(0)).toBe(drawNormal(0.5));
    expect(drawNormal(-5)).toBe(drawNormal(0.5));
    expect(drawNormal(WHOLE + 7)).toBe(drawNormal(WHOLE - 0.5));
    expect(Math.abs(drawNormal(WHOLE / 2))).toBeLessThanOrEqual(TABLE_ERROR);
    expect(drawNormal(Number.NaN)).toBeNaN();
  });

  it('Φ(Φ⁻¹(p)) = p', () => {
    for (let k = 1; k < 400; k++) {
      const p = k / 400;
      expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThan(1e-14);
    }
  });
});

describe('octave table', () => {
  it('reproduces any cubic within an octave, at every cell', () => {
    const cubic = (q: number) => horner([3, -2, 0.5, 0.125], q);
    const table = buildOctaveTable(cubic);
    for (const { start, width } of CELLS) {
      for (const t of [0, 0.3, 0.999]) {
        const q = start + t * width;
        expect(Math.abs(octaveCubic(table, 0, q) / cubic(q) - 1), `at ${q}`).toBeLessThan(1e-12);
      }
    }
  });

  it('a table read one cell off would be noticed', () => {
    const table = buildOctaveTable((q) => normalQuantile(q / WHOLE));
    const wrong = CELLS.slice(0, -1).map(({ start }) =>
      Math.abs(octaveCubic(table, 4, start) - normalQuantile(start / WHOLE)),
    );
    expect(Math.min(...wrong)).toBeGreaterThan(TABLE_ERROR);
  });
});
