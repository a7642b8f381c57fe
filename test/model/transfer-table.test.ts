/** The tabulated transfer between mode groups (docs/model.md §8), against its matrices worked out one by one. */
import { describe, expect, it } from 'vitest';
import { encircledFluxLaunch } from '../../src/model/launch.js';
import { fillGroupTransfer, transferGroups } from '../../src/model/mode-groups.js';
import {
  buildTransferTable,
  passConnector,
  type TransferTable,
} from '../../src/model/transfer-table.js';
import { Chance } from '../support/chance.js';
import { reference } from '../support/reference.js';

interface Known {
  groups: number;
  encircled_flux_launch: number[];
  cases: { s: number; eta_encircled_flux: number; eta_two_equal_connectors: number }[];
}

const known = reference<Known>('multimode');
/** Largest error of an entry that the table promises. */
const ENTRY_ERROR = 2e-7;
/** t = √s at which the table ends. */
const END = 4;
/** Groups of a 50 µm fibre at 850 nm, with a third more for wide receivers, as channels have them. */
const LINK = 24;

const tables = new Map<number, TransferTable>();
function tableOf(groups: number): TransferTable {
  const table = tables.get(groups) ?? buildTransferTable(groups);
  tables.set(groups, table);
  return table;
}

/** Powers behind a connector by the table; NaN stands wherever nothing was written. */
function passed(groups: number, t: number, cut: number, powers: ArrayLike<number>): Float64Array {
  const light = new Float64Array(groups);
  light.set(powers);
  const out = new Float64Array(groups).fill(Number.NaN);
  const matrix = new Float64Array(groups * groups).fill(Number.NaN);
  passConnector(tableOf(groups), t * t, cut, light, out, matrix);
  return out;
}

/** The same with the matrix of this very displacement, nothing cut. */
function direct(groups: number, t: number, powers: ArrayLike<number>): Float64Array {
  const light = new Float64Array(groups);
  light.set(powers);
  const matrix = new Float64Array(groups * groups);
  fillGroupTransfer(t * t, groups, groups, matrix);
  const out = new Float64Array(groups);
  transferGroups(matrix, light, out);
  return out;
}

const sum = (powers: Iterable<number>) => Array.from(powers).reduce((a, b) => a + b, 0);
const only = (group: number, groups: number) =>
  Array.from({ length: groups }, (_, i) => (i === group ? 1 : 0));

function randomPowers(chance: Chance, groups: number): Float64Array {
  const powers = Float64Array.from({ length: groups }, () => chance.between(0, 1) ** 4);
  return powers.map((power) => power / sum(powers));
}

/** Displacements off the joints: evenly up to the end of the table, densely where the highest groups turn fastest. */
function displacements(chance: Chance): number[] {
  const even = Array.from(
    { length: 150 },
    (_, i) => (END * (i + chance.between(0.01, 0.99))) / 150,
  );
  const dense = Array.from(
    { length: 100 },
    (_, i) => (0.2 * (i + chance.between(0.01, 0.99))) / 100,
  );
  return [...even, ...dense];
}

describe('entries of the table', () => {
  // 42: a 62.5 µm fibre at 850 nm guides 31 groups, and a third more are followed.
  it.each([1, 5, 18, LINK, 42])('of %i groups: error ≤ 2e-7 off the joints', (groups) => {
    let worst = { error: 0, t: 0, group: 0 };
    for (const t of displacements(new Chance(groups))) {
      for (let group = 0; group < groups; group++) {
        // Light in one group alone leaves a column of the matrix.
        const light = only(group, groups);
        const exact = direct(groups, t, light);
        passed(groups, t, Infinity, light).forEach((power, i) => {
          const error = Math.abs(power - exact[i]!);
          if (!(error <= worst.error)) worst = { error, t, group: group + 1 };
        });
      }
    }
    expect(worst.error, JSON.stringify(worst)).toBeLessThanOrEqual(ENTRY_ERROR);
  });

  it('in line are exactly those of the identity', () => {
    for (const groups of [1, 5, LINK]) {
      for (let group = 0; group < groups; group++) {
        const light = only(group, groups);
        expect(Array.from(passed(groups, 0, Infinity, light))).toEqual(light);
      }
    }
  });

  it('from t = 4 on are worked out, to the last bit; just below, the cubics meet them', () => {
    const chance = new Chance(4);
    for (const groups of [1, 5, LINK]) {
      const light = randomPowers(chance, groups);
      for (const t of [END, 4.0001, 4.7, 6, 11, 25]) {
        expect(passed(groups, t, Infinity, light)).toEqual(direct(groups, t, light));
      }
      const last = passed(groups, END - 1e-9, Infinity, light);
      const end = direct(groups, END, light);
      last.forEach((power, i) => {
        expect(Math.abs(power - end[i]!)).toBeLessThanOrEqual(ENTRY_ERROR);
      });
    }
  });
});

