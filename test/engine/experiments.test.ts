/** Re-mating and stress through the engine: what stays, what changes, and by how much, against replays and closed forms. */
import { describe, expect, it } from 'vitest';
import { type Replay, replayMating } from '../../src/engine/replay.js';
import type { Engine } from '../../src/engine/runner.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Result } from '../../src/result/schema.js';
import { parseScenario } from '../../src/scenario/index.js';
import type { Scenario } from '../../src/scenario/types.js';
import { simulate } from '../../src/studies/simulate.js';
import { type Fields, perfectPlug, STILL } from '../model/plans.js';

type PairResult = Result['pairs'][number];

/** Everything varies; holes wear, and the two plugs expand differently. */
const REAL = {
  designs: {
    mtp: { extends: 'mtp-standard', mounting: { ferruleExpansion: '12 ppm/K' } },
    mpo: { extends: 'generic-mpo' },
  },
  pairs: {
    mixed: { pinned: 'mtp', unpinned: 'mpo', mating: { temperature: '40 degC' } },
    mpo: { pinned: 'mpo', unpinned: 'mpo' },
  },
} as const;
const reMating = (...cycles: number[]): Fields => ({ type: 're-mating', cycles });
const stress = (steps: Fields): Fields => ({ type: 'stress', steps });
const STEPS = {
  room: { temperature: '23 degC' },
  hot: { temperature: '85 degC', sideLoad: '3 N' },
  warmer: { unpinnedWarmerBy: '10 K' },
};

function scenarioOf(fields: Fields, experiment: Fields, matings = 320): Scenario {
  const text = JSON.stringify({ seed: 'steps', ...fields, experiment, matings });
  return parseScenario(text, { allowImplausible: true }).scenario;
}

async function run(fields: Fields, experiment: Fields, matings?: number): Promise<PairResult[]> {
  return (await simulate(scenarioOf(fields, experiment, matings), { workers: 0 })).pairs;
}

/** Replays of one mating in all steps of pair `p`. */
function replaysOf(scenario: Scenario, p: number, mating: number): Replay[] {
  const plan = compilePlan(scenario);
  return plan.members[p]!.map((member) => replayMating(plan, member, mating));
}

const lossesOf = ({ fibres }: Replay): number[] => fibres.map(({ lossDb }) => lossDb);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const NIL = { value: 0, low: 0, high: 0 };

