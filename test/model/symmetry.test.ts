/**
 * What a mating does not care about: which plug has the pins, and which side is left (docs/model.md §1 to §7).
 *
 * Pins and holes stay where they are when two plugs are exchanged: they belong to the pinned and to the unpinned one.
 * All else may change places. Single-mode losses are then the same where fibres touch. Over a gap z the model takes
 * the offset along the axis of its source, so that an exchange moves it by z times the angle; with that they agree
 * again. Multimode losses are one-way by nature: a smaller core loses what a larger one sends.
 */
import { describe, expect, it } from 'vitest';
import type { PairMechanics } from '../../src/model/mating.js';
import { FIBRE, fibreOffset, PINNED, UNPINNED } from '../../src/model/parts.js';
import { gapTransmissionNepers } from '../../src/model/reflection.js';
import { gaussianCoupling } from '../../src/model/single-mode.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import { Chance } from '../support/chance.js';
import { CORRELATION_LIMIT } from '../support/ks.js';
import { eachMating } from '../support/matings.js';
import {
  type Fields,
  type Mated,
  mate,
  mateParts,
  PERFECT_MULTIMODE,
  pairOf,
  perfectPlug,
  planFrom,
  type Sections,
} from './plans.js';
import { exchanged, mirrored } from './rearranged.js';

const DB_PER_NEPER = 10 / Math.LN10;
/** Sums of a few dB in another order; seen are 1e-14. */
const ROUNDING_DB = 1e-12;
/** Return losses far from the floor hang on the last bits of a gap near a fringe's minimum; seen are 1e-11. */
const ROUNDING_RETURN_DB = 1e-9;

/** Everything uneven: loose elliptical pins, leaning bores and springs, particles. */
const UNEVEN = {
  bores: { tiltX: '0 deg ± 0.2 deg at 3 sigma', tiltY: '0 deg ± 0.2 deg at 3 sigma' },
  guidePins: {
    clamp: 'loose',
    shape: 'elliptical',
    minorAxisShorterBy: '0.6 um ± 0.3 um at 3 sigma, truncated',
  },
  spring: { offsetX: '0 um ± 300 um at 3 sigma', offsetY: '0 um ± 300 um at 3 sigma' },
} as const;

function planOf(extended: string, adapter: string, more: Sections = {}, mating: Fields = {}): Plan {
  return planFrom({
    designs: { a: { extends: extended, ...UNEVEN, ...more } },
    mating: { adapter, debrisProbability: 0.2, ...mating },
    pairs: { a: { pinned: 'a', unpinned: 'a' } },
    returnLoss: true,
  });
}

const DOWN = 'key-up-to-key-down';
const UP = 'key-up-to-key-up';
const PC = { endFace: { polish: 'PC' } };
const OF_24 = { fibres: { count: 24 } };

const KINDS = [
  ['APC, one key down', planOf('mtp-standard', DOWN), true],
  ['PC, both keys up', planOf('mtp-standard', UP, PC), true],
  ['24 fibres, APC, one key down', planOf('mtp-standard', DOWN, OF_24), true],
  ['24 fibres, PC, both keys up', planOf('mtp-standard', UP, { ...PC, ...OF_24 }), true],
  [
    'pins with their major axis along y',
    planOf('mtp-standard', DOWN, {
      guidePins: { ...UNEVEN.guidePins, majorAxis: 'y' },
    }),
    true,
  ],
  ['multimode, one key down', planOf('mtp-standard-multimode', DOWN), false],
  ['multimode, both keys up', planOf('mtp-standard-multimode', UP), false],
] as const;
const SINGLE_MODE = KINDS.filter(([, , isSingleMode]) => isSingleMode);
const MATINGS = 60;

function eachOf(plan: Plan, visit: (mated: Mated, mechanics: PairMechanics) => void): void {
  const { mechanics } = plan.pairs[0] as PairPlan;
  for (let mating = 0; mating < MATINGS; mating++) visit(mate(plan, mating), mechanics);
}

