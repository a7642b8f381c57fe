/** Ctrl-C as an abort signal. */

/** Reason of a run that the user ended. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Runs `work` with a signal that Ctrl-C (SIGINT) aborts; a second Ctrl-C ends the process at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const onInterrupt = (): void => {
    controller.abort(new Interrupted('interrupted'));
    process.removeListener('SIGINT', onInterrupt);
  };
  process.on('SIGINT', onInterrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.removeListener('SIGINT', onInterrupt);
  }
}
