/** Runs that go on from what was kept, in parts and in any order, give the bits of a run in one piece. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { BlockRange, Kept, RunTotals } from '../../src/engine/fold.js';
import type { PlannedRun } from '../../src/engine/lanes.js';
import { runPlans } from '../../src/engine/run-many.js';
import { PlanTotals } from '../../src/engine/totals.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import { buildResult } from '../../src/result/build.js';
import { loadScenario } from '../../src/scenario/index.js';
import type { Scenario } from '../../src/scenario/types.js';

const SCENARIOS = [
  ['mpo-vs-mtp', 2000],
  ['return-loss', 1000],
  ['stress', 500],
  ['lot', undefined],
  ['link-sr4', 200],
  ['multimode', 1000],
] as const;

function load(name: string, matings: number | undefined): { scenario: Scenario; plan: Plan } {
  const { scenario: read } = loadScenario(`scenarios/${name}.yaml`);
  const scenario = matings === undefined ? read : { ...read, matings };
  return { scenario, plan: compilePlan(scenario) };
}

async function run(plan: Plan, more: Partial<PlannedRun> = {}): Promise<[RunTotals, Kept]> {
  let totals: [RunTotals, Kept] | undefined;
  const planned: PlannedRun = {
    plan,
    ...more,
    done: (all, kept) => {
      totals = [all, kept()];
    },
    failed: (error) => {
      throw error;
    },
  };
  await runPlans([planned].values(), { workers: 0, engine: 'kernel' });
  return totals!;
}

const throughJson = (kept: Kept): Kept => JSON.parse(JSON.stringify(kept)) as Kept;

/** All but what depends on the machine. */
function resultOf(scenario: Scenario, plan: Plan, totals: RunTotals): string {
  const host = {} as Parameters<typeof buildResult>[3];
  return JSON.stringify(buildResult(scenario, plan, totals, host));
}

describe.each(SCENARIOS)('%s', (name, matings) => {
  const { scenario, plan } = load(name, matings);
  let whole: RunTotals;
  const kept: Kept[] = [];
  beforeAll(async () => {
    const chosen = [1, Math.floor(plan.blocks / 2), plan.blocks];
    const onFolded = (now: () => Kept, next: number): void => {
      if (chosen.includes(next)) kept.push(throughJson(now()));
    };
    [whole] = await run(plan, { onFolded });
  });

  it('gives the same bits when it goes on from any block', async () => {
    const expected = resultOf(scenario, plan, whole);
    for (const from of kept) {
      const folded: number[] = [];
      const onFolded = (_: unknown, next: number) => folded.push(next);
      const [totals] = await run(plan, { kept: from, onFolded });
      expect(folded).toEqual(
        Array.from({ length: plan.blocks - from.next }, (_, i) => from.next + 1 + i),
      );
      expect(resultOf(scenario, plan, totals)).toBe(expected);
    }
  });

  it('gives the same bits in parts that are merged in any order', async () => {
    const parts: Kept[] = [];
    for (const range of split(plan.blocks, 5))
      parts.push(throughJson((await run(plan, { range }))[1]));
    for (const order of [
      [0, 1, 2, 3, 4],
      [3, 0, 4, 2, 1],
    ]) {
      const totals = new PlanTotals(plan);
      for (const i of order) totals.merge(parts[i]!.totals);
      expect(resultOf(scenario, plan, totals.totals())).toBe(resultOf(scenario, plan, whole));
    }
    const lacking = new PlanTotals(plan);
    for (const part of parts.slice(1)) lacking.merge(part.totals);
    expect(resultOf(scenario, plan, lacking.totals())).not.toBe(resultOf(scenario, plan, whole));
  });
});

/** Ranges of about as many blocks; some are empty where there are few blocks. */
function split(blocks: number, parts: number): BlockRange[] {
  return Array.from({ length: parts }, (_, i) => ({
    from: Math.floor((blocks * i) / parts),
    to: Math.floor((blocks * (i + 1)) / parts),
  }));
}
