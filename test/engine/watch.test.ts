/** How long tasks may take: far longer than any did, in time that stands still with the process. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_PATIENCE_S, processorTicks, Watch } from '../../src/engine/watch.js';

describe('a watch', () => {
  it('gives tasks 20 times what is expected before any was done, and its patience at least', () => {
    const watch = new Watch();
    expect(watch.mostSeconds(10)).toBe(200);
    expect(watch.mostSeconds(0.01)).toBe(DEFAULT_PATIENCE_S);
  });

  it('then 20 times what the slowest took, in proportion to what is expected', () => {
    const watch = new Watch();
    watch.took(0, 10); // less than a tick of 1 s
    expect(watch.mostSeconds(10)).toBe(DEFAULT_PATIENCE_S);
    expect(watch.mostSeconds(100)).toBe(200);
    watch.took(59, 10);
    watch.took(9, 10);
    expect(watch.mostSeconds(10)).toBe(20 * 60);
  });

  it('looks often enough for any patience', () => {
    expect(new Watch().tickSeconds).toBe(1);
    expect(new Watch(0.5).tickSeconds).toBe(0.025);
    expect(new Watch(0.5).mostSeconds(0.001)).toBe(0.5);
  });
});

describe('ticks', () => {
  /** What ticks of 1 s count while the process has used so much by each. */
  const counted = (busy: number, used: readonly number[]): number[] => {
    const left = [0, ...used];
    const ticks = processorTicks(1, () => left.shift() as number);
    return used.map(() => ticks(busy));
  };

  it('count no more than they last, however long the process was stopped and whatever it caught up', () => {
    expect(counted(1, [1, 2, 3600])).toEqual([1, 1, 1]);
  });

  it('count what each of the threads can have had of the processor', () => {
    expect(counted(2, [2, 3, 3.5])).toEqual([1, 0.5, 0.25]);
    expect(counted(1024, [2, 4])).toEqual([0.1, 0.1]);
  });

  it('count a little where the process sleeps, so that a wait without end does end', () => {
    expect(counted(1, [0, 0])).toEqual([0.1, 0.1]);
  });
});
