/** One pair in several variants: the draws of a run, and a second set of draws for what is asked for. */
import { describe, expect, it } from 'vitest';
import { type Replay, replayMating } from '../../src/engine/replay.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { DrawnName } from '../../src/plan/draws.js';
import type { Plan } from '../../src/plan/types.js';
import { compileVariants, type Variant } from '../../src/plan/variants.js';
import type { Scenario } from '../../src/scenario/types.js';
import { withSpread } from '../../src/scenario/with-spread.js';
import { factorsOf } from '../../src/studies/sensitivity/factors.js';
import { firstDifference } from '../kernel/difference.js';
import { everyInput } from '../support/every-input.js';
import { CORRELATION_LIMIT, correlationScore } from '../support/ks.js';
import { eachMating } from '../support/matings.js';

const scenario = everyInput(1000);
const MATINGS = [0, 1, 17, 999, 2 ** 40 + 3];

const all = (): boolean => true;
const none = (): boolean => false;

/** Numbers of a record of parts by path: `pinned.fibres.3.heightUm`. */
function numbersOf(value: unknown, path = ''): Map<string, number> {
  if (typeof value === 'number') return new Map([[path, value]]);
  if (typeof value !== 'object' || value === null) return new Map();
  const entries = Object.entries(value).flatMap(([key, one]) => [
    ...numbersOf(one, path === '' ? key : `${path}.${key}`),
  ]);
  return new Map(entries);
}

/** Which numbers of the parts differ in each of MATINGS: paths without numbers of fibres, and how many there are. */
function changed(plan: Plan, variant: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const mating of MATINGS) {
    const [one, other] = [0, variant].map((v) => numbersOf(replayMating(plan, v, mating).sampled));
    for (const [path, value] of one as Map<string, number>) {
      if (Object.is(value, (other as Map<string, number>).get(path))) continue;
      const name = path.replace(/fibres\.\d+/, 'fibres');
      found.set(name, (found.get(name) ?? 0) + 1);
    }
  }
  return found;
}

const names = (found: ReadonlyMap<string, number>): string[] => [...found.keys()].sort();

describe('mating i of the first variant', () => {
  const stress: Scenario = {
    ...scenario,
    experiment: { type: 'stress', steps: [{ name: 'hot', sets: [] }] },
    pairs: scenario.pairs.map((pair) => ({
      ...pair,
      steps: [{ ...pair.mating, temperatureDegC: 60 }],
    })),
  };
  const again: Scenario = { ...scenario, experiment: { type: 're-mating', cycles: [1, 50] } };
  const narrow = withSpread(scenario, [
    { inputs: [{ design: 'a', input: 'bores.rowBiasX' }], factor: 0.5 },
  ]);

  it.each([
    ['random mating', scenario],
    ['the first step of a stress', stress],
    ['the first mating of a re-mating', again],
    ['a scenario with a narrower input', narrow],
  ])('is mating i of %s, bit for bit', (_, of) => {
    const run = compilePlan(of);
    of.pairs.forEach(({ name }, p) => {
      const variants: Variant[] = [{ scenario: of }, { scenario: of, fromOther: all }];
      const plan = compileVariants(name, variants, [[0, 1]]);
      for (const mating of MATINGS) {
        const [first, inRun] = [
          replayMating(plan, 0, mating),
          replayMating(run, run.members[p]?.[0] as number, mating),
        ];
        expect(firstDifference(first, inRun), `${name}, mating ${mating}`).toBeUndefined();
      }
    });
  });

  it('does not depend on the variants beside it', () => {
    const alone = compileVariants('mixed', [{ scenario }], []);
    const beside = compileVariants(
      'mixed',
      [{ scenario: narrow, fromOther: all }, { scenario }],
      [],
    );
    for (const mating of MATINGS) {
      const [one, other] = [replayMating(alone, 0, mating), replayMating(beside, 1, mating)];
      expect(firstDifference(one, other)).toBeUndefined();
    }
  });
});

/** Of each sampled number its correlation between two variants, times √n. */
function correlations(plan: Plan, second: number, matings: number): Map<string, number> {
  const columns = [0, second].map((variant) => {
    const rows: number[][] = [];
    eachMating(plan, variant, 0, matings, (workspace, _, parts) => {
      const { lossDb } = workspace.results;
      rows.push([...parts, ...lossDb]);
    });
    return rows;
  });
  const [a, b] = columns as [number[][], number[][]];
  const column = (rows: number[][], k: number) =>
    Float64Array.from(rows, (row) => row[k] as number);
  const scores = new Map<string, number>();
  (a[0] as number[]).forEach((_, k) => {
    const [x, y] = [column(a, k), column(b, k)];
    if (x.every((value) => value === x[0])) return;
    scores.set(String(k), correlationScore(x, y));
  });
  return scores;
}

