/** Progress of a run: a bar on a terminal, plain lines elsewhere. */
import type { RunProgress } from '../engine/fold.js';
import { counted, duration, integer, rate } from './format.js';
import { WIDTH } from './table.js';

const BAR_WIDTH = 24;
const REDRAW_MS = 100;
const LINE_MS = 5000;
const CLEAR_LINE = '\r\u001b[K';

export interface ProgressDisplay {
  update(progress: RunProgress): void;
  /** Removes the bar, so that what follows starts on a clean line. */
  end(): void;
}

/** What the display needs of a stream. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/**
 * Shows progress on a stream.
 *
 * @param fibres fibres of all pairs together, for the rate
 * @param now clock in ms
 */
export function progressDisplay(
  stream: ProgressStream,
  fibres: number,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  const started = now();
  let shownAt = -Infinity;
  let drawn = false;
  // Of an earlier run, which this one goes on with.
  let earlier: number | undefined;
  return {
    update: (progress) => {
      const time = now();
      earlier ??= progress.matingsDone;
      if (time - shownAt < (stream.isTTY ? REDRAW_MS : LINE_MS)) return;
      shownAt = time;
      const speed = speedText(progress, earlier, fibres, (time - started) / 1000);
      if (stream.isTTY) {
        // One column stays free: a full line would wrap and could not be cleared.
        const room = Math.min(WIDTH, stream.columns || WIDTH) - 1;
        stream.write(
          CLEAR_LINE + `${bar(progress.matingsDone / progress.matings)} ${speed}`.slice(0, room),
        );
        drawn = true;
      } else {
        stream.write(
          `${integer(progress.matingsDone)} of ${counted(progress.matings, 'mating')}, ${speed}\n`,
        );
      }
    },
    end: () => {
      if (drawn) stream.write(CLEAR_LINE);
      drawn = false;
    },
  };
}

/** Shows how many of something are done; parts of one count as such. */
export function countDisplay(
  stream: ProgressStream,
  noun: string,
  now?: () => number,
): { update(done: number, all: number): void; end(): void } {
  const { show, end } = shareText(stream, now);
  return {
    update: (done, all) =>
      show(done / all, () => `${integer(Math.floor(done))} of ${counted(all, noun)}`),
    end,
  };
}

/** Shows which share of the work is done, 0 to 1. */
export function shareDisplay(
  stream: ProgressStream,
  now?: () => number,
): { update(share: number): void; end(): void } {
  const { show, end } = shareText(stream, now);
  return { update: (share) => show(share, () => `${Math.floor(100 * share)} %`), end };
}

function shareText(stream: ProgressStream, now: () => number = () => performance.now()) {
  const started = now();
  let shownAt = -Infinity;
  let drawn = false;
  return {
    show: (share: number, what: () => string): void => {
      const time = now();
      if (time - shownAt < (stream.isTTY ? REDRAW_MS : LINE_MS)) return;
      shownAt = time;
      const text = what() + leftText(share, (time - started) / 1000);
      stream.write(stream.isTTY ? `${CLEAR_LINE}${bar(share)} ${text}` : `${text}\n`);
      drawn = stream.isTTY;
    },
    end: (): void => {
      if (drawn) stream.write(CLEAR_LINE);
      drawn = false;
    },
  };
}

function leftText(share: number, seconds: number): string {
  return share > 0 && seconds > 0 ? `, ${duration((seconds * (1 - share)) / share)} left` : '';
}

function bar(share: number): string {
  const filled = Math.floor(BAR_WIDTH * share);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

/** ` 42 %  2.13 M fibre matings/s  12 s left`; the percentage alone before anything is done. */
function speedText(
  { matingsDone, matings }: RunProgress,
  earlier: number,
  fibres: number,
  seconds: number,
): string {
  const share = matingsDone / matings;
  const percentage = `${Math.floor(100 * share)
    .toString()
    .padStart(3)} %`;
  const here = matingsDone - earlier;
  if (here === 0 || seconds === 0) return percentage;
  const left = duration((seconds * (matings - matingsDone)) / here);
  return `${percentage}  ${rate((here * fibres) / seconds)} fibre matings/s  ${left} left`;
}
