/** `npm run soak -- --minutes 30`: full load for so long, and whether memory stays flat. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { linearRegression } from 'simple-statistics';
import { Journal } from '../src/parts/journal.js';
import { workOf } from '../src/parts/work.js';
import { writeResult } from '../src/result/files.js';
import { loadScenario, openScenario } from '../src/scenario/index.js';
import { parseSweepParameter } from '../src/scenario/read-sweep.js';
import { exceedance } from '../src/studies/exceedance.js';
import { sensitivity } from '../src/studies/sensitivity/sensitivity.js';
import { simulate } from '../src/studies/simulate.js';
import { sweep } from '../src/studies/sweep/sweep.js';
import { inTemporaryFolder } from './command-line.js';
import { SHIPPED } from './scenarios.js';

const SAMPLE_MS = 2000;
/** What is left out at the start, while code is compiled and heaps grow to their size. */
const WARM_UP = 0.2;
/** Growth over the time looked at that counts as flat, of the mean: of one run, and of many with a garbage collector's moods. */
const FLAT_RUN = 0.02;
const FLAT_STUDIES = 0.1;

interface Memory {
  readonly minutes: number;
  readonly megabytes: number;
}

/** Samples the memory of the process, all threads, while `work` lasts. */
async function watched(work: () => Promise<void>): Promise<Memory[]> {
  const began = performance.now();
  const samples: Memory[] = [];
  const timer = setInterval(() => {
    const minutes = (performance.now() - began) / 60_000;
    samples.push({ minutes, megabytes: process.memoryUsage.rss() / 1e6 });
  }, SAMPLE_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return samples;
}

/** One run without end, kept as it goes on. */
async function longRun(folder: string, minutes: number): Promise<void> {
  const scenario = { ...loadScenario(SHIPPED).scenario, matings: 1e11 };
  const head = { work: workOf('run', scenario), shard: null, source: null };
  const options = { isFresh: true, onTrouble: (message: string) => console.error(message) };
  const journal = new Journal(join(folder, 'long.partial'), () => head, options);
  let done = 0;
  const onProgress = ({ matingsDone }: { readonly matingsDone: number }): void => {
    done = matingsDone;
  };
  const signal = AbortSignal.timeout(60_000 * minutes);
  await simulate(scenario, { journal, signal, onProgress }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  console.log(`one run: ${(done * 60).toExponential(2)} fibre matings`);
}

/** Studies of all kinds, one after the other. */
async function manyRuns(folder: string, minutes: number): Promise<void> {
  const end = performance.now() + 60_000 * minutes;
  const text = openScenario(SHIPPED);
  const { scenario } = text.parse([]);
  const small = { ...scenario, matings: 20_000 };
  const spec = {
    ...{ design: 'grid' as const, points: null },
    parameters: [parseSweepParameter('mating.friction=range(0.05, 0.25, 3)')],
  };
  const stress = loadScenario(SHIPPED.replace('mpo-vs-mtp', 'stress')).scenario;
  let rounds = 0;
  while (performance.now() < end) {
    await writeResult(await simulate(small), join(folder, 'run.json'));
    await simulate({ ...small, matings: 2000 }, { engine: 'reference' });
    await simulate({ ...stress, matings: 2000 });
    await sweep(text, spec, { overrides: [{ path: 'matings', value: '10000' }] });
    await sensitivity({ ...small, matings: 2000 }, { pairs: ['mpo'] });
    await exceedance(small, { aboveDb: [1], pairs: ['mpo'], maxReplicates: 4 });
    rounds += 1;
  }
  console.log(`many studies: ${rounds} rounds of six`);
}

/** Tells how memory went; whether it stayed flat. */
function tell(name: string, all: readonly Memory[], flat: number): boolean {
  const last = all.at(-1)?.minutes ?? 0;
  const samples = all.filter(({ minutes }) => minutes >= WARM_UP * last);
  const { m } = linearRegression(samples.map((one) => [one.minutes, one.megabytes]));
  const values = samples.map(({ megabytes }) => megabytes);
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const growth = m * (1 - WARM_UP) * last;
  const isFlat = growth <= flat * mean;
  console.log(
    `${name}: ${last.toFixed(1)} min, memory ${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} MB, mean ${mean.toFixed(0)} MB, trend ${growth.toFixed(1)} MB over ${((1 - WARM_UP) * last).toFixed(1)} min: ${isFlat ? 'flat' : 'NOT FLAT'}`,
  );
  return isFlat;
}

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error('--minutes takes a number');
await inTemporaryFolder(async (folder) => {
  const half = minutes / 2;
  const isFlat = [
    tell('one run', await watched(() => longRun(folder, half)), FLAT_RUN),
    tell('many studies', await watched(() => manyRuns(folder, half)), FLAT_STUDIES),
  ];
  process.exitCode = isFlat.every(Boolean) ? 0 : 1;
});
