/** Runs a target in a thread of its own and ends it when an input takes too long. */
import { Worker } from 'node:worker_threads';
import type { Done, Failure, Order, Shown } from './order.js';

/** Processor time that an input may take, ms, and memory by which the process may grow. */
const MOST_MS = 2000;
const MOST_MB = 512;
/** Time on the clock after which an input that waits for something has failed. */
const MOST_WAIT_MS = 60_000;
const TICK_MS = 100;

export interface Summary {
  readonly target: string;
  readonly inputs: number;
  readonly seconds: number;
  readonly slowestMs: number;
  readonly slowest: number;
  /** Inputs that were refused as they should be. */
  readonly refused: number;
  readonly peakMb: number;
  readonly failures: readonly Failure[];
}

type Job = Omit<Order, 'progress'>;

/** Runs all inputs of the job; begins anew behind one that had to be ended. */
export async function watch(script: string, job: Job): Promise<Summary> {
  const began = performance.now();
  const failures: Failure[] = [];
  let slowest = { slowestMs: 0, slowest: -1 };
  let peakMb = 0;
  let refused = 0;
  let { from } = job;
  while (from < job.to || job.single !== undefined) {
    const part = await runPart(script, { ...job, from });
    for (const failure of part.failures) {
      const input = failure.input ?? (await inputAt(script, job, failure.index));
      failures.push({ ...failure, input });
    }
    peakMb = Math.max(peakMb, part.peakMb);
    refused += part.refused;
    if (part.slowestMs > slowest.slowestMs) slowest = part;
    if (part.endedAt === undefined || job.single !== undefined) break;
    from = part.endedAt + 1;
  }
  return {
    target: job.target,
    inputs: job.to - job.from,
    seconds: (performance.now() - began) / 1000,
    slowestMs: slowest.slowestMs,
    slowest: slowest.slowest,
    refused,
    peakMb,
    failures,
  };
}

/** A failure whose input has yet to be asked for. */
type Found = Omit<Failure, 'input'> & { readonly input?: string | undefined };

interface Part {
  readonly failures: readonly Found[];
  readonly slowestMs: number;
  readonly slowest: number;
  readonly refused: number;
  readonly peakMb: number;
  /** Number of the input at which the thread was ended; undefined if it came to its end. */
  readonly endedAt: number | undefined;
}

function runPart(script: string, job: Job): Promise<Part> {
  const progress = new SharedArrayBuffer(12);
  const at = new Int32Array(progress);
  at[0] = -1;
  const failures: Found[] = [];
  const worker = new Worker(script, {
    workerData: { ...job, progress } satisfies Order,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
  });
  return new Promise((resolve, reject) => {
    let last = -1;
    let cpu = process.cpuUsage();
    let since = performance.now();
    let hasEnded = false;
    const growth = (): string | undefined =>
      at[2]! > MOST_MB ? `the process has grown by ${at[2]} MB` : undefined;
    const end = (message: string | undefined, done?: Done): void => {
      clearInterval(timer);
      if (hasEnded) return;
      hasEnded = true;
      const index = at[0] as number;
      if (message !== undefined) {
        failures.push({ target: job.target, index, input: job.single, message });
      }
      worker.removeAllListeners('exit');
      worker.terminate().then(
        () =>
          resolve({
            failures,
            slowestMs: done?.slowestMs ?? MOST_MS,
            slowest: done?.slowest ?? index,
            refused: done?.refused ?? 0,
            peakMb: at[2] as number,
            endedAt: done === undefined ? index : undefined,
          }),
        reject,
      );
    };
    const timer = setInterval(() => {
      const index = Atomics.load(at, 0);
      if (index !== last || Atomics.load(at, 1) === 1) {
        last = index;
        cpu = process.cpuUsage();
        since = performance.now();
        const grown = growth();
        if (grown !== undefined) end(grown);
        return;
      }
      if (index < 0) return;
      const { user, system } = process.cpuUsage(cpu);
      const ms = (user + system) / 1000;
      const waited = performance.now() - since;
      if (ms > MOST_MS || waited > MOST_WAIT_MS)
        end(
          `took more than ${Math.round(ms)} ms of the processor, ${Math.round(waited)} ms in all`,
        );
    }, TICK_MS);
    worker.on('message', (message: Failure | Done) => {
      if ('done' in message) end(growth(), message);
      else failures.push(message);
    });
    worker.on('error', (error) => {
      if ((at[0] as number) < 0 && job.single === undefined) {
        clearInterval(timer);
        reject(error);
      } else end(`ended by ${error.message}`);
    });
  });
}

/** The input of this number, from a thread that does not run it. */
export function inputAt(script: string, job: Job, from = job.from): Promise<string> {
  const progress = new SharedArrayBuffer(12);
  const worker = new Worker(script, { workerData: { ...job, from, show: true, progress } });
  return new Promise((resolve, reject) => {
    worker.on('message', (message: Shown | Done) => {
      if ('shown' in message) resolve(message.shown);
    });
    worker.on('error', reject);
  });
}
