/** Lots through the engine: who meets whom, with which parts, and what their losses say, against matings replayed one by one. */
import { describe, expect, it } from 'vitest';
import { lotMating } from '../../src/engine/parts-source.js';
import { type Replay, replayMating } from '../../src/engine/replay.js';
import type { Engine } from '../../src/engine/runner.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Result } from '../../src/result/schema.js';
import { parseScenario } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';
import { type Fields, perfectPlug, STILL } from '../model/plans.js';

type PairResult = Result['pairs'][number];

/** Pinned MTP Standard plugs with unpinned MPO ones: whatever can vary does, return loss included. */
const MIXED: Fields = {
  designs: { mtp: { extends: 'mtp-standard' }, mpo: { extends: 'generic-mpo' } },
  pairs: { pair: { pinned: 'mtp', unpinned: 'mpo' } },
  returnLoss: true,
};
const pairOfOne = (plug: Fields, mating: Fields): Fields => ({
  designs: { a: plug },
  pairs: { pair: { pinned: 'a', unpinned: 'a', mating } },
});
/** Press fit and no load: nothing but the plugs varies. */
const PARTS = pairOfOne(
  perfectPlug({
    bores: {
      rowBiasX: '0 um ± 0.6 um at 3 sigma',
      positionErrorY: '0 um ± 0.9 um at 3 sigma',
      diametralClearance: '0.6 um',
    },
    fibres: {
      modeFieldDiameter: '9.2 um ± 0.4 um at 3 sigma, truncated',
      coreEccentricity: { distribution: 'rayleigh', scale: '0.15 um', max: '0.5 um' },
    },
  }),
  STILL,
);
/** Equal plugs with play, which every mating takes up anew. */
const SEATS = pairOfOne(perfectPlug({ guideHoles: { diameter: '701 um' } }), STILL);

interface Counts {
  readonly pinned: number;
  readonly unpinned: number;
  readonly repeats: number;
}

function scenarioOf(fields: Fields, experiment: Fields, seed = 'lot') {
  const text = JSON.stringify({ ...fields, experiment, seed });
  return parseScenario(text, { allowImplausible: true }).scenario;
}

async function run(fields: Fields, counts: Counts, seed?: string) {
  const scenario = scenarioOf(fields, { type: 'lot', ...counts }, seed);
  const plan = compilePlan(scenario);
  const { pairs } = await simulate(scenario, { workers: 0 });
  const replays = Array.from({ length: plan.matings }, (_, k) => replayMating(plan, 0, k));
  return { plan, pair: pairs[0] as PairResult, replays, losses: replays.map(lossesOf) };
}

const lossesOf = ({ fibres }: Replay): number[] => fibres.map(({ lossDb }) => lossDb);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const squares = (values: readonly number[]): number => sum(values.map((value) => value * value));

/** Mean squares of the usual two-way table with replication (Searle, Casella & McCulloch 1992, §4.3), by mating index. */
function meanSquares(values: readonly number[], { pinned: n, unpinned: m, repeats: r }: Counts) {
  const cellOf = (k: number) => k % (n * m);
  const rowOf = (k: number) => Math.floor(cellOf(k) / m);
  const columnOf = (k: number) => k % m;
  const all = mean(values);
  const means = (count: number, of: (k: number) => number) =>
    Array.from({ length: count }, (_, plug) => mean(values.filter((_, k) => of(k) === plug)));
  const [rows, columns, cells] = [means(n, rowOf), means(m, columnOf), means(n * m, cellOf)];
  const residuals = cells.map((cell, c) => cell - rows[rowOf(c)]! - columns[columnOf(c)]! + all);
  return {
    rows: (m * r * squares(rows.map((row) => row - all))) / (n - 1),
    columns: (n * r * squares(columns.map((column) => column - all))) / (m - 1),
    residual: (r * squares(residuals)) / ((n - 1) * (m - 1)),
    within: squares(values.map((value, k) => value - cells[cellOf(k)]!)) / (n * m * (r - 1)),
  };
}

