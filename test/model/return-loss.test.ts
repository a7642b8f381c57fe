/** Return loss (docs/model.md §9): known answers through the formula and through whole matings, and its limits. */
import { describe, expect, it } from 'vitest';
import { gapFinesse, gapTransmissionNepers } from '../../src/model/reflection.js';
import { returnLossDb } from '../../src/model/return-loss.js';
import { exp } from '../../src/numerics/elementary.js';
import { angleNepers } from '../../src/plan/optics.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import { parseScenario } from '../../src/scenario/index.js';
import type { MatingConditions } from '../../src/scenario/types.js';
import { reference } from '../support/reference.js';
import {
  type Fields,
  mate,
  PERFECT_MULTIMODE,
  pairOf,
  perfectPlug,
  planFrom,
  STILL,
} from './plans.js';

interface ReflectionCase {
  z: number;
  n: number;
  lam: number;
  n2: number;
  h: number;
  apc_deg: number;
  w: number;
  floor_db: number;
  t_gap: number;
  rl_db: number;
}

const CASES = reference<{ cases: ReflectionCase[] }>('reflection').cases.map(
  (c, i) => [i, c] as const,
);
/** The largest error that any case may have, in dB and in T. */
const TOLERANCE = 1e-10;

/** Perfect plugs that a particle of z µm keeps apart, all else as in the case. */
function planOfCase(c: ReflectionCase): Plan {
  const plug = perfectPlug({
    fibres: { modeFieldDiameter: `${2 * c.w} um` },
    endFace: {
      ...(c.apc_deg === 0 ? { polish: 'PC' } : { polish: 'APC', angle: `${c.apc_deg} deg` }),
      layerIndex: c.n2,
      layerThickness: `${c.h} um`,
    },
  });
  const mating = {
    ...STILL,
    glassIndex: c.n,
    wavelength: `${c.lam} um`,
    scatterFloor: `${c.floor_db} dB`,
    debrisProbability: c.z > 0 ? 1 : 0,
    debrisGap: `${c.z} um`,
  };
  return planFrom(pairOf(plug, plug, mating, { returnLoss: true }));
}

/** Loss of a plan's first mating at fibre 1, dB. */
function returnLossOf(plan: Plan): number {
  return mate(plan).results.returnLossDb[0] as number;
}

/** Return loss in contact of a layer at 1310 nm without floor, dB. */
function layerDb(index: number, thicknessUm: number): number {
  return returnLossDb(0, 1.4677, gapFinesse(1.4677), 1.31, index, thicknessUm, 0, Infinity);
}

/** Return loss over a gap at 1310 nm without layer, dB. */
function gapDb(gapUm: number, floorDb = 67): number {
  return returnLossDb(gapUm, 1.4677, gapFinesse(1.4677), 1.31, 1.48, 0, 0, floorDb);
}

describe('known answers', () => {
  it.each(CASES)('case %i: transmission of the gap', (_, c) => {
    const nepers = gapTransmissionNepers(c.z, c.lam, gapFinesse(c.n));
    expect(Math.abs(exp(-nepers) - c.t_gap)).toBeLessThan(TOLERANCE);
  });

  it.each(CASES)('case %i: return loss by the formula', (_, c) => {
    const perUm = (2 * Math.PI * c.n * ((c.apc_deg * Math.PI) / 180)) / c.lam;
    const angle = (perUm * c.w) ** 2;
    const db = returnLossDb(c.z, c.n, gapFinesse(c.n), c.lam, c.n2, c.h, angle, c.floor_db);
    expect(Math.abs(db - c.rl_db)).toBeLessThan(TOLERANCE);
  });

  it.each(CASES)('case %i: return loss of every fibre of a mating', (_, c) => {
    const { gapUm, returnLossDb: all } = mate(planOfCase(c)).results;
    expect(all).toHaveLength(12);
    // 15 digits of a length are read
    for (const z of gapUm) expect(Math.abs(z - c.z)).toBeLessThan(1e-14);
    for (const db of all) expect(Math.abs(db - c.rl_db)).toBeLessThan(TOLERANCE);
  });
});

