/** What is measured is the work itself; how fast it is is no matter of tests. */
import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../src/engine/runner.js';
import { parseScenario } from '../../src/scenario/index.js';
import {
  endlessPlan,
  runRate,
  ThreadMeter,
  workerCounts,
} from '../../src/studies/bench/throughput.js';

const { scenario } = parseScenario(`
matings: 10
designs: { plug: { extends: mtp-elite } }
pairs: { plug: { pinned: plug, unpinned: plug } }
`);

it.each([
  [0, []],
  [1, [1]],
  [2, [1, 2]],
  [6, [1, 2, 4, 6]],
  [8, [1, 2, 4, 8]],
])('of %i workers, %j are measured', (most, counts) => {
  expect(workerCounts(most)).toEqual(counts);
});

describe.each(ENGINES)('%s', (engine) => {
  const plan = endlessPlan(scenario);

  it('has a rate in one thread and on workers', async () => {
    expect(await new ThreadMeter(plan, engine).rate(0.01)).toBeGreaterThan(0);
    expect(await runRate(plan, engine, 2, 0.05)).toBeGreaterThan(0);
  });

  it('stops with the reason of an aborted signal', async () => {
    const reason = new Error('enough of it');
    const aborted = AbortSignal.abort(reason);
    const later = new AbortController();
    setTimeout(() => later.abort(reason), 200);
    await expect(new ThreadMeter(plan, engine).rate(60, aborted)).rejects.toBe(reason);
    await expect(runRate(plan, engine, 1, 60, aborted)).rejects.toBe(reason);
    await expect(runRate(plan, engine, 1, 60, later.signal)).rejects.toBe(reason);
  });
});
