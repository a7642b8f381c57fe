/** The cases that users and developers measure alike: engines in one thread, and runs on workers. */
import { ENGINES, type Engine } from '../../engine/runner.js';
import type { Plan } from '../../plan/types.js';
import { AGAIN } from './report.js';
import type { Case } from './rounds.js';
import { runRate, ThreadMeter } from './throughput.js';

const ONE_THREAD = 'blocks alone, one thread';
const WORKERS = 'runs under way, on workers';

/** What is run, and how long a measurement takes. */
export interface Subject {
  readonly plan: Plan;
  /** Told behind the engine, such as `12 fibres`; empty if there is one subject only. */
  readonly label: string;
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

function named(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

/** One engine in this thread; the kernel is compared with the reference. */
export function threadCase({ plan, label, seconds, signal }: Subject, engine: Engine): Case {
  const meter = new ThreadMeter(plan, engine);
  return {
    quantities: [
      {
        group: ONE_THREAD,
        name: named(engine, label),
        unit: 'fibre matings/s',
        against: engine === 'reference' ? undefined : named('reference', label),
      },
    ],
    measure: async () => [await meter.rate(seconds, signal)],
  };
}

/** The kernel a second time, compared with the first: what the ratio differs from 1 is noise. */
export function againCase(subject: Subject): Case {
  const { quantities, measure } = threadCase(subject, 'kernel');
  return {
    quantities: quantities.map((q) => ({ ...q, name: q.name + AGAIN, against: q.name })),
    measure,
  };
}

/** One engine on so many workers, compared with itself on one. */
export function workersCase(
  { plan, label, seconds, signal }: Subject,
  engine: Engine,
  workers: number,
): Case {
  return {
    quantities: [
      {
        group: WORKERS,
        name: named(engine, label, `${workers} worker${workers === 1 ? '' : 's'}`),
        unit: 'fibre matings/s',
        against: workers === 1 ? undefined : named(engine, label, '1 worker'),
        workers,
      },
    ],
    measure: async () => [await runRate(plan, engine, workers, seconds, signal)],
  };
}

/** Both engines in one thread and on so many workers, and the kernel again. */
export function throughputCases(subject: Subject, workers: readonly number[]): Case[] {
  return [
    ...ENGINES.map((engine) => threadCase(subject, engine)),
    ...ENGINES.flatMap((engine) => workers.map((count) => workersCase(subject, engine, count))),
    againCase(subject),
  ];
}