describe.each([
  ['re-mating', reMating(1, 2, 500), reMating(1, 500)],
  ['stress', stress(STEPS), stress({ room: STEPS.room, warmer: STEPS.warmer })],
])('%s', (_, experiment, fewer) => {
  it('counts changes of each fibre from the first step, as its matings replayed show them', async () => {
    const pairs = await run(REAL, experiment, 40);
    const scenario = scenarioOf(REAL, experiment, 40);
    pairs.forEach(({ steps, largestChange }, p) => {
      const losses = Array.from({ length: 40 }, (_, mating) =>
        replaysOf(scenario, p, mating).map(lossesOf),
      );
      expect(steps).toHaveLength(3);
      expect(steps[0]).toMatchObject({ meanChange: null, change: null });
      const changes = (k: number) => losses.map((of) => of[k]!.map((db, i) => db - of[0]![i]!));
      const sizes = (k: number) => changes(k).map((of) => of.map(Math.abs));
      const most = sizes(0).map((of, m) =>
        of.map((_, i) => Math.max(sizes(1)[m]![i]!, sizes(2)[m]![i]!)),
      );
      steps.forEach(({ il, worstFibre, meanChange, change }, k) => {
        expect(il.mean.value).toBeCloseTo(mean(losses.flatMap((of) => of[k]!)), 12);
        expect(worstFibre.mean.value).toBeCloseTo(
          mean(losses.map((of) => Math.max(...of[k]!))),
          12,
        );
        if (k === 0) return;
        expect(meanChange!.value).toBeCloseTo(mean(changes(k).flat()), 12);
        expect(change!.all.mean.value).toBeCloseTo(mean(sizes(k).flat()), 12);
        expect(change!.worst.mean.value).toBeCloseTo(
          mean(sizes(k).map((of) => Math.max(...of))),
          12,
        );
        expect(change!.all.mean.value).toBeGreaterThan(0.001);
      });
      expect(largestChange!.all.mean.value).toBeCloseTo(mean(most.flat()), 12);
      expect(largestChange!.worst.mean.value).toBeCloseTo(
        mean(most.map((of) => Math.max(...of))),
        12,
      );
    });
  });

  it('has largest changes that are not below those of any step', async () => {
    for (const { steps, largestChange } of await run(REAL, experiment, 2000)) {
      for (const { change } of steps.slice(1)) {
        for (const which of ['all', 'worst'] as const) {
          for (const name of ['mean', 'p50', 'p90', 'p97', 'p999'] as const) {
            const [most, one] = [largestChange![which][name], change![which][name]];
            expect(most.value, `${which} ${name}`).toBeGreaterThanOrEqual(one.value);
          }
        }
      }
    }
  });

  it('has figures of a pair that are those of its first step, and of the random mate', async () => {
    const { mixed, mpo } = REAL.pairs;
    const base = { ...REAL, pairs: { mpo, mixed: { ...mixed, mating: STEPS.room } } };
    const fresh = await run(base, { type: 'random-mate' });
    (await run(base, experiment)).forEach(({ steps, largestChange, ...pair }, p) => {
      const { steps: none, largestChange: nothing, ...random } = fresh[p]!;
      expect([none, nothing]).toEqual([[], null]);
      expect(pair).toEqual(random);
      const { il, worstFibre, gapFraction } = random;
      expect(steps[0]).toMatchObject({ il, worstFibre, gapFraction });
      expect(steps[1]!.il).not.toEqual(il);
    });
  });

  it('has steps that know nothing of each other', async () => {
    const [all, few] = [await run(REAL, experiment), await run(REAL, fewer)];
    few.forEach(({ steps }, p) => {
      expect(steps).toEqual([all[p]!.steps[0], all[p]!.steps[2]]);
    });
  });

  it('gives the same bits on 1, 2 and 3 workers and by either engine', async () => {
    const scenario = scenarioOf({ ...REAL, returnLoss: true }, experiment, 200);
    const bytes = async (workers: number, engine: Engine = 'kernel') => {
      const { host, ...result } = await simulate(scenario, { workers, engine });
      expect([host.workers, host.engine]).toEqual([workers, engine]);
      return JSON.stringify(result);
    };
    const inProcess = await bytes(0);
    for (const workers of [1, 2, 3]) expect(await bytes(workers)).toBe(inProcess);
    expect(await bytes(0, 'reference')).toBe(inProcess);
  });
});

/** Every step without any change, to the last bit. */
function expectNoChange({ steps, largestChange, il }: PairResult): void {
  for (const { meanChange, change, il: own } of steps.slice(1)) {
    expect(meanChange).toEqual(NIL);
    expect(change!.all).toMatchObject({ mean: NIL, sd: { value: 0 }, p97: { value: 0 } });
    expect(own).toEqual(il);
  }
  expect(largestChange!.worst).toMatchObject({ mean: NIL, p999: { value: 0 } });
}

describe('nothing changes', () => {
  it('where the steps of a stress experiment say what holds anyway', async () => {
    const [mixed] = await run(
      REAL,
      stress({ first: {}, same: { temperature: '40 degC' }, again: {} }),
    );
    expect(mixed!.steps.map(({ temperatureDegC }) => temperatureDegC)).toEqual([40, 40, 40]);
    expectNoChange(mixed!);
  });

  it('in matings again and again of plugs that fit without play and do not wear', async () => {
    const plug = {
      bores: { positionErrorX: '0 um ± 1 um at 3 sigma', diametralClearance: '0.6 um' },
      guideHoles: { diameter: '700 um', wearRate: '0 um' },
    };
    const pairs = { p: { pinned: 'a', unpinned: 'a', mating: STILL } };
    const [still] = await run({ designs: { a: perfectPlug(plug) }, pairs }, reMating(1, 2, 1e6));
    expectNoChange(still!);
    // With what belongs to a mating alone they do change.
    const moved = { p: { ...pairs.p, mating: { ...STILL, sideLoad: '9 N' } } };
    const [loaded] = await run({ designs: { a: perfectPlug(plug) }, pairs: moved }, reMating(1, 2));
    expect(loaded!.largestChange!.all.p50.value).toBeGreaterThan(0.001);
  });
});

