/** The kernel with a plan in its memory: runs matings and reads out what it counted. */
import { InvariantError } from '../errors.js';
import type { Plan } from '../plan/types.js';
import type { ChangesData } from '../statistics/changes.js';
import * as DIFFERENCE from '../statistics/differences.js';
import {
  binOf,
  type FilledBins,
  filledBins,
  HISTOGRAM_LENGTH,
  LOSS_BINS_PER_DB,
  mergeFilled,
} from '../statistics/histogram.js';
import type { SpreadData } from '../statistics/spread.js';
import * as SUM from '../statistics/sums.js';
import type { TallyData } from '../statistics/tally.js';
import type { WorstMating } from '../statistics/worst.js';
import { Image } from './image.js';
import { layOut, type PairLayout, type RunLayout } from './layout.js';
import type { SeriesLayout, SpreadLayout } from './layout-spread.js';
import { FAILURE_CONTACT, FAILURE_LOSS } from './places/failures.js';
import * as PAIR from './places/pair.js';
import * as SPREAD from './places/spread.js';
import { STAGE_STATISTICS } from './places/stages.js';
import { WORST_FIBRE, WORST_LOSS, WORST_MATING, WORST_MEAN, WORST_OCTETS } from './places/worst.js';

/** What the compiled module exports. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly freeFrom: () => number;
  readonly runMatings: (run: number, start: number, count: number, lastStage: number) => void;
}

/** What was counted since the last time it was taken. */
export interface KernelCounts {
  readonly pairs: readonly TallyData[];
  readonly comparisons: readonly Float64Array[];
  readonly series: readonly ChangesData[];
}

export class Kernel {
  readonly #exports: Exports;
  readonly #layout: RunLayout;
  readonly #shiftsDb: readonly number[];

