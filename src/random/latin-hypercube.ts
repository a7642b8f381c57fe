/** Latin hypercube: n points of which every coordinate has one in each of n equal cells. */
import { checkDesignSize } from './design-size.js';
import { fillDraws, STREAM_FAMILY, type StreamKey } from './stream.js';

const UNIT = 2 ** -32;

/** Slots that a stream has, one a coordinate. */
const MOST_DIMENSIONS = 2 ** 32;

/**
 * Index of a coordinate's stream: nodes of the Sobol' sequence's scrambling, which share its family, count from 1.
 */
const STREAM_INDEX = 0;

/** Shuffles by Fisher & Yates, draw k choosing among k + 1; probabilities are even to one part in 2³²/n. */
function shuffle(cells: Uint32Array, draws: Uint32Array): void {
  for (let k = cells.length - 1; k > 0; k--) {
    const other = Math.floor((draws[k]! + 0.5) * UNIT * (k + 1));
    const cell = cells[k]!;
    cells[k] = cells[other]!;
    cells[other] = cell;
  }
}

/**
 * A Latin hypercube of n points, row by row.
 *
 * Coordinate j of point i is (π_j(i) + u)/n, π_j a random permutation of 0 … n−1 for each coordinate, u uniform in
 * (0, 1) for each number; strictly inside (0, 1). A coordinate depends on key, n and its dimension alone: more
 * dimensions change none, more points change all. Throws an InvariantError beyond MOST_DESIGN_POINTS.
 * Source: McKay, Beckman & Conover 1979.
 */
export function latinHypercube(key: StreamKey, points: number, dimensions: number): Float64Array {
  checkDesignSize(points, dimensions, MOST_DIMENSIONS);
  const out = new Float64Array(points * dimensions);
  const draws = new Uint32Array(2 * points);
  for (let j = 0; j < dimensions; j++) {
    fillDraws(key, STREAM_INDEX, STREAM_FAMILY.design, draws, 0, draws.length, j);
    const cells = Uint32Array.from({ length: points }, (_, i) => i);
    shuffle(cells, draws);
    for (let i = 0; i < points; i++) {
      out[i * dimensions + j] = (cells[i]! + (draws[points + i]! + 0.5) * UNIT) / points;
    }
  }
  return out;
}
