/** How long a thread may take before it counts as hanging: far longer than any task does. */

/** What a task may take, as a multiple of the slowest one so far. */
const SLACK = 20;
export const DEFAULT_PATIENCE_S = 60;
/** Ticks while the least patience lasts. */
const TICKS = 20;
const LONGEST_TICK_S = 1;
/** What a tick counts at least, as a share of itself: a thread that waits for something that never comes takes no processor. */
const LEAST_SHARE = 0.1;

/** Tells how long tasks may take, from what is expected of them and what others took. */
export class Watch {
  readonly tickSeconds: number;
  readonly #least: number;
  /** As a multiple of what was expected. */
  #slowest: number | undefined;

  /** @param patienceSeconds what any task may take, s */
  constructor(patienceSeconds = DEFAULT_PATIENCE_S) {
    this.#least = patienceSeconds;
    this.tickSeconds = Math.min(LONGEST_TICK_S, patienceSeconds / TICKS);
  }

  /** A task was done. What took less than a tick counts as one. */
  took(seconds: number, expectedSeconds: number): void {
    const multiple = (seconds + this.tickSeconds) / expectedSeconds;
    this.#slowest = Math.max(this.#slowest ?? 0, multiple);
  }

  /** What a task may take, s. */
  mostSeconds(expectedSeconds: number): number {
    return Math.max(this.#least, SLACK * (this.#slowest ?? 1) * expectedSeconds);
  }
}

/**
 * The time of each of several busy threads, counted in ticks of this process: a share of the processor time of all, but never
 * more than the tick. So neither a clock that jumps, nor a process that is stopped for hours, nor other programs that leave it
 * little make a thread look slow.
 *
 * @param usedSeconds processor time of the process so far, s
 * @returns what this tick counts, s, for each of so many threads
 */
export function processorTicks(
  tickSeconds: number,
  usedSeconds: () => number = processorSeconds,
): (busy: number) => number {
  let before = usedSeconds();
  return (busy) => {
    const now = usedSeconds();
    const share = (now - before) / (busy * tickSeconds);
    before = now;
    return tickSeconds * Math.min(1, Math.max(LEAST_SHARE, share));
  };
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
