/** How light fills the groups of a multimode fibre: encircled flux in the near field, overfilled and given powers. */
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/errors.js';
import {
  encircledFluxLaunch,
  givenLaunch,
  launchedShare,
  overfilledLaunch,
} from '../../src/model/launch.js';
import { hermiteGauss, known, M, near, sum, W0 } from './multimode-helpers.js';

describe('launch', () => {
  it('encircled flux reaches the targets of IEC 61280-4-1 in the near field', () => {
    const launch = encircledFluxLaunch(M);
    /** Intensity of all groups at a radius in units of w0, each group equally filled. */
    const intensity = (r: number) => {
      const u = hermiteGauss(M - 1, r);
      const v = hermiteGauss(M - 1, 0);
      const group = (g: number) => sum(u.slice(0, g).map((um, m) => (um * v[g - 1 - m]!) ** 2)) / g;
      return sum(launch.map((power, i) => power * group(i + 1)));
    };
    known.encircled_flux_radii_um.forEach((radiusUm, i) => {
      const cells = 4000;
      const step = radiusUm / W0 / cells;
      let flux = 0;
      for (let k = 0; k < cells; k++)
        flux += 2 * Math.PI * step * (k + 0.5) * step * intensity((k + 0.5) * step);
      near(flux, known.encircled_flux_reached[i]!, 1e-5);
      near(flux, [0.335, 0.655, 0.9193, 0.9751][i]!, 1e-5);
    });
  });

  it('another number of groups has the same distribution over the relative group', () => {
    const launch = encircledFluxLaunch(18);
    const upTo = (powers: Float64Array, share: number) =>
      sum(powers.subarray(0, Math.round(share * powers.length)));
    for (const groups of [1, 2, 5, 9, 12, 17, 20, 31, 36, 60]) {
      const other = encircledFluxLaunch(groups);
      expect(other.length).toBe(groups);
      near(sum(other), 1, 1e-14);
      for (const power of other) expect(power).toBeGreaterThan(0);
      for (let k = 1; k <= 18; k++)
        if ((k * groups) % 18 === 0)
          expect(upTo(other, k / 18)).toBeCloseTo(sum(launch.subarray(0, k)), 14);
    }
    // Powers of some of 31 groups by SciPy's cubic spline through the cumulative distribution.
    const spline = {
      1: 0.003718,
      9: 0.025234,
      17: 0.045949,
      21: 0.050654,
      25: 0.04522,
      30: 0.022625,
    };
    const thirtyOne = encircledFluxLaunch(31);
    for (const [g, power] of Object.entries(spline)) near(thirtyOne[Number(g) - 1]!, power, 2e-4);
  });

  it('overfilled and given powers', () => {
    overfilledLaunch(31).forEach((power, i) => {
      expect(power).toBeCloseTo((2 * (i + 1)) / (31 * 32), 15);
    });
    expect(Array.from(givenLaunch([3, 0, 1]))).toEqual([0.75, 0, 0.25]);
    expect(launchedShare(givenLaunch([3, 0, 1]), 2)).toBe(0.75);
    expect(launchedShare(givenLaunch([3, 0, 1]), 7)).toBe(1);
    for (const powers of [[], [0, 0], [1, -1e-9], [1, Number.NaN], [1, Infinity]])
      expect(() => givenLaunch(powers)).toThrow(InvariantError);
    for (const groups of [0, -1, 2.5, Number.NaN]) {
      expect(() => encircledFluxLaunch(groups)).toThrow(InvariantError);
      expect(() => overfilledLaunch(groups)).toThrow(InvariantError);
    }
  });
});
