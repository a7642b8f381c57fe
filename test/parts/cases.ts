/** Small studies of every kind, run whole, in parts, and with interruptions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Journal } from '../../src/parts/journal.js';
import { checkParts, mergeParts, openPart } from '../../src/parts/merge.js';
import { runStudy } from '../../src/parts/run-study.js';
import type { Shard } from '../../src/parts/shard.js';
import type { Source } from '../../src/parts/source.js';
import type { Study } from '../../src/parts/study-run.js';
import { type Work, workOf } from '../../src/parts/work.js';
import type { HostFacts } from '../../src/result/provenance.js';
import { loadScenario } from '../../src/scenario/index.js';
import { ScenarioText } from '../../src/scenario/parse.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { sensitivityStudy } from '../../src/studies/sensitivity/sensitivity.js';
import { simulation } from '../../src/studies/simulate.js';
import { sweepStudy } from '../../src/studies/sweep/sweep.js';

export interface Case {
  readonly name: string;
  readonly work: Work;
  /** A new study each time: what it has come to is its own. */
  readonly study: () => Study<object, HostFacts & { computingShare: number }>;
}

export const TWO = `name: two
seed: "7"
matings: 130
designs:
  elite: { extends: mtp-elite }
  mpo: { extends: generic-mpo }
pairs:
  elite: { pinned: elite, unpinned: elite }
  mpo: { pinned: mpo, unpinned: mpo }
`;
const LOT = 'experiment: { type: lot, pinned: 3, unpinned: 4, repeats: 2 }\n';

export function runOf(text: string, name = 'run'): Case {
  const { scenario } = new ScenarioText(text).parse();
  return { name, work: workOf('run', scenario), study: () => simulation(scenario) };
}

/** Of a shipped scenario. */
function shipped(name: string, matings: number): Case {
  const { scenario: read } = loadScenario(`scenarios/${name}.yaml`);
  const scenario = { ...read, matings };
  return { name, work: workOf('run', scenario), study: () => simulation(scenario) };
}

export function sweepOf(parameters: readonly string[], name: string, matings = 20): Case {
  const text = new ScenarioText(TWO.replace('130', String(matings)));
  const spec = {
    design: 'grid' as const,
    points: null,
    parameters: parameters.map(parseSweepParameter),
  };
  const { scenario } = text.parse();
  return {
    name,
    work: workOf('sweep', scenario, { parameters }),
    study: () => sweepStudy(text, { spec }),
  };
}

const sensitivityCase = (): Case => {
  const { scenario } = new ScenarioText(TWO).parse();
  const its = { ...scenario, matings: 12 };
  const work = workOf('sensitivity', its);
  return { name: 'sensitivity', work, study: () => sensitivityStudy(its, {}) };
};

export const CASES: readonly Case[] = [
  runOf(TWO),
  runOf(TWO.replace('matings: 130\n', LOT), 'lot'),
  shipped('stress', 20),
  shipped('re-mating', 20),
  shipped('return-loss', 20),
  shipped('multimode', 20),
  shipped('link-sr4', 20),
  sweepOf(['mating.friction=range(0.1, 0.2, 5)'], 'sweep'),
  sweepOf(['designs.mpo.spring.force=8 N, 8 um, 10 N, 12 um'], 'sweep of which points fail'),
  sensitivityCase(),
];

const SOURCE: Source = {
  ...{ asked: { study: 'run' }, file: 'two.yaml', text: '', files: [] },
  ...{ overrides: [], limits: [], allowImplausible: false, allowOutside: false },
};
const HOST = { computingShare: 0 } as HostFacts & { computingShare: number };

/** All but what depends on the machine. */
function bytesOf(result: object): string {
  const { host: _, ...rest } = result as { host: unknown };
  return JSON.stringify(rest);
}

export async function wholeOf({ study }: Case): Promise<string> {
  const its = study();
  await runStudy(its.runs(), { workers: 0, engine: 'kernel' });
  return bytesOf(its.result(HOST));
}

const INTERRUPTED = 'interrupted';

/** A signal that is aborted when `told` is called for the n-th time. */
export function fuse(n: number): { readonly signal: AbortSignal; readonly told: () => void } {
  const controller = new AbortController();
  let left = n;
  const told = (): void => {
    left -= 1;
    if (left === 0) controller.abort(new Error(INTERRUPTED));
  };
  return { signal: controller.signal, told };
}

/** Does work again and again, each time until the next of these fuses burns down, and then to its end unless the last is −1. */
export async function interrupted<T>(
  fuses: readonly number[],
  work: (signal: AbortSignal, told: () => void) => Promise<T>,
): Promise<{ readonly value: T; readonly interruptions: number }> {
  let interruptions = 0;
  for (const n of fuses.at(-1) === -1 ? fuses.slice(0, -1) : [...fuses, Number.POSITIVE_INFINITY]) {
    const { signal, told } = fuse(n);
    try {
      return { value: await work(signal, told), interruptions };
    } catch (error) {
      if ((error as Error).message !== INTERRUPTED) throw error;
      interruptions += 1;
    }
  }
  throw new Error('never done');
}

/**
 * Whose clock goes on by a second whenever it is looked at, so that everything is written at once.
 *
 * @param told called at each look
 */
export function journalAt(
  path: string,
  work: Work,
  shard: Shard | null = null,
  told: () => void = () => undefined,
): Journal {
  let now = 0;
  const head = { work, shard, source: shard === null ? null : SOURCE };
  return new Journal(path, () => head, {
    isFresh: false,
    onTrouble: (message) => {
      throw new Error(message);
    },
    now: () => {
      told();
      now += 1000;
      return now;
    },
  });
}

/** Runs a shard, with interruptions; the path of its part. */
export async function partOf(
  { study, work }: Case,
  shard: Shard,
  folder: string,
  fuses: readonly number[] = [],
): Promise<string> {
  const path = join(folder, `part-${shard.index}-of-${shard.count}.jsonl`);
  await interrupted(fuses, async (signal, onProgress) => {
    const journal = journalAt(`${path}.partial`, work, shard);
    const options = { workers: 0, engine: 'kernel' as const, journal, shard, signal, onProgress };
    await runStudy(study().runs(), options);
    journal.finishAs(path);
  });
  return path;
}

/** Runs it whole, with interruptions. */
export async function resumed(
  { study, work }: Case,
  folder: string,
  fuses: readonly number[],
): Promise<{ readonly bytes: string; readonly interruptions: number }> {
  const { value, interruptions } = await interrupted(fuses, async (signal, onProgress) => {
    const journal = journalAt(join(folder, 'r.json.partial'), work);
    const its = study();
    const options = { workers: 0, engine: 'kernel' as const, journal, signal, onProgress };
    await runStudy(its.runs(), options);
    journal.remove();
    return bytesOf(its.result(HOST));
  });
  return { bytes: value, interruptions };
}

export async function merged({ study }: Case, paths: readonly string[]): Promise<string> {
  const its = study();
  await mergeParts(its.runs(), checkParts(paths.map(openPart)));
  return bytesOf(its.result(HOST));
}

/** Lines of a file. */
export function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}
