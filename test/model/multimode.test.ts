/** Multimode coupling (docs/model.md §8) against known answers and the geometry of phase space. */
import { describe, expect, it } from 'vitest';
import { encircledFluxLaunch, overfilledLaunch } from '../../src/model/launch.js';
import { receivingCut, spotRadius, transferGroups } from '../../src/model/mode-groups.js';
import { multimodeCoupling, offsetFactor, tiltFactor } from '../../src/model/multimode.js';
import { buildMultimodeTable } from '../../src/model/multimode-table.js';
import { guidedGroups } from '../../src/scenario/guided-groups.js';
import {
  causes,
  DB_PER_NEPER,
  known,
  lossAt,
  M,
  near,
  onlyGroup,
  received,
  sum,
  transferOf,
  W0,
} from './multimode-helpers.js';

describe('known answers', () => {
  const encircled = encircledFluxLaunch(M);
  const tables = {
    encircled: buildMultimodeTable(encircled, M - 2, M),
    overfilled: buildMultimodeTable(overfilledLaunch(M), M, M),
    lowest: buildMultimodeTable(onlyGroup(1, M), M, M),
    highest: buildMultimodeTable(onlyGroup(M, M), M, M),
  };

  it('groups and spot radius of the 50 µm fibre', () => {
    expect(guidedGroups(known.core_radius_um, known.na, known.wavelength_um)).toBe(M);
    expect(W0).toBeCloseTo(known.w0_um, 13);
    encircled.forEach((power, i) => {
      expect(power).toBeCloseTo(known.encircled_flux_launch[i]!, 15);
    });
  });

  it.each(known.cases.map((c) => [c.s, c] as const))('s = %d', (s, c) => {
    const matrix = transferOf(s, M, M);
    const once = received(s, M, encircled);
    const twice = new Float64Array(M);
    transferGroups(matrix, once, twice);
    // The matrix to the 1e-9 that the file is good to, the tables to 1e-6.
    const exact: [number, number][] = [
      [sum(once), c.eta_encircled_flux],
      [sum(received(s, M, overfilledLaunch(M))), c.eta_overfilled],
      [sum(received(s, M, onlyGroup(1, M))), c.eta_group_1],
      [sum(received(s, M, onlyGroup(M, M))), c.eta_group_M],
      [sum(once.subarray(0, M - 2)), c.eta_encircled_flux_receiver_M_minus_2],
      [sum(twice), c.eta_two_equal_connectors],
    ];
    for (const [eta, value] of exact) near(eta, value, 1e-9);
    // Powers of groups travel on; a product of the transmissions is another number.
    if (s > 0.005)
      expect(Math.abs(sum(once) ** 2 - c.eta_two_equal_connectors)).toBeGreaterThan(1e-5);
    const t = Math.sqrt(s);
    const tabled: [number, number][] = [
      [lossAt(t, M, tables.encircled), c.eta_encircled_flux],
      [lossAt(t, M - 2, tables.encircled), c.eta_encircled_flux_receiver_M_minus_2],
      [lossAt(t, M, tables.overfilled), c.eta_overfilled],
      [lossAt(t, M, tables.lowest), c.eta_group_1],
      [lossAt(t, M, tables.highest), c.eta_group_M],
    ];
    for (const [loss, value] of tabled) near(Math.exp(-loss), value, 1e-6);
  });

  it('offsets in micrometres to decibels', () => {
    const rows = Object.entries(known.offset_um_to_il_db_encircled_flux);
    expect(rows.length).toBe(6);
    for (const [offsetUm, lossDb] of rows) {
      const loss = lossAt(Number(offsetUm) / W0, M, tables.encircled);
      near(loss * DB_PER_NEPER, lossDb, 5e-6);
    }
  });

  // docs/model.md §12 has 0.30 and 0.85 dB. The exact integrals, by SciPy from Laguerre polynomials, are the two below;
  // lines between the few offsets of multimode.json, which lie above the convex loss, give 0.30 and 0.85.
  it('Rayleigh offsets of mean 3.58 µm: mean and 97 % point (docs/model.md §12)', () => {
    const scale = 3.58 / Math.sqrt(Math.PI / 2);
    const offsetUm = (p: number) => scale * Math.sqrt(-2 * Math.log(1 - p));
    /** Mean over the quantiles of the offset, and the quantile of 97 %: loss rises with offset. */
    const figures = (lossDb: (offsetUm: number) => number) => {
      const cells = 20000;
      let total = 0;
      for (let i = 0; i < cells; i++) total += lossDb(offsetUm((i + 0.5) / cells));
      return [total / cells, lossDb(offsetUm(0.97))] as const;
    };
    const byTable = (table: Float64Array) => (d: number) => lossAt(d / W0, M, table) * DB_PER_NEPER;
    const [mean, p97] = figures(byTable(tables.encircled));
    near(mean, 0.292634, 1e-5);
    near(p97, 0.844486, 1e-5);
    const listed = Object.entries(known.offset_um_to_il_db_encircled_flux).map(
      ([d, db]) => [Number(d), db] as const,
    );
    const points = [[0, 0] as const, ...listed];
    const byLines = (d: number) => {
      const above = points.findIndex(([x]) => x >= d);
      const i = above > 0 ? above : points.length - 1; // beyond 10 µm the last line goes on
      const [x0, y0] = points[i - 1]!;
      const [x1, y1] = points[i]!;
      return y0 + ((d - x0) / (x1 - x0)) * (y1 - y0);
    };
    expect(figures(byLines).map((db) => db.toFixed(2))).toEqual(['0.30', '0.85']);
    // Another launch is another answer.
    const [overfilledMean, overfilledP97] = figures(byTable(tables.overfilled));
    expect(overfilledMean).toBeGreaterThan(0.5);
    expect(overfilledP97).toBeGreaterThan(1.1);
  });
});

