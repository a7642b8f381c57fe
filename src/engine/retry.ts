/** Work that fails is tried again, a bounded number of times. Since it depends on nothing but the task, what comes of it is the same. */

/** The first time, and two more. */
export const MOST_ATTEMPTS = 3;

export interface Attempts<Task, Result> {
  /** How tasks are done. */
  readonly usual: (task: Task) => Promise<Result>;
  /** How they are tried again: apart from all others. */
  readonly apart: (task: Task) => Promise<Result>;
  /** Whether the work was ended: what fails then is not tried again. */
  readonly hasEnded: () => boolean;
  /** What a task has come to after so many attempts. */
  readonly failure: (task: Task, attempts: number, cause: unknown) => Error;
  /** Told of each failure but the last one. */
  readonly onRetry: (failure: Error) => void;
}

/**
 * Does tasks with up to MOST_ATTEMPTS attempts. Those that are tried again wait for each other: where memory is short, there is
 * the more of it for each.
 *
 * @returns rejects with the failure of the last attempt
 */
export function withRetries<Task, Result>(
  attempts: Attempts<Task, Result>,
): (task: Task) => Promise<Result> {
  const { usual, apart, hasEnded, failure, onRetry } = attempts;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (task: Task): Promise<Result> => {
    const result = last.then(() => {
      if (hasEnded()) throw new Error('the work was ended');
      return apart(task);
    });
    last = result.catch(() => undefined);
    return result;
  };
  return async (task) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await (attempt === 1 ? usual(task) : inTurn(task));
      } catch (error) {
        if (hasEnded()) throw error;
        const failed = failure(task, attempt, error);
        if (attempt === MOST_ATTEMPTS) throw failed;
        onRetry(failed);
      }
    }
  };
}
