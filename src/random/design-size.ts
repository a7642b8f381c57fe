/** Sizes that a design of experiments in the unit cube may have. */
import { InvariantError } from '../errors.js';

/** Beyond these, (cell + u)/n with u of 33 binary digits would round. */
export const MOST_DESIGN_POINTS = 2 ** 20;

/** Throws an InvariantError unless both are whole numbers from 0, at most MOST_DESIGN_POINTS and `mostDimensions`. */
export function checkDesignSize(points: number, dimensions: number, mostDimensions: number): void {
  const isCount = (n: number, most: number): boolean => Number.isInteger(n) && n >= 0 && n <= most;
  if (isCount(points, MOST_DESIGN_POINTS) && isCount(dimensions, mostDimensions)) return;
  throw new InvariantError(
    `no design of ${points} points in ${dimensions} dimensions: at most ${MOST_DESIGN_POINTS} and ${mostDimensions}`,
  );
}
