/** Transfer of power between modes and groups of modes against overlap integrals. */
import { describe, expect, it } from 'vitest';
import { modePower } from '../../src/model/mode-groups.js';
import { hermiteGauss, near, transferOf } from './multimode-helpers.js';

/** |∫ u_m(x)·u_m'(x − d)·e^(iqx) dx|² for all orders up to `highest`, by the trapezoidal rule. */
function overlaps(highest: number, d: number, q: number): number[][] {
  const grid = Array.from({ length: 1200 }, (_, i) => -15 + 0.025 * i);
  const modes = grid.map((x) => hermiteGauss(highest, x));
  const shifted = grid.map((x) => hermiteGauss(highest, x - d));
  const orders = Array.from({ length: highest + 1 }, (_, m) => m);
  return orders.map((m) =>
    orders.map((to) => {
      let re = 0;
      let im = 0;
      grid.forEach((x, i) => {
        const product = 0.025 * modes[i]![m]! * shifted[i]![to]!;
        re += product * Math.cos(q * x);
        im += product * Math.sin(q * x);
      });
      return re * re + im * im;
    }),
  );
}

describe('transfer between modes and groups', () => {
  it.each([
    ['offset', 0.3, 0],
    ['offset', 2.1, 0],
    ['angle', 0, 1.4],
    ['offset and angle', 1.7, 3.1],
  ])('%s: power between orders by overlap integrals', (_, d, q) => {
    const highest = 14;
    // q = 2πθ/λ in units of 1/w0, so that (πw0θ/λ)² = (q/2)².
    const s = d * d + 0.25 * q * q;
    overlaps(highest, d, q).forEach((row, m) => {
      row.forEach((power, to) => {
        near(modePower(m, to, s), power, 1e-12);
        expect(modePower(to, m, s)).toBe(modePower(m, to, s));
      });
    });
  });

  it('groups: a displacement aslant, an offset along x with an angle along y, by overlap integrals', () => {
    const groups = 7;
    const alongX = overlaps(groups - 1, 1.1, 0);
    const alongY = overlaps(groups - 1, 0.4, 1.8);
    const s = 1.1 ** 2 + 0.4 ** 2 + 0.9 ** 2;
    const matrix = transferOf(s, groups, groups);
    for (let from = 1; from <= groups; from++)
      for (let to = 1; to <= groups; to++) {
        let power = 0;
        for (let m = 0; m < from; m++)
          for (let q = 0; q < to; q++) power += alongX[m]![q]! * alongY[from - 1 - m]![to - 1 - q]!;
        const element = matrix[(to - 1) * groups + from - 1]!;
        near(element, power / from, 1e-12);
      }
  });

  it.each([0, 1e-300, 0.01, 2.5, 30, 150])(
    's = %d: sums of mode powers, balance, symmetry',
    (s) => {
      const groups = 60;
      // Twice the displacement beyond the highest order's radius leaves nothing out.
      const basis = Math.ceil((Math.sqrt(groups) + Math.sqrt(s) + 4) ** 2);
      const wide = transferOf(s, basis, groups);
      const square = transferOf(s, groups, groups);
      const narrow = transferOf(s, 31, groups);
      for (let g = 1; g <= groups; g++) {
        let column = 0;
        for (let to = 1; to <= basis; to++) {
          const element = wide[(to - 1) * groups + g - 1]!;
          column += element;
          if (to > groups) continue;
          expect(square[(to - 1) * groups + g - 1]).toBe(element);
          if (to <= 31) expect(narrow[(to - 1) * groups + g - 1]).toBe(element);
          const mirrored = square[(g - 1) * groups + to - 1]!;
          near(g * element, to * mirrored, 1e-12);
          if (s === 0) expect(element).toBe(to === g ? 1 : 0);
        }
        near(column, 1, 1e-12);
      }
      let some = 0;
      for (let m = 0; m < 17; m++) some += modePower(m, m + 5, s);
      near(square[21 * groups + 16]!, some / 17, 1e-14);
    },
  );
});