/** Loss of equal mode fields of radius 4.6 µm, d apart. */
const lossDb = (d2: number) => (10 / Math.LN10) * (d2 / 4.6 ** 2);

describe('perfect parts change by the closed form', () => {
  it('of their expansion: every fibre is off by its place times Δα·ΔT', async () => {
    const plug = (expansion: string) =>
      perfectPlug({
        fibres: { count: 24, modeFieldDiameter: '9.2 um' },
        mounting: { type: 'floating', ferruleExpansion: expansion },
        guidePins: { expansion: '20 ppm/K' },
      });
    const fields: Fields = {
      designs: { a: plug('20 ppm/K'), b: plug('8 ppm/K') },
      pairs: {
        p: { pinned: 'a', unpinned: 'b', mating: STILL },
        same: { pinned: 'a', unpinned: 'a', mating: STILL },
      },
    };
    const experiment = stress({
      room: {},
      hot: { temperature: '85 degC' },
      cold: { temperature: '-40 degC' },
      warmer: { unpinnedWarmerBy: '15 K' },
    });
    const pairs = await run(fields, experiment, 64);
    // By how much the unpinned ferrule has grown more than the pinned one: of one material, if it is warmer.
    const strains = [
      [0, -12e-6 * 62, 12e-6 * 63, 8e-6 * 15],
      [0, 0, 0, 20e-6 * 15],
    ];
    pairs.forEach(({ steps, positions }, p) => {
      const replays = replaysOf(scenarioOf(fields, experiment, 64), p, 7);
      steps.forEach(({ il, change, meanChange }, k) => {
        const strain = strains[p]![k]!;
        const expected = positions.map(({ xUm, yUm }) =>
          lossDb((xUm ** 2 + yUm ** 2) * strain ** 2),
        );
        lossesOf(replays[k]!).forEach((db, i) => {
          expect(db).toBeCloseTo(expected[i]!, 12);
        });
        expect(il.mean.value).toBeCloseTo(mean(expected), 12);
        if (k === 0) return;
        expect(meanChange!.value).toBeCloseTo(mean(expected), 12);
        expect(change!.all.mean.value).toBeCloseTo(mean(expected), 12);
        expect(change!.worst.mean.value).toBeCloseTo(Math.max(...expected), 12);
      });
    });
  });

  it('of their wear: pins pushed to the wall of holes that grow by 0.4 nm a mating', async () => {
    const plug = perfectPlug({ guideHoles: { diameter: '700.6 um' } });
    const push = {
      sideLoad: '4 N',
      sideLoadDirection: '0 deg',
      friction: 0,
      slipStiffness: '1 N/um',
      pinStiffness: '1000 N/um',
      seatCentring: 0,
    };
    const mating = { ...STILL, ...push, earlierMatings: 100 };
    const fields = { designs: { a: plug }, pairs: { p: { pinned: 'a', unpinned: 'a', mating } } };
    const [pair] = await run(fields, reMating(1, 11, 301), 64);
    expect(pair!.steps.map(({ earlierMatings }) => earlierMatings)).toEqual([100, 110, 400]);
    const expected = [100, 110, 400].map((earlier) => {
      const room = 0.3 + (0.0004 * earlier) / 2;
      // 15 % of 4 N reach the floating ferrule; what slipping leaves bends the pins.
      return lossDb((room + (0.15 * 4 - room) / 1000) ** 2);
    });
    pair!.steps.forEach(({ il, meanChange }, k) => {
      expect(il.mean.value).toBeCloseTo(expected[k]!, 12);
      if (k > 0) expect(meanChange!.value).toBeCloseTo(expected[k]! - expected[0]!, 12);
    });
  });
});
