/** Records of places/: words (32 bits) that are counts or flags, and words that are addresses. */
import * as PAIR from '../places/pair';

export function word(record: usize, place: i32): i32 {
  return load<i32>(record + ((<usize>place) << 2));
}

export function address(record: usize, place: i32): usize {
  return load<usize>(record + ((<usize>place) << 2));
}

/** Notes in the record of a pair what went wrong. */
export function fail(pair: usize, failure: i32): void {
  store<i32>(pair + (PAIR.failure << 2), failure);
}
