/** How studies that run in stages choose the next one: so that the width at which they stop hardly decides when they do. */

/** Work beyond that which the last stage's width asks for, so that the next width seldom decides. */
const MARGIN = 1.1;
/** Least growth of a stage. */
export const LEAST_GROWTH = 1.5;
/** Share of the time left that a last stage may be planned for. */
export const TIME_SHARE = 0.9;

/** How many times the work it takes to make a width as narrow as wanted: widths shrink with the root of the work. */
export function growthFor(width: number, wanted: number): number {
  return MARGIN * (width / wanted) * (width / wanted);
}