describe('the second set of draws', () => {
  const plan = compileVariants(
    'mixed',
    [{ scenario }, { scenario, fromOther: all }, { scenario, fromOther: none }],
    [],
  );

  it('lies in streams that the first one does not read', () => {
    const read = ({ draws }: Plan['pairs'][number]): Set<number> =>
      new Set(
        draws.flatMap(({ position, positionStep, count }) =>
          Array.from({ length: count }, (_, i) => position + i * positionStep),
        ),
      );
    const [first, second] = plan.pairs.map(read) as [Set<number>, Set<number>];
    expect([...first].filter((position) => second.has(position))).toEqual([]);
    expect(second.size).toBe(first.size);
    const { streams } = plan.raw;
    expect(new Set(streams.map(({ family, slot }) => `${family} ${slot}`)).size).toBe(
      streams.length,
    );
    expect(new Set(streams.map(({ slot }) => slot))).toEqual(new Set([0, 1]));
  });

  it('is independent of the first one; draws that are shared are caught', () => {
    // 350 numbers, each beyond CORRELATION_LIMIT at the rate 1e-6, so the limit is raised: 2Φ(−6.09) = 1.1e-9 each, 4e-7 in all.
    const limit = CORRELATION_LIMIT + 1.2;
    const independent = correlations(plan, 1, 2000);
    expect(independent.size).toBeGreaterThan(300);
    for (const [k, score] of independent) expect(Math.abs(score), k).toBeLessThan(limit);
    const shared = correlations(plan, 2, 2000);
    for (const [k, score] of shared) expect(score, k).toBeGreaterThan(limit);
  });
});

/** What an input changes in the record of parts, of one side: worked out from the names of model §2, not from the code. */
const PLUG: Readonly<Partial<Record<DrawnName, readonly string[]>>> = {
  'guideHoles.pitchError': ['plug.pitchErrorUm'],
  'bores.rowBiasX': ['plug.rowBiasXUm'],
  'bores.rowBiasY': ['plug.rowBiasYUm'],
  'endFace.slopeErrorX': ['plug.slopeErrorXRad'],
  'endFace.slopeErrorY': ['plug.slopeErrorYRad'],
  'spring.offsetX': ['plug.springOffsetXUm'],
  'spring.offsetY': ['plug.springOffsetYUm'],
  'bores.positionErrorX': ['fibres.positionErrorXUm'],
  'bores.positionErrorY': ['fibres.positionErrorYUm'],
  'bores.diametralClearance': ['fibres.boreClearanceUm'],
  placeInBore: ['fibres.placeInBoreX', 'fibres.placeInBoreY'],
  'bores.tiltX': ['fibres.tiltXRad'],
  'bores.tiltY': ['fibres.tiltYRad'],
  'fibres.coreEccentricity': ['fibres.coreEccentricityUm'],
  coreDirection: ['fibres.coreDirectionX', 'fibres.coreDirectionY'],
  'fibres.modeFieldDiameter': ['fibres.modeFieldDiameterUm'],
  'endFace.fibreHeight': ['fibres.heightUm'],
  'endFace.layerIndex': ['fibres.layerIndex'],
  'endFace.layerThickness': ['fibres.layerThicknessUm'],
};
const PINS: typeof PLUG = {
  'guidePins.diameter': ['plug.guideDiameter1Um', 'plug.guideDiameter2Um'],
  'guidePins.minorAxisShorterBy': ['plug.minorAxisShorterBy1Um', 'plug.minorAxisShorterBy2Um'],
  'guidePins.seatErrorX': ['plug.seatErrorX1Um', 'plug.seatErrorX2Um'],
  'guidePins.seatErrorY': ['plug.seatErrorY1Um', 'plug.seatErrorY2Um'],
};
const HOLES: typeof PLUG = {
  'guideHoles.diameter': ['plug.guideDiameter1Um', 'plug.guideDiameter2Um'],
};
const OF_MATING: typeof PLUG = {
  seating: ['poseU1', 'poseU2', 'poseU3', 'poseU4', 'poseU5'],
  'spring.force': ['springForceN'],
  sideLoad: ['sideLoadN'],
  sideLoadDirection: ['sideLoadDirectionTurns'],
  restTiltX: ['restTiltXRad'],
  restTiltY: ['restTiltYRad'],
  debrisGap: ['debrisGapUm'],
  debrisChance: ['debrisChance'],
};

const onSide = (side: string, of: typeof PLUG) =>
  Object.entries(of).map(
    ([name, paths]) =>
      [
        name as DrawnName,
        side === 'unpinned' ? 1 : 0,
        (paths as string[]).map((path) => `${side}.${path}`),
      ] as const,
  );