/** Variance components by the textbook, not cut off at 0, from the losses of every fibre in every mating. */
function componentsOf(losses: readonly number[][], counts: Counts) {
  const { pinned: n, unpinned: m, repeats: r } = counts;
  const fibres = losses[0]!.map((_, f) => f);
  const ofFibre = (f: number) => losses.map((one) => one[f]!);
  const tables = fibres.map((f) => meanSquares(ofFibre(f), counts));
  const average = (of: keyof (typeof tables)[number]) => mean(tables.map((table) => table[of]));
  const [residual, within] = [average('residual'), average('within')];
  const pinned = (average('rows') - residual) / (m * r);
  const unpinned = (average('columns') - residual) / (n * r);
  const combination = (residual - within) / r;
  const position = mean(
    fibres.map((f) => {
      const apart = losses.map((one) => one[f]! - mean(one));
      const { rows, columns, residual: both } = meanSquares(apart, counts);
      return mean(apart) ** 2 - (rows + columns - both) / (n * m * r);
    }),
  );
  const partToPart = pinned + unpinned + combination;
  return {
    components: { position, pinned, unpinned, combination, partToPart, matingToMating: within },
    residual,
    within,
  };
}

const variance = ({ lot }: PairResult, name: keyof NonNullable<PairResult['lot']>['components']) =>
  lot!.components[name]!.varianceDb2.value;

/** How often each text occurs. */
function tallyOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

describe('the plugs of a lot', async () => {
  const counts = { pinned: 4, unpinned: 3, repeats: 5 };
  const { plan, replays } = await run(MIXED, counts);
  const [pinned, unpinned, conditions] = (['pinned', 'unpinned', 'mating'] as const).map((part) =>
    replays.map(({ sampled }) => JSON.stringify(sampled[part])),
  ) as [string[], string[], string[]];

  it('meet each other as often as was asked, and are told apart by lotMating', () => {
    expect(plan.matings).toBe(60);
    const meetings = tallyOf(replays.map((_, k) => `${pinned[k]} ${unpinned[k]}`));
    expect([...meetings.values()]).toEqual(new Array(12).fill(5));
    const names = replays.map((_, k) => lotMating(counts, k));
    expect(tallyOf(names.map((name) => JSON.stringify(name))).size).toBe(60);
    names.forEach((name, k) => {
      names.forEach((other, l) => {
        expect(pinned[k] === pinned[l]).toBe(name.pinned === other.pinned);
        expect(unpinned[k] === unpinned[l]).toBe(name.unpinned === other.unpinned);
      });
      expect(name.repeat).toBe(Math.floor(k / 12));
    });
  });

  it('keep all their parts over all their matings, whose own draws are always new', () => {
    expect([...tallyOf(pinned).values()]).toEqual(new Array(4).fill(15));
    expect([...tallyOf(unpinned).values()]).toEqual(new Array(3).fill(20));
    expect(tallyOf(conditions).size).toBe(60);
    // Wrong: fresh parts in every mating.
    const fresh = compilePlan(scenarioOf(MIXED, { type: 'random-mate' }));
    const drawn = replays.map((_, k) => JSON.stringify(replayMating(fresh, 0, k).sampled.pinned));
    expect(tallyOf(drawn).size).toBe(60);
    // The plugs are like any other: plug i is the one that mating i would draw.
    expect([0, 3, 6, 9].map((k) => pinned[k])).toEqual(drawn.slice(0, 4));
  });
});

