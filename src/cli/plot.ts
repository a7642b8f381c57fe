/** Small distribution plots of block characters. */
import type { PairResult } from '../result/schema.js';
import { LOSS_BINS_PER_DB, overflowDb } from '../statistics/histogram.js';
import { shorten } from './table.js';

const LEVELS = ' ▁▂▃▄▅▆▇█';
const TOP = LEVELS.length - 1;
const ROWS = 2;
const COLUMNS = 52;
const TICKS = 4;
const AXIS_STEPS_DB = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5];

/** Plots of the pairs' losses over one axis that reaches to their highest 99 % point, each scaled to its own peak. */
export function distributionPlots(pairs: readonly PairResult[], labelWidth: number): string[] {
  const widest = Math.max(...pairs.map((pair) => pair.il.p99.value));
  const step = AXIS_STEPS_DB.find((s) => TICKS * s >= widest) ?? 5;
  const plots = pairs.flatMap((pair) => {
    const label = shorten(pair.name, labelWidth).padEnd(labelWidth);
    return plotRows(columnCounts(pair, TICKS * step)).map((row, i) =>
      `${i === ROWS - 1 ? label : ' '.repeat(labelWidth)}  ${row}`.trimEnd(),
    );
  });
  return [...plots, `${' '.repeat(labelWidth)}  ${axis(step)}`];
}

/**
 * Counts of a pair's histogram gathered into the columns of the plot. Losses beyond its end are left out; where it ends
 * with the histogram, the last column holds the overflow.
 */
function columnCounts(pair: PairResult, endDb: number): number[] {
  const { binWidthDb, il } = pair.histogram;
  const columns = new Array<number>(COLUMNS).fill(0);
  il.counts.forEach((count, i) => {
    const centreDb = (il.firstBin + i + 0.5) * binWidthDb;
    const column = Math.floor((centreDb * COLUMNS) / endDb);
    if (column < COLUMNS) columns[column] = (columns[column] ?? 0) + count;
  });
  if (endDb === overflowDb(LOSS_BINS_PER_DB))
    columns[COLUMNS - 1] = (columns[COLUMNS - 1] ?? 0) + il.overflow;
  return columns;
}

/** The rows from the top. */
function plotRows(columns: readonly number[]): string[] {
  const peak = Math.max(...columns, 1);
  const heights = columns.map((count) => Math.round((count / peak) * ROWS * TOP));
  return Array.from({ length: ROWS }, (_, row) => {
    const below = (ROWS - 1 - row) * TOP;
    return heights
      .map((height) => LEVELS[Math.min(TOP, Math.max(0, height - below))] ?? ' ')
      .join('');
  });
}

/** Labels at the steps, the last one at the end of the plot. */
function axis(step: number): string {
  let line = '';
  for (let i = 0; i <= TICKS; i++) {
    line = `${line.padEnd((i * COLUMNS) / TICKS)}${Number((i * step).toPrecision(3))}`;
  }
  return `${line} dB`;
}
