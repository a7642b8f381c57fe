/** Temperature, wear and mating again (model §10), from scenarios as users write them, against closed forms worked here. */
import { describe, expect, it } from 'vitest';
import { PINNED, PLUG, plugOffset, UNPINNED } from '../../src/model/parts.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import { ADAPTERS } from '../../src/scenario/layout.js';
import {
  type Fields,
  type Mated,
  mate,
  pairOf,
  perfectPlug,
  planFrom,
  type Sections,
  STILL,
} from '../model/plans.js';

/** Everything of temperature given, so that no default is tested in passing; pins too thick for any play. */
const plug = (more: Sections = {}, ppm = { ferrule: 20, pin: 17.2 }): Sections =>
  perfectPlug({
    ...more,
    mounting: { type: 'floating', ferruleExpansion: `${ppm.ferrule} ppm/K` },
    guidePins: { diameter: '701 um', expansion: `${ppm.pin} ppm/K`, ...more['guidePins'] },
    spring: { force: '10 N', temperatureCoefficient: '0 ppm/K', ...more['spring'] },
    endFace: { polish: 'PC', withdrawal: '0 nm/K', ...more['endFace'] },
  });

const matedAt = (mating: Fields, male: Sections, female = male): Mated =>
  mate(planFrom(pairOf(male, female, { ...STILL, ...mating })));

/** Fibres of one row of 12, 250 um apart, times a number. */
const row = (strain: number) => Array.from({ length: 12 }, (_, i) => (i - 5.5) * 250 * strain);

/** The largest difference from what is expected, in the unit of both. */
const off = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  return Math.max(...found.map((value, i) => Math.abs(value - (expected[i] as number))));
};
/** A few roundings of numbers around 700, um. */
const ROUNDING = 1e-12;

const clearances = ({ state }: Mated) => [
  state.clearanceX1Um,
  state.clearanceY1Um,
  state.clearanceX2Um,
  state.clearanceY2Um,
];
const four = (value: number) => [value, value, value, value];
const roomy = (count: number, hole: number): Sections => ({
  fibres: { count, modeFieldDiameter: '9.2 um' },
  guideHoles: { diameter: `${hole} um`, wearRate: '0 nm' },
  guidePins: { diameter: `${hole - 2} um` },
});