const DRAWN = [
  ...onSide('pinned', PLUG),
  ...onSide('pinned', PINS),
  ...onSide('unpinned', PLUG),
  ...onSide('unpinned', HOLES),
  ...onSide('mating', OF_MATING),
  // One a pair of facing fibres; it stays with the pinned plug.
  ['scatterFloor', 0, ['pinned.fibres.scatterFloorDb']] as const,
];

describe('a variant that takes one number from the second set', () => {
  it.each(DRAWN)(
    '%s of side %i: changes its numbers, of every unit, and nothing else',
    (name, side, paths) => {
      const fromOther = (drawn: DrawnName, of: number) => drawn === name && of === side;
      const plan = compileVariants('own', [{ scenario }, { scenario, fromOther }], []);
      const found = changed(plan, 1);
      expect(names(found)).toEqual([...paths].sort());
      for (const [path, count] of found) {
        expect(count, path).toBe(MATINGS.length * (path.includes('fibres') ? 12 : 1));
      }
    },
  );

  it('asks for nothing else than these', () => {
    const asked = new Set<string>();
    const fromOther = (name: DrawnName, side: number): boolean => {
      asked.add(`${name} ${side}`);
      return false;
    };
    compileVariants('own', [{ scenario, fromOther }], []);
    expect([...asked].sort()).toEqual(DRAWN.map(([name, side]) => `${name} ${side}`).sort());
  });
});

describe('a factor that is taken from the second set', () => {
  const FIELDS = new Map<string, readonly string[]>([
    ['bores.diametralClearance', ['boreClearanceUm', 'placeInBoreX', 'placeInBoreY']],
    ['fibres.coreEccentricity', ['coreDirectionX', 'coreDirectionY', 'coreEccentricityUm']],
    ['bores.positionError', ['positionErrorXUm', 'positionErrorYUm']],
    ['endFace.fibreHeight', ['heightUm']],
  ]);
  /** Values of a replay that the factors of a pair change, by factor. */
  const changes = (pair: string, axes: boolean): Map<string, string[]> => {
    const factors = factorsOf(scenario, pair, axes);
    const variants = factors.map(({ has }) => ({ scenario, fromOther: has }));
    const plan = compileVariants(pair, [{ scenario }, ...variants], []);
    return new Map(factors.map(({ name }, f) => [name, names(changed(plan, 1 + f))]));
  };

  it('changes both plugs of a design with itself, places and directions included', () => {
    const found = changes('own', false);
    for (const [name, fields] of FIELDS) {
      const paths = ['pinned', 'unpinned'].flatMap((side) =>
        fields.map((f) => `${side}.fibres.${f}`),
      );
      expect(found.get(name), name).toEqual(paths.sort());
    }
    expect(found.get('seatCentring')).toEqual(
      OF_MATING['seating']?.map((path) => `mating.${path}`),
    );
    expect(found.get('debrisGap')).toEqual(['mating.debrisChance', 'mating.debrisGapUm']);
  });

  it('changes the plug of its design in a mixed pair, and the one spring force', () => {
    const found = changes('mixed', false);
    for (const [name, fields] of FIELDS) {
      for (const [design, side] of [
        ['a', 'pinned'],
        ['b', 'unpinned'],
      ] as const) {
        expect(found.get(`${design}: ${name}`)).toEqual(fields.map((f) => `${side}.fibres.${f}`));
      }
    }
    expect(found.get('spring.force')).toEqual(['mating.springForceN']);
    expect(found.get('a: guidePins.diameter')).toEqual([
      'pinned.plug.guideDiameter1Um',
      'pinned.plug.guideDiameter2Um',
    ]);
    expect(found.has('b: guidePins.diameter')).toBe(false);
    expect(found.has('a: guideHoles.diameter')).toBe(false);
  });

  it.each([
    ['own', false],
    ['own', true],
    ['mixed', false],
    ['mixed', true],
  ])(
    'of %s, axes %s: every number that spreads belongs to one factor and no more',
    (pair, axes) => {
      const plan = compileVariants(pair, [{ scenario }, { scenario, fromOther: all }], []);
      const found = [...changes(pair, axes).values()].flat().sort();
      expect(found).toEqual(names(changed(plan, 1)));
    },
  );

  it('leaves the losses as they are where nothing is taken', () => {
    const plan = compileVariants('mixed', [{ scenario }, { scenario, fromOther: none }], []);
    const losses = ({ fibres }: Replay) => fibres;
    for (const mating of MATINGS) {
      const [one, other] = [0, 1].map((v) => losses(replayMating(plan, v, mating)));
      expect(firstDifference(one, other)).toBeUndefined();
    }
  });
});
