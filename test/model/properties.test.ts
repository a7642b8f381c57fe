/** What must hold of any mating: perfect parts lose nothing, extreme ones leave finite numbers, unlike plugs mix as said. */
import { describe, expect, it } from 'vitest';
import { FIBRE, fibreOffset, MATING, PINNED } from '../../src/model/parts.js';
import type { PairPlan } from '../../src/plan/types.js';
import { ADAPTERS, FIBRE_COUNTS, type FibreCount } from '../../src/scenario/layout.js';
import {
  type Fields,
  type Mated,
  mate,
  mateParts,
  PERFECT_MULTIMODE,
  PERFECT_PLUG,
  pairOf,
  perfectPlug,
  planFrom,
  type Sections,
  STILL,
} from './plans.js';

const MODES = [
  ['single-mode', PERFECT_PLUG],
  ['multimode', PERFECT_MULTIMODE],
] as const;
const APC = { polish: 'APC', angle: '8 deg' };
const TAN = Math.tan((8 * Math.PI) / 180);

/** Every kind of pair: mode, fibre count, polish and adapter (APC faces mate with one key down only). */
const KINDS = MODES.flatMap(([mode, perfect]) =>
  FIBRE_COUNTS.flatMap((count) =>
    ([...ADAPTERS, 'APC'] as const).map((face) => ({
      label: `${mode}, ${count} fibres, ${face}`,
      count,
      perfect,
      endFace: face === 'APC' ? APC : { polish: 'PC' },
      adapter: face === 'APC' ? 'key-up-to-key-down' : face,
    })),
  ),
);
type Kind = (typeof KINDS)[number];

function plugOf({ count, perfect, endFace }: Kind, more: Sections = {}): Sections {
  return perfectPlug(
    { ...more, fibres: { count }, endFace: { ...endFace, ...more['endFace'] } },
    perfect,
  );
}

function mateKind(kind: Kind, more: Sections, mating: Fields, number = 0): Mated {
  const conditions = { ...STILL, adapter: kind.adapter, ...mating };
  return mate(
    planFrom(pairOf(plugOf(kind, more), undefined, conditions, { returnLoss: true })),
    number,
  );
}

/** Loss of an offset between equal Gaussian modes in contact, dB: −10·log10 exp(−d²/w²). */
const offsetLossDb = (um: number, radiusUm = 4.6) => (10 / Math.LN10) * (um / radiusUm) ** 2;

describe('perfect plugs', () => {
  it.each(KINDS.map((kind) => [kind.label, kind] as const))(
    'lose exactly nothing: %s',
    (_, kind) => {
      // Friction holds the faces of an angled pair against the spring.
      const { results } = mateKind(kind, {}, { friction: 0.15 });
      expect(results.lossDb).toHaveLength(kind.count);
      for (const [name, values] of Object.entries(results)) {
        if (name === 'returnLossDb') continue;
        for (const value of values) expect(value + 0, name).toBe(0);
      }
    },
  );

  it('of angled faces slide where the spring overcomes friction, and bend the pins', () => {
    const { results, state } = mate(planFrom(pairOf(perfectPlug({ endFace: APC }))));
    const offset = (10 * (TAN - 0.12)) / 14;
    expect(Math.abs(state.bendUm - offset)).toBeLessThan(1e-12);
    for (const loss of results.lossDb) {
      expect(Math.abs(loss - offsetLossDb(offset))).toBeLessThan(1e-12);
      expect(loss).toBeLessThan(1e-4);
    }
  });

  it('lose nothing at any temperature that both share, but where lengths differ', () => {
    const hot = { ...STILL, temperature: '85 degC' };
    const plug = perfectPlug({ guidePins: { expansion: '20 ppm/K' } }); // as the ferrules
    const same = mate(planFrom(pairOf(plug, undefined, hot))).results.lossDb;
    for (const loss of same) expect(loss).toBe(0);
    const unlike = { ...hot, unpinnedWarmerBy: '10 K' };
    const { lossDb } = mate(planFrom(pairOf(plug, undefined, unlike))).results;
    // 1375 um · 20 ppm/K · 10 K = 0.275 um at the outer fibres
    expect(Math.abs((lossDb[0] as number) - offsetLossDb(0.275))).toBeLessThan(1e-9);
    expect(lossDb[5]).toBeLessThan(lossDb[0] as number);
  });
});

