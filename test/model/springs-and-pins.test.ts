/** Springs off the middle, elliptical and loose pins (docs/model.md §3, §5). */
import { describe, expect, it } from 'vitest';
import { PINNED, PLUG, plugOffset, UNPINNED } from '../../src/model/parts.js';
import type { PairPlan } from '../../src/plan/types.js';
import { parseScenario } from '../../src/scenario/index.js';
import { ADAPTERS } from '../../src/scenario/layout.js';
import { CORRELATION_LIMIT, correlationScore } from '../support/ks.js';
import { eachMating } from '../support/matings.js';
import {
  type Fields,
  type Mated,
  mate,
  mateParts,
  pairOf,
  perfectPlug,
  planFrom,
  type Sections,
  STILL,
} from './plans.js';

/** Stiffness of a floating mounting, N·µm/rad. */
const FLOATING = 2e5;

function withSpring(x: number, y: number, more: Sections = {}): Sections {
  const spring = { force: '10 N', offsetX: `${x} um`, offsetY: `${y} um`, ...more['spring'] };
  return perfectPlug({ ...more, spring });
}

describe('a spring that presses off the middle', () => {
  it.each([
    ['key-up-to-key-down', 1, -1],
    ['key-up-to-key-up', -1, 1],
  ] as const)(
    'in %s leans the mountings by F·x/Kh, x the mean of both plugs',
    (adapter, sx, sy) => {
      const male = { x: 40, y: -70 };
      const female = { x: 100, y: 25 };
      const mating = { ...STILL, adapter, restTiltX: '0.1 mrad', restTiltY: '-0.2 mrad' };
      const { load } = mate(
        planFrom(pairOf(withSpring(male.x, male.y), withSpring(female.x, female.y), mating)),
      );
      const leanX = (10 * 0.5 * (male.x + sx * female.x)) / FLOATING;
      const leanY = (10 * 0.5 * (male.y + sy * female.y)) / FLOATING;
      expect(Math.abs(load.restTiltXRad - (1e-4 + leanX))).toBeLessThan(1e-15);
      expect(Math.abs(load.restTiltYRad - (-2e-4 + leanY))).toBeLessThan(1e-15);
    },
  );

  it('of a design with itself adds up along x and cancels along y with one key down', () => {
    const leans = ADAPTERS.map((adapter) => {
      const { load } = mate(planFrom(pairOf(withSpring(50, 50), undefined, { ...STILL, adapter })));
      return [load.restTiltXRad, load.restTiltYRad];
    });
    const lean = (10 * 50) / FLOATING;
    expect(leans.flat()).toEqual([lean, 0, 0, lean]);
  });

  it('leans the more, the more force there is, and not at all without any', () => {
    const leanAt = (force: string) =>
      mate(planFrom(pairOf(withSpring(50, 0, { spring: { force } })))).load.restTiltXRad;
    expect(leanAt('0 N')).toBe(0);
    expect(leanAt('20 N')).toBe(2 * leanAt('10 N'));
  });

  it('on the side of +x closes the gap there', () => {
    const gaps = (spring: number) => {
      const plug = withSpring(spring, 0, { spring: { force: '0.01 N' } });
      return mate(planFrom(pairOf(plug, plug, { ...STILL, contactStiffness: '100 N/um' }))).results
        .gapUm;
    };
    const right = gaps(1000);
    expect(right[0]).toBeGreaterThan(right[11] as number);
    expect(gaps(-1000)[0]).toBeLessThan(gaps(-1000)[11] as number);
    expect(Math.max(...gaps(0))).toBe(0);
  });
});

