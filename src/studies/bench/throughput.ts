/** How many fibre matings a second an engine computes: in this thread, and as a run on worker threads. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { linearRegression } from 'simple-statistics';
import type { BlockRunner } from '../../engine/block.js';
import { runnerSource } from '../../engine/load-kernel.js';
import { runPlan } from '../../engine/run.js';
import { createRunner, type Engine } from '../../engine/runner.js';
import { compilePlan } from '../../plan/compile.js';
import type { Plan } from '../../plan/types.js';
import type { Scenario } from '../../scenario/types.js';

/** More matings than any measurement gets through. Also makes all blocks full. */
const ENDLESS = 1e10;

/** The plan of a scenario as a run without end. Throws UserError if the scenario is too large. */
export function endlessPlan(scenario: Scenario): Plan {
  return compilePlan({ ...scenario, matings: ENDLESS });
}

/** Pieces of a block in which the reference is measured: at its speed whole blocks would last too long. */
const REFERENCE_PIECES = 8;

function planFor(engine: Engine, plan: Plan): Plan {
  return engine === 'reference' ? { ...plan, blocks: REFERENCE_PIECES * plan.blocks } : plan;
}

export function fibresOf(plan: Plan): number {
  return plan.pairs.reduce((sum, pair) => sum + pair.mechanics.fibres, 0);
}

/** Measures blocks alone, in this thread: no start, no fold, no intervals. The engine stays warm between calls. */
export class ThreadMeter {
  readonly #fibres: number;
  readonly #run: BlockRunner;
  #block = 0;

  constructor(plan: Plan, engine: Engine) {
    this.#fibres = fibresOf(plan);
    this.#run = createRunner(runnerSource(planFor(engine, plan), engine));
  }

  /** Fibre matings a second over at least `seconds`. An aborted signal rejects with its reason. */
  async rate(seconds: number, signal?: AbortSignal): Promise<number> {
    const started = performance.now();
    let matings = 0;
    let elapsed = 0;
    while (elapsed < seconds) {
      matings += this.#run(this.#block).matings;
      this.#block += 1;
      elapsed = (performance.now() - started) / 1000;
      await nextTurn(); // lets Ctrl-C in
      signal?.throwIfAborted();
    }
    return (matings * this.#fibres) / elapsed;
  }
}

/** Reason of the end of a run that was measured long enough. */
const ENOUGH = new Error('measured long enough');

/**
 * Fibre matings a second of a run under way: workers, messages and fold in block order, without the start.
 *
 * The rate is the slope of the straight line through what was done over time, because blocks of several workers arrive in
 * bunches: a count between two moments would depend on where in a bunch they fall.
 *
 * @param workers from 1 on
 * @param seconds measured after half as long a warm-up, which begins with the first block
 */
export async function runRate(
  plan: Plan,
  engine: Engine,
  workers: number,
  seconds: number,
  signal?: AbortSignal,
): Promise<number> {
  const end = new AbortController();
  const forward = (): void => end.abort(signal?.reason);
  signal?.addEventListener('abort', forward, { once: true });
  const fewest = 2 * workers + 2;
  const done: [seconds: number, matings: number][] = [];
  let warmAt = Number.NaN;
  const onProgress = ({ matingsDone }: { readonly matingsDone: number }): void => {
    const now = performance.now() / 1000;
    if (Number.isNaN(warmAt)) warmAt = now + seconds / 2;
    if (now < warmAt) return;
    done.push([now - warmAt, matingsDone]);
    if (now - warmAt >= seconds && done.length >= fewest) end.abort(ENOUGH);
  };
  try {
    signal?.throwIfAborted();
    await runPlan(planFor(engine, plan), { workers, engine, onProgress, signal: end.signal });
  } catch (error) {
    if (error !== ENOUGH) throw error;
  } finally {
    signal?.removeEventListener('abort', forward);
  }
  return linearRegression(done).m * fibresOf(plan);
}

/** 1, 2, 4, … and `most` itself. */
export function workerCounts(most: number): number[] {
  const counts: number[] = [];
  for (let count = 1; count < most; count *= 2) counts.push(count);
  return most < 1 ? counts : [...counts, most];
}
