/** Checkpoints and parts of runs: opened, checked against their plan, gone on with and merged. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareSource } from '../../../src/cli/prepared.js';
import type { Kept } from '../../../src/engine/fold.js';
import { runPlans } from '../../../src/engine/run-many.js';
import { END, type Head, Journal } from '../../../src/parts/journal.js';
import { checkParts, mergeParts, openPart, sourceOfParts } from '../../../src/parts/merge.js';
import { type Blocks, formatHead, formatRecord } from '../../../src/parts/record-file.js';
import { workOf } from '../../../src/parts/work.js';
import { compilePlan } from '../../../src/plan/compile.js';
import { ScenarioText } from '../../../src/scenario/index.js';
import { SMALL_SCENARIOS } from '../corpus.js';
import { Mutator } from '../mutate.js';
import type { Setup } from '../target.js';

interface Written {
  readonly head: Head;
  readonly records: readonly {
    readonly key: string;
    readonly blocks: Blocks | null;
    readonly value: unknown;
  }[];
}

/** A part of all blocks of a scenario. */
async function partOf(text: string): Promise<Written> {
  const { scenario } = new ScenarioText(text).parse();
  const plan = compilePlan(scenario);
  let all: Kept | undefined;
  const run = {
    plan,
    done: (_: unknown, kept: () => Kept) => {
      all = kept();
    },
    failed: (error: unknown) => {
      throw error;
    },
  };
  await runPlans([run].values(), { workers: 0, engine: 'kernel' });
  const kept = all as Kept;
  return {
    head: {
      work: workOf('run', scenario),
      shard: { index: 1, count: 1 },
      source: {
        ...{ asked: { study: 'run' }, file: 'a.yaml', text, files: [], overrides: [], limits: [] },
        ...{ allowImplausible: false, allowOutside: false },
      },
    },
    records: [
      {
        key: 'run',
        blocks: { from: 0, next: plan.blocks },
        value: { kept: { ...kept, totals: { ...kept.totals, seconds: 1 } } },
      },
      { key: END, blocks: null, value: true },
    ],
  };
}

function textOf({ head, records }: Written): string {
  const lines = records.map(({ key, blocks, value }) => formatRecord(key, blocks, value));
  return Buffer.concat([formatHead(head), ...lines]).toString();
}

export const setUpPart: Setup = async ({ folder }) => {
  const parts: Written[] = [];
  for (const text of Object.values(SMALL_SCENARIOS)) parts.push(await partOf(text));
  const texts = new Mutator(parts.map(textOf));
  const contents = new Mutator(parts.map((part) => JSON.stringify(part)));
  const path = join(folder, 'part-1-of-1.jsonl');
  return {
    make: (chance) => {
      if (chance.is(0.3)) return texts.mutate(chance);
      // what its maker has signed
      try {
        return textOf(JSON.parse(contents.mutate(chance)) as Written);
      } catch {
        return texts.mutate(chance);
      }
    },
    run: async (text) => {
      writeFileSync(path, text);
      try {
        const found = checkParts([openPart(path)]);
        const prepared = prepareSource(sourceOfParts(found));
        const journal = new Journal(path, () => ({ ...found[0].head, work: prepared.work }), {
          isFresh: false,
          onTrouble: () => undefined,
        });
        for (const { key } of prepared.runs()) journal.get(key);
        await mergeParts(prepared.runs(), found);
      } finally {
        rmSync(path, { force: true });
      }
    },
  };
};