describe('temperature', () => {
  it.each(ADAPTERS)('moves fibres by x·(α_f·ΔT_f − α_m·ΔT_m) in %s', (adapter) => {
    // at 85 degC, 62 above 23, the unpinned plug at 95
    const at = { adapter, temperature: '85 degC', unpinnedWarmerBy: '10 K' };
    const { results } = matedAt(at, plug(), plug({}, { ferrule: 12, pin: 17.2 }));
    const strain = 12e-6 * 72 - 20e-6 * 62;
    expect(off(results.offsetXUm, row(strain))).toBeLessThan(ROUNDING);
    expect(off(results.offsetYUm, row(0))).toBe(0);
  });

  it.each(ADAPTERS)('moves two rows along y as well in %s', (adapter) => {
    const fibres = { count: 24, modeFieldDiameter: '9.2 um' };
    const { results } = matedAt({ adapter, unpinnedWarmerBy: '40 K' }, plug({ fibres }));
    const strain = 20e-6 * 40;
    const x = [...row(strain), ...row(strain)];
    expect(off(results.offsetXUm, x)).toBeLessThan(ROUNDING);
    const y = x.map((_, i) => (i < 12 ? 250 : -250) * strain);
    expect(off(results.offsetYUm, y)).toBeLessThan(ROUNDING);
  });

  it('costs nothing where both plugs grow alike, and 4.34·(d/w)² dB where one is warmer', () => {
    expect(Math.max(...matedAt({ temperature: '85 degC' }, plug()).results.lossDb)).toBe(0);
    const { results } = matedAt({ unpinnedWarmerBy: '10 K' }, plug());
    const losses = row(20e-6 * 10).map((d) => (10 / Math.LN10) * (d / 4.6) ** 2);
    expect(off(results.lossDb, losses)).toBeLessThan(ROUNDING);
    expect(results.lossDb[0]).toBeGreaterThan(0.015);
  });

  it.each([
    [12, 700, 4600],
    [16, 550, 5300],
  ])('of %i fibres changes play by D·(α_f·ΔT_f − α_p·ΔT_m), D %i um', (count, hole, pitch) => {
    const male = plug(roomy(count, hole), { ferrule: 20, pin: 17.2 });
    const female = plug(roomy(count, hole), { ferrule: 12, pin: 50 });
    const mated = matedAt({ temperature: '-40 degC', unpinnedWarmerBy: '10 K' }, male, female);
    // 63 below 23, the unpinned plug 53 below; the pins belong to the pinned plug
    const play = 1 + 0.5 * hole * (12e-6 * -53 - 17.2e-6 * -63);
    expect(off(clearances(mated), four(play))).toBeLessThan(ROUNDING);
    const mismatch = 0.5 * pitch * (20e-6 * -63 - 12e-6 * -53);
    expect(Math.abs(mated.state.halfPitchMismatchUm - mismatch)).toBeLessThan(ROUNDING);
  });

  it('changes the spring force by 1 + c·ΔT of either plug, never to below 0', () => {
    const spring = (force: number, ppm: number) =>
      plug({ spring: { force: `${force} N`, temperatureCoefficient: `${ppm} ppm/K` } });
    const force = (mating: Fields, ...plugs: [Sections, Sections?]) =>
      matedAt(mating, ...plugs).state.springForceN;
    const hot = { temperature: '123 degC', unpinnedWarmerBy: '20 K' };
    expect(force({ temperature: '123 degC' }, spring(10, -200))).toBeCloseTo(9.8, 13);
    // a design with itself: both springs press, one at 123 and one at 143 degC
    expect(force(hot, spring(10, -200))).toBeCloseTo(10 * (1 - 200e-6 * 110), 13);
    const mixed = 0.5 * (8 * (1 - 200e-6 * 100) + 12 * (1 + 500e-6 * 120));
    expect(force(hot, spring(8, -200), spring(12, 500))).toBeCloseTo(mixed, 13);
    expect(force({ temperature: '133 degC' }, spring(10, -10_000))).toBe(0);
  });

  it('lets tips fall back by the withdrawal of either plug, which the springs make up for', () => {
    const tips = (nm: number) => plug({ endFace: { polish: 'PC', withdrawal: `${nm} nm/K` } });
    const hot = { temperature: '83 degC', unpinnedWarmerBy: '-20 K' };
    const warm = matedAt(hot, tips(1), tips(3));
    // 60 K of 1 nm and 40 K of 3 nm
    expect(
      off(
        warm.freeGapUm,
        row(0).map(() => 0.06 + 0.12),
      ),
    ).toBeLessThan(ROUNDING);
    const approach = warm.state.approachUm - matedAt(hot, tips(0), tips(0)).state.approachUm;
    expect(Math.abs(approach - 0.18)).toBeLessThan(ROUNDING);
    expect(Math.max(...warm.results.gapUm)).toBe(0);
  });

  it('counts from 23 degC, at which it changes nothing', () => {
    const cold = plug(roomy(12, 700));
    expect(matedAt({ temperature: '23 degC' }, cold)).toEqual(matedAt({}, cold));
    expect(matedAt({ temperature: '24 degC' }, cold)).not.toEqual(matedAt({}, cold));
  });

  it('adds to errors that are drawn, merged ones too', () => {
    const drawn = plug({
      bores: { positionErrorX: '0 um ± 0.9 um at 3 sigma', rowBiasX: '0 um ± 0.3 um at 3 sigma' },
    });
    const plans = ['0 K', '30 K'].map((unpinnedWarmerBy) =>
      planFrom(pairOf(drawn, drawn, { ...STILL, unpinnedWarmerBy })),
    ) as [Plan, Plan];
    expect((plans[0].pairs[0] as PairPlan).merged.length).toBeGreaterThan(0);
    for (let mating = 0; mating < 20; mating++) {
      const [cool, warm] = plans.map((plan) => mate(plan, mating).results.offsetXUm);
      const moved = (cool as number[]).map((x, i) => ((warm as number[])[i] as number) - x);
      expect(off(moved, row(20e-6 * 30))).toBeLessThan(ROUNDING);
    }
  });
});

