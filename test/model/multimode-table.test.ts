/** The table of multimode loss against the matrices that it is made from. */
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/errors.js';
import { encircledFluxLaunch, givenLaunch, overfilledLaunch } from '../../src/model/launch.js';
import {
  buildMultimodeTable,
  CELLS_PER_UNIT,
  COEFFICIENTS,
  CUTS,
  FIRST_CUT,
  LAST_CELL,
  TABLE_HEADER,
} from '../../src/model/multimode-table.js';
import { Chance } from '../support/chance.js';
import { DB_PER_NEPER, lossAt, near, onlyGroup, received, sum } from './multimode-helpers.js';

/** Loss in nepers for each cut of the table, from the matrix. */
function direct(t: number, launch: Float64Array, table: Float64Array): number[] {
  const first = table[FIRST_CUT]!;
  const powers = received(t * t, first + table[CUTS]! - 1, launch);
  return Array.from(
    { length: table[CUTS]! },
    (_, i) => -Math.log(sum(powers.subarray(0, first + i))),
  );
}

const uneven = Array.from({ length: 18 }, (_, i) => (i === 17 ? 5 : i % 5 === 0 ? 1 : 0.05));

describe('table', () => {
  const launches: [string, Float64Array, number, number][] = [
    ['encircled flux, 18 groups', encircledFluxLaunch(18), 14.2, 22.7],
    ['overfilled, 18 groups', overfilledLaunch(18), 14, 23],
    ['encircled flux, 31 groups into 18', encircledFluxLaunch(31), 17.5, 31],
    ['overfilled, 31 groups', overfilledLaunch(31), 26, 36],
    ['overfilled, 60 groups', overfilledLaunch(60), 59, 61],
    ['one group of two', onlyGroup(1, 2), 1, 2],
    ['a single group', overfilledLaunch(1), 1, 1],
    ['highest group alone', onlyGroup(31, 31), 31, 31],
    ['uneven powers', givenLaunch(uneven), 14, 20],
  ];
  it.each(launches)('%s: error < 1e-6 off the grid', (_, launch, low, high) => {
    const table = buildMultimodeTable(launch, low, high);
    expect(table[FIRST_CUT]).toBe(Math.floor(low));
    expect(table[CUTS]).toBe(Math.max(2, Math.ceil(high) - Math.floor(low) + 1));
    const rows = (table[LAST_CELL]! + 1) * table[CUTS]!;
    expect(table.length).toBe(TABLE_HEADER + rows * COEFFICIENTS);
    const end = table[LAST_CELL]! / table[CELLS_PER_UNIT]!;
    const chance = new Chance(8);
    // Everywhere, and densely in the first cells, where the loss bends most.
    const points = Array.from({ length: 800 }, (_, i) => chance.between(0, i < 500 ? end : 0.2));
    let worst = 0;
    for (const t of points)
      direct(t, launch, table).forEach((nepers, i) => {
        const loss = lossAt(t, table[FIRST_CUT]! + i, table);
        const eta = Math.exp(-nepers);
        worst = Math.max(worst, Math.abs(Math.exp(-loss) - eta));
        if (nepers < 40 / DB_PER_NEPER)
          worst = Math.max(worst, Math.abs(Math.exp(-loss) / eta - 1));
      });
    expect(worst).toBeLessThan(1e-6);
    expect(direct(end, launch, table).at(-1)).toBeGreaterThan(39 / DB_PER_NEPER);
  });

  it('asks for powers in any unit', () => {
    const launch = overfilledLaunch(12);
    const scaled = launch.map((power) => 1024 * power);
    expect(buildMultimodeTable(scaled, 11, 12)).toEqual(buildMultimodeTable(launch, 11, 12));
  });

  it('lines instead of cubics would miss the 1e-6', () => {
    const launch = encircledFluxLaunch(18);
    const table = buildMultimodeTable(launch, 18, 18);
    const cell = 1 / table[CELLS_PER_UNIT]!;
    const line = 0.5 * (lossAt(9 * cell, 18, table) + lossAt(10 * cell, 18, table));
    expect(Math.abs(line - direct(9.5 * cell, launch, table)[0]!)).toBeGreaterThan(1e-5);
  });

  it('goes on without a step, and rises with the displacement up to any', () => {
    const launch = encircledFluxLaunch(18);
    const table = buildMultimodeTable(launch, 14, 23);
    const end = table[LAST_CELL]! / table[CELLS_PER_UNIT]!;
    for (let cut = 14; cut <= 23; cut += 0.25) {
      near(lossAt(end + 1e-9, cut, table), lossAt(end - 1e-9, cut, table), 1e-7);
      const slope = (t: number) =>
        (lossAt(t + 1e-4, cut, table) - lossAt(t - 1e-4, cut, table)) / 2e-4;
      near(slope(end + 2e-4) / slope(end - 2e-4), 1, 1e-3);
      let previous = 0;
      let falls = 0;
      for (let t = 0; t < 30; t += 1 / 130) {
        const loss = lossAt(t, cut, table);
        if (!(loss >= previous)) falls++;
        previous = loss;
      }
      expect(falls).toBe(0);
      expect(lossAt(1e6, cut, table)).toBeGreaterThan(lossAt(1e5, cut, table));
    }
    // One unit of t beyond the end it is still right within 1 dB of 127.
    near(lossAt(end + 1, 23, table) / direct(end + 1, launch, table).at(-1)!, 1, 0.01);
  });

  it('refuses cuts without order and cuts that keep next to nothing', () => {
    const launch = overfilledLaunch(18);
    const build = (low: number, high: number) => () => buildMultimodeTable(launch, low, high);
    for (const [low, high] of [
      [0.5, 18],
      [18, 17],
      [Number.NaN, 18],
      [17, Number.NaN],
      [1, 18],
    ] as const)
      expect(build(low, high)).toThrow(InvariantError);
    expect(build(2, 18)).not.toThrow();
  });
});
