/** Thousands of dots in a few paths: a tenth of the size of as many marks, to which nothing can be pointed. */

import { UNTOLD } from './face-shapes.js';

/** Length of what stands for a dot, as a share of the axis: some programs leave out lines without length. */
const LENGTH = 1e-3;

export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** What a path is drawn through: two ends a dot, then a gap. */
export type DotEnd<Group> = Group & {
  readonly x: number | null;
  readonly y: number | null;
  readonly i: number;
};

/**
 * Ends of short lines in the place of dots, in order of `i`; `group` is given to all of them.
 *
 * @param width of the axis of x, in its unit
 */
export function dotEnds<Group extends object>(
  dots: readonly Dot[],
  group: Group,
  width: number,
): DotEnd<Group>[] {
  const digits = Math.max(0, 4 - Math.floor(Math.log10(Math.max(width, 1e-12))));
  const short = (value: number): number => Number(value.toFixed(Math.min(12, digits)));
  return dots.flatMap(({ x, y }, k) => [
    { ...group, x: short(x), y: Number(y.toPrecision(5)), i: 3 * k },
    { ...group, x: short(x + LENGTH * width), y: Number(y.toPrecision(5)), i: 3 * k + 1 },
    { ...group, x: null, y: null, i: 3 * k + 2 },
  ]);
}

/** The mark and the channel that draw such ends. */
export const DOTS = {
  mark: {
    type: 'line' as const,
    strokeCap: 'round' as const,
    strokeWidth: 3,
    opacity: 0.75,
    ...UNTOLD,
  },
  order: { field: 'i', type: 'quantitative' as const },
};