describe('the layer that polishing leaves', () => {
  it('of 1.48 and 0.05 um returns 45.3 dB at 1310 nm, of 1.54 and 0.1 um 26 dB', () => {
    expect(Math.abs(layerDb(1.48, 0.05) - 45.3)).toBeLessThan(0.05);
    expect(Math.round(layerDb(1.54, 0.1))).toBe(26);
  });

  it('is what a film of 2h between two glasses returns, up to a share of 2R₀', () => {
    for (const [index, thickness] of [
      [1.48, 0.05],
      [1.54, 0.1],
      [1.4, 0.3],
      [1.6, 0.02],
    ] as const) {
      const r0 = ((index - 1.4677) / (index + 1.4677)) ** 2;
      const s = Math.sin((2 * Math.PI * index * 2 * thickness) / 1.31);
      const x = ((4 * r0) / (1 - r0) ** 2) * s * s; // Airy's formula for the film
      const exact = -10 * Math.log10(x / (1 + x));
      expect(Math.abs(layerDb(index, thickness) - exact)).toBeLessThan((10 / Math.LN10) * 2.1 * r0);
    }
  });

  it('does not count where there is a gap', () => {
    const apart = (layer: number) =>
      returnLossDb(1e-3, 1.4677, gapFinesse(1.4677), 1.31, 1.54, layer, 0, 67);
    expect(apart(0.1)).toBe(apart(0));
  });

  it('of two tips that differ counts as their mean', () => {
    const plug = (layerIndex: number, layerThickness: string) =>
      perfectPlug({ endFace: { layerIndex, layerThickness } });
    const mating = { ...STILL, scatterFloor: '300 dB' };
    const of = (first: Fields, second: Fields) =>
      returnLossOf(planFrom(pairOf(first, second, mating, { returnLoss: true })));
    const unlike = of(plug(1.46, '0.02 um'), plug(1.52, '0.1 um'));
    expect(Math.abs(unlike - layerDb(1.49, 0.06))).toBeLessThan(1e-10);
    expect(of(plug(1.52, '0.1 um'), plug(1.46, '0.02 um'))).toBe(unlike);
  });
});

describe('an angled face', () => {
  const conditions = (wavelengthUm: number): MatingConditions => {
    const mating = { ...STILL, wavelength: `${wavelengthUm} um` };
    const text = JSON.stringify(pairOf(perfectPlug(), perfectPlug(), mating));
    return (parseScenario(text).scenario.pairs[0] as { mating: MatingConditions }).mating;
  };

  it('weakens reflections by 89 dB at 8 degrees and w 4.6 um', () => {
    const { angleNepersPerUm2, angleNepers: others } = angleNepers(
      conditions(1.31),
      (8 * Math.PI) / 180,
      null,
    );
    const nepers = others + angleNepersPerUm2 * 4.6 ** 2;
    expect(Math.abs((10 / Math.LN10) * nepers - 89)).toBeLessThan(0.5);
    expect(
      Math.abs(nepers - (2 * Math.PI * 1.4677 * 4.6 * ((8 * Math.PI) / 180)) ** 2 / 1.31 ** 2),
    ).toBeLessThan(1e-12);
  });

  it('goes by the mode field of the fibre that the light came from', () => {
    const plug = (diameter: string) =>
      perfectPlug({
        fibres: { modeFieldDiameter: diameter },
        endFace: { polish: 'APC', angle: '4 deg', layerIndex: 1.54, layerThickness: '0.1 um' },
      });
    const mating = { ...STILL, scatterFloor: '300 dB', friction: 0.2 };
    const of = (first: string, second: string) =>
      returnLossOf(planFrom(pairOf(plug(first), plug(second), mating, { returnLoss: true })));
    const angle = (2 * Math.PI * 1.4677 * 5 * ((4 * Math.PI) / 180)) ** 2 / 1.31 ** 2;
    const expected = layerDb(1.54, 0.1) + (10 / Math.LN10) * angle;
    expect(Math.abs(of('10 um', '8 um') - expected)).toBeLessThan(1e-9);
    expect(of('8 um', '10 um')).toBeLessThan(of('10 um', '8 um') - 5);
  });

  it('of a multimode fibre costs what its modes lose at twice n times the angle', () => {
    // Light in the lowest mode alone arrives in order m with the Poisson probability of m at mean s, in air
    // s = (πw₀·2nφ/λ)²; 18 groups are guided.
    const spot2 = (0.85 * 25) / (Math.PI * 0.2);
    for (const degrees of [1, 2, 3, 4, 5]) {
      const tilt = 2 * 1.4677 * ((degrees * Math.PI) / 180);
      const s = spot2 * ((Math.PI * tilt) / 0.85) ** 2;
      let term = Math.exp(-s);
      let guided = 0;
      for (let m = 0; m < 18; m++) {
        guided += term;
        term *= s / (m + 1);
      }
      const endFace = { polish: 'APC', angle: `${degrees} deg` };
      const plug = perfectPlug({ endFace }, PERFECT_MULTIMODE);
      const mating = { ...STILL, launch: [1] };
      const { mechanics } = planFrom(pairOf(plug, plug, mating, { returnLoss: true }))
        .pairs[0] as PairPlan;
      expect(mechanics.angleNepersPerUm2).toBe(0);
      expect(Math.abs(mechanics.angleNepers + Math.log(guided)), `${degrees} deg`).toBeLessThan(
        2e-6,
      );
    }
  });
});

