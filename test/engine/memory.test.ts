/** What a run needs of memory: never less than the kernel lays out, and refused where there is too little. */
import { describe, expect, it } from 'vitest';
import {
  checkReplicateMemory,
  checkRunMemory,
  checkThreadMemory,
  memoryOf,
} from '../../src/engine/memory.js';
import { Image } from '../../src/kernel/image.js';
import { layOut } from '../../src/kernel/layout.js';
import { compilePlan } from '../../src/plan/compile.js';
import { parseScenario } from '../../src/scenario/index.js';
import { randomScenario } from '../support/random-plans.js';

const GB = 1e9;

const planOf = (more: string) =>
  compilePlan(
    parseScenario(
      `designs: { a: { extends: mtp-elite }, b: { extends: mtp-elite, fibres: { count: 72 } } }\n${more}`,
    ).scenario,
  );
const pairs = (count: number, design = 'a') =>
  `pairs: { ${Array.from({ length: count }, (_, i) => `p${i}: { pinned: ${design}, unpinned: ${design} }`).join(', ')} }`;

describe('the memory of a run', () => {
  it('covers what the kernel lays out for each thread, by less than half as much again', () => {
    const THREAD = 12e6;
    for (let seed = 1; seed <= 60; seed++) {
      const plan = compilePlan(randomScenario(seed, 1000));
      const image = new Image(0);
      layOut(
        plan,
        plan.pairs.map(() => 0),
        image,
      );
      const thread = memoryOf(plan, 2) - memoryOf(plan, 1) - THREAD;
      expect(thread).toBeGreaterThan(image.room(0));
      expect(thread).toBeLessThan(1.5 * image.room(0) + 1e6);
    }
  });

  it('grows with pairs, comparisons, threads and lots', () => {
    const one = memoryOf(planOf(`${pairs(1)}\ncomparisons: []`), 1);
    expect(memoryOf(planOf(`${pairs(20)}\ncomparisons: []`), 1)).toBeGreaterThan(one + 19 * 3e6);
    // a histogram of 160 kB for each of 64 sections
    const compared =
      memoryOf(planOf(pairs(2)), 1) - memoryOf(planOf(`${pairs(2)}\ncomparisons: []`), 1);
    expect(compared).toBeCloseTo(2 * 64 * 8 * 20_001, 0);
    const lot = planOf(
      `${pairs(1)}\nexperiment: { type: lot, pinned: 1000, unpinned: 800, repeats: 2 }`,
    );
    expect(memoryOf(lot, 1)).toBeGreaterThan(50 * 12 * 1.6e6);
  });
});

describe('what is too much', () => {
  const large = planOf(pairs(27, 'b'));

  it.each([
    [() => checkRunMemory(large, 2, GB), /this run would need about 1\.1 GB .* at most 0\.75 GB/s],
    [() => checkRunMemory(large, 200, 24 * GB), /this run would need about 3\d GB .* 18 GB/s],
    [() => checkThreadMemory(1024, 8 * GB), /1024 worker threads would need about 12 GB/],
    [
      () => checkReplicateMemory(200, 100_000, 3, 4 * GB),
      /100000 replicates of 200 pairs would need about 13 GB .* at most 3\.0 GB/s,
    ],
  ])('is refused with the estimate', (check, message) => expect(check).toThrow(message));

  it('and what is not, is not', () => {
    checkRunMemory(large, 2, 4 * GB);
    checkThreadMemory(64, 2 * GB);
    checkReplicateMemory(4, 2000, 3, GB);
  });
});