describe('two plugs exchanged', () => {
  it('two Gaussian modes couple alike both ways, if the offset moves by gap times angle', () => {
    const chance = new Chance(5);
    const out = { lateral: 0, angular: 0, modeMismatch: 0, gap: 0, interaction: 0 };
    for (let k = 0; k < 2000; k++) {
      const [dx, dy, z] = [chance.between(-3, 3), chance.between(-3, 3), chance.between(0, 30)];
      const [ax, ay] = [chance.between(-0.05, 0.05), chance.between(-0.05, 0.05)];
      const [w1, w2] = [chance.between(2, 8), chance.between(2, 8)];
      const [wavelength, n] = [chance.between(0.8, 1.6), chance.between(1, 1.5)];
      const there = gaussianCoupling(dx, dy, ax, ay, z, w1, w2, wavelength, n, out);
      const back = gaussianCoupling(
        z * ax - dx,
        z * ay - dy,
        ax,
        ay,
        z,
        w2,
        w1,
        wavelength,
        n,
        out,
      );
      expect(Math.abs(there - back)).toBeLessThan(1e-12 * Math.max(1, there));
      const unmoved = gaussianCoupling(-dx, -dy, ax, ay, z, w2, w1, wavelength, n, out);
      if (k === 0) expect(Math.abs(there - unmoved)).toBeGreaterThan(1e-3);
    }
  });

  it.each(SINGLE_MODE)('%s: the same losses where fibres touch', (_, plan) => {
    let touching = 0;
    eachOf(plan, ({ parts, results, state }, mechanics) => {
      const back = mateParts(mechanics, exchanged(mechanics, parts));
      expect(back.state.contacts).toBe(state.contacts);
      for (let i = 0; i < mechanics.fibres; i++) {
        const j = mechanics.facing[i] as number;
        expect(
          Math.abs((back.results.gapUm[j] as number) - (results.gapUm[i] as number)),
        ).toBeLessThan(1e-9);
        if (results.gapUm[i] !== 0 || back.results.gapUm[j] !== 0) continue;
        touching += 1;
        const difference = (back.results.lossDb[j] as number) - (results.lossDb[i] as number);
        expect(Math.abs(difference)).toBeLessThan(ROUNDING_DB);
      }
    });
    expect(touching).toBeGreaterThan(0.2 * MATINGS * 12);
  });

  it.each(SINGLE_MODE)(
    '%s: the same losses over a gap as well, with the offset moved',
    (_, plan) => {
      let apart = 0;
      let largest = 0;
      const out = { lateral: 0, angular: 0, modeMismatch: 0, gap: 0, interaction: 0 };
      eachOf(plan, ({ parts, results }, mechanics) => {
        const back = mateParts(mechanics, exchanged(mechanics, parts));
        for (let i = 0; i < mechanics.fibres; i++) {
          const j = mechanics.facing[i] as number;
          const z = results.gapUm[i] as number;
          if (z === 0) continue;
          apart += 1;
          const at = (name: keyof Mated['results']) => back.results[name][j] as number;
          const radius = (side: number, fibre: number) =>
            0.5 * (back.parts[fibreOffset(side, fibre) + FIBRE.modeFieldDiameterUm] as number);
          const nepers = gaussianCoupling(
            at('offsetXUm') + z * at('tiltXRad'),
            at('offsetYUm') + z * at('tiltYRad'),
            at('tiltXRad'),
            at('tiltYRad'),
            z,
            radius(PINNED, j),
            radius(UNPINNED, i),
            mechanics.wavelengthUm,
            1,
            out,
          );
          const film = gapTransmissionNepers(z, mechanics.wavelengthUm, mechanics.gapFinesse);
          const loss = results.lossDb[i] as number;
          expect(Math.abs(DB_PER_NEPER * (nepers + film) - loss)).toBeLessThan(ROUNDING_DB);
          largest = Math.max(largest, Math.abs(at('lossDb') - loss));
        }
      });
      expect(apart).toBeGreaterThan(0.05 * MATINGS * 12);
      // what the moved offset makes: it is not nothing, but little
      expect(largest).toBeGreaterThan(10 * ROUNDING_DB);
      expect(largest).toBeLessThan(0.05);
    },
  );

  it('of flat faces return the same light; of angled ones the mode that it came from counts', () => {
    const worst = (plan: Plan) => {
      let largest = 0;
      eachOf(plan, ({ parts, results }, mechanics) => {
        const back = mateParts(mechanics, exchanged(mechanics, parts));
        for (const [i, db] of results.returnLossDb.entries()) {
          const other = back.results.returnLossDb[mechanics.facing[i] as number] as number;
          largest = Math.max(largest, Math.abs(other - db));
        }
      });
      return largest;
    };
    const of = (more: Sections) => planOf('mtp-standard', DOWN, more, { scatterFloor: '200 dB' });
    expect(worst(of(PC))).toBeLessThan(ROUNDING_RETURN_DB);
    expect(worst(of({}))).toBeGreaterThan(1);
  });
});