  /**
   * @param code the compiled kernel, or an instance of it that no other plan needs any more
   * @param shiftsDb for each pair, the loss from which differences are summed, dB
   */
  constructor(
    code: WebAssembly.Module | WebAssembly.Instance,
    plan: Plan,
    shiftsDb: readonly number[],
  ) {
    const instance = code instanceof WebAssembly.Module ? new WebAssembly.Instance(code) : code;
    this.#exports = instance.exports as unknown as Exports;
    const image = new Image(this.#exports.freeFrom());
    this.#layout = layOut(plan, shiftsDb, image);
    this.#shiftsDb = shiftsDb;
    image.write(this.#exports.memory);
    for (const { record, returnLoss } of this.#layout.pairs) {
      this.#clearExtremes(record.at);
      if (returnLoss !== undefined) this.#clearSpread(returnLoss);
    }
    for (const { steps, largest } of this.#layout.series) {
      for (const spread of [...steps, largest]) this.#clearSpread(spread);
    }
  }

  /**
   * Evaluates and counts matings start … start + count − 1 of every pair. Domain: 0 ≤ start < 2^53, count < 2^31.
   *
   * @param lastStage where to stop each mating, for measuring (places/stages.ts); only whole matings are counted
   */
  run(start: number, count: number, lastStage: number = STAGE_STATISTICS): void {
    this.#exports.runMatings(this.#layout.recordAt, start, count, lastStage);
  }

  /** Takes out what `matings` matings counted, and starts anew. */
  take(matings: number): KernelCounts {
    const { pairs, comparisons, series } = this.#layout;
    return {
      pairs: pairs.map((pair, p) => this.#takePair(pair, matings, this.#shiftsDb[p]!)),
      comparisons: comparisons.map((at) => this.#takeSums(at, DIFFERENCE.length)),
      series: series.map((changes) => this.#takeChanges(changes, matings)),
    };
  }

  #takePair({ record, ...pair }: PairLayout, matings: number, shiftDb: number): TallyData {
    const { buffer } = this.#exports.memory;
    const words = new Uint32Array(buffer, record.at, PAIR.octets / 4);
    checkFailure(words[PAIR.failure]!);
    const [min0, min1] = this.#numbers(record.at + PAIR.minDb, 2) as Pair;
    const [max0, max1] = this.#numbers(record.at + PAIR.maxDb, 2) as Pair;
    const [worst0, worst1] = this.#numbers(record.at + PAIR.worstMinDb, 2) as Pair;
    const maxDb = Math.max(max0, max1);
    const bins = binOf(maxDb, LOSS_BINS_PER_DB) + 1;
    const positions = Array.from({ length: pair.fibres }, (_, i) =>
      this.#takeHistogram(pair.positionsAt + 4 * HISTOGRAM_LENGTH * i, bins),
    );
    const data = {
      matings,
      shiftDb,
      minDb: Math.min(min0, min1),
      maxDb,
      worstMinDb: Math.min(worst0, worst1),
      worstMaxDb: maxDb,
      sums: this.#takeSums(pair.sumsAt, SUM.positions + 2 * pair.fibres),
      fibres: mergeFilled(positions),
      squares: this.#takeHistogram(pair.squaresAt, bins),
      worst: this.#takeHistogram(pair.worstAt, bins),
      positions,
      worstMatings: this.#worstMatings(pair.worstListAt, words[PAIR.worstCount]!),
      returnLoss:
        pair.returnLoss === undefined ? undefined : this.#takeSpread(pair.returnLoss, matings),
    };
    words[PAIR.worstCount] = 0;
    this.#clearExtremes(record.at);
    return data;
  }

  #clearExtremes(recordAt: number): void {
    this.#numbers(recordAt + PAIR.minDb, 2).fill(Infinity);
    this.#numbers(recordAt + PAIR.maxDb, 2).fill(-Infinity);
    this.#numbers(recordAt + PAIR.worstMinDb, 2).fill(Infinity);
  }

  #takeChanges({ steps, largest, signedAt }: SeriesLayout, matings: number): ChangesData {
    return {
      steps: steps.map((spread) => this.#takeSpread(spread, matings)),
      largest: this.#takeSpread(largest, matings),
      signed: this.#takeSums(signedAt, 2 * steps.length),
    };
  }

  #takeSpread(spread: SpreadLayout, matings: number): SpreadData {
    const extremes = (place: number): Float64Array => this.#numbers(spread.at + place, 2);
    const maxDb = Math.max(...extremes(SPREAD.maxDb));
    const bins = binOf(maxDb, spread.binsPerDb) + 1;
    const data = {
      matings,
      shiftDb: spread.shiftDb,
      minDb: Math.min(...extremes(SPREAD.minDb)),
      maxDb,
      worstMinDb: Math.min(...extremes(SPREAD.worstMinDb)),
      worstMaxDb: Math.max(...extremes(SPREAD.worstMaxDb)),
      sums: this.#takeSums(spread.sumsAt, SUM.spread),
      fibres: this.#takeHistogram(spread.histogramAt, bins),
      squares: this.#takeHistogram(spread.squaresAt, bins),
      worst: this.#takeHistogram(spread.worstAt, bins),
    };
    this.#clearSpread(spread);
    return data;
  }

  #clearSpread({ at }: SpreadLayout): void {
    for (const place of [SPREAD.minDb, SPREAD.worstMinDb])
      this.#numbers(at + place, 2).fill(Infinity);
    for (const place of [SPREAD.maxDb, SPREAD.worstMaxDb]) {
      this.#numbers(at + place, 2).fill(-Infinity);
    }
  }

  #numbers(at: number, length: number): Float64Array {
    return new Float64Array(this.#exports.memory.buffer, at, length);
  }

  /** Even and odd matings added up. */
  #takeSums(at: number, length: number): Float64Array {
    const lanes = this.#numbers(at, 2 * length);
    const sums = Float64Array.from({ length }, (_, i) => lanes[2 * i]! + lanes[2 * i + 1]!);
    lanes.fill(0);
    return sums;
  }

  #takeHistogram(at: number, bins: number): FilledBins {
    const counts = new Uint32Array(this.#exports.memory.buffer, at, bins);
    const filled = filledBins(counts);
    counts.fill(0);
    return filled;
  }

  #worstMatings(at: number, count: number): WorstMating[] {
    return Array.from({ length: count }, (_, i) => {
      const entry = this.#numbers(at + i * WORST_OCTETS, WORST_OCTETS / 8);
      return {
        mating: entry[WORST_MATING / 8]!,
        worstFibreDb: entry[WORST_LOSS / 8]!,
        meanDb: entry[WORST_MEAN / 8]!,
        fibre: entry[WORST_FIBRE / 8]!,
      };
    });
  }
}

type Pair = Float64Array & readonly [number, number];

function checkFailure(failure: number): void {
  if (failure === FAILURE_LOSS) throw new InvariantError('a mating has a loss that is no number');
  if (failure === FAILURE_CONTACT) throw new InvariantError('end-face contact did not converge');
}
