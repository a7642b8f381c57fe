/** The transfer between mode groups as a table, for links in which the groups travel on (model §8). */
import { exp, log } from '../numerics/elementary.js';
import { tableMemory } from '../numerics/table-memory.js';
import { fillGroupTransfer } from './mode-groups.js';

/** The t = √s up to which the cells reach: 23 µm between 50 µm fibres. Beyond, matrices are worked out. */
const LAST_T = 4;
/** Cells a unit of t, over √groups: group g turns as √g·t does, and so the error of a cell stays the same. */
const CELLS_PER_ROOT = 20;
/** Coefficients of a cubic. */
const COEFFICIENTS = 4;

export interface TransferTable {
  /** Groups on either side. */
  readonly groups: number;
  /** Cells a unit of t = √s. */
  readonly cellsPerUnit: number;
  /** Cell by cell, T row by row, four coefficients of a + u·(b + u·(c + u·d)) each. */
  readonly cubics: Float64Array;
}

/**
 * Cubics through values and slopes of T_g'g(t²) at the joints of the cells; slopes by differences of sixth order.
 *
 * Error of an entry ≤ 2e-7 (tested).
 */
export function buildTransferTable(groups: number): TransferTable {
  const size = groups * groups;
  const cellsPerUnit = Math.ceil(CELLS_PER_ROOT * Math.sqrt(groups));
  const cells = cellsPerUnit * LAST_T;
  const margin = 3;
  // Samples at the joints and half-way between, beyond both ends as far as the differences reach; T is even in t.
  const samples = Array.from({ length: 2 * cells + 1 + margin }, (_, i) => {
    const t = i / (2 * cellsPerUnit);
    const matrix = new Float64Array(size);
    fillGroupTransfer(t * t, groups, groups, matrix);
    return matrix;
  });
  // In shared memory, like all tables of a plan: threads read it where it is.
  const cubics = new Float64Array(tableMemory(8 * cells * size * COEFFICIENTS));
  const at = (sample: number, entry: number): number => samples[Math.abs(sample)]![entry]!;
  const slope = (joint: number, entry: number): number => {
    const difference = (k: number) => at(2 * joint + k, entry) - at(2 * joint - k, entry);
    return (45 * difference(1) - 9 * difference(2) + difference(3)) / 30;
  };
  for (let entry = 0; entry < size; entry++) {
    let start = slope(0, entry);
    for (let cell = 0; cell < cells; cell++) {
      const end = slope(cell + 1, entry);
      const value = at(2 * cell, entry);
      const rise = at(2 * cell + 2, entry) - value;
      const place = (cell * size + entry) * COEFFICIENTS;
      cubics[place] = value;
      cubics[place + 1] = start;
      cubics[place + 2] = 3 * rise - 2 * start - end;
      cubics[place + 3] = start + end - 2 * rise;
      start = end;
    }
  }
  return { groups, cellsPerUnit, cubics };
}

/**
 * Powers of the groups behind a connector: out = T(s)·p, cut to the groups that the receiver guides.
 *
 * Of a real cut c + f, group c + 1 keeps so much that −ln of the whole is linear in f, as in the table of a single pair; the
 * share f where nothing lies below.
 *
 * @param s displacement (d/w₀)² + (πw₀θ/λ)²
 * @param powers, out of table.groups groups each; two arrays
 * @param matrix room for table.groups² numbers
 */
export function passConnector(
  table: TransferTable,
  s: number,
  cut: number,
  powers: Float64Array,
  out: Float64Array,
  matrix: Float64Array,
): void {
  const { groups } = table;
  lookUp(table, s, matrix);
  let below = 0;
  for (let row = 0; row < groups; row++) {
    let sum = 0;
    for (let g = 0; g < groups; g++) sum += matrix[row * groups + g]! * powers[g]!;
    const kept = cut - row;
    out[row] = kept >= 1 ? sum : kept > 0 ? partOf(sum, below, kept) : 0;
    below += sum;
  }
}

/** below·(1 + sum/below)^f − below */
function partOf(sum: number, below: number, f: number): number {
  return below > 0 && sum > 0 ? below * (exp(f * log(1 + sum / below)) - 1) : f * sum;
}

function lookUp(table: TransferTable, s: number, matrix: Float64Array): void {
  const { groups, cellsPerUnit, cubics } = table;
  const x = Math.sqrt(s) * cellsPerUnit;
  const size = groups * groups;
  if (!(x < cellsPerUnit * LAST_T)) {
    fillGroupTransfer(s, groups, groups, matrix);
    return;
  }
  const cell = Math.floor(x);
  const u = x - cell;
  let at = cell * size * COEFFICIENTS;
  for (let entry = 0; entry < size; entry++) {
    matrix[entry] =
      cubics[at]! + u * (cubics[at + 1]! + u * (cubics[at + 2]! + u * cubics[at + 3]!));
    at += COEFFICIENTS;
  }
}
