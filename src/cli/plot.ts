/** Small distribution plots of block characters. */
import type { PairResult } from '../result/schema.js';

const LEVELS = ' ▁▂▃▄▅▆▇█';
const ROWS = 2;
const COLUMNS = 60;
const AXIS_STEPS_DB = [0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5];

/** Plots of the pairs' per-fibre losses over one common axis, each scaled to its own peak. */
export function distributionPlots(pairs: readonly PairResult[], labelWidth: number): string[] {
  const widest = Math.max(...pairs.map((pair) => pair.il.p99.value), 0.01);
  const step = AXIS_STEPS_DB.find((s) => 4 * s >= widest) ?? widest / 4;
  const endDb = 4 * step;
  const lines: string[] = [];
  for (const pair of pairs) {
    const rows = plotRows(columnCounts(pair, endDb));
    rows.forEach((row, i) => {
      const label = i === ROWS - 1 ? pair.name.slice(0, labelWidth) : '';
      lines.push(`${label.padEnd(labelWidth)}  ${row}`.trimEnd());
    });
  }
  lines.push(`${' '.repeat(labelWidth)}  ${axis(step)}`);
  return lines;
}

/** Counts of a pair's histogram gathered into the columns of the plot; losses beyond its end are left out. */
function columnCounts(pair: PairResult, endDb: number): number[] {
  const { firstBin, counts } = pair.histogram.il;
  const columns = new Array<number>(COLUMNS).fill(0);
  counts.forEach((count, i) => {
    const column = Math.floor(((firstBin + i) * pair.histogram.binWidthDb * COLUMNS) / endDb);
    if (column < COLUMNS) columns[column] = (columns[column] ?? 0) + count;
  });
  return columns;
}

function plotRows(columns: readonly number[]): string[] {
  const peak = Math.max(...columns, 1);
  const steps = ROWS * (LEVELS.length - 1);
  const heights = columns.map((count) => Math.round((count / peak) * steps));
  return Array.from({ length: ROWS }, (_, row) => {
    const floor = (ROWS - 1 - row) * (LEVELS.length - 1);
    return heights
      .map((height) => LEVELS[Math.min(LEVELS.length - 1, Math.max(0, height - floor))])
      .join('');
  });
}

/** Axis with five labels, the last one at its end. */
function axis(step: number): string {
  let line = '';
  for (let i = 0; i <= 4; i++) {
    const at = Math.round((i * COLUMNS) / 4);
    line = `${line.padEnd(at)}${Number((i * step).toPrecision(3))}`;
  }
  return `${line} dB`;
}
