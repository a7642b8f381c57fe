/** Twin of src/statistics/changes.ts for four matings. */
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import * as SERIES from '../places/series';
import * as SPREAD from '../places/spread';
import { address, word } from './record';
import { addSpread } from './spread';
import { addToSum, lanesOf } from './tally';
import { add, and, div, max, mul, splat, sub } from './vector';

/** Follows the losses of the first `matings` of four matings through the steps of a series. */
export function addChanges(series: usize, matings: i32): void {
  const pairs = address(series, SERIES.pairsAt);
  const first = load<usize>(pairs);
  const most = address(series, SERIES.mostAt);
  const fibres = word(series, SERIES.fibres);
  memory.fill(most, 0, (<usize>fibres) << 5);
  let spread = address(series, SERIES.spreadsAt);
  const steps = word(series, SERIES.steps);
  for (let k = 1; k < steps; k++) {
    const step = load<usize>(pairs + ((<usize>k) << 2));
    for (let half = 0; half < 2; half++) addSigned(series, first, step, k - 1, half, matings);
    addSpread(spread, first, matings);
    spread += SPREAD.octets;
  }
  addSpread(spread, first, matings);
}

/** Works out the changes of two matings since the first step, and adds their signed mean. */
function addSigned(
  series: usize,
  first: usize,
  step: usize,
  place: i32,
  half: i32,
  matings: i32,
): void {
  const octets = (<usize>half) << 4;
  const lanes = lanesOf(matings, half);
  const fibres = word(series, SERIES.fibres);
  let from = address(first, PAIR.fibresAt) + octets;
  let to = address(step, PAIR.fibresAt) + octets;
  let change = address(series, SERIES.changeAt) + octets;
  let most = address(series, SERIES.mostAt) + octets;
  let sum = splat(0);
  for (let i = fibres; i > 0; i--) {
    const difference = sub(v128.load(to, FIBRE.lossDb), v128.load(from, FIBRE.lossDb));
    const size = f64x2.abs(difference);
    sum = add(sum, difference);
    v128.store(change, size);
    v128.store(most, max(v128.load(most), size));
    from += FIBRE.octets;
    to += FIBRE.octets;
    change += 32;
    most += 32;
  }
  const mean = and(div(sum, splat(<f64>fibres)), lanes);
  const sums = address(series, SERIES.signedAt);
  addToSum(sums, 2 * place, mean);
  addToSum(sums, 2 * place + 1, mul(mean, mean));
}
