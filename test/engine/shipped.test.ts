/** Every shipped scenario runs, and shows what it says it shows. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PartsSource } from '../../src/engine/parts-source.js';
import { PINNED, PLUG, plugOffset, UNPINNED } from '../../src/model/parts.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Result } from '../../src/result/schema.js';
import { loadScenario } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';

const MATINGS = 4000;

async function runShipped(name: string): Promise<Result> {
  // a lot has as many as its plugs make
  const overrides = name === 'lot.yaml' ? [] : [{ path: 'matings', value: `${MATINGS}` }];
  const { scenario, warnings } = loadScenario(`scenarios/${name}`, { overrides });
  expect(warnings).toEqual([]);
  return simulate(scenario, { workers: 2 });
}

const pairOf = (result: Result, name: string) =>
  result.pairs.find((pair) => pair.name === name) as Result['pairs'][number];

/** Difference of the means of a comparison, which must be clear of 0. */
function clearDifference(result: Result, second: string): number {
  const { mean } = result.comparisons.find(
    (c) => c.second === second,
  ) as Result['comparisons'][number];
  expect(
    (mean.low as number) * (mean.high as number),
    `${second}: interval of the mean`,
  ).toBeGreaterThan(0);
  return mean.value;
}

describe('shipped scenarios', () => {
  const files = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));

  it.each(files)('%s runs', async (file) => {
    const result = await runShipped(file);
    for (const pair of result.pairs) {
      expect(pair.matings).toBe(file === 'lot.yaml' ? 200 : MATINGS);
      expect(pair.il.mean.value).toBeGreaterThan(0);
      expect(pair.il.p999.value).toBeLessThan(3);
      expect(pair.histogram.il.overflow).toBe(0);
    }
  });

  it('mpo-vs-mtp: each design better than the one before, mixed pairs between', async () => {
    const result = await runShipped('mpo-vs-mtp.yaml');
    expect(clearDifference(result, 'mtp')).toBeLessThan(0);
    expect(clearDifference(result, 'elite')).toBeLessThan(0);
    const mean = (name: string) => pairOf(result, name).il.mean.value;
    expect(mean('mpo-mtp')).toBeGreaterThan(mean('mtp'));
    expect(mean('mpo-mtp')).toBeLessThan(mean('mpo'));
  });

  it('interface-box: the box alone is worse than real parts', async () => {
    expect(clearDifference(await runShipped('interface-box.yaml'), 'box')).toBeGreaterThan(0);
  });

  it('floating-vs-fixed: the standard deviation falls by 0.05 to 0.10 dB, as vendors claim', async () => {
    const result = await runShipped('floating-vs-fixed.yaml');
    const sd = (name: string) => pairOf(result, name).il.sd.value;
    expect(sd('fixed') - sd('floating')).toBeGreaterThan(0.05);
    expect(sd('fixed') - sd('floating')).toBeLessThan(0.1);
  });

  it('spring-force: more force leaves fewer gaps', async () => {
    const result = await runShipped('spring-force.yaml');
    const gaps = ['low', 'nominal', 'high'].map((name) => pairOf(result, name).gapFraction.value);
    expect(gaps[0]).toBeGreaterThan(gaps[1] as number);
    expect(gaps[1]).toBeGreaterThan(gaps[2] as number);
  });

  it('reference-mate: against a reference each design loses less than against itself', async () => {
    const result = await runShipped('reference-mate.yaml');
    for (const name of ['reference-mpo', 'reference-mtp', 'reference-elite']) {
      expect(clearDifference(result, name)).toBeLessThan(0);
      // nearly all of the offset is that of the plug under test
      const { pinnedUm2, unpinnedUm2 } = pairOf(result, name).origins!;
      expect(pinnedUm2.value).toBeLessThan(0.1 * unpinnedUm2.value);
    }
  });

  it('reference-mate: the reference is the same plug in all matings, others are not', () => {
    const plan = compilePlan(loadScenario('scenarios/reference-mate.yaml').scenario);
    const [p] = plan.members[1] as [number];
    const source = new PartsSource(plan);
    const plugs = [0, 1, 2].map((mating) => {
      source.draw(mating);
      const parts = source.parts(p);
      return [PINNED, UNPINNED].map((side) => parts[plugOffset(side) + PLUG.pitchErrorUm]);
    });
    expect(new Set(plugs.map(([reference]) => reference)).size).toBe(1);
    expect(new Set(plugs.map(([, other]) => other)).size).toBe(3);
  });
});
