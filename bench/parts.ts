/** What it costs to keep what was computed, to start a shard, and to put parts together: the figures of docs/scaling.md. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadKernel } from '../src/engine/load-kernel.js';
import { BlockComputer } from '../src/engine/tasks.js';
import { PlanTotals } from '../src/engine/totals.js';
import { Journal } from '../src/parts/journal.js';
import { mergeParts, openPart } from '../src/parts/merge.js';
import { workOf } from '../src/parts/work.js';
import { compilePlan } from '../src/plan/compile.js';
import { blockStart } from '../src/plan/types.js';
import { describeScenario } from '../src/scenario/index.js';
import type { Case } from '../src/studies/bench/rounds.js';
import { simulation } from '../src/studies/simulate.js';
import { nodeSeconds, runArguments } from './command-line.js';
import { SHIPPED, shippedScenario } from './scenarios.js';

/** Parts that are put together, the same one under other numbers: all of as many blocks, of which there is a multiple of 64. */
const PARTS = 8;

/**
 * Costs of one plan's parts: the shipped scenario, five pairs with so many fibres.
 *
 * @param matings of each part; beyond 1e6 hardly any bins are new
 */
export function partsCase(fibres: number, matings: number, folder: string): Case {
  const group = `parts of a run, ${fibres} fibres, 5 pairs`;
  const read = shippedScenario(fibres);
  const scenario = { ...read, matings: PARTS * matings };
  const plan = compilePlan(scenario);
  const cut = (part: number): number => Math.floor((part * plan.blocks) / PARTS);
  const blocks = cut(1);
  const work = workOf('run', scenario);
  const source = {
    ...{ asked: { study: 'run' as const }, file: 'a.json', files: [], overrides: [], limits: [] },
    ...{
      text: JSON.stringify(describeScenario(scenario)),
      allowImplausible: false,
      allowOutside: false,
    },
  };
  const measure = async (): Promise<number[]> => {
    const computer = new BlockComputer(loadKernel());
    const totals = new PlanTotals(plan);
    let computing = 0;
    let folding = 0;
    for (let block = 0; block < blocks; block++) {
      const { result, seconds } = computer.compute({ number: 0, plan, block });
      if (block > 0) computing += seconds;
      const began = performance.now();
      totals.add(result, seconds);
      folding += performance.now() - began;
    }
    const state = totals.state();
    let saving = 0;
    const paths = Array.from({ length: PARTS }, (_, i) => {
      const path = join(folder, `part-${fibres}-${i + 1}.jsonl`);
      const [from, next] = [cut(i), cut(i + 1)];
      const head = () => ({ work, shard: { index: i + 1, count: PARTS }, source });
      const options = { isFresh: true, onTrouble: () => undefined };
      const journal = new Journal(`${path}.partial`, head, options);
      const kept = i === 0 ? totals.state() : state;
      journal.put('run', { from, next }, () => ({ kept: { from, next, totals: kept } }));
      const began = performance.now();
      journal.save();
      saving += performance.now() - began;
      journal.finishAs(path);
      return path;
    });
    const beganMerging = performance.now();
    const parts = paths.map(openPart);
    const study = simulation(scenario);
    await mergeParts(study.runs(), parts);
    const merging = performance.now() - beganMerging;
    const beganSummary = performance.now();
    study.result({} as Parameters<typeof study.result>[0]);
    const summing = performance.now() - beganSummary;
    return [
      computing / (blocks - 1),
      folding / 1000 / blocks,
      saving / 1000 / PARTS,
      statSync(paths[0] as string).size / 1000,
      merging / 1000 / PARTS,
      summing / 1000,
    ];
  };
  const seconds = [
    `a block of ${blockStart(plan, 1)} matings, one thread`,
    'adding a block to the totals',
    'saving a checkpoint',
  ].map((name) => ({ group, name, unit: 's' as const }));
  return {
    quantities: [
      ...seconds,
      { group, name: 'size of a part', unit: 'kB' },
      { group, name: 'merging a part', unit: 's' },
      { group, name: 'the result from merged totals', unit: 's' },
    ],
    measure,
  };
}

/** A shard of as few matings as there can be: what is left is its start. */
export function shardCase(folder: string, workers: number): Case {
  let index = 0;
  return {
    quantities: [
      { group: 'a shard, whole processes', name: `of 64 matings, workers: ${workers}`, unit: 's' },
    ],
    measure: async () => {
      index += 1;
      const args = runArguments(folder, SHIPPED, 6400, workers);
      return [nodeSeconds([...args, '--shard', `${index}/100`])];
    },
  };
}