describe('a receiver that guides fewer groups', () => {
  const chance = new Chance(1);
  const light = randomPowers(chance, LINK);

  it.each([0.7, 2.3, 5])('t = %d: keeps what is below a whole cut, nothing above', (t) => {
    const uncut = passed(LINK, t, Infinity, light);
    for (const cut of [1, 7, 18, 23]) {
      const kept = Array.from(uncut, (power, i) => (i < cut ? power : 0));
      expect(Array.from(passed(LINK, t, cut, light))).toEqual(kept);
    }
  });

  it('keeps so much of group c + 1 at a cut of c + f that −ln η is linear in f', () => {
    const uncut = passed(LINK, 1.3, Infinity, light);
    for (const [whole, part] of [
      [0, 0.25],
      [14, 0.3],
      [17, 0.999],
      [23, 0.5],
    ] as const) {
      const cut = passed(LINK, 1.3, whole + part, light);
      expect(Array.from(cut.subarray(0, whole))).toEqual(Array.from(uncut.subarray(0, whole)));
      const below = sum(uncut.subarray(0, whole));
      const all = below + uncut[whole]!;
      const expected = whole === 0 ? part * all : below ** (1 - part) * all ** part;
      expect(sum(cut)).toBeCloseTo(expected, 12);
      expect(sum(cut.subarray(whole + 1))).toBe(0);
    }
  });

  it('cuts nothing beyond the groups of the table, and everything at 0 or below', () => {
    const uncut = passed(LINK, 1.3, Infinity, light);
    for (const cut of [LINK, LINK + 0.5, 100]) {
      expect(passed(LINK, 1.3, cut, light)).toEqual(uncut);
    }
    for (const cut of [0, -3]) expect(sum(passed(LINK, 1.3, cut, light))).toBe(0);
  });
});

describe('power', () => {
  it('never grows, beyond the error of an entry, whatever the light, the displacement and the cut', () => {
    const chance = new Chance(2);
    for (const groups of [1, 2, 18, LINK, 42]) {
      for (const t of displacements(chance)) {
        const cut = chance.is(0.5) ? Infinity : chance.between(1, groups);
        const light = chance.is(0.5)
          ? only(chance.whole(0, groups - 1), groups)
          : randomPowers(chance, groups);
        const out = passed(groups, t, cut, light);
        expect(sum(out), `${groups} groups, t ${t}`).toBeLessThanOrEqual(1 + ENTRY_ERROR);
        for (const power of out) expect(power).toBeGreaterThanOrEqual(-ENTRY_ERROR);
      }
    }
  });

  it('that is kept falls with the displacement, whichever group it starts in', () => {
    for (const group of [0, 9, LINK - 1]) {
      const light = only(group, LINK);
      let before = 1;
      for (let t = 0.05; t < 12; t += 0.05) {
        const kept = sum(passed(LINK, t, Infinity, light));
        expect(kept).toBeLessThan(before + ENTRY_ERROR);
        before = kept;
      }
      expect(before).toBeLessThan(1e-6);
    }
  });

  it('through two connectors in a row is the known one; one twice would miss it', () => {
    const launch = known.encircled_flux_launch;
    const cut = known.groups;
    let largestMiss = 0;
    for (const { s, eta_encircled_flux, eta_two_equal_connectors } of known.cases) {
      for (const groups of [known.groups, LINK]) {
        const behindOne = passed(groups, Math.sqrt(s), cut, launch);
        const behindTwo = passed(groups, Math.sqrt(s), cut, behindOne);
        expect(Math.abs(sum(behindOne) - eta_encircled_flux)).toBeLessThan(1e-6);
        expect(Math.abs(sum(behindTwo) - eta_two_equal_connectors)).toBeLessThan(1e-6);
        largestMiss = Math.max(largestMiss, sum(behindTwo) - sum(behindOne) ** 2);
      }
    }
    expect(known.cases.length).toBeGreaterThan(10);
    expect(largestMiss).toBeGreaterThan(0.01);
  });

  it('through connectors that differ is T2·T1·p of the exact matrices', () => {
    const launch = encircledFluxLaunch(18);
    for (const [first, second] of [
      [0.3, 1.1],
      [1.1, 0.3],
      [2.2, 4.5],
    ] as const) {
      const behindOne = direct(18, first, launch);
      const exact = sum(direct(18, second, behindOne));
      const table = sum(passed(LINK, second, 18, passed(LINK, first, 18, launch)));
      expect(Math.abs(table - exact)).toBeLessThan(1e-6);
    }
  });
});
