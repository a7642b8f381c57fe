/** What a run needs of the machine's memory, at most; asked before it begins. */
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { UserError } from '../errors.js';
import type { PairPlan, Plan } from '../plan/types.js';
import { HISTOGRAM_LENGTH } from '../statistics/histogram.js';

/** Octets of the program itself and of each of its threads, measured: 120 and 11.5 MB. */
const PROGRAM = 130e6;
const THREAD = 12e6;
/** Of a histogram in the totals, and in a thread that computes. */
const TOTAL = 8 * HISTOGRAM_LENGTH;
const COUNTED = 4 * HISTOGRAM_LENGTH;
/** Of a fibre of a pair in a thread, besides its histogram. */
const FIBRE = 6000;
/** Of a loss of a lot: itself, and copies on the way to its variance components; measured. */
const LOT_LOSS = 50;
/** Of a replicate, and of each of its losses, in JavaScript's own memory. */
const REPLICATE = 600;
const REPLICATE_LOSS = 16;
/** Share of the machine's memory that a run may take. */
const MOST_SHARE = 0.75;

/** Octets of memory that a process may use. */
export function machineMemory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** Octets that a run of the plan takes on so many threads, if its losses spread over all bins. */
export function memoryOf(plan: Plan, workers: number): number {
  const histograms = histogramsOf(plan);
  const fibres = fibresOf(plan.pairs);
  const tables = tablesOf(plan);
  const totals = TOTAL * (histograms.counted + histograms.sections);
  const thread = THREAD + COUNTED * histograms.counted + FIBRE * fibres + tables;
  const losses = plan.lot === null ? 0 : LOT_LOSS * plan.matings * fibres;
  return PROGRAM + tables + totals + losses + Math.max(1, workers) * thread;
}

/** Throws UserError if a run of the plan would take more than three quarters of the memory. */
export function checkRunMemory(plan: Plan, workers: number, machine = machineMemory()): void {
  check(memoryOf(plan, workers), 'this run', machine, 'fewer pairs, steps or --workers');
}

/** The same for threads that have nothing to do yet. */
export function checkThreadMemory(threads: number, machine = machineMemory()): void {
  check(PROGRAM + THREAD * threads, `${threads} worker threads`, machine, 'fewer --workers');
}

/** The same for replicates of pairs, each with so many losses, which are kept until the end. */
export function checkReplicateMemory(
  pairs: number,
  replicates: number,
  losses: number,
  memory = Math.min(machineMemory(), getHeapStatistics().heap_size_limit),
): void {
  const octets = PROGRAM + pairs * replicates * (REPLICATE + REPLICATE_LOSS * losses);
  const what = `${replicates} replicates of ${pairs} pairs`;
  check(octets, what, memory, 'fewer --max-replicates, or --pair');
}

function check(octets: number, what: string, machine: number, suggestion: string): void {
  if (octets <= MOST_SHARE * machine) return;
  throw new UserError([
    {
      message: `${what} would need about ${gigabytes(octets)} of memory`,
      expected: `at most ${gigabytes(MOST_SHARE * machine)}, ${100 * MOST_SHARE} % of what there is`,
      suggestion,
    },
  ]);
}

function gigabytes(octets: number): string {
  return `${(octets / 1e9).toPrecision(2)} GB`;
}

/** Histograms of what is counted, and of the sections of pairs that are compared. */
function histogramsOf(plan: Plan): { readonly counted: number; readonly sections: number } {
  const { pairs, series, channels, comparisons, sections } = plan;
  const SPREAD = 3;
  const ofPairs = pairs.reduce(
    (sum, { mechanics }) => sum + mechanics.fibres + SPREAD * (mechanics.returnLoss ? 2 : 1),
    0,
  );
  const ofSeries = series.reduce((sum, steps) => sum + SPREAD * steps.length, 0);
  const ofChannels = channels.reduce((sum, { lanes }) => sum + lanes + SPREAD, 0);
  return {
    counted: ofPairs + ofSeries + ofChannels,
    sections: sections * new Set(comparisons.flat()).size,
  };
}

function fibresOf(pairs: readonly PairPlan[]): number {
  return pairs.reduce((sum, { mechanics }) => sum + mechanics.fibres, 0);
}

/** Octets of the tables of laws and of light, each once. */
function tablesOf({ pairs, channels }: Plan): number {
  const tables = new Set<ArrayBufferView>();
  for (const { draws, fixedParts, mechanics } of [...pairs, ...channels.flatMap((c) => c.pairs)]) {
    tables.add(fixedParts);
    for (const { quantiles, shares } of draws) tables.add(quantiles).add(shares);
    if (mechanics.multimode !== null) tables.add(mechanics.multimode.table);
  }
  return [...tables].reduce((sum, table) => sum + table.byteLength, 0);
}