describe('the floor', () => {
  it('is what is left where nothing reflects', () => {
    for (const floor of [20, 40, 67, 85, 120]) {
      expect(Math.abs(gapDb(0, floor) - floor)).toBeLessThan(1e-11);
    }
  });

  it('adds its power to the reflections', () => {
    const reflected = 10 ** (-layerDb(1.48, 0.05) / 10);
    const db = returnLossDb(0, 1.4677, gapFinesse(1.4677), 1.31, 1.48, 0.05, 0, 50);
    expect(Math.abs(db + 10 * Math.log10(1e-5 + reflected))).toBeLessThan(1e-11);
  });

  it('is drawn for every fibre of a pair anew', () => {
    const plug = perfectPlug();
    const mating = { ...STILL, scatterFloor: '67 dB ± 4.5 dB at 3 sigma, truncated' };
    const plan = planFrom(pairOf(plug, plug, mating, { returnLoss: true }));
    const drawn = [0, 1, 2].flatMap((mating) => mate(plan, mating).results.returnLossDb);
    expect(new Set(drawn).size).toBe(36);
    for (const db of drawn) expect(Math.abs(db - 67)).toBeLessThan(4.5);
  });
});

describe('limits', () => {
  it('a floor of 300 dB or beyond is none, and stays finite', () => {
    for (const floor of [300, 1000, Infinity]) {
      expect(Math.abs(gapDb(0, floor) - 300)).toBeLessThan(1e-9);
    }
    expect(Math.abs(gapDb(0, 299) - 299)).toBeLessThan(1e-9);
  });

  it('no layer, or one of glass, reflects nothing', () => {
    expect(Math.abs(layerDb(1.6, 0) - 300)).toBeLessThan(1e-9);
    expect(Math.abs(layerDb(1.4677, 0.5) - 300)).toBeLessThan(1e-9);
  });

  it('no glass, n = 1, has no gap', () => {
    expect(gapFinesse(1)).toBe(0);
    expect(Math.abs(returnLossDb(3.3, 1, 0, 1.31, 1, 0, 0, 67) - 67)).toBeLessThan(1e-11);
  });

  it('reflections come and go with half a wavelength, however wide the gap', () => {
    for (const z of [0.1, 0.3275, 0.6]) {
      for (const halves of [1, 2, 200]) {
        expect(Math.abs(gapDb(z + halves * 0.655) - gapDb(z))).toBeLessThan(1e-8);
      }
    }
    // A quarter wave apart the faces reflect most: R = F/(1 + F) with F = 4R/(1 − R)².
    const finesse = gapFinesse(1.4677);
    const most = -10 * Math.log10(finesse / (1 + finesse) + 10 ** -6.7);
    for (let z = 0.01; z < 100; z += 0.0371) {
      expect(gapDb(z)).toBeGreaterThan(most - 1e-9);
      expect(gapDb(z)).toBeLessThan(67 + 1e-9);
    }
    expect(Math.abs(gapDb(0.3275) - most)).toBeLessThan(1e-9);
    for (const z of [1e3, 1e6, 1e12]) expect(gapDb(z)).toBeGreaterThan(0);
  });

  it('any angle leaves the floor', () => {
    expect(
      Math.abs(returnLossDb(0.3, 1.4677, gapFinesse(1.4677), 1.31, 1.5, 0, 1e6, 67) - 67),
    ).toBeLessThan(1e-11);
  });
});

describe('asking for return loss', () => {
  const scenario = (returnLoss: boolean) => ({
    designs: { a: { extends: 'mtp-standard' }, m: { extends: 'mtp-standard-multimode' } },
    pairs: { a: { pinned: 'a', unpinned: 'a' }, m: { pinned: 'm', unpinned: 'm' } },
    returnLoss,
  });

  it('changes no bit of the insertion loss', () => {
    const [without, with_] = [false, true].map((asked) => planFrom(scenario(asked))) as [
      Plan,
      Plan,
    ];
    for (const pair of [0, 1]) {
      for (const mating of [0, 1, 99]) {
        const asked = mate(with_, mating, pair).results;
        expect(asked.lossDb).toEqual(mate(without, mating, pair).results.lossDb);
        expect(Math.min(...asked.returnLossDb)).toBeGreaterThan(0);
      }
    }
  });

  it('is needed: without it nothing is drawn for it and nothing worked out', () => {
    const plan = planFrom(scenario(false));
    expect(mate(plan).results.returnLossDb).toEqual(new Array(12).fill(0));
    const draws = (asked: boolean) =>
      planFrom(scenario(asked)).pairs.map((pair) => pair.draws.length);
    // layer index and thickness of both plugs, floor of the pair
    expect(draws(true).map((n, i) => n - (draws(false)[i] as number))).toEqual([5, 5]);
  });
});
