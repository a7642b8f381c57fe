/** Blocks that always fail: tried so often, told which, and the threads are as many as before. */
import { describe, expect, it, vi } from 'vitest';
import { BlockFailure, type ComputeFailure } from '../../src/engine/failure.js';
import type { RunTotals } from '../../src/engine/fold.js';
import { loadKernel } from '../../src/engine/load-kernel.js';
import { openRunner } from '../../src/engine/run-many.js';
import { createRunner } from '../../src/engine/runner.js';
import { BlockComputer } from '../../src/engine/tasks.js';
import { Kernel } from '../../src/kernel/kernel.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import { parse } from '../scenario/helpers.js';
import { broken } from '../support/broken-plan.js';

const scenario = parse(`designs: { mtp: { extends: mtp-standard } }
pairs: { mtp: { pinned: mtp, unpinned: mtp } }`);
const planOf = (seed: string, matings: number): Plan => compilePlan({ ...scenario, seed, matings });

let running = 0;
process.on('worker', (worker) => {
  running += 1;
  worker.once('exit', () => {
    running -= 1;
  });
});

async function ends(plans: readonly Plan[], workers: number) {
  const retries: ComputeFailure[] = [];
  const found: unknown[] = [];
  const runner = openRunner({
    workers,
    engine: 'kernel',
    faults: { onRetry: (failure) => retries.push(failure) },
  });
  const run = async (one: Plan, i: number): Promise<void> => {
    const done = (totals: RunTotals): void => {
      found[i] = totals.pairs[0]?.sums();
    };
    const failed = (error: unknown): void => {
      found[i] = error;
    };
    await runner.run([{ plan: one, done, failed }].values());
  };
  try {
    for (const [i, plan] of plans.entries()) await run(plan, i);
    if (workers > 0) await expect.poll(() => running, { timeout: 10_000 }).toBe(workers);
    return { found, retries };
  } finally {
    await runner.close();
    await expect.poll(() => running, { timeout: 10_000 }).toBe(0);
  }
}

describe('a block that always fails', () => {
  const plans = [planOf('a', 3000), broken(planOf('b', 30_000)), planOf('a', 3000)];

  it.each([1, 2])(
    'is tried three times on %i workers, and the next plan runs on as many',
    async (workers) => {
      const { found, retries } = await ends(plans, workers);
      const failure = found[1] as BlockFailure;
      expect(failure).toBeInstanceOf(BlockFailure);
      const { blocks, matings } = plans[1] as Plan;
      expect(failure).toMatchObject({ attempts: 3, blocks, planMatings: matings });
      expect(failure.reason).toMatch(/loss that is no number|did not converge/);
      expect(failure.message).toBe(
        `block ${failure.block} of ${blocks} (matings ${failure.firstMating} to ${failure.firstMating + failure.matings - 1}) failed 3 times: ${failure.reason}`,
      );
      // Two blocks at hand of each worker, each tried again twice at most.
      expect(retries.length).toBeGreaterThanOrEqual(2);
      expect(retries.length).toBeLessThanOrEqual(2 * 2 * workers);
      expect(found[2]).toEqual(found[0]);
    },
  );

  it('is tried once in this thread', async () => {
    const { found, retries } = await ends(plans, 0);
    expect(found[1]).toBeInstanceOf(BlockFailure);
    expect(found[1]).toMatchObject({ attempts: 1, block: 0, firstMating: 0 });
    expect((found[1] as Error).message).toMatch(/^block 0 of \d+ \(matings 0 to \d+\) failed: /);
    expect(retries).toEqual([]);
    expect(found[2]).toEqual(found[0]);
  });
});

it('what a block had counted when it failed does not go into the next one', () => {
  const plan = planOf('c', 2000);
  const sums = ({ pairs }: { pairs: readonly { sums: Float64Array }[] }) => pairs[0]?.sums;
  const failing = () =>
    vi.spyOn(Kernel.prototype, 'take').mockImplementationOnce(() => {
      throw new Error('failed');
    });
  const whole = sums(createRunner({ plan, kernel: loadKernel() })(0));
  const computer = new BlockComputer(loadKernel());
  const task = { number: 1, plan, block: 0 };
  failing();
  expect(() => computer.compute(task)).toThrow('failed');
  expect(sums(computer.compute(task).result)).toEqual(whole);
  // A runner that is kept does count them.
  const kept = createRunner({ plan, kernel: loadKernel() });
  failing();
  expect(() => kept(0)).toThrow('failed');
  expect(sums(kept(0))).not.toEqual(whole);
});
