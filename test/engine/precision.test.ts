/**
 * Sums of whole runs against exact arithmetic. In CI some million fibre matings; MATEDPAIR_FIBRE_MATINGS=1e9 for the long test.
 */
import { describe, expect, it } from 'vitest';
import type { BlockResult } from '../../src/engine/block.js';
import type { RunTotals } from '../../src/engine/fold.js';
import { runnerSource } from '../../src/engine/load-kernel.js';
import { PartsSource } from '../../src/engine/parts-source.js';
import { lossShiftsDb } from '../../src/engine/reference-runner.js';
import { runPlans } from '../../src/engine/run-many.js';
import { createRunner, type Engine } from '../../src/engine/runner.js';
import { evaluateMating } from '../../src/model/mating.js';
import { createWorkspace } from '../../src/model/workspace.js';
import { compilePlan } from '../../src/plan/compile.js';
import { blockStart, type Plan } from '../../src/plan/types.js';
import { loadScenario } from '../../src/scenario/index.js';
import * as SUM from '../../src/statistics/sums.js';
import { inUnits, nearest } from '../support/exact.js';

const LONG = process.env['MATEDPAIR_FIBRE_MATINGS'];
const FIBRE_MATINGS = { kernel: Number(LONG ?? 3e6), reference: Number(LONG ?? 6e5) };
const FIBRES = 5 * 12;
const WORKERS = 2;

function planOf(matings: number): Plan {
  return compilePlan({ ...loadScenario('scenarios/mpo-vs-mtp.yaml').scenario, matings });
}

/** A run whose blocks are shown to `see`, one after the other. */
async function run(plan: Plan, engine: Engine, see: (block: BlockResult) => void) {
  let totals: RunTotals | undefined;
  const planned = {
    plan,
    own: { length: 0, of: see },
    done: (all: RunTotals) => {
      totals = all;
    },
    failed: (error: unknown) => {
      throw error;
    },
  };
  await runPlans([planned].values(), { workers: WORKERS, engine });
  return totals as RunTotals;
}

describe.each(['kernel', 'reference'] as const)('%s', (engine) => {
  const matings = Math.round(FIBRE_MATINGS[engine] / FIBRES);

  it(`adds the sums of all blocks exactly: ${matings * FIBRES} fibre matings`, {
    timeout: LONG === undefined ? 120_000 : 3_600_000,
  }, async () => {
    const plan = planOf(matings);
    const exact = plan.pairs.map(() => [] as bigint[]);
    const plain = plan.pairs.map(() => [] as number[]);
    const { pairs } = await run(plan, engine, (block) => {
      block.pairs.forEach(({ sums }, p) => {
        sums.forEach((value, k) => {
          exact[p]![k] = (exact[p]![k] ?? 0n) + inUnits(value);
          plain[p]![k] = (plain[p]![k] ?? 0) + value;
        });
      });
    });
    pairs.forEach((total, p) => {
      expect(Array.from(total.sums(), (x) => x + 0)).toEqual(exact[p]!.map((x) => nearest(x) + 0));
      expect(total.matings).toBe(matings);
      for (const [histogram, counted] of [
        [total.fibres, 12 * matings],
        [total.worst, matings],
      ] as const) {
        const { counts } = histogram.state();
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(counted);
      }
    });
    // plain sums would have shown
    expect(plain.flat()).not.toEqual(exact.flat().map(nearest));
  });

  it('adds up the matings of a block to 13 digits', () => {
    const plan = planOf(engine === 'kernel' ? 64 * 15_625 : 64 * 2000);
    const block = plan.blocks - 1;
    const result = createRunner(runnerSource(plan, engine))(block);
    const source = new PartsSource(plan);
    const [pair] = plan.pairs as [Plan['pairs'][number]];
    const [shiftDb] = lossShiftsDb(plan) as [number];
    const workspace = createWorkspace(12);
    const exact = Array.from({ length: 24 }, () => 0n);
    const absolute = Array.from({ length: 24 }, () => 0);
    const single = Array.from({ length: 24 }, () => 0);
    for (let i = blockStart(plan, block); i < blockStart(plan, block + 1); i++) {
      source.draw(i);
      evaluateMating(pair.mechanics, source.parts(0), workspace);
      workspace.results.lossDb.forEach((lossDb, k) => {
        const shifted = lossDb - shiftDb;
        [shifted, shifted * shifted].forEach((term, s) => {
          const at = 2 * k + s;
          exact[at]! += inUnits(term);
          absolute[at]! += Math.abs(term);
          single[at] = Math.fround(single[at]! + term);
        });
      });
    }
    const errorOf = (sum: number, at: number): number =>
      Math.abs(nearest(inUnits(sum) - exact[at]!)) / absolute[at]!;
    const sums = result.pairs[0]!.sums.subarray(SUM.positions);
    expect(Math.max(...Array.from(sums, errorOf))).toBeLessThan(1e-13);
    expect(Math.max(...single.map(errorOf))).toBeGreaterThan(1e-9);
  });
});
