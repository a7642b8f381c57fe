/** Tasks that fail: tried again so often and no more, one at a time, and not once the work has ended. */
import { describe, expect, it } from 'vitest';
import { MOST_ATTEMPTS, withRetries } from '../../src/engine/retry.js';

/** Does tasks that fail so often before they succeed, and notes what happens. */
function worker(failures: Readonly<Record<string, number>>) {
  const seen: string[] = [];
  const tries = new Map<string, number>();
  let apart = 0;
  let mostApart = 0;
  let ended = false;
  const attempt = (where: string, task: string): string => {
    const attempts = (tries.get(task) ?? 0) + 1;
    tries.set(task, attempts);
    seen.push(`${where} ${task}`);
    if (attempts <= (failures[task] ?? 0)) throw new Error(`reason ${attempts}`);
    return task.toUpperCase();
  };
  const run = withRetries<string, string>({
    usual: async (task) => attempt('pool', task),
    apart: async (task) => {
      apart += 1;
      mostApart = Math.max(mostApart, apart);
      await new Promise((resolve) => setTimeout(resolve, 1));
      apart -= 1;
      return attempt('apart', task);
    },
    hasEnded: () => ended,
    failure: (task, attempts, cause) => new Error(`${task} ${attempts}`, { cause }),
    onRetry: ({ message }) => seen.push(`retry ${message}`),
  });
  const end = (): void => {
    ended = true;
  };
  return { run, seen, end, most: () => mostApart };
}

describe('a task', () => {
  it('that succeeds is done once', async () => {
    const { run, seen } = worker({});
    expect(await run('a')).toBe('A');
    expect(seen).toEqual(['pool a']);
  });

  it('that fails is tried again apart', async () => {
    const { run, seen } = worker({ a: 2 });
    expect(await run('a')).toBe('A');
    expect(seen).toEqual(['pool a', 'retry a 1', 'apart a', 'retry a 2', 'apart a']);
  });

  it(`that fails ${MOST_ATTEMPTS} times has failed, with the last reason`, async () => {
    const { run, seen } = worker({ a: 99 });
    const failure = await run('a').catch((error: Error) => error);
    expect(failure).toMatchObject({ message: 'a 3', cause: { message: 'reason 3' } });
    expect(seen).toEqual(['pool a', 'retry a 1', 'apart a', 'retry a 2', 'apart a']);
  });

  it('waits for others that are tried again', async () => {
    const { run, most } = worker({ a: 2, b: 1, c: 99, d: 1 });
    const results = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(run));
    expect(results.map(({ status }) => status[0])).toEqual(['f', 'f', 'r', 'f', 'f']);
    expect(most()).toBe(1);
  });

  it('is not tried again once the work has ended', async () => {
    const { run, seen, end } = worker({ a: 99, b: 99 });
    const both = [run('a'), run('b')];
    end();
    for (const task of both) await expect(task).rejects.toThrow(/reason 1|was ended/);
    expect(seen.filter((what) => what.startsWith('apart'))).toEqual([]);
  });
});
