/** Twin of src/statistics/spread.ts for four matings. */
import { FAILURE_LOSS } from '../places/failures';
import * as SPREAD from '../places/spread';
import { binsOf } from './histogram';
import { address, fail, word } from './record';
import { addSpreadSums, lanesOf } from './tally';
import { add, and, constant, div, isAny, mul, select, splat, sub } from './vector';

/** Counts the values of the first `matings` of four matings. @param pair to blame for values that are no numbers */
export function addSpread(spread: usize, pair: usize, matings: i32): void {
  addHalf(spread, pair, 0, matings);
  if (matings > 2) addHalf(spread, pair, 1, matings);
  const fibres = word(spread, SPREAD.fibres);
  const step = address(spread, SPREAD.valuesStep);
  const scale = constant(spread + SPREAD.binsPerDb);
  const bins = address(spread, SPREAD.binsAt);
  const histogram = address(spread, SPREAD.histogramAt);
  let value = address(spread, SPREAD.valuesAt);
  for (let i = 0; i < fibres; i++) {
    const bins4 = binsOf(v128.load(value), v128.load(value, 16), scale);
    v128.store(bins + ((<usize>i) << 4), bins4);
    countLanes(histogram, bins + ((<usize>i) << 4), matings, 1);
    value += step;
  }
  sort(spread, bins);
  const squares = address(spread, SPREAD.squaresAt);
  for (let k = 1; k <= fibres; k++) {
    countLanes(squares, bins + ((<usize>(k - 1)) << 4), matings, 2 * k - 1);
  }
  const isLowest = word(spread, SPREAD.lowestIsWorst) !== 0;
  const worst = isLowest ? bins : bins + ((<usize>(fibres - 1)) << 4);
  countLanes(address(spread, SPREAD.worstAt), worst, matings, 1);
}

/** Counts the first bins of four. */
function countLanes(histogram: usize, bins: usize, matings: i32, weight: i32): void {
  for (let lane = 0; lane < matings; lane++) {
    const at = histogram + (load<usize>(bins + ((<usize>lane) << 2)) << 2);
    store<i32>(at, load<i32>(at) + weight);
  }
}

function sort(spread: usize, bins: usize): void {
  let comparator = address(spread, SPREAD.networkAt);
  for (let i = word(spread, SPREAD.comparators); i > 0; i--) {
    const low = bins + load<usize>(comparator);
    const high = bins + load<usize>(comparator, 4);
    const x = v128.load(low);
    const y = v128.load(high);
    v128.store(low, i32x4.min_s(x, y));
    v128.store(high, i32x4.max_s(x, y));
    comparator += 8;
  }
}

/** Adds the sums of matings 0 and 1 (half 0) or 2 and 3 (half 1). */
function addHalf(spread: usize, pair: usize, half: i32, matings: i32): void {
  const lanes = lanesOf(matings, half);
  const shift = constant(spread + SPREAD.shiftDb);
  const fibres = word(spread, SPREAD.fibres);
  const step = address(spread, SPREAD.valuesStep);
  let sum = splat(0);
  let sumOfSquares = splat(0);
  let least = splat(Infinity);
  let most = splat(-Infinity);
  let value = address(spread, SPREAD.valuesAt) + ((<usize>half) << 4);
  for (let i = fibres; i > 0; i--) {
    const x = v128.load(value);
    const shifted = and(sub(x, shift), lanes);
    sum = add(sum, shifted);
    sumOfSquares = add(sumOfSquares, mul(shifted, shifted));
    least = f64x2.pmin(least, x);
    most = f64x2.pmax(most, x);
    value += step;
  }
  const none = sub(sum, sum);
  if (isAny(and(f64x2.ne(none, none), lanes))) fail(pair, FAILURE_LOSS);
  const worst = word(spread, SPREAD.lowestIsWorst) !== 0 ? least : most;
  const n = splat(<f64>fibres);
  const w = and(sub(worst, shift), lanes);
  addSpreadSums(address(spread, SPREAD.sumsAt), div(sum, n), div(sumOfSquares, n), w);
  keepLeast(spread + SPREAD.minDb, lanes, least);
  keepMost(spread + SPREAD.maxDb, lanes, most);
  keepLeast(spread + SPREAD.worstMinDb, lanes, worst);
  keepMost(spread + SPREAD.worstMaxDb, lanes, worst);
}

function keepLeast(at: usize, lanes: v128, value: v128): void {
  v128.store(at, f64x2.pmin(v128.load(at), select(lanes, value, splat(Infinity))));
}

function keepMost(at: usize, lanes: v128, value: v128): void {
  v128.store(at, f64x2.pmax(v128.load(at), select(lanes, value, splat(-Infinity))));
}
