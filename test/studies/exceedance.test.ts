/** Exceedance studies: the same bits with any number of workers, agreement with plain sampling, ends and refusals. */
import { describe, expect, it } from 'vitest';
import { type ExceedanceResult, exceedanceSchema } from '../../src/result/schema-exceedance.js';
import { loadScenario } from '../../src/scenario/index.js';
import { exceedance } from '../../src/studies/exceedance.js';
import { simulate } from '../../src/studies/simulate.js';
import { parse } from '../scenario/helpers.js';
import { exceededBy, exponentialScenario } from '../support/closed-form.js';

const scenario = parse(`designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { mpo: { pinned: mpo, unpinned: mpo }, mtp: { pinned: mtp, unpinned: mtp } }
comparisons: [[mpo, mtp]]
seed: rare`);
const SMALL = { seeds: 32, cycles: 3, ownMoves: 3 };
const withoutHost = ({ host, ...rest }: ExceedanceResult) => rest;

describe('an exceedance study', () => {
  it('has the same bits with any number of workers', async () => {
    const run = (workers: number) =>
      exceedance(scenario, { aboveDb: [1, 1.5], relativeHalfWidth: 0.5, effort: SMALL, workers });
    const first = await run(0);
    expect(exceedanceSchema.parse(first)).toEqual(first);
    expect(first.pairs.map(({ endedBy }) => endedBy)).toEqual(['precision', 'precision']);
    expect(first.pairs[1]!.rounds.length).toBeGreaterThan(1);
    for (const workers of [1, 2, 3]) {
      expect(withoutHost(await run(workers))).toEqual(withoutHost(first));
    }
  });

  it('says of a pair the same whatever the other pairs', async () => {
    const options = { aboveDb: [1], effort: SMALL, workers: 0, relativeHalfWidth: 0.3 };
    const both = await exceedance(scenario, options);
    const one = await exceedance(scenario, { ...options, pairs: ['mtp'] });
    expect(one.pairs).toEqual([both.pairs[1]]);
  });

  it('goes on until the precision, and covers a closed form', async () => {
    const aboveDb = [exceededBy(1e-3), exceededBy(1e-7)];
    const options = { aboveDb, effort: SMALL, workers: 0, relativeHalfWidth: 0.1 };
    const [pair] = (await exceedance(exponentialScenario('until'), options)).pairs;
    expect(pair!.rounds.length).toBeGreaterThan(1);
    for (const [a, truth] of [1e-3, 1e-7].entries()) {
      const { probability, relativeHalfWidth } = pair!.losses[a]!;
      expect(relativeHalfWidth).toBeLessThanOrEqual(0.1);
      // 2.8 half-widths are 5.5 standard errors: a false-alarm rate below 1e-6.
      expect(Math.abs(Math.log(probability.value / truth))).toBeLessThan(2.8 * 0.1);
    }
  });

  it('says where a loss is always or hardly ever exceeded', async () => {
    const perfect = parse(`designs: { mtp: { extends: mtp-standard } }
pairs: { mtp: { pinned: mtp, unpinned: mtp } }`);
    const options = { aboveDb: [0, 90], effort: SMALL, workers: 0, maxReplicates: 20 };
    const [pair] = (await exceedance(perfect, options)).pairs;
    const [always, never] = pair!.losses;
    expect(always!.probability.value).toBe(1);
    expect(always!.probability.low).toBeGreaterThan(0.99);
    expect(never!.probability).toMatchObject({ value: 0, low: 0 });
    expect(never!.probability.high).toBeLessThan(1e-9);
    expect(pair!.endedBy).toBe('levels');
  });

  it('ends by its bounds', async () => {
    const options = { aboveDb: [1.5], effort: SMALL, workers: 0, relativeHalfWidth: 0.001 };
    const few = await exceedance(scenario, { ...options, maxReplicates: 25 });
    expect(few.pairs[0]).toMatchObject({ endedBy: 'replicates', rounds: [20, 25] });
    const short = await exceedance(scenario, { ...options, maxSeconds: 1 });
    expect(short.pairs[0]!.endedBy).toBe('time');
  });

  it('refuses lots, unknown pairs and no loss', async () => {
    const lot = parse(`designs: { mtp: { extends: mtp-standard } }
pairs: { mtp: { pinned: mtp, unpinned: mtp } }
experiment: { type: lot, pinned: 5, unpinned: 5 }`);
    await expect(exceedance(lot, { aboveDb: [1] })).rejects.toThrow(/a lot/);
    await expect(exceedance(scenario, { aboveDb: [] })).rejects.toThrow(/--above/);
    await expect(exceedance(scenario, { aboveDb: [1], pairs: ['x'] })).rejects.toThrow(/mpo, mtp/);
  });

  it('stops when it is aborted', async () => {
    for (const workers of [0, 2]) {
      const controller = new AbortController();
      const study = exceedance(scenario, {
        aboveDb: [2.5],
        effort: SMALL,
        workers,
        relativeHalfWidth: 0.001,
        onProgress: ({ replicatesDone }) => {
          if (replicatesDone > 2) controller.abort(new Error('enough'));
        },
        signal: controller.signal,
      });
      await expect(study).rejects.toThrow('enough');
    }
  });
});

describe('beside plain sampling', () => {
  // losses that about one fibre in 1000 exceeds
  it.each([
    ['mpo-vs-mtp', 'mpo', 1.3],
    ['mpo-vs-mtp', 'elite', 0.6],
    ['multimode', 'mpo', 1.2],
  ])('%s %s loses more than %d dB as often', async (file, name, aboveDb) => {
    const { scenario: all } = loadScenario(`scenarios/${file}.yaml`, {
      limits: [`yield(${aboveDb} dB) >= 1 %`],
    });
    const pairs = all.pairs.filter((pair) => pair.name === name);
    const alone = { ...all, pairs, comparisons: [], channels: [], claims: [], matings: 1_000_000 };
    const [plain] = (await simulate(alone, { workers: 2 })).pairs;
    const { value, low, high } = plain!.limits[0]!.estimate;
    const options = { aboveDb: [aboveDb], pairs: [name], relativeHalfWidth: 0.05, workers: 2 };
    const { probability, relativeHalfWidth } = (await exceedance(all, options)).pairs[0]!
      .losses[0]!;
    const plainError = (high! - low!) / 2 / 1.96;
    const error = (relativeHalfWidth! * probability.value) / 1.96;
    const z = (probability.value - (1 - value)) / Math.sqrt(plainError ** 2 + error ** 2);
    expect(probability.value).toBeGreaterThan(1e-4);
    expect(probability.value).toBeLessThan(1e-2);
    // false-alarm rate 4e-8 each for normal z, below 1e-6 with Student's t of 19 or more replicates' spread
    expect(Math.abs(z)).toBeLessThan(5.5);
  });
});
