/** Threads that stay open: several runs in a row come to what each comes to alone, and an abort ends them. */
import { describe, expect, it } from 'vitest';
import type { RunTotals } from '../../src/engine/fold.js';
import { runPlan } from '../../src/engine/run.js';
import { type ManyRunner, openRunner, type PlannedRun } from '../../src/engine/run-many.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import { parse } from '../scenario/helpers.js';

const scenario = parse(`designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { mtp: { pinned: mtp, unpinned: mtp }, mpo: { pinned: mpo, unpinned: mpo } }`);
const planOf = (seed: string, matings: number): Plan => compilePlan({ ...scenario, seed, matings });
const figures = ({ pairs, comparisons }: RunTotals) => ({
  sums: pairs.map((pair) => pair.sums()),
  counts: pairs.map(({ fibres }) => fibres.trimmed()),
  comparisons,
});

/** Runs plans in one call, and waits for them. */
async function totalsOf(runner: ManyRunner, plans: readonly Plan[]): Promise<RunTotals[]> {
  const totals: RunTotals[] = [];
  const runs = plans.map(
    (plan, i): PlannedRun => ({
      plan,
      done: (its) => {
        totals[i] = its;
      },
      failed: (error) => {
        throw error;
      },
    }),
  );
  await runner.run(runs.values());
  return totals;
}

/** Threads that were started and have not ended. */
let running = 0;
process.on('worker', (worker) => {
  running += 1;
  worker.once('exit', () => {
    running -= 1;
  });
});
const allEnded = () => expect.poll(() => running, { timeout: 10_000 }).toBe(0);

describe('an open runner', () => {
  // The same plan again, plans that differ by their seed alone, and short ones after long ones.
  const calls = [
    [planOf('a', 40_000)],
    [planOf('a', 40_000), planOf('b', 500)],
    [],
    [planOf('c', 500)],
    [planOf('a', 1), planOf('b', 40_000)],
  ];

  it.each([0, 1, 2])('runs call after call on %i workers', async (workers) => {
    const runner = openRunner({ workers, engine: 'kernel' });
    try {
      for (const plans of calls) {
        const totals = await totalsOf(runner, plans);
        expect(totals).toHaveLength(plans.length);
        for (const [i, plan] of plans.entries()) {
          const alone = await runPlan(plan, { workers: 0, engine: 'kernel' });
          expect(figures(totals[i]!)).toEqual(figures(alone));
        }
      }
    } finally {
      await runner.close();
    }
  });

  it('goes on after a call in which somebody who was told threw', async () => {
    for (const workers of [0, 2]) {
      const runner = openRunner({ workers, engine: 'kernel' });
      const plan = planOf('d', 2000);
      const told = (): never => {
        throw new Error('told');
      };
      await expect(runner.run([{ plan, done: told, failed: told }].values())).rejects.toThrow(
        'told',
      );
      const [totals] = await totalsOf(runner, [plan]);
      const alone = await runPlan(plan, { workers: 0, engine: 'kernel' });
      expect(figures(totals!)).toEqual(figures(alone));
      await runner.close();
    }
  });

  it.each([0, 1, 2])(
    'rejects at once when aborted in the second run, %i workers',
    async (workers) => {
      const abort = new AbortController();
      const reason = new Error('enough');
      const runner = openRunner({ workers, engine: 'kernel', signal: abort.signal });
      await totalsOf(runner, [planOf('a', 500)]);
      const seen: string[] = [];
      const started = performance.now();
      // Hours of matings; told after its first block.
      const second = runner.run(
        [
          {
            plan: planOf('long', 1e10),
            onProgress: ({ matingsDone }: { matingsDone: number }) => {
              if (matingsDone > 0) abort.abort(reason);
            },
            done: () => seen.push('done'),
            failed: () => seen.push('failed'),
          },
        ].values(),
      );
      await expect(second).rejects.toBe(reason);
      expect(performance.now() - started).toBeLessThan(20_000);
      await expect(totalsOf(runner, [planOf('a', 1)])).rejects.toBe(reason);
      await runner.close();
      expect(seen).toEqual([]);
      await allEnded();
      expect(() => openRunner({ workers, engine: 'kernel', signal: abort.signal })).toThrow(reason);
    },
  );

  it('has threads until it is closed', async () => {
    const runner = openRunner({ workers: 2, engine: 'kernel' });
    await totalsOf(runner, [planOf('a', 500)]);
    expect(running).toBe(2);
    await runner.close();
    await allEnded();
  });
});
