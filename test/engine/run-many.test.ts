/** Many plans on one set of threads: each comes to what it comes to alone, and one that fails does not touch the others. */
import { describe, expect, it } from 'vitest';
import type { RunTotals } from '../../src/engine/fold.js';
import { runPlan } from '../../src/engine/run.js';
import { runPlans } from '../../src/engine/run-many.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import { parse } from '../scenario/helpers.js';
import { broken } from '../support/broken-plan.js';

const scenario = parse(`designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { mtp: { pinned: mtp, unpinned: mtp }, mpo: { pinned: mpo, unpinned: mpo } }`);
const planOf = (seed: string, matings: number): Plan => compilePlan({ ...scenario, seed, matings });

const plans = [
  planOf('a', 5000),
  broken(planOf('b', 70_000)),
  planOf('c', 3),
  broken(planOf('d', 1)),
  planOf('e', 40_000),
];
const figures = ({ pairs, comparisons }: RunTotals) => ({
  sums: pairs.map((pair) => pair.sums()),
  counts: pairs.map(({ fibres }) => fibres.trimmed()),
  comparisons,
});

async function runAll(workers: number) {
  const ends: (RunTotals | string | undefined)[] = plans.map(() => undefined);
  const runs = plans.map((plan, i) => ({
    plan,
    done: (totals: RunTotals) => {
      expect(ends[i]).toBeUndefined();
      ends[i] = totals;
    },
    failed: (error: unknown) => {
      expect(ends[i]).toBeUndefined();
      ends[i] = (error as Error).message;
    },
  }));
  await runPlans(runs.values(), { workers, engine: 'kernel' });
  return ends;
}

describe('many plans', () => {
  it.each([0, 1, 2, 5])('on %i workers', async (workers) => {
    const ends = await runAll(workers);
    for (const [i, plan] of plans.entries()) {
      if (i % 2 === 1) {
        expect(ends[i]).toMatch(/loss that is no number|did not converge/);
        continue;
      }
      const alone = await runPlan(plan, { workers: 0, engine: 'kernel' });
      expect(figures(ends[i] as RunTotals)).toEqual(figures(alone));
    }
  });

  it('are asked for only when a thread is free for them', async () => {
    let asked = 0;
    function* runs() {
      for (const plan of Array.from({ length: 12 }, () => planOf('lazy', 200))) {
        asked += 1;
        yield {
          plan,
          done: () => (most = Math.max(most, asked - ++done)),
          failed: () => undefined,
        };
      }
    }
    let done = 0;
    let most = 0;
    await runPlans(runs(), { workers: 1, engine: 'kernel' });
    expect(done).toBe(12);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('end when one of those who are told throws', async () => {
    const runs = plans.map((plan) => ({
      plan,
      done: () => {
        throw new Error('told');
      },
      failed: () => undefined,
    }));
    for (const workers of [0, 2])
      await expect(runPlans(runs.values(), { workers, engine: 'kernel' })).rejects.toThrow('told');
  });
});