/** Extreme parts and conditions. */
const EXTREMES: readonly (readonly [string, Sections, Fields])[] = [
  ['100 um of play', { guideHoles: { diameter: '900 um' } }, { sideLoad: '2 N' }],
  ['a press fit', { guidePins: { diameter: '710 um' } }, { sideLoad: '2 N' }],
  ['no spring force', { spring: { force: '0 N' } }, { sideLoad: '2 N' }],
  ['a spring of a nanonewton', { spring: { force: '1e-9 N' } }, {}],
  ['a spring of 1 kN', { spring: { force: '1000 N' } }, {}],
  ['pitches 1 mm off', { guideHoles: { pitchError: '0 um ± 1 mm uniform' } }, {}],
  ['faces 2 deg off', { endFace: { slopeErrorX: '2 deg', slopeErrorY: '-1 deg' } }, {}],
  ['fibres 50 um short', { endFace: { fibreHeight: '0 um ± 50 um uniform' } }, {}],
  ['rows 0.2 mm off', { bores: { rowBiasX: '200 um', rowBiasY: '200 um' } }, {}],
  ['bores that lean 5 deg', { bores: { tiltX: '5 deg', tiltY: '-5 deg' } }, {}],
  ['a centred seat', { guideHoles: { diameter: '702 um' } }, { seatCentring: 0 }],
  ['no glass', {}, { glassIndex: 1, debrisProbability: 1, debrisGap: '3 um' }],
  ['a particle of 1 mm', {}, { debrisProbability: 1, debrisGap: '1 mm' }],
  ['a side load of 10 kN', {}, { sideLoad: '1e4 N', sideLoadDirection: '0 deg ± 180 deg uniform' }],
  ['at −270 °C', {}, { temperature: '-270 degC' }],
  ['after 1e9 matings', {}, { earlierMatings: 1e9 }],
  ['a mounting like a rock', { mounting: { angularStiffness: '1e15 N um/rad' } }, {}],
  ['a mounting like a hair', { mounting: { angularStiffness: '1e-6 N um/rad' } }, {}],
];

function expectFinite({ results, state }: Mated): void {
  for (const [name, values] of Object.entries(results)) {
    for (const value of values) if (!Number.isFinite(value)) throw new Error(`${name} is ${value}`);
  }
  for (const [name, value] of Object.entries(state)) {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new Error(`${name} is ${value}`);
  }
  for (const [i, loss] of results.lossDb.entries()) {
    expect(loss).toBeGreaterThanOrEqual(0);
    expect(results.gapUm[i]).toBeGreaterThanOrEqual(0);
    expect(results.returnLossDb[i]).toBeGreaterThan(0);
  }
}

describe('limits', () => {
  it.each(EXTREMES)('%s: finite numbers for every kind of pair', (_, more, mating) => {
    for (const kind of KINDS) {
      for (const number of [0, 1, 2]) expectFinite(mateKind(kind, more, mating, number));
    }
  });

  const kindOf = (count: FibreCount) => KINDS.find((kind) => kind.count === count) as Kind;

  it('100 um of play: offsets up to 100 um and what they lose', () => {
    const plan = planFrom(pairOf(perfectPlug({ guideHoles: { diameter: '900 um' } })));
    let most = 0;
    for (let number = 0; number < 300; number++) {
      const { results, state } = mate(plan, number);
      expect(state.clearanceX1Um).toBe(100);
      for (const [i, x] of results.offsetXUm.entries()) {
        const offset = Math.sqrt(x * x + (results.offsetYUm[i] as number) ** 2);
        expect(offset).toBeLessThan(100 + 1e-9);
        most = Math.max(most, offset);
        const lateral = (10 / Math.LN10) * (results.lateralNepers[i] as number);
        expect(Math.abs(lateral / offsetLossDb(offset) - 1)).toBeLessThan(1e-12);
      }
    }
    expect(most).toBeGreaterThan(95);
  });

  it.each([
    ['pins wider than their holes', { guidePins: { diameter: '701 um' } }, false],
    [
      'pitches that no play makes up for',
      { guideHoles: { pitchError: '0 um ± 2 um uniform' } },
      true,
    ],
  ] as const)(
    'a press fit by %s: centred, without slide, bent by all of the net force',
    (_, fields, isUnequal) => {
      const mating = { ...STILL, sideLoad: '20 N', sideLoadDirection: '90 deg' };
      const { state } = mate(planFrom(pairOf(perfectPlug(fields), undefined, mating)));
      expect(state.pressFit).toBe(isUnequal);
      expect(Math.abs(state.halfPitchMismatchUm) > 0.01).toBe(isUnequal);
      for (const name of ['insertionXUm', 'insertionYUm', 'turnRad', 'slideUm'] as const) {
        expect(state[name] + 0, name).toBe(0);
      }
      // 0.15 of 20 N, less 0.12 · 10 N, on pins of 14 N/um
      expect(Math.abs(state.offsetYUm - 1.8 / 14)).toBeLessThan(1e-12);
      expect(Math.abs(state.offsetXUm)).toBeLessThan(1e-12);
    },
  );

  it('no spring force: the faces just touch, and no friction holds them', () => {
    const plug = perfectPlug({
      spring: { force: '0 N' },
      endFace: { fibreHeight: '0 um ± 1 um uniform' },
    });
    const mating = { ...STILL, sideLoad: '1 N', sideLoadDirection: '0 deg' };
    const { state, results } = mate(planFrom(pairOf(plug, undefined, mating)));
    expect(state.contacts).toBe(1);
    expect(Math.min(...results.gapUm)).toBe(0);
    expect(Math.max(...results.gapUm)).toBeGreaterThan(0.3);
    expect(Math.abs(state.offsetXUm - 0.15 / 14)).toBeLessThan(1e-12);
  });

  it.each([12, 72] as const)('one proud fibre of %i in contact keeps all others apart', (count) => {
    const plan = planFrom(
      pairOf(plugOf(kindOf(count), { mounting: { angularStiffness: '1e12 N um/rad' } })),
    );
    const { mechanics, fixedParts } = plan.pairs[0] as PairPlan;
    for (const proud of [0, 4, count - 1]) {
      const parts = Float64Array.from(fixedParts);
      parts[fibreOffset(PINNED, proud) + FIBRE.heightUm] = 30;
      const { state, results } = mateParts(mechanics, parts);
      expect(state.contacts).toBe(1);
      for (const [i, gap] of results.gapUm.entries()) {
        if (i === proud) expect(gap).toBe(0);
        // pressed in by F/k = 10 um
        else expect(Math.abs(gap - 20)).toBeLessThan(0.1);
      }
      for (const loss of results.lossDb) expect(loss).toBeGreaterThanOrEqual(0);
    }
  });

  it('72 fibres: all in contact under a spring that can press them', () => {
    const plug = plugOf(kindOf(72), { endFace: { fibreHeight: '0 um ± 0.03 um uniform' } });
    const { state, results } = mate(planFrom(pairOf(plug)));
    expect(state.contacts).toBe(72);
    // faces that are not flat turn the plugs by a little
    const sine = Math.hypot(state.tiltXRad, state.tiltYRad);
    const angle = (Math.PI * 4.6 * sine) / 1.31;
    for (const loss of results.lossDb) {
      expect(loss / ((10 / Math.LN10) * angle ** 2)).toBeCloseTo(1, 6);
    }
  });
});

