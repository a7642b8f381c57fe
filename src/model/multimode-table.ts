/**
 * Multimode loss as a table, built once a plan (model §8): L(t) = −ln η over the displacement t = √s, for receivers
 * that guide 1, 2, … groups.
 *
 * Layout, all numbers in double precision:
 * - a header of TABLE_HEADER numbers: those named below, then zeros;
 * - for each cell of t (cell j begins at t = j / cells per unit), for each cut in rising order, the four coefficients
 *   a, b, c, d of L = a + u·(b + u·(c + u·d)), u = t·(cells per unit) − j from 0 to 1;
 * - the last cell, j = LAST_CELL, goes on without end, with b, c ≥ 0 and d = 0: the loss never falls there.
 */
import { InvariantError } from '../errors.js';
import { log } from '../numerics/elementary.js';
import { tableMemory } from '../numerics/table-memory.js';
import { launchedShare } from './launch.js';
import { fillGroupTransfer, transferGroups } from './mode-groups.js';

/** Where the header holds the lowest cut, the number of cuts (≥ 2), the last cell and the cells per unit of t. */
export const FIRST_CUT = 0;
export const CUTS = 1;
export const LAST_CELL = 2;
export const CELLS_PER_UNIT = 3;
export const TABLE_HEADER = 8;
/** Coefficients of a cell and cut. */
export const COEFFICIENTS = 4;

/** Least share of the launch within the lowest cut: below it ln η is too steep about t = 0 for a table. */
export const LEAST_LAUNCHED_SHARE = 0.01;

const FEWEST_CELLS_PER_UNIT = 32;
const MOST_CELLS_PER_UNIT = 1024;
/** Largest error of a cubic in the middle of its cell, where it is about largest; up to 40 dB. */
const TOLERANCE_NEPERS = 4e-7;
const CHECKED_NEPERS = 9.21;
/** A loss below this is rounding: 0. */
const ROUNDING_NEPERS = 1e-13;
/** Samples beyond the last joint, for the slopes there. */
const MARGIN = 3;

/** L at t = i·step for each cut, sample by sample. */
interface LossSamples {
  readonly firstCut: number;
  readonly cuts: number;
  /** Samples stand at the joints of the cells and half-way between: two a cell. */
  readonly cells: number;
  readonly cellsPerUnit: number;
  readonly nepers: Float64Array;
}

/** −ln of the power within the first 1, 2, … groups, relative to all that was launched. */
function sampleLosses(
  launch: Float64Array,
  firstCut: number,
  cuts: number,
  cellsPerUnit: number,
): LossSamples {
  const lastCut = firstCut + cuts - 1;
  // Displacements beyond the sum of both radii in phase space leave about 1e-4 of the power at most.
  const end = Math.sqrt(launch.length) + Math.sqrt(lastCut) + 1;
  const cells = Math.ceil(end * cellsPerUnit);
  const samples = 2 * cells + 1 + MARGIN;
  const nepers = new Float64Array(samples * cuts);
  const transfer = new Float64Array(lastCut * launch.length);
  const received = new Float64Array(lastCut);
  // In the order of the sums below, so that a nominal receiver without offset loses exactly 0.
  const launched = launch.reduce((sum, power) => sum + power, 0);
  for (let i = 0; i < samples; i++) {
    const t = i / (2 * cellsPerUnit);
    fillGroupTransfer(t * t, lastCut, launch.length, transfer);
    transferGroups(transfer, launch, received);
    let sum = 0;
    for (let cut = 1; cut <= lastCut; cut++) {
      sum += received[cut - 1]!;
      if (cut < firstCut) continue;
      const loss = -log(sum / launched);
      nepers[i * cuts + cut - firstCut] = loss < ROUNDING_NEPERS ? 0 : loss;
    }
  }
  return { firstCut, cuts, cells, cellsPerUnit, nepers };
}

/** L of a sample; it is even in t. */
function lossOf({ cuts, nepers }: LossSamples, cut: number, sample: number): number {
  return nepers[Math.abs(sample) * cuts + cut]!;
}

/** Change of L over a cell by its slope at joint j, from differences of sixth order over half cells. */
function slopeAt(samples: LossSamples, cut: number, j: number): number {
  const i = 2 * j;
  const here = lossOf(samples, cut, i);
  const before = lossOf(samples, cut, i - 2);
  const after = lossOf(samples, cut, i + 2);
  const near = lossOf(samples, cut, i + 1) - lossOf(samples, cut, i - 1);
  const far = lossOf(samples, cut, i + 3) - lossOf(samples, cut, i - 3);
  const slope = (45 * near - 9 * (after - before) + far) / 30;
  // Where the samples rise so do the cubics (Fritsch & Carlson 1980): no loss below 0 near a flat start.
  const isRising = here >= before && after >= here;
  return isRising ? Math.max(0, Math.min(slope, 3 * (here - before), 3 * (after - here))) : slope;
}

