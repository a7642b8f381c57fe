/** Twin of src/statistics/tally.ts for four matings. */
import * as DIFFERENCE from '../../statistics/differences';
import * as SUM from '../../statistics/sums';
import { BATCH } from '../places/batch';
import * as COMPARISON from '../places/comparison';
import { FAILURE_CONTACT, FAILURE_LOSS } from '../places/failures';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import { DB_PER_NEPER } from './elementary';
import { binsOf, countRow, keepBins, LOSS_BINS_PER_DB, ROW_OCTETS } from './histogram';
import { address, fail, word } from './record';
import { add, addTo, and, constant, div, gt, isAny, lt, mul, select, splat, sub } from './vector';
import { offerWorst } from './worst';

const CAUSES = 5;

/** Mask of the lanes that hold a mating, of matings 0 and 1 (half 0) or 2 and 3 (half 1). */
export function lanesOf(matings: i32, half: i32): v128 {
  const left = splat(<f64>(matings - 2 * half));
  return gt(left, f64x2(0, 1));
}

/** Adds a number of two matings to their sums. */
export function addToSum(sums: usize, place: i32, value: v128): void {
  addTo(sums + ((<usize>place) << 4), value);
}

/** Adds the means a and b of two matings and their worst values w, as statistics/sums.ts defines them, and their products. */
export function addSpreadSums(sums: usize, a: v128, b: v128, w: v128): void {
  const w2 = mul(w, w);
  addToSum(sums, SUM.a, a);
  addToSum(sums, SUM.aa, mul(a, a));
  addToSum(sums, SUM.b, b);
  addToSum(sums, SUM.bb, mul(b, b));
  addToSum(sums, SUM.ab, mul(a, b));
  addToSum(sums, SUM.w, w);
  addToSum(sums, SUM.w2, w2);
  addToSum(sums, SUM.w3, mul(w2, w));
  addToSum(sums, SUM.w4, mul(w2, w2));
}

/** Adds the first `matings` of four matings, whose losses and states are with the pair. */
export function addMatings(pair: usize, mating: f64, matings: i32): void {
  const lanes0 = lanesOf(matings, 0);
  const lanes1 = lanesOf(matings, 1);
  const shift = constant(pair + PAIR.shiftDb);
  const fibres = word(pair, PAIR.fibres);
  const sums = address(pair, PAIR.sumsAt);
  const kept = <usize>word(pair, PAIR.kept);
  let row = address(pair, PAIR.rowsAt) + 2 * kept;
  let sum0 = splat(0);
  let sum1 = splat(0);
  let square0 = splat(0);
  let square1 = splat(0);
  let least0 = splat(Infinity);
  let least1 = splat(Infinity);
  let worst0 = splat(-Infinity);
  let worst1 = splat(-Infinity);
  let fibre = address(pair, PAIR.fibresAt);
  let position = sums + (SUM.positions << 4);
  for (let i = fibres; i > 0; i--) {
    const loss0 = v128.load(fibre, FIBRE.lossDb);
    const loss1 = v128.load(fibre, FIBRE.lossDb + 16);
    const shifted0 = and(sub(loss0, shift), lanes0);
    const shifted1 = and(sub(loss1, shift), lanes1);
    const squared0 = mul(shifted0, shifted0);
    const squared1 = mul(shifted1, shifted1);
    sum0 = add(sum0, shifted0);
    sum1 = add(sum1, shifted1);
    square0 = add(square0, squared0);
    square1 = add(square1, squared1);
    v128.store(position, add(add(v128.load(position), shifted0), shifted1));
    v128.store(position, add(add(v128.load(position, 16), squared0), squared1), 16);
    least0 = f64x2.pmin(least0, loss0);
    least1 = f64x2.pmin(least1, loss1);
    worst0 = f64x2.pmax(worst0, loss0);
    worst1 = f64x2.pmax(worst1, loss1);
    const bins4 = binsOf(loss0, loss1, v128.load(LOSS_BINS_PER_DB));
    v128.store(fibre, bins4, FIBRE.bins);
    keepBins(row, bins4);
    fibre += FIBRE.octets;
    position += 32;
    row += ROW_OCTETS;
  }
  row = keepSorted(pair, row);
  keepBins(row, binsOf(worst0, worst1, v128.load(LOSS_BINS_PER_DB)));
  addHalf(pair, 0, lanes0, sum0, square0, least0, worst0);
  if (matings > 2) addHalf(pair, 1, lanes1, sum1, square1, least1, worst1);
  store<i32>(pair + (PAIR.kept << 2), <i32>kept + matings);
  if (<i32>kept + matings >= BATCH) countKept(pair);
  for (let lane = 0; lane < matings; lane++) {
    const at = pair + ((<usize>lane) << 3);
    const worstDb = load<f64>(at, PAIR.lastWorstDb);
    offerWorst(pair, mating + <f64>lane, worstDb, load<f64>(at, PAIR.lastMeanDb), <usize>lane);
  }
}