describe('plugs of two designs', () => {
  const one = perfectPlug({
    fibres: { modeFieldDiameter: '9.6 um' },
    guidePins: { diameter: '698 um' },
    guideHoles: { diameter: '699 um' },
    spring: { force: '8 N' },
    mounting: { type: 'floating', angularStiffness: '3e5 N um/rad' },
  });
  const other = perfectPlug({
    fibres: { modeFieldDiameter: '8.8 um' },
    guidePins: { diameter: '698.6 um' },
    guideHoles: { diameter: '699.4 um' },
    spring: { force: '11 N' },
    mounting: { type: 'fixed', angularStiffness: '6e5 N um/rad' },
  });
  const mating = { ...STILL, seatCentring: 0 };

  it.each([
    ['one way', one, other, 0.7],
    ['the other', other, one, 0.2],
  ] as const)(
    '%s: pins of the one, holes of the other, means of the rest',
    (_, male, female, play) => {
      const plan = planFrom(pairOf(male, female, mating));
      const { mechanics } = plan.pairs[0] as PairPlan;
      expect(Math.abs(mechanics.sideLoadTransmission - (0.15 + 1) / 2)).toBeLessThan(1e-15);
      expect(Math.abs(mechanics.mountingAngularStiffness - 4e5)).toBeLessThan(1e-9);
      const { state, parts, results } = mate(plan);
      expect(Math.abs(state.clearanceX1Um - play)).toBeLessThan(1e-12);
      expect(state.springForceN).toBe(9.5);
      expect(parts[MATING.springForceN]).toBe(9.5);
      const [w1, w2] = [male, female].map((plug) => {
        const text = (plug['fibres'] as Fields)['modeFieldDiameter'] as string;
        return 0.5 * Number.parseFloat(text);
      }) as [number, number];
      const mismatch = -20 * Math.log10((2 * w1 * w2) / (w1 * w1 + w2 * w2));
      for (const loss of results.lossDb) expect(Math.abs(loss - mismatch)).toBeLessThan(1e-12);
    },
  );

  it('wear the holes of the one by the tips of the other', () => {
    const round = perfectPlug({ guideHoles: { diameter: '701 um', wearRate: '0.5 nm' } });
    const elliptical = perfectPlug({
      guidePins: { tip: 'elliptical' },
      guideHoles: { diameter: '701 um', wearRate: '0.2 nm', wearExponent: 0.5 },
    });
    const worn = (male: Fields, female: Fields) => {
      const conditions = { ...STILL, earlierMatings: 400 };
      return mate(planFrom(pairOf(male, female, conditions))).state.clearanceX1Um - 0.5;
    };
    expect(Math.abs(worn(round, elliptical) - 0.5 * 0.0002 * 20)).toBeLessThan(1e-12);
    expect(Math.abs(worn(elliptical, round) - 0.5 * 0.0005 * 400 * 0.4)).toBeLessThan(1e-12);
  });

  it('hold whatever their parts: numbers stay finite', () => {
    const rough = (more: Sections) =>
      perfectPlug({
        ...more,
        bores: { diametralClearance: '3 um', rowBiasX: '0 um ± 2 um uniform' },
        endFace: { fibreHeight: '0 um ± 2 um uniform', slopeErrorX: '0 deg ± 1 deg uniform' },
      });
    const plan = planFrom({
      ...pairOf(rough(one), rough(other), {}),
      returnLoss: true,
    });
    for (let number = 0; number < 100; number++) expectFinite(mate(plan, number));
  });
});