describe('a mating in a mirror', () => {
  it.each(KINDS)('%s: left and right fibres have changed losses', (_, plan) => {
    eachOf(plan, ({ parts, results }, mechanics) => {
      const { parts: others, image } = mirrored(mechanics, parts);
      const back = mateParts(mechanics, others);
      for (const [i, j] of image.entries()) {
        for (const [name, rounding] of [
          ['lossDb', ROUNDING_DB],
          ['returnLossDb', ROUNDING_RETURN_DB],
          ['offsetYUm', ROUNDING_DB],
          ['tiltYRad', 1e-15],
        ] as const) {
          const difference = (back.results[name][j] as number) - (results[name][i] as number);
          expect(Math.abs(difference), name).toBeLessThan(rounding);
        }
        const sum = (back.results.offsetXUm[j] as number) + (results.offsetXUm[i] as number);
        expect(Math.abs(sum)).toBeLessThan(ROUNDING_DB);
      }
    });
  });
});

/** Standard score of the mean of paired differences. |z| > 4.89 happens by chance at a rate of 1e-6. */
function scoreOf(differences: readonly number[]): number {
  const n = differences.length;
  const mean = differences.reduce((sum, x) => sum + x, 0) / n;
  const variance = differences.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  return mean / Math.sqrt(variance / n);
}

const MANY = 10_000;

/** Mean losses of the fibres from…to of all matings, mating by mating. */
function meansOf(plan: Plan, pair: number, from: number, to: number): number[] {
  const means: number[] = [];
  eachMating(plan, pair, 0, MANY, ({ results }) => {
    means.push(results.lossDb.slice(from, to).reduce((sum, x) => sum + x, 0) / (to - from));
  });
  return means;
}

describe('the distribution of losses', () => {
  const leftLessRight = (more: Sections) => {
    const plan = planOf('mtp-standard', DOWN, more);
    const right = meansOf(plan, 0, 6, 12);
    return scoreOf(meansOf(plan, 0, 0, 6).map((left, i) => left - (right[i] as number)));
  };

  it('of a design with itself is the same on both sides', () => {
    expect(Math.abs(leftLessRight({}))).toBeLessThan(CORRELATION_LIMIT);
    // faces that slope to one side would show
    const slope = { endFace: { slopeErrorX: '0.02 deg ± 0.12 deg at 3 sigma, truncated' } };
    expect(Math.abs(leftLessRight(slope))).toBeGreaterThan(CORRELATION_LIMIT);
  });

  const exchangedLess = (guidesOfOther: Sections) => {
    const plan = planFrom({
      designs: {
        one: { extends: 'mtp-standard' },
        other: {
          extends: 'mtp-standard',
          bores: {
            rowBiasX: '0 um ± 0.1 um at 3 sigma, truncated',
            positionErrorY: '0 um ± 1.5 um at 3 sigma, truncated',
          },
          mounting: { type: 'fixed' },
          spring: { force: '8 N ± 2 N at 3 sigma, truncated', offsetX: '100 um' },
          endFace: { fibreHeight: '0 um ± 0.5 um at 3 sigma, truncated' },
          ...guidesOfOther,
        },
      },
      pairs: {
        there: { pinned: 'one', unpinned: 'other' },
        back: { pinned: 'other', unpinned: 'one' },
      },
    });
    const there = meansOf(plan, 0, 0, 12);
    return scoreOf(meansOf(plan, 1, 0, 12).map((loss, i) => loss - (there[i] as number)));
  };

  it('of two designs does not go by which one has the pins, unless the pins or holes differ', () => {
    expect(Math.abs(exchangedLess({}))).toBeLessThan(CORRELATION_LIMIT);
    const pins = { guidePins: { diameter: '698.2 um ± 0.3 um at 3 sigma, truncated' } };
    expect(exchangedLess(pins)).toBeGreaterThan(CORRELATION_LIMIT);
    const holes = { guideHoles: { diameter: '700.1 um ± 0.45 um at 3 sigma, truncated' } };
    expect(exchangedLess(holes)).toBeLessThan(-CORRELATION_LIMIT);
  });
});

describe('multimode fibres', () => {
  it('of different cores lose light one way only', () => {
    const plug = (coreDiameter: string) =>
      perfectPlug({ fibres: { coreDiameter } }, PERFECT_MULTIMODE);
    const lossOf = (source: string, receiver: string) =>
      mate(planFrom(pairOf(plug(source), plug(receiver)))).results.lossDb[0] as number;
    expect(lossOf('49 um', '50 um')).toBe(0);
    expect(lossOf('50 um', '49 um')).toBeGreaterThan(0.01);
    expect(lossOf('50 um', '50 um')).toBe(0);
  });
});
