/** Curves of density and exceedance from the histogram of a pair. */
import type { PairResult } from '../../result/schema.js';

/** Part of itself by which the share beyond falls from one point of a curve to the next. */
const FALL = 0.04;
/** Empty bins beyond which a curve is drawn level, from one loss to the next. */
const GAP = 5;
/** Share beyond which the axis of losses ends. */
export const BEYOND = 0.001;
/** Or at so many times the loss that this share exceeds, if a few fibres lie far away from all others. */
export const FAR = 6;
export const MOST_OF = 0.01;
/** Fibres that exceedance curves go down to: below, single matings show. */
export const FEWEST = 10;

export interface Point {
  readonly pair: string;
  readonly lossDb: number;
  readonly value: number;
}

/** Counts from 0 dB on, in bins of binWidthDb. */
function countsOf({ histogram }: PairResult): number[] {
  const { firstBin, counts } = histogram.il;
  return [...new Array<number>(firstBin).fill(0), ...counts];
}

/** The loss that a share of the fibres exceeds. */
export function lossBeyond(pair: PairResult, share: number): number {
  const counts = countsOf(pair);
  const all = pair.fibres * pair.matings;
  let beyond = pair.histogram.il.overflow;
  for (let bin = counts.length - 1; bin > 0; bin--) {
    beyond += counts[bin] as number;
    if (beyond >= share * all) return (bin + 1) * pair.histogram.binWidthDb;
  }
  return pair.histogram.binWidthDb;
}

/** Where an axis of densities may end: few fibres beyond, and none of them far away from all others. */
export function bulkEnd(pair: PairResult): number {
  return Math.min(lossBeyond(pair, BEYOND), FAR * lossBeyond(pair, MOST_OF));
}

/** The same of exceedance curves, which show what is rare. */
export function rareEnd(pair: PairResult): number {
  return Math.max(lossBeyond(pair, BEYOND), FAR * lossBeyond(pair, MOST_OF));
}

/** Points all over the axis, each the mean of the bins about it. */
export function densityOf(pair: PairResult, width: number, end: number): Point[] {
  const { binWidthDb } = pair.histogram;
  const counts = countsOf(pair);
  const all = pair.fibres * pair.matings;
  const bins = Math.max(1, Math.round(width / binWidthDb));
  const points: Point[] = [];
  for (let from = 0; from * binWidthDb < end; from += bins) {
    const sum = counts.slice(from, from + bins).reduce((total, count) => total + count, 0);
    const lossDb = rounded((from + bins / 2) * binWidthDb);
    points.push({ pair: pair.name, lossDb, value: rounded(sum / (all * bins * binWidthDb)) });
  }
  return points;
}

/** The share that a curve goes down to. */
export function endShareOf({ fibres, matings }: PairResult, leastShare: number): number {
  return Math.max(leastShare, FEWEST / (fibres * matings));
}

/**
 * Points of a curve: a new one as soon as the share has fallen by a part of itself, and both ends of empty stretches, so that the
 * curve is as exact where it is steep as in the gap before outliers.
 */
export function exceedanceOf(pair: PairResult, leastShare: number, endDb: number): Point[] {
  const { binWidthDb } = pair.histogram;
  const counts = countsOf(pair);
  const all = pair.fibres * pair.matings;
  const leastCount = Math.max(FEWEST, all * leastShare);
  const bins = Math.min(counts.length, Math.floor(endDb / binWidthDb));
  const points: Point[] = [];
  let drawn = -1;
  const draw = (edge: number, count: number): void => {
    if (edge === drawn) return;
    const lossDb = rounded(edge * binWidthDb);
    points.push({ pair: pair.name, lossDb, value: rounded(count / all) });
    drawn = edge;
  };
  let [beyond, last, filled] = [all, all, -1];
  draw(0, all);
  for (let bin = 0; bin < bins; bin++) {
    const before = beyond;
    beyond -= counts[bin] as number;
    if (beyond === before) continue;
    if (bin - filled > GAP) {
      draw(filled + 1, before);
      draw(bin, before);
    }
    filled = bin;
    if (beyond < leastCount) {
      draw(bin, before);
      return points;
    }
    if (beyond > (1 - FALL) * last) continue;
    draw(bin + 1, beyond);
    last = beyond;
  }
  if (bins - filled > GAP) draw(filled + 1, beyond);
  draw(bins, beyond);
  return points;
}

/** To six digits: figures are not read more closely. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