describe('wear', () => {
  const worn = (rate: number, exponent: number, pins: Fields = {}) =>
    plug({
      guideHoles: { diameter: '699 um', wearRate: `${rate} nm`, wearExponent: exponent },
      guidePins: { diameter: '698 um', ...pins },
    });
  const play = (matings: number, male: Sections, female = male) =>
    clearances(matedAt({ earlierMatings: matings }, male, female));

  it.each([
    [0, 2, 1, {}, 0],
    [500, 2, 1, {}, 1],
    [500, 0.4, 1, { tip: 'elliptical' }, 0.08],
    [500, 0.4, 1, { tip: 'elliptical', wearFactor: 0.7 }, 0.14],
    [400, 10, 0.5, {}, 0.2],
    [32, 5, 1.2, {}, 0.32],
    [1, 5, 0.3, {}, 0.005],
    [0, 5, 0, {}, 0],
  ])('by %i matings of %d nm, to the power of %d, %o: %d um', (...given) => {
    const [matings, rate, exponent, pins, growth] = given;
    // half of what is left around the pin
    expect(off(play(matings, worn(rate, exponent, pins)), four(0.5 * (1 + growth)))).toBeLessThan(
      ROUNDING,
    );
  });

  it('is that of the holes of the unpinned plug, by the tips of the pinned one', () => {
    const round = worn(1, 1, { tip: 'round' });
    const elliptical = worn(3, 1, { tip: 'elliptical' });
    expect(off(play(100, round, elliptical), four(0.5 * (1 + 0.3)))).toBeLessThan(ROUNDING);
    expect(off(play(100, elliptical, round), four(0.5 * (1 + 0.04)))).toBeLessThan(ROUNDING);
  });

  it('and heat add up', () => {
    const mated = matedAt({ earlierMatings: 500, temperature: '73 degC' }, worn(2, 1));
    const grown = 700 * (20e-6 - 17.2e-6) * 50;
    expect(off(clearances(mated), four(0.5 * (1 + 1 + grown)))).toBeLessThan(ROUNDING);
  });
});

describe('mating again', () => {
  const drawn = perfectPlug({
    guideHoles: { diameter: '699.5 um ± 0.4 um uniform', wearRate: '2 nm' },
    guidePins: { diameter: '698 um ± 0.4 um uniform' },
    spring: { force: '10 N ± 2 N uniform' },
  });
  const mating = { ...STILL, earlierMatings: 50 };
  const cycles = [1, 2, 11, 101];
  const again = planFrom(
    pairOf(drawn, drawn, mating, { experiment: { type: 're-mating', cycles } }),
  );
  const holes = ({ parts }: Mated) =>
    [PLUG.guideDiameter1Um, PLUG.guideDiameter2Um].map(
      (hole) => parts[plugOffset(UNPINNED) + hole] as number,
    );
  const pins = ({ parts }: Mated) =>
    [PLUG.guideDiameter1Um, PLUG.guideDiameter2Um].map(
      (pin) => parts[plugOffset(PINNED) + pin] as number,
    );

  it('has k − 1 matings behind it in the k-th, besides the earlier ones', () => {
    const fresh = planFrom(pairOf(drawn, drawn, STILL));
    for (let pair = 0; pair < 20; pair++) {
      const unworn = holes(mate(fresh, pair));
      cycles.forEach((cycle, k) => {
        const grown = 0.002 * (50 + cycle - 1);
        const expected = unworn.map((diameter) => diameter + grown);
        expect(off(holes(mate(again, pair, k)), expected)).toBeLessThan(ROUNDING);
      });
    }
  });

  it('keeps the parts and draws force and seat anew', () => {
    const first = mate(again, 3, 0);
    const later = cycles.slice(1).map((_, k) => mate(again, 3, k + 1));
    for (const mated of later) expect(pins(mated)).toEqual(pins(first));
    const all = [first, ...later].map(({ state }) => state);
    expect(new Set(all.map((state) => state.springForceN)).size).toBe(cycles.length);
    expect(new Set(all.map((state) => state.insertionXUm)).size).toBe(cycles.length);
  });

  it('begins with the mating that the pair has without it', () => {
    const once = planFrom(pairOf(drawn, drawn, mating));
    for (const index of [0, 5]) expect(mate(again, index, 0)).toEqual(mate(once, index));
  });

  it('is not what steps of stress do: they mate the same parts in the same way', () => {
    const steps = { room: {}, hot: { temperature: '73 degC' }, old: { earlierMatings: 150 } };
    const plan = planFrom(pairOf(drawn, drawn, mating, { experiment: { type: 'stress', steps } }));
    const once = planFrom(pairOf(drawn, drawn, mating));
    for (let index = 0; index < 20; index++) {
      const [room, hot, old] = [0, 1, 2].map((step) => mate(plan, index, step)) as Mated[];
      expect(room).toEqual(mate(once, index));
      const grown = (by: number) => holes(room as Mated).map((diameter) => diameter + by);
      expect(off(holes(hot as Mated), grown(700 * 20e-6 * 50))).toBeLessThan(ROUNDING);
      expect(off(holes(old as Mated), grown(0.002 * 100))).toBeLessThan(ROUNDING);
      expect(pins(old as Mated)).toEqual(pins(room as Mated));
      expect((old as Mated).state.springForceN).toBe((room as Mated).state.springForceN);
    }
  });
});
