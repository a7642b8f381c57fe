/** The same bits for any number of workers, and any mating recomputed alone. */
import { describe, expect, it } from 'vitest';
import { replayMating } from '../../src/engine/replay.js';
import { runPlan } from '../../src/engine/run.js';
import { compilePlan } from '../../src/plan/compile.js';
import { blockStart } from '../../src/plan/types.js';
import { formatResult } from '../../src/result/files.js';
import { loadScenario } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';
import { MTP, scenarioFrom } from '../support/scenarios.js';

const { scenario } = await loadScenario('scenarios/mpo-vs-mtp.yaml', {
  overrides: [{ path: 'matings', value: '20000' }],
});

/** The result file without the host's facts. */
async function bytes(workers: number): Promise<string> {
  const result = await simulate(scenario, { workers });
  return formatResult({ ...result, host: { ...result.host, startedAt: '' } }).replace(
    /"host": \{[^}]*\}/,
    '',
  );
}

describe('a run is the same, bit for bit,', async () => {
  const inProcess = await bytes(0);
  it.each([1, 2, 3, 7])('in this thread and on %i workers', async (workers) => {
    expect(await bytes(workers)).toBe(inProcess);
  });

  it('and another seed gives other numbers', async () => {
    const other = await simulate({ ...scenario, seed: 'other' }, { workers: 2 });
    expect(inProcess).not.toContain(`"maxDb": ${other.pairs[0]?.maxDb},`);
  });
});

describe('blocks', () => {
  it.each([1, 2, 63, 64, 65, 1000, 123457, 1e8, 1e12])('cover %d matings once', (matings) => {
    const plan = compilePlan(scenarioFrom(MTP, '1', matings));
    expect(blockStart(plan, 0)).toBe(0);
    expect(blockStart(plan, plan.blocks)).toBe(matings);
    for (const block of [0, 1, Math.floor(plan.blocks / 2), plan.blocks - 1]) {
      const size = blockStart(plan, block + 1) - blockStart(plan, block);
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThan(300_000);
    }
    expect(plan.blocks % plan.sections).toBe(0);
  });

  // 3 links of 2 connectors with 12 fibres, or of 4, each fibre 75 times the work of a pair's, or 14 times
  it.each([
    ['link-sr4', 36 + 3 * 2 * 12 * 75],
    ['link-dr4', 36 + 3 * 4 * 12 * 14],
  ])('of %s are as short as others, for all that links take', (name, fibres) => {
    const read = loadScenario(`scenarios/${name}.yaml`).scenario;
    const plan = compilePlan({ ...read, matings: 1e6 });
    const work = blockStart(plan, 1) * fibres;
    expect(work).toBeGreaterThan(900_000);
    expect(work).toBeLessThan(1_010_000);
  });
});

describe('replay', async () => {
  const result = await simulate(scenario, { workers: 0 });
  const plan = compilePlan(scenario);
  it('recomputes the worst matings of every pair exactly', () => {
    result.pairs.forEach((pair, p) => {
      expect(pair.worstMatings).toHaveLength(10);
      for (const worst of pair.worstMatings) {
        const replay = replayMating(plan, p, worst.mating);
        expect(replay.worstFibreDb).toBe(worst.worstFibreDb);
        expect(replay.meanDb).toBe(worst.meanDb);
        expect(replay.fibres[worst.fibre - 1]?.lossDb).toBe(worst.worstFibreDb);
      }
      expect(pair.worstMatings[0]?.worstFibreDb).toBe(pair.maxDb);
    });
  });
});

describe('aborting', () => {
  it.each([0, 2])('ends a run with %i workers at once', async (workers) => {
    const controller = new AbortController();
    const plan = compilePlan(scenarioFrom(MTP, '1', 1e9));
    const running = runPlan(plan, { workers, engine: 'kernel', signal: controller.signal });
    setTimeout(() => controller.abort(new Error('stop')), 50);
    await expect(running).rejects.toThrow('stop');
  });
});