describe('the figures of a lot', () => {
  const counts = { pinned: 7, unpinned: 5, repeats: 3 };

  it('are those of its matings replayed', async () => {
    const { pair, losses, plan } = await run(MIXED, counts);
    const all = losses.flat().sort((a, b) => a - b);
    const worst = losses.map((one) => Math.max(...one));
    expect(pair).toMatchObject({ matings: 105, minDb: all[0], maxDb: all.at(-1) });
    expect(pair.lot).toMatchObject({ pinnedPlugs: 7, unpinnedPlugs: 5, repeats: 3 });
    expect(pair.il.mean.value).toBeCloseTo(mean(all), 12);
    expect(pair.il.sd.value ** 2).toBeCloseTo(mean(all.map((x) => (x - mean(all)) ** 2)), 12);
    const place = 0.97 * (all.length - 1);
    const below = Math.floor(place);
    const p97 = all[below]! + (place - below) * (all[below + 1]! - all[below]!);
    expect(pair.il.p97.value).toBeCloseTo(p97, 12);
    expect(pair.worstFibre.mean.value).toBeCloseTo(mean(worst), 12);
    pair.positions.forEach(({ mean: one }, f) => {
      expect(one.value).toBeCloseTo(mean(losses.map((of) => of[f]!)), 12);
    });
    for (const { limitDb, fibre, mating } of pair.yields) {
      const within = (values: readonly number[]) => mean(values.map((x) => (x <= limitDb ? 1 : 0)));
      expect(fibre.value).toBeCloseTo(within(all), 12);
      expect(mating.value).toBeCloseTo(within(worst), 12);
    }
    for (const { mating, fibre, worstFibreDb, meanDb } of pair.worstMatings) {
      const replay = replayMating(plan, 0, mating);
      expect([replay.worstFibreDb, replay.meanDb]).toEqual([worstFibreDb, meanDb]);
      expect(losses[mating]![fibre - 1]).toBe(worstFibreDb);
    }
  });

  it.each([
    ['mixed plugs', MIXED],
    ['plugs that vary', PARTS],
    ['seats that vary', SEATS],
  ])('share out the variance as a textbook does: %s', async (_, fields) => {
    const { pair, losses } = await run(fields, counts);
    const { components } = componentsOf(losses, counts);
    for (const [name, value] of Object.entries(components)) {
      const found = variance(pair, name as keyof typeof components);
      expect(found, name).toBeCloseTo(Math.max(0, value), 13);
    }
    // Wrong: pinned and unpinned plugs taken for one another.
    const turned = componentsOf(losses, { ...counts, pinned: 5, unpinned: 7 });
    expect(Math.abs(turned.components.pinned - variance(pair, 'pinned'))).toBeGreaterThan(1e-7);
  });
});

describe('variation that is', () => {
  const counts = { pinned: 12, unpinned: 12, repeats: 2 };
  /** Quantile 1 − 1e-6 of F with 11 and 121, and with 121 and 144 degrees of freedom. */
  const [LARGEST_PLUG, LARGEST_COMBINATION] = [5.2458, 2.2969];

  it('only in the plugs leaves nothing to the mating', async () => {
    const { pair, losses } = await run(PARTS, counts);
    expect(losses.slice(144)).toEqual(losses.slice(0, 144));
    expect(variance(pair, 'matingToMating')).toBe(0);
    const { components, residual } = componentsOf(losses, counts);
    // The check of the next test would notice these plugs.
    for (const side of ['pinned', 'unpinned'] as const) {
      expect(variance(pair, side)).toBeGreaterThan(((LARGEST_PLUG - 1) * residual) / 24);
    }
    expect(variance(pair, 'partToPart')).toBeCloseTo(components.partToPart, 13);
  });

  it.each(['1', '2', '3'])(
    'only in the mating leaves nothing to the plugs: seed %s',
    async (seed) => {
      const { pair, losses } = await run(SEATS, counts, seed);
      const { residual, within } = componentsOf(losses, counts);
      expect(within).toBeGreaterThan(1e-8);
      // False alarms: 1e-6 each if mean squares are nearly those of normals: losses are bounded, and means of rows are of 24 of them.
      for (const side of ['pinned', 'unpinned'] as const) {
        expect(variance(pair, side)).toBeLessThan(((LARGEST_PLUG - 1) * residual) / 24);
      }
      expect(variance(pair, 'combination')).toBeLessThan(((LARGEST_COMBINATION - 1) * within) / 2);
      expect(variance(pair, 'matingToMating')).toBeCloseTo(within, 13);
    },
  );
});

it('gives the same bits on 1, 2 and 3 workers and by either engine', async () => {
  const scenario = scenarioOf(MIXED, { type: 'lot', pinned: 8, unpinned: 6, repeats: 4 });
  const bytes = async (workers: number, engine: Engine = 'kernel') => {
    const { host, ...result } = await simulate(scenario, { workers, engine });
    expect(host.workers).toBe(workers);
    return JSON.stringify(result);
  };
  const inProcess = await bytes(0);
  for (const workers of [1, 2, 3]) expect(await bytes(workers)).toBe(inProcess);
  expect(await bytes(0, 'reference')).toBe(inProcess);
});