describe('coupling', () => {
  it.each([
    [50, 0.2, 0.85, 18],
    [50, 0.2, 1.3, 12],
    [62.5, 0.275, 0.85, 31],
    [62.5, 0.275, 1.3, 20],
  ])(
    '%d µm, NA %d, %d µm: groups, exact 0 in line, and rays for an overfilled core',
    (diameterUm, na, wavelengthUm, groups) => {
      const radiusUm = diameterUm / 2;
      expect(guidedGroups(radiusUm, na, wavelengthUm)).toBe(groups);
      const w0 = spotRadius(radiusUm, na, wavelengthUm);
      const factors = [offsetFactor(w0), tiltFactor(w0, wavelengthUm)] as const;
      const cut = receivingCut(groups, diameterUm, na, diameterUm, na);
      expect(cut).toBe(groups);
      for (const launch of [encircledFluxLaunch(groups), overfilledLaunch(groups)])
        for (const [low, high] of [
          [groups, groups],
          [groups - 3, groups],
          [groups - 2.5, groups + 2.5],
        ] as const) {
          const out = causes();
          const table = buildMultimodeTable(launch, low, high);
          expect(multimodeCoupling(0, 0, 0, 0, cut, table, ...factors, out)).toBe(0);
          expect(out).toEqual({ lateral: 0, angular: 0, modeMismatch: 0, gap: 0, interaction: 0 });
        }
      // Overlap of two balls of phase space (Gloge 1976): η = (2/π)·[arccos h − h√(1 − h²)(5 − 2h²)/3], h half the
      // offset in core radii or half the angle in NA. M groups of g modes fill the ball of M(M + 1)/2 modes.
      const table = buildMultimodeTable(overfilledLaunch(groups), groups, groups);
      const filled = Math.sqrt(
        Math.sqrt(groups * (groups + 1)) / ((Math.PI * radiusUm * na) / wavelengthUm),
      );
      for (const h of [0.05, 0.1, 0.2, 0.4]) {
        const rays =
          (2 / Math.PI) * (Math.acos(h) - (h * Math.sqrt(1 - h * h) * (5 - 2 * h * h)) / 3);
        const loss = (dyUm: number, tiltXRad: number) =>
          multimodeCoupling(0, dyUm, tiltXRad, 0, cut, table, ...factors, causes());
        const offset = loss(2 * h * radiusUm * filled, 0);
        const angle = loss(0, 2 * h * na * filled);
        near(Math.exp(-offset), rays, 0.01);
        near(angle, offset, 1e-12);
      }
    },
  );

  const table = buildMultimodeTable(encircledFluxLaunch(M), M - 3, M + 1);
  const factors = [offsetFactor(W0), tiltFactor(W0, known.wavelength_um)] as const;

  it('offset and angle share the loss in proportion to their parts of s', () => {
    const out = causes();
    const total = multimodeCoupling(2, -1, 0.01, 0.02, M, table, ...factors, out);
    const fromOffset = 5 / W0 ** 2;
    const fromTilt = ((Math.PI * W0) / known.wavelength_um) ** 2 * 0.0005;
    expect(total).toBeCloseTo(lossAt(Math.sqrt(fromOffset + fromTilt), M, table), 14);
    expect(out.lateral / total).toBeCloseTo(fromOffset / (fromOffset + fromTilt), 13);
    expect(out.lateral + out.angular).toBeCloseTo(total, 15);
    expect([out.modeMismatch, out.gap, out.interaction]).toEqual([0, 0, 0]);
    multimodeCoupling(2, -1, 0, 0, M, table, ...factors, out);
    expect(out.angular).toBe(0);
    multimodeCoupling(0, 0, 0.01, 0, M, table, ...factors, out);
    expect(out.lateral).toBe(0);
    expect(out.angular).toBeCloseTo(
      lossAt(((Math.PI * W0) / known.wavelength_um) * 0.01, M, table),
      14,
    );
  });

  it('a smaller receiver: mismatch in line, between whole cuts along the line, kept within the table', () => {
    const out = causes();
    const lost = -Math.log(known.cases[0]!.eta_encircled_flux_receiver_M_minus_2);
    multimodeCoupling(3, 0, 0, 0, M - 2, table, ...factors, out);
    expect(out.modeMismatch).toBeCloseTo(lost, 9);
    expect(out.lateral).toBeCloseTo(lossAt(3 / W0, M - 2, table) - lost, 9);
    for (const t of [0, 0.7, 2.3])
      for (const cut of [M - 3, M - 2, M - 1, M]) {
        const between = 0.7 * lossAt(t, cut, table) + 0.3 * lossAt(t, cut + 1, table);
        expect(lossAt(t, cut + 0.3, table)).toBeCloseTo(between, 13);
      }
    expect(lossAt(1, M - 9, table)).toBe(lossAt(1, M - 3, table));
    expect(lossAt(1, M + 9, table)).toBe(lossAt(1, M + 1, table));
  });

  it('the cut follows core diameter times numerical aperture', () => {
    expect(receivingCut(18, 50, 0.2, 45, 0.2)).toBeCloseTo(16.2, 13);
    expect(receivingCut(18, 50, 0.2, 62.5, 0.275)).toBeCloseTo(30.9375, 13);
    expect(receivingCut(31, 62.5, 0.275, 50, 0.2)).toBeCloseTo((31 * 10) / 17.1875, 13);
    for (let diameterUm = 47.5; diameterUm < 53; diameterUm += 0.1)
      expect(receivingCut(18, diameterUm, 0.197, diameterUm, 0.197)).toBe(18);
  });
});