/** Sorts each lane's bins by a network of comparators and keeps them in rows from `row` on; returns the next row. */
function keepSorted(pair: usize, row: usize): usize {
  const fibres = address(pair, PAIR.fibresAt);
  let comparator = address(pair, PAIR.networkAt);
  for (let i = word(pair, PAIR.comparators); i > 0; i--) {
    const low = fibres + load<usize>(comparator);
    const high = fibres + load<usize>(comparator, 4);
    const x = v128.load(low, FIBRE.bins);
    const y = v128.load(high, FIBRE.bins);
    v128.store(low, i32x4.min_s(x, y), FIBRE.bins);
    v128.store(high, i32x4.max_s(x, y), FIBRE.bins);
    comparator += 8;
  }
  let fibre = fibres;
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    keepBins(row, v128.load(fibre, FIBRE.bins));
    fibre += FIBRE.octets;
    row += ROW_OCTETS;
  }
  return row;
}

/** Counts the bins that are kept: by position; 2k − 1 at the k-th smallest loss of a mating; of the worst fibres. */
export function countKept(pair: usize): void {
  const kept = <usize>word(pair, PAIR.kept);
  const fibres = word(pair, PAIR.fibres);
  let row = address(pair, PAIR.rowsAt);
  let position = address(pair, PAIR.positionsAt);
  for (let i = 0; i < fibres; i++) {
    countRow(position, row, kept, 1);
    position += address(pair, PAIR.positionsStep);
    row += ROW_OCTETS;
  }
  for (let k = 1; k <= fibres; k++) {
    countRow(address(pair, PAIR.squaresAt), row, kept, 2 * k - 1);
    row += ROW_OCTETS;
  }
  countRow(address(pair, PAIR.worstAt), row, kept, 1);
  store<i32>(pair + (PAIR.kept << 2), 0);
}

/** Adds the sums of matings 0 and 1 (half 0) or 2 and 3 (half 1). */
function addHalf(
  pair: usize,
  half: usize,
  lanes: v128,
  sum: v128,
  sumOfSquares: v128,
  least: v128,
  worst: v128,
): void {
  const spread = sub(sum, sum);
  if (isAny(and(f64x2.ne(spread, spread), lanes))) fail(pair, FAILURE_LOSS);
  const state = address(pair, PAIR.stateAt) + half * STATE.octets;
  const visits = and(v128.load(state, STATE.contactVisits), lanes);
  if (isAny(f64x2.ne(visits, visits))) fail(pair, FAILURE_CONTACT);
  const sums = address(pair, PAIR.sumsAt);
  const shift = constant(pair + PAIR.shiftDb);
  const n = splat(<f64>word(pair, PAIR.fibres));
  const a = div(sum, n);
  addSpreadSums(sums, a, div(sumOfSquares, n), and(sub(worst, shift), lanes));
  const gaps = and(v128.load(state, STATE.gaps), lanes);
  addToSum(sums, SUM.gaps, gaps);
  addToSum(sums, SUM.gaps2, mul(gaps, gaps));
  addToSum(sums, SUM.contactVisits, visits);
  for (let cause = 0; cause < CAUSES; cause++) {
    const nepers = and(v128.load(state + ((<usize>cause) << 4), STATE.causes), lanes);
    const mean = div(mul(nepers, splat(DB_PER_NEPER)), n);
    addToSum(sums, SUM.causes + 2 * cause, mean);
    addToSum(sums, SUM.causes + 2 * cause + 1, mul(mean, mean));
  }
  const none = splat(Infinity);
  const minDb = f64x2.pmin(v128.load(pair, PAIR.minDb), select(lanes, least, none));
  const maxDb = f64x2.pmax(v128.load(pair, PAIR.maxDb), select(lanes, worst, f64x2.neg(none)));
  const worstMinDb = f64x2.pmin(v128.load(pair, PAIR.worstMinDb), select(lanes, worst, none));
  v128.store(pair, minDb, PAIR.minDb);
  v128.store(pair, maxDb, PAIR.maxDb);
  v128.store(pair, worstMinDb, PAIR.worstMinDb);
  v128.store(pair + (half << 4), add(shift, a), PAIR.lastMeanDb);
  v128.store(pair + (half << 4), worst, PAIR.lastWorstDb);
}

/** Adds the differences of the last matings of the two pairs of a comparison. */
export function addDifferences(comparison: usize, matings: i32): void {
  const first = address(comparison, COMPARISON.firstAt);
  const second = address(comparison, COMPARISON.secondAt);
  const sums = address(comparison, COMPARISON.sumsAt);
  const zero = splat(0);
  const one = splat(1);
  for (let half = 0; 2 * half < matings; half++) {
    const lanes = lanesOf(matings, half);
    const at = (<usize>half) << 4;
    const mean = and(
      sub(v128.load(second + at, PAIR.lastMeanDb), v128.load(first + at, PAIR.lastMeanDb)),
      lanes,
    );
    const worst = and(
      sub(v128.load(second + at, PAIR.lastWorstDb), v128.load(first + at, PAIR.lastWorstDb)),
      lanes,
    );
    addToSum(sums, DIFFERENCE.mean, mean);
    addToSum(sums, DIFFERENCE.mean2, mul(mean, mean));
    addToSum(sums, DIFFERENCE.meanSecondLower, and(lt(mean, zero), one));
    addToSum(sums, DIFFERENCE.meanFirstLower, and(gt(mean, zero), one));
    addToSum(sums, DIFFERENCE.worstSecondLower, and(lt(worst, zero), one));
    addToSum(sums, DIFFERENCE.worstFirstLower, and(gt(worst, zero), one));
  }
}
