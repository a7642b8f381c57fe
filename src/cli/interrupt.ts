/** Ctrl-C and SIGTERM: abort the work at hand, or end the process where there is none to abort. */
import { EXIT } from './exit-codes.js';

/** Why work ended before it was done: Ctrl-C, the system (SIGTERM), or the time it was given. */
export type Ending = 'Interrupted' | 'Terminated' | 'Out of time';

/** Reason of work that was ended. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending);
    this.ending = ending;
  }

  /** Exit code of a command whose work ended so. */
  get exitCode(): number {
    return this.ending === 'Interrupted' ? EXIT.interrupted : EXIT.stopped;
  }
}

let current: AbortController | undefined;

/** How long after its time work is ended that was to end itself by then, s: it may be about to. */
const LATE_S = 1;

/** The time after which work is ended that has `maxSeconds` and means to keep to them. */
export function endingAfter(maxSeconds: number | undefined): number | undefined {
  return maxSeconds === undefined ? undefined : maxSeconds + LATE_S;
}

/** Timers reach no further than 24.8 days. */
const LONGEST_S = 2_000_000;

/** Calls `then` after so long, however long; the returned function calls it off. */
function after(seconds: number, then: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (left: number): void => {
    const next = Math.min(left, LONGEST_S);
    timer = setTimeout(() => (next < left ? wait(left - next) : then()), 1000 * next);
  };
  if (seconds < Number.POSITIVE_INFINITY) wait(seconds);
  return () => clearTimeout(timer);
}

/** Listens to Ctrl-C (SIGINT) and SIGTERM from now on; a second one ends the process at once. */
export function watchInterrupts(): void {
  process.once('SIGINT', () => end('Interrupted'));
  process.once('SIGTERM', () => end('Terminated'));
}

function end(ending: Ending): void {
  const reason = new Interrupted(ending);
  if (current === undefined) {
    process.stderr.write(`${ending}; no run was under way, so nothing is lost.\n`);
    process.exit(reason.exitCode);
  }
  current.abort(reason);
}

/**
 * Does `work` with a signal that Ctrl-C, SIGTERM or the end of its time aborts. What does not heed the signal is finished first.
 *
 * @param maxSeconds its time; Infinity for no bound
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  maxSeconds = Number.POSITIVE_INFINITY,
): Promise<T> {
  const controller = new AbortController();
  current = controller;
  const stop = (): void => controller.abort(new Interrupted('Out of time'));
  const callOff = after(maxSeconds, stop);
  try {
    return await work(controller.signal);
  } finally {
    callOff();
    current = undefined;
  }
}
