/** Checkpoints and parts of runs, one or two: opened, checked against their plan, shown, gone on with and merged. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addStatusCommand } from '../../../src/cli/commands/status.js';
import { prepareSource } from '../../../src/cli/prepared.js';
import type { Kept } from '../../../src/engine/fold.js';
import { runPlans } from '../../../src/engine/run-many.js';
import { END, type Head, Journal } from '../../../src/parts/journal.js';
import { checkParts, mergeParts, openPart, sourceOfParts } from '../../../src/parts/merge.js';
import { type Blocks, formatHead, formatRecord } from '../../../src/parts/record-file.js';
import type { Shard } from '../../../src/parts/shard.js';
import { workOf } from '../../../src/parts/work.js';
import { compilePlan } from '../../../src/plan/compile.js';
import { ScenarioText } from '../../../src/scenario/index.js';
import type { Chance } from '../../support/chance.js';
import { runQuietly } from '../commands.js';
import { SMALL_SCENARIOS } from '../corpus.js';
import { Mutator } from '../mutate.js';
import { type Setup, shareOf } from '../target.js';

interface Written {
  readonly head: Head;
  readonly records: readonly {
    readonly key: string;
    readonly blocks: Blocks | null;
    readonly value: unknown;
  }[];
}

/** The part that a shard of a run writes. */
async function partOf(text: string, shard: Shard): Promise<Written> {
  const { scenario } = new ScenarioText(text).parse();
  const plan = compilePlan(scenario);
  let all: Kept | undefined;
  const cut = (k: number): number => Math.floor((k * plan.blocks) / shard.count);
  const range = { from: cut(shard.index - 1), to: cut(shard.index) };
  const run = {
    plan,
    range,
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
      shard,
      source: {
        ...{ asked: { study: 'run' }, file: 'a.yaml', text, files: [], overrides: [], limits: [] },
        ...{ allowImplausible: false, allowOutside: false },
      },
    },
    records: [
      {
        key: 'run',
        blocks: { from: range.from, next: range.to },
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

/** Between the texts of two parts. */
const BETWEEN = '\n\n';
const STATUS = 0.3;

export const setUpPart: Setup = async ({ folder }) => {
  const wholes: Written[] = [];
  const halves: Written[][] = [];
  for (const text of Object.values(SMALL_SCENARIOS)) {
    wholes.push(await partOf(text, { index: 1, count: 1 }));
    const both = [1, 2].map((index) => partOf(text, { index, count: 2 }));
    halves.push(await Promise.all(both));
  }
  const damaged = (parts: readonly Written[]) => {
    const texts = new Mutator(parts.map(textOf));
    const contents = new Mutator(parts.map((part) => JSON.stringify(part)));
    return (chance: Chance): string => {
      if (chance.is(0.3)) return texts.mutate(chance);
      // what its maker has signed
      try {
        return textOf(JSON.parse(contents.mutate(chance)) as Written);
      } catch {
        return texts.mutate(chance);
      }
    };
  };
  const damagedWhole = damaged(wholes);
  const damagedHalf = damaged(halves.flat());
  const below = join(folder, 'parts');
  return {
    make: (chance) => {
      if (chance.is(0.7)) return damagedWhole(chance);
      const both = chance.pick(halves).map(textOf);
      const i = chance.whole(0, 1);
      both[i] = damagedHalf(chance);
      if (chance.is(0.2)) both[1 - i] = damagedHalf(chance);
      return both.join(BETWEEN);
    },
    run: async (text) => {
      mkdirSync(below, { recursive: true });
      const texts = text.split(BETWEEN, 3);
      const paths = texts.map((_, i) => join(below, `part-${i + 1}-of-${texts.length}.jsonl`));
      try {
        for (const [i, path] of paths.entries()) writeFileSync(path, texts[i] as string);
        if (shareOf(text) < STATUS) {
          if (shareOf(`${text}?`) < 0.5) renameSync(paths[0]!, `${paths[0]}.partial`);
          await runQuietly(addStatusCommand, ['status', below]);
          return;
        }
        const found = checkParts(paths.map(openPart));
        const prepared = prepareSource(sourceOfParts(found));
        const journal = new Journal(paths[0]!, () => ({ ...found[0].head, work: prepared.work }), {
          isFresh: false,
          onTrouble: () => undefined,
        });
        for (const { key } of prepared.runs()) journal.get(key);
        await mergeParts(prepared.runs(), found);
      } finally {
        rmSync(below, { recursive: true, force: true });
      }
    },
  };
};
