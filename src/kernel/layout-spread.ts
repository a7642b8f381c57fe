/** Spreads and series of steps in the kernel's memory. */
import { HISTOGRAM_LENGTH, LOSS_BINS_PER_DB } from '../statistics/histogram.js';
import * as SUM from '../statistics/sums.js';
import type { Image, Record } from './image.js';
import { VECTOR } from './places/octets.js';
import * as SERIES from './places/series.js';
import * as SPREAD from './places/spread.js';
import { sortingNetwork } from './sorting-network.js';

/** Octets of a histogram. */
export const HISTOGRAM = 4 * HISTOGRAM_LENGTH;

/** Where a spread lies, for the loader. */
export interface SpreadLayout {
  readonly at: number;
  readonly shiftDb: number;
  readonly binsPerDb: number;
  readonly sumsAt: number;
  readonly histogramAt: number;
  readonly squaresAt: number;
  readonly worstAt: number;
}

/** Where the counts of a series lie, for the loader. */
export interface SeriesLayout {
  readonly recordAt: number;
  readonly steps: readonly SpreadLayout[];
  readonly largest: SpreadLayout;
  readonly signedAt: number;
}

interface SpreadOptions {
  readonly fibres: number;
  readonly lowestIsWorst: boolean;
  readonly shiftDb: number;
  readonly binsPerDb: number;
  /** Address of the first fibre's values, and octets from fibre to fibre. */
  readonly valuesAt: number;
  readonly valuesStep: number;
}

export function layOutSpread(record: Record, options: SpreadOptions, image: Image): SpreadLayout {
  const { fibres, shiftDb, binsPerDb } = options;
  const network = Uint32Array.from(sortingNetwork(fibres).flat(), (i) => i * VECTOR);
  const layout = {
    at: record.at,
    shiftDb,
    binsPerDb,
    sumsAt: image.room(SUM.spread * VECTOR),
    histogramAt: image.room(HISTOGRAM),
    squaresAt: image.room(HISTOGRAM),
    worstAt: image.room(HISTOGRAM),
  };
  record
    .word(SPREAD.fibres, fibres)
    .word(SPREAD.lowestIsWorst, options.lowestIsWorst ? 1 : 0)
    .word(SPREAD.sumsAt, layout.sumsAt)
    .word(SPREAD.histogramAt, layout.histogramAt)
    .word(SPREAD.squaresAt, layout.squaresAt)
    .word(SPREAD.worstAt, layout.worstAt)
    .word(SPREAD.networkAt, image.put(network))
    .word(SPREAD.comparators, network.length / 2)
    .word(SPREAD.binsAt, image.room(fibres * VECTOR))
    .word(SPREAD.valuesAt, options.valuesAt)
    .word(SPREAD.valuesStep, options.valuesStep)
    .number(SPREAD.shiftDb, shiftDb)
    .number(SPREAD.binsPerDb, binsPerDb);
  return layout;
}

/** @param pairsAt addresses of the records of the steps' pairs */
export function layOutSeries(
  record: Record,
  fibres: number,
  pairsAt: readonly number[],
  image: Image,
): SeriesLayout {
  const steps = pairsAt.length;
  const changeAt = image.room(fibres * 2 * VECTOR);
  const mostAt = image.room(fibres * 2 * VECTOR);
  const spreads = image.records(steps, SPREAD.octets).map((spread, k) =>
    layOutSpread(
      spread,
      {
        fibres,
        lowestIsWorst: false,
        shiftDb: 0,
        binsPerDb: LOSS_BINS_PER_DB,
        valuesAt: k < steps - 1 ? changeAt : mostAt,
        valuesStep: 2 * VECTOR,
      },
      image,
    ),
  );
  const signedAt = image.room(2 * (steps - 1) * VECTOR);
  record
    .word(SERIES.steps, steps)
    .word(SERIES.fibres, fibres)
    .word(SERIES.pairsAt, image.put(Uint32Array.from(pairsAt)))
    .word(SERIES.spreadsAt, spreads[0]?.at ?? 0)
    .word(SERIES.signedAt, signedAt)
    .word(SERIES.changeAt, changeAt)
    .word(SERIES.mostAt, mostAt);
  return {
    recordAt: record.at,
    steps: spreads.slice(0, -1),
    largest: spreads.at(-1) as SpreadLayout,
    signedAt,
  };
}
