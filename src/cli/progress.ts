/** Progress of a run: a bar on a terminal, plain lines elsewhere. */
import type { RunProgress } from '../engine/run.js';
import { duration, integer, rate } from './format.js';

const BAR_WIDTH = 24;
const REDRAW_MS = 100;
const LINE_MS = 5000;

export interface ProgressDisplay {
  update(progress: RunProgress): void;
  /** Removes the bar, so that what follows starts on a clean line. */
  end(): void;
}

/**
 * Shows progress on a stream.
 *
 * @param fibres fibres of all pairs together, for the rate
 */
export function progressDisplay(stream: NodeJS.WriteStream, fibres: number): ProgressDisplay {
  const started = performance.now();
  let shown = stream.isTTY ? -Infinity : started;
  return {
    update: ({ matingsDone, matings }) => {
      const now = performance.now();
      const finished = matingsDone === matings;
      if (now - shown < (stream.isTTY ? REDRAW_MS : LINE_MS)) return;
      if (!stream.isTTY && finished) return;
      shown = now;
      const seconds = (now - started) / 1000;
      const share = matingsDone / matings;
      const perSecond = (matingsDone * fibres) / seconds;
      const left = share > 0 ? duration((seconds * (1 - share)) / share) : '…';
      const numbers = `${(100 * share).toFixed(0).padStart(3)} %  ${rate(perSecond)} fibre matings/s  ${left} left`;
      if (stream.isTTY) {
        const filled = Math.round(BAR_WIDTH * share);
        const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
        stream.write(`\r\u001b[K${bar} ${numbers}`);
      } else {
        stream.write(`${integer(matingsDone)} of ${integer(matings)} matings, ${numbers}\n`);
      }
    },
    end: () => {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}
