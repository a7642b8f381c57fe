/** A bias that a whole lot shares (docs/model.md §1, §2): it adds up or cancels by the way the plugs face. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/types.js';
import { mate, perfectPlug, planFrom, STILL, type Value } from './plans.js';

const DOWN = 'key-up-to-key-down';
const UP = 'key-up-to-key-up';

/** The bias of a lot, drawn once a run, besides what each plug has of its own. */
const LOT = { distribution: 'normal', mean: '0 um', sigma: '0.4 um', level: 'lot' };
const PLUG = { distribution: 'normal', mean: '0 um', sigma: '0.2 um', level: 'plug' };

const PAIRS = ['down', 'up', 'known', 'other'] as const;

/**
 * A biased design with itself in both adapters (`down`, `up`), and with an unbiased one and another biased one, with one key
 * down (`known`, `other`). All plugs have play, flat faces and bores of their own.
 */
function planOf(axis: 'X' | 'Y', bias: Value): Plan {
  const plug = (own: Value) =>
    perfectPlug({
      guideHoles: { diameter: '700.8 um' },
      bores: {
        positionErrorX: '0 um ± 0.6 um at 3 sigma, truncated',
        positionErrorY: '0 um ± 0.6 um at 3 sigma, truncated',
        [`rowBias${axis}`]: own,
      },
    });
  const pair = (pinned: string, unpinned: string, adapter: string) => ({
    pinned,
    unpinned,
    mating: { ...STILL, adapter, sideLoad: '1 N' },
  });
  return planFrom({
    designs: { biased: plug(bias), other: plug(bias), plain: plug('0 um') },
    pairs: {
      down: pair('biased', 'biased', DOWN),
      up: pair('biased', 'biased', UP),
      known: pair('biased', 'plain', DOWN),
      other: pair('biased', 'other', DOWN),
    },
  });
}

const MATINGS = 300;

/** Mean offset over the first matings, for each fibre of each pair, µm. */
function meanOffsets(plan: Plan, axis: 'X' | 'Y'): Record<(typeof PAIRS)[number], number[]> {
  const means = PAIRS.map((name, pair) => {
    const sums = new Array<number>(12).fill(0);
    for (let mating = 0; mating < MATINGS; mating++) {
      const { results } = mate(plan, mating, pair);
      const offsets = axis === 'X' ? results.offsetXUm : results.offsetYUm;
      for (const [i, offset] of offsets.entries()) sums[i]! += offset / MATINGS;
    }
    return [name, sums];
  });
  return Object.fromEntries(means) as Record<(typeof PAIRS)[number], number[]>;
}

/** By how much a bias moves the mean offset of a fibre, in the four pairs; the same for all fibres. */
function movedBy(
  axis: 'X' | 'Y',
  bias: Value,
  unbiased: Value = PLUG,
): Record<(typeof PAIRS)[number], number> {
  const without = meanOffsets(planOf(axis, unbiased), axis);
  const with_ = meanOffsets(planOf(axis, bias), axis);
  const moved = PAIRS.map((name) => {
    const shifts = with_[name].map((mean, i) => mean - (without[name][i] as number));
    for (const shift of shifts) expect(Math.abs(shift - (shifts[0] as number))).toBeLessThan(1e-12);
    return [name, shifts[0]];
  });
  return Object.fromEntries(moved) as Record<(typeof PAIRS)[number], number>;
}

const NOTHING = 1e-12;

describe('a bias that a lot shares', () => {
  it('along y adds up in key-up to key-down and cancels in key-up to key-up', () => {
    const { down, up, known } = movedBy('Y', [LOT, PLUG]);
    // The pinned plug is the source: offsets are the other plug's less its own.
    const bias = -known;
    expect(Math.abs(bias)).toBeGreaterThan(0.01);
    expect(Math.abs(down + 2 * bias)).toBeLessThan(NOTHING);
    expect(Math.abs(up)).toBeLessThan(NOTHING);
  });

  it('along x does the reverse', () => {
    const { down, up, known } = movedBy('X', [LOT, PLUG]);
    const bias = -known;
    expect(Math.abs(bias)).toBeGreaterThan(0.01);
    expect(Math.abs(down)).toBeLessThan(NOTHING);
    expect(Math.abs(up + 2 * bias)).toBeLessThan(NOTHING);
  });

  it('that is given, not drawn, does the same', () => {
    const along = (axis: 'X' | 'Y') => movedBy(axis, [{ value: '0.25 um', level: 'lot' }, PLUG]);
    const [x, y] = [along('X'), along('Y')];
    for (const [moved, expected] of [
      [y.down, -0.5],
      [y.up, 0],
      [y.known, -0.25],
      [y.other, -0.5],
      [x.down, 0],
      [x.up, -0.5],
      [x.known, -0.25],
      [x.other, 0],
    ] as const) {
      expect(Math.abs(moved - expected)).toBeLessThan(NOTHING);
    }
  });

  it('is another one in a design of another name: two lots do not cancel', () => {
    const { known, other } = movedBy('X', [LOT, PLUG]);
    expect(Math.abs(other)).toBeGreaterThan(0.01);
    expect(Math.abs(other - 2 * known)).toBeGreaterThan(0.01);
  });

  it('is the same in every mating, and another one under another seed', () => {
    const first = mate(planOf('Y', [LOT, PLUG]), 0, 2).results.offsetYUm[0] as number;
    const plain = mate(planOf('Y', PLUG), 0, 2).results.offsetYUm[0] as number;
    const { known } = movedBy('Y', [LOT, PLUG]);
    expect(Math.abs(first - plain - known)).toBeLessThan(NOTHING);
    const seeds = ['1', '2', '3'].map((seed) => {
      const plug = perfectPlug({ bores: { rowBiasY: LOT } });
      const scenario = {
        designs: { a: plug },
        pairs: { a: { pinned: 'a', unpinned: 'a', mating: STILL } },
        seed,
      };
      return mate(planFrom(scenario)).results.offsetYUm[0];
    });
    expect(new Set(seeds).size).toBe(3);
  });
});

describe('a bias that every plug has of its own', () => {
  it('neither adds up nor cancels: it moves no mean in either adapter', () => {
    // σ of the relative bias is 0.4·√2 µm, of its mean over the matings 0.033. Limit 4.89 σ: false alarms 1e-6.
    const limit = 4.8916 * 0.4 * Math.SQRT2 * Math.sqrt(1 / MATINGS);
    const { down, up } = movedBy('Y', { ...LOT, level: 'plug' }, '0 um');
    expect(Math.abs(down)).toBeLessThan(limit);
    expect(Math.abs(up)).toBeLessThan(limit);
    // that of a lot would show
    expect(Math.abs(movedBy('Y', LOT, '0 um').down)).toBeGreaterThan(limit);
  });
});
