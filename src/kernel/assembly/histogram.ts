/**
 * Twin of binOf of src/statistics/histogram.ts, and counting in dense histograms.
 *
 * The bins of a batch of matings are kept, and then counted one histogram after the other: all of them together are
 * larger than the processor's first cache, one is not.
 */
import { BATCH } from '../places/batch';
import { mul } from './vector';

export const LOSS_BINS_PER_DB = memory.data<f64>([1000, 1000], 16);
const OVERFLOW_BIN = memory.data<i32>([20000, 20000, 20000, 20000], 16);

/** Octets of the bins of one row of a batch: 16 bits a mating. */
export const ROW_OCTETS: usize = 2 * BATCH;

/** Bins of four values, given as two vectors. */
export function binsOf(first: v128, second: v128, binsPerDb: v128): v128 {
  const low = i32x4.trunc_sat_f64x2_s_zero(mul(first, binsPerDb));
  const high = i32x4.trunc_sat_f64x2_s_zero(mul(second, binsPerDb));
  const bins = v128.shuffle<i64>(low, high, 0, 2);
  return i32x4.min_s(i32x4.max_s(bins, i32x4.splat(0)), v128.load(OVERFLOW_BIN));
}

/** Stores four bins in a row of a batch. */
export function keepBins(at: usize, bins: v128): void {
  store<i64>(at, i64x2.extract_lane(i16x8.narrow_i32x4_s(bins, bins), 0));
}

/** Counts the first `matings` bins of a row. */
export function countRow(histogram: usize, row: usize, matings: usize, weight: i32): void {
  const end = row + 2 * matings;
  for (; row < end; row += 2) {
    const at = histogram + ((<usize>load<u16>(row)) << 2);
    store<i32>(at, load<i32>(at) + weight);
  }
}