describe('elliptical pins', () => {
  const plug = (majorAxis: string) =>
    perfectPlug({
      guideHoles: { diameter: '699.5 um' },
      guidePins: {
        diameter: '698.5 um',
        shape: 'elliptical',
        majorAxis,
        minorAxisShorterBy: '4 um',
      },
    });
  const clearances = ({ state }: Mated) => [
    state.clearanceX1Um,
    state.clearanceY1Um,
    state.clearanceX2Um,
    state.clearanceY2Um,
  ];

  it('have half of hole less pin of play along their major axis, and half the difference more across', () => {
    // (699.5 − 698.5)/2 = 0.5 and (699.5 − 694.5)/2 = 2.5
    expect(clearances(mate(planFrom(pairOf(plug('x')))))).toEqual([0.5, 2.5, 0.5, 2.5]);
    expect(clearances(mate(planFrom(pairOf(plug('y')))))).toEqual([2.5, 0.5, 2.5, 0.5]);
  });

  it('leave the tilts that this play over the engaged length of 2 mm leaves', () => {
    const free = (majorAxis: string) => {
      const { load } = mate(planFrom(pairOf(plug(majorAxis))));
      return [load.freeTiltXRad, load.freeTiltYRad];
    };
    expect(free('x')).toEqual([0.5e-3, 2.5e-3]);
    expect(free('y')).toEqual([2.5e-3, 0.5e-3]);
  });

  it.each(ADAPTERS)('each of its own size enter each its own hole in %s', (adapter) => {
    const plan = planFrom(pairOf(plug('y'), undefined, { ...STILL, adapter }));
    const { mechanics, fixedParts } = plan.pairs[0] as PairPlan;
    const parts = Float64Array.from(fixedParts);
    parts[plugOffset(PINNED) + PLUG.guideDiameter1Um] = 698;
    parts[plugOffset(PINNED) + PLUG.guideDiameter2Um] = 697;
    parts[plugOffset(PINNED) + PLUG.minorAxisShorterBy1Um] = 1;
    parts[plugOffset(PINNED) + PLUG.minorAxisShorterBy2Um] = 3;
    parts[plugOffset(UNPINNED) + PLUG.guideDiameter1Um] = 699;
    parts[plugOffset(UNPINNED) + PLUG.guideDiameter2Um] = 701;
    // Pin 1 is 697 along x and 698 along y, pin 2 694 and 697. With both keys up, pin 1 enters hole 2.
    const expected = adapter === 'key-up-to-key-down' ? [1, 0.5, 3.5, 2] : [2, 1.5, 2.5, 1];
    expect(clearances(mateParts(mechanics, parts))).toEqual(expected);
  });

  it('wider than the hole along one axis have no play there, and play across', () => {
    const tight = perfectPlug({
      guideHoles: { diameter: '699.5 um' },
      guidePins: { diameter: '700 um', shape: 'elliptical', minorAxisShorterBy: '4 um' },
    });
    expect(clearances(mate(planFrom(pairOf(tight))))).toEqual([0, 1.75, 0, 1.75]);
  });

  it('seat nowhere but within their ellipses, and reach far into them', () => {
    for (const [axis, x, y] of [
      ['x', 0.5, 2.5],
      ['y', 2.5, 0.5],
    ] as const) {
      const most = { x: 0, y: 0 };
      eachMating(planFrom(pairOf(plug(axis))), 0, 0, 2000, ({ state }) => {
        const { insertionXUm: tx, insertionYUm: ty, turnRad } = state;
        for (const lift of [turnRad * 2300, -turnRad * 2300]) {
          expect((tx / x) ** 2 + ((lift - ty) / y) ** 2).toBeLessThan(1 + 1e-9);
        }
        most.x = Math.max(most.x, Math.abs(tx));
        most.y = Math.max(most.y, Math.abs(ty));
      });
      expect(most.x).toBeGreaterThan(0.8 * x);
      expect(most.y).toBeGreaterThan(0.8 * y);
    }
  });

  it('that are round have no major axis', () => {
    const round = (majorAxis: string) => pairOf(perfectPlug({ guidePins: { majorAxis } }));
    expect(() => planFrom(round('y'))).toThrow(
      'guidePins.majorAxis: a round pin has no major axis',
    );
    expect(() => planFrom(round('x'))).not.toThrow();
  });
});

describe('loose pins', () => {
  const inputs = (guidePins: Fields) => {
    const { scenario } = parseScenario(JSON.stringify(pairOf(perfectPlug({ guidePins }))));
    const design = scenario.designs['male'] as (typeof scenario.designs)[string];
    return [design.inputs['guidePins.seatErrorX'], design.inputs['guidePins.seatErrorY']];
  };
  const LOOSE = {
    distribution: 'normal',
    mean: 0,
    sigma: 0.5,
    lower: -1.5,
    upper: 1.5,
    level: 'pin',
  };
  const NONE = { distribution: 'fixed', value: 0, level: 'pin' };

  it('have seat errors of 1.5 um at 3 sigma unless others are given; clamped ones none', () => {
    expect(inputs({ clamp: 'loose' })).toEqual([[LOOSE], [LOOSE]]);
    expect(inputs({ clamp: 'clamped' })).toEqual([[NONE], [NONE]]);
    expect(inputs({})).toEqual([[NONE], [NONE]]);
    const given = { clamp: 'loose', seatErrorX: '0.3 um' };
    expect(inputs(given)).toEqual([[{ ...NONE, value: 0.3 }], [LOOSE]]);
  });

  it('shift, turn and spread the pins by four independent errors', () => {
    const plan = planFrom(pairOf(perfectPlug({ guidePins: { clamp: 'loose' } })));
    const matings = 20_000;
    const names = ['seatErrorX1Um', 'seatErrorX2Um', 'seatErrorY1Um', 'seatErrorY2Um'] as const;
    const errors = names.map(() => new Float64Array(matings));
    eachMating(plan, 0, 0, matings, ({ state, results }, mating, parts) => {
      const e = names.map((name) => parts[plugOffset(PINNED) + PLUG[name]] as number);
      const [x1, x2, y1, y2] = e as [number, number, number, number];
      for (const [k, error] of e.entries()) {
        (errors[k] as Float64Array)[mating] = error;
        if (Math.abs(error) > 1.5) throw new Error(`a seat error of ${error} um`);
      }
      const turn = (y2 - y1) / 4600;
      const off =
        Math.abs(state.halfPitchMismatchUm - (x2 - x1) / 2) +
        Math.abs((results.offsetXUm[0] as number) - (x1 + x2) / 2) +
        Math.abs((results.offsetYUm[0] as number) - ((y1 + y2) / 2 - turn * 1375));
      if (!(off < 1e-12)) throw new Error(`mating ${mating} is off by ${off} um`);
    });
    // False-alarm rate 1e-6 each: six pairs of columns; the sum of two is not independent of either.
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < i; j++) {
        const score = correlationScore(errors[i] as Float64Array, errors[j] as Float64Array);
        expect(Math.abs(score), `${names[i]} with ${names[j]}`).toBeLessThan(CORRELATION_LIMIT);
      }
    }
    const sum = (errors[0] as Float64Array).map((x, i) => x + (errors[1] as Float64Array)[i]!);
    expect(correlationScore(sum, errors[0] as Float64Array)).toBeGreaterThan(CORRELATION_LIMIT);
  });
});
