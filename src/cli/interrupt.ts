/** Ctrl-C: aborts the work at hand, or ends the process where there is none to abort. */
import { EXIT } from './exit-codes.js';

/** Reason of a run that the user ended. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

let current: AbortController | undefined;

/** Listens to Ctrl-C (SIGINT) from now on; a second one ends the process at once. */
export function watchInterrupts(): void {
  process.once('SIGINT', () => {
    if (current === undefined) {
      process.stderr.write('Interrupted; no run was under way, so nothing is lost.\n');
      process.exit(EXIT.interrupted);
    }
    current.abort(new Interrupted('interrupted'));
  });
}

/** Does `work` with a signal that Ctrl-C aborts. What does not heed the signal is finished first. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  current = controller;
  try {
    return await work(controller.signal);
  } finally {
    current = undefined;
  }
}