/** Cubics with the values and slopes of the samples at the joints, and the unending last cell. */
function fitCells(samples: LossSamples): Float64Array {
  const { firstCut, cuts, cells, cellsPerUnit } = samples;
  const length = TABLE_HEADER + (cells + 1) * cuts * COEFFICIENTS;
  // In shared memory, like all tables of a plan: threads read it where it is.
  const table = new Float64Array(tableMemory(8 * length));
  table[FIRST_CUT] = firstCut;
  table[CUTS] = cuts;
  table[LAST_CELL] = cells;
  table[CELLS_PER_UNIT] = cellsPerUnit;
  for (let cut = 0; cut < cuts; cut++) {
    let at = TABLE_HEADER + cut * COEFFICIENTS;
    let loss = lossOf(samples, cut, 0);
    let slope = slopeAt(samples, cut, 0);
    for (let j = 1; j <= cells; j++) {
      const next = lossOf(samples, cut, 2 * j);
      const nextSlope = slopeAt(samples, cut, j);
      const rise = next - loss;
      table[at] = loss;
      table[at + 1] = slope;
      table[at + 2] = 3 * rise - 2 * slope - nextSlope;
      table[at + 3] = slope + nextSlope - 2 * rise;
      at += cuts * COEFFICIENTS;
      loss = next;
      slope = nextSlope;
    }
    const last = 2 * cells;
    const bend = lossOf(samples, cut, last + 1) - 2 * loss + lossOf(samples, cut, last - 1);
    table[at] = loss;
    table[at + 1] = Math.max(0, slope);
    table[at + 2] = Math.max(0, 2 * bend);
  }
  return table;
}

/** Largest error of the cubics half-way between the joints, where the samples give up to 40 dB. */
function worstMidpoint(table: Float64Array, { cuts, cells, nepers }: LossSamples): number {
  let worst = 0;
  for (let row = 0; row < cells * cuts; row++) {
    const at = TABLE_HEADER + row * COEFFICIENTS;
    const middle =
      table[at]! + 0.5 * (table[at + 1]! + 0.5 * (table[at + 2]! + 0.5 * table[at + 3]!));
    const cell = Math.floor(row / cuts);
    const exact = nepers[(2 * cell + 1) * cuts + (row - cell * cuts)]!;
    if (exact < CHECKED_NEPERS) worst = Math.max(worst, Math.abs(middle - exact));
  }
  return worst;
}

/**
 * Table of L(t) for all whole cuts from ⌊lowestCut⌋ to ⌈highestCut⌉, two at least.
 *
 * η_c(t) = Σ_{g' ≤ c} (T(t²)·p)_g', the source filling groups 1 to M. As many cells a unit of t as the error asks for:
 * of L, and so the relative error of η, < 1e-6 up to 40 dB. Beyond t = √M + √(highest cut) + 1, where the loss exceeds 39 dB,
 * a parabola goes on with value and slope.
 *
 * @param launch p, powers of groups 1 to M in any unit; M ≤ 60
 * @throws InvariantError if the lowest cut keeps less than LEAST_LAUNCHED_SHARE of the launch, or cuts are out of order
 */
export function buildMultimodeTable(
  launch: Float64Array,
  lowestCut: number,
  highestCut: number,
): Float64Array {
  if (!(lowestCut >= 1 && highestCut >= lowestCut && highestCut < Infinity))
    throw new InvariantError(`No receivers guide ${lowestCut} to ${highestCut} mode groups`);
  const firstCut = Math.floor(lowestCut);
  const cuts = Math.max(2, Math.ceil(highestCut) - firstCut + 1);
  if (!(launchedShare(launch, firstCut) >= LEAST_LAUNCHED_SHARE))
    throw new InvariantError(`${firstCut} groups hold next to nothing of the launch`);
  for (let perUnit = FEWEST_CELLS_PER_UNIT; perUnit <= MOST_CELLS_PER_UNIT; perUnit *= 2) {
    const samples = sampleLosses(launch, firstCut, cuts, perUnit);
    const table = fitCells(samples);
    if (worstMidpoint(table, samples) <= TOLERANCE_NEPERS) return table;
  }
  throw new InvariantError('The multimode table stays too coarse');
}
