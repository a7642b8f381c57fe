/** Studies of every kind: whole, resumed at any point, or from any parts in any order, the result is the same but for host. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Journal } from '../../src/parts/journal.js';
import type { Shard } from '../../src/parts/shard.js';
import { workOf } from '../../src/parts/work.js';
import { ScenarioText } from '../../src/scenario/parse.js';
import { parsePrecision } from '../../src/scenario/precision.js';
import { parseTolerances } from '../../src/scenario/read-allocation.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { allocationStudy } from '../../src/studies/allocate/study.js';
import { exceedance } from '../../src/studies/exceedance.js';
import { sweepStudy } from '../../src/studies/sweep/sweep.js';
import { simulateUntil } from '../../src/studies/until.js';
import { temporaryFolder } from '../cli/helpers.js';
import { parse } from '../scenario/helpers.js';
import {
  CASES,
  type Case,
  interrupted,
  journalAt,
  merged,
  partOf,
  resumed,
  TWO,
  wholeOf,
} from './cases.js';

/** Shards of different counts that tile the work: some of n are cut again. */
const tilings = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 })
  .map((times): Shard[] =>
    times.flatMap((m, i) =>
      Array.from({ length: m }, (_, j) => ({ index: i * m + j + 1, count: times.length * m })),
    ),
  );
const fuses = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 });

describe.each(CASES)('$name', (its) => {
  let whole: string;
  beforeAll(async () => {
    whole = await wholeOf(its);
  });

  it('comes out the same after interruptions', async () => {
    let interruptions = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fuses, async (first, others) => {
        const folder = temporaryFolder();
        const run = await resumed(its, folder, [first, ...others]);
        expect(run.bytes).toBe(whole);
        expect(readdirSync(folder)).toEqual([]);
        interruptions += run.interruptions;
      }),
      { numRuns: 2, examples: [[1, [1, 2, 3]]] },
    );
    expect(interruptions).toBeGreaterThan(0);
  });

  it('comes out the same from parts of any counts, in any order, that were interrupted', async () => {
    const cuts = tilings.chain((tiling) =>
      fc.tuple(
        fc.shuffledSubarray(tiling, { minLength: tiling.length }),
        fc.array(fuses, { minLength: tiling.length, maxLength: tiling.length }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(cuts, async ([shards, all]) => {
        const folder = temporaryFolder();
        const paths: string[] = [];
        for (const [i, shard] of shards.entries()) {
          paths.push(await partOf(its, shard, folder, all[i]));
        }
        expect(await merged(its, paths)).toBe(whole);
        expect(readdirSync(folder)).toHaveLength(shards.length);
      }),
      { numRuns: 2 },
    );
  });
});

describe('a sweep whose points refer to files', () => {
  const files = (force: string) => (path: string) => {
    if (path.endsWith('own.yaml')) return `extends: mtp-standard\nspring: { force: ${force} }\n`;
    return readFileSync(path, 'utf8');
  };
  /** The work is the same, whatever stands in the file. */
  const its = (force: string): Case => {
    const text = new ScenarioText(TWO, { file: 'two.yaml', readFile: files(force) });
    const values = 'designs.mpo.extends=./own.yaml, mtp-standard';
    const parameters = [values, 'mating.friction=0.1, 0.2'].map(parseSweepParameter);
    const spec = { design: 'grid' as const, points: null, parameters };
    const work = workOf('sweep', text.parse().scenario);
    return { name: 'files', work, study: () => sweepStudy(text, { spec }) };
  };

  it('runs anew what was kept of other files, to the last block', async () => {
    const [before, after] = [its('8 N'), its('12 N')];
    const [old, whole] = [await wholeOf(before), await wholeOf(after)];
    expect(old).not.toBe(whole);
    for (const n of [3, 60, 140, 200]) {
      const folder = temporaryFolder();
      await expect(resumed(before, folder, [n, -1])).rejects.toThrow('never done');
      expect((await resumed(after, folder, [])).bytes).toBe(whole);
    }
    // the same of shards, which cut points
    const folder = temporaryFolder();
    const shards = [1, 2, 3].map((index) => ({ index, count: 3 }));
    for (const [i, shard] of shards.entries()) {
      await expect(partOf(before, shard, folder, [20 + 30 * i, -1])).rejects.toThrow('never done');
    }
    const paths: string[] = [];
    for (const shard of shards) paths.push(await partOf(after, shard, folder));
    expect(await merged(after, paths)).toBe(whole);
    await expect(merged(before, paths)).rejects.toThrow(/point [12] was run from other files/);
  });
});

describe('studies that are no row of plans', () => {
  const scenario = parse(`designs: { mpo: { extends: generic-mpo } }
pairs: { mpo: { pinned: mpo, unpinned: mpo, limits: ["p97 <= 0.4 dB"] } }
matings: 300
seed: parts`);
  const work = workOf('run', scenario);
  const tolerances = parseTolerances(
    '--tolerance',
    ['designs.mpo.bores.positionError, cost 2', 'designs.mpo.spring.force, cost 1'],
    ['mpo'],
    { least: 0.25, most: 1 },
  );
  type Run = (on: {
    readonly journal: Journal;
    readonly signal?: AbortSignal;
  }) => Promise<{ readonly host: unknown }>;
  const allocation = { pair: 'mpo', workers: 0, verificationMatings: 400 };
  const targets = [parsePrecision('p97 ± 0.004 dB')];
  const effort = { seeds: 16, cycles: 2, ownMoves: 2 };

  it.each<[string, Run]>([
    ['until', (on) => simulateUntil(scenario, { targets, maxMatings: 1e9, workers: 0, ...on })],
    [
      'allocate',
      (on) => allocationStudy(scenario, { ...allocation, tolerances, question: 'cheapest', ...on }),
    ],
    [
      'widest',
      (on) => {
        const only = tolerances.slice(0, 1);
        return allocationStudy(scenario, {
          ...allocation,
          tolerances: only,
          question: 'widest',
          ...on,
        });
      },
    ],
    [
      'exceedance',
      (on) =>
        exceedance(scenario, { aboveDb: [1], relativeHalfWidth: 0.3, effort, workers: 0, ...on }),
    ],
  ])('%s comes out the same after interruptions', async (_, run) => {
    const bytesOf = ({ host: __, ...rest }: { readonly host: unknown }) => JSON.stringify(rest);
    const pathIn = (folder: string) => join(folder, 'r.json.partial');
    let looks = 0;
    const look = (): void => {
      looks += 1;
    };
    const journal = journalAt(pathIn(temporaryFolder()), work, null, look);
    const whole = bytesOf(await run({ journal }));
    let count = 0;
    const points = fc.array(fc.integer({ min: 5, max: looks }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(points, async (all) => {
        const folder = temporaryFolder();
        const { value, interruptions } = await interrupted(all, async (signal, told) => {
          const its = journalAt(pathIn(folder), work, null, told);
          const result = await run({ journal: its, signal });
          its.remove();
          return result;
        });
        expect(bytesOf(value)).toBe(whole);
        expect(readdirSync(folder)).toEqual([]);
        count += interruptions;
      }),
      // the last looks come when nothing is left to be ended
      { numRuns: 3, examples: [[[Math.floor(looks / 2), 5]]] },
    );
    expect(count).toBeGreaterThan(0);
  });
});
