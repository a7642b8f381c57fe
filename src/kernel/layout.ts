/** The plan as the kernel reads it: records and arrays in its memory. */
import type { PairMechanics } from '../model/mating.js';
import {
  FIBRE as FIBRE_PART,
  fibreOffset,
  opticsOffset,
  PINNED,
  UNPINNED,
} from '../model/parts.js';
import { fibreLength } from '../model/places/lengths.js';
import type { PairPlan, Plan } from '../plan/types.js';
import * as DIFFERENCE from '../statistics/differences.js';
import { RETURN_LOSS_BINS_PER_DB } from '../statistics/histogram.js';
import * as SUM from '../statistics/sums.js';
import { RETURN_LOSS_SHIFT_DB } from '../statistics/tally.js';
import { layOutDraws, type PairDraws } from './draw-layout.js';
import type { Image, Record } from './image.js';
import {
  HISTOGRAM,
  layOutSeries,
  layOutSpread,
  type SeriesLayout,
  type SpreadLayout,
} from './layout-spread.js';
import { BATCH } from './places/batch.js';
import * as COMPARISON from './places/comparison.js';
import * as CONTACT from './places/contact.js';
import * as FIBRE from './places/fibre.js';
import { NUMBER, VECTOR } from './places/octets.js';
import * as PAIR from './places/pair.js';
import * as RUN from './places/run.js';
import * as SERIES from './places/series.js';
import * as SPREAD from './places/spread.js';
import * as STATE from './places/state.js';
import * as STREAM from './places/stream.js';
import { DRAW_OCTETS } from './places/unit.js';
import { WORST_KEPT, WORST_OCTETS } from './places/worst.js';
import { sortingNetwork } from './sorting-network.js';

/** Where the counts of a pair lie, for the loader. */
export interface PairLayout {
  readonly record: Record;
  readonly fibres: number;
  readonly sumsAt: number;
  readonly positionsAt: number;
  readonly squaresAt: number;
  readonly worstAt: number;
  readonly worstListAt: number;
  /** undefined where return loss is not worked out. */
  readonly returnLoss: SpreadLayout | undefined;
}

export interface RunLayout {
  readonly recordAt: number;
  readonly pairs: readonly PairLayout[];
  /** Addresses of the sums of each comparison. */
  readonly comparisons: readonly number[];
  readonly series: readonly SeriesLayout[];
}

export function layOut(plan: Plan, shiftsDb: readonly number[], image: Image): RunLayout {
  const drawsAt = image.room(plan.raw.length * DRAW_OCTETS);
  const records = image.records(plan.pairs.length, PAIR.octets);
  const partsAt = plan.pairs.map(({ fixedParts }) => layOutParts(fixedParts, image));
  const draws = layOutDraws(plan, drawsAt, partsAt, image);
  const pairs = plan.pairs.map((pair, p) => {
    const list = draws.pairs[p] as PairDraws;
    const record = (records[p] as Record)
      .word(PAIR.partsAt, partsAt[p] as number)
      .word(PAIR.toDirections, list.directionsAt - (partsAt[p] as number))
      .word(PAIR.draws, list.count)
      .word(PAIR.drawsAt, list.at)
      .number(PAIR.shiftDb, shiftsDb[p] as number);
    return layOutPair(pair, record, image);
  });
  const comparisons = image.records(plan.comparisons.length, 4 * COMPARISON.words);
  const sums = comparisons.map((record, c) => {
    const sumsAt = image.room(DIFFERENCE.length * VECTOR);
    const [first, second] = plan.comparisons[c] as readonly [number, number];
    record
      .word(COMPARISON.firstAt, (records[first] as Record).at)
      .word(COMPARISON.secondAt, (records[second] as Record).at)
      .word(COMPARISON.sumsAt, sumsAt);
    return sumsAt;
  });
  const series = image.records(plan.series.length, 4 * SERIES.words);
  const changes = series.map((record, s) => {
    const steps = plan.series[s] as readonly number[];
    const fibres = (pairs[steps[0] as number] as PairLayout).fibres;
    const pairsAt = steps.map((p) => (records[p] as Record).at);
    return layOutSeries(record, fibres, pairsAt, image);
  });
  const streams = image.records(plan.raw.streams.length, 4 * STREAM.words);
  plan.raw.streams.forEach(({ family, slot, from, length }, k) => {
    streams[k]
      ?.word(STREAM.family, family)
      .word(STREAM.slot, slot)
      .word(STREAM.drawsAt, drawsAt + from * DRAW_OCTETS)
      .word(STREAM.length, length);
  });
  const [run] = image.records(1, 4 * RUN.words) as [Record];
  run
    .word(RUN.key0, plan.key.key0)
    .word(RUN.key1, plan.key.key1)
    .word(RUN.streamsAt, streams[0]?.at ?? 0)
    .word(RUN.streams, streams.length)
    .word(RUN.pairsAt, records[0]?.at ?? 0)
    .word(RUN.pairs, records.length)
    .word(RUN.draws, draws.shared.count)
    .word(RUN.drawsAt, draws.shared.at)
    .word(RUN.comparisonsAt, comparisons[0]?.at ?? 0)
    .word(RUN.comparisons, comparisons.length)
    .word(RUN.seriesAt, series[0]?.at ?? 0)
    .word(RUN.series, series.length);
  return { recordAt: run.at, pairs, comparisons: sums, series: changes };
}

/** Every fixed number in all four lanes; draws write over it or add to it. */
function layOutParts(fixedParts: Float64Array, image: Image): number {
  const lanes = new Float64Array(4 * fixedParts.length);
  for (let i = 0; i < fixedParts.length; i++) lanes.fill(fixedParts[i]!, 4 * i, 4 * i + 4);
  return image.put(lanes);
}

function layOutPair(pair: PairPlan, record: Record, image: Image): PairLayout {
  const { mechanics } = pair;
  const n = mechanics.fibres;
  const fibres = image.records(n, FIBRE.octets);
  fibres.forEach((record, i) => {
    const facing = mechanics.facing[i] as number;
    record
      .number(FIBRE.xUm, mechanics.xUm[i] as number)
      .number(FIBRE.yUm, mechanics.yUm[i] as number)
      .word(FIBRE.femaleAt / 4, fibreOffset(UNPINNED, facing) * NUMBER)
      .word(FIBRE.opticsAt / 4, opticsOffset(PINNED, i, n) * NUMBER)
      .word(FIBRE.femaleOpticsAt / 4, opticsOffset(UNPINNED, facing, n) * NUMBER);
  });
  const network = Uint32Array.from(sortingNetwork(n).flat(), (i) => i * FIBRE.octets);
  const layout = {
    record,
    fibres: n,
    sumsAt: image.room((SUM.positions + 2 * n) * VECTOR),
    positionsAt: image.room(n * HISTOGRAM),
    squaresAt: image.room(HISTOGRAM),
    worstAt: image.room(HISTOGRAM),
    worstListAt: image.room(WORST_KEPT * WORST_OCTETS),
    returnLoss: mechanics.returnLoss
      ? layOutReturnLoss(n, (fibres[0] as Record).at, image)
      : undefined,
  };
  record
    .word(PAIR.fibres, n)
    .word(PAIR.singleRow, mechanics.singleRow ? 1 : 0)
    .word(PAIR.leans, anyLean(pair) ? 1 : 0)
    .word(PAIR.fibresAt, (fibres[0] as Record).at)
    .word(PAIR.stateAt, image.room(2 * STATE.octets))
    .word(PAIR.contactAt, image.room(2 * CONTACT.octets))
    .word(PAIR.sumsAt, layout.sumsAt)
    .word(PAIR.positionsAt, layout.positionsAt)
    .word(PAIR.positionsStep, HISTOGRAM)
    .word(PAIR.squaresAt, layout.squaresAt)
    .word(PAIR.worstAt, layout.worstAt)
    .word(PAIR.rowsAt, image.room((2 * n + 1) * 2 * BATCH))
    .word(PAIR.networkAt, image.put(network))
    .word(PAIR.comparators, network.length / 2)
    .word(PAIR.worstListAt, layout.worstListAt)
    .word(PAIR.debris, mechanics.debrisProbability > 0 ? 1 : 0)
    .word(PAIR.multimode, mechanics.multimode === null ? 0 : 1)
    .word(PAIR.returnLoss, mechanics.returnLoss ? 1 : 0)
    .word(PAIR.returnSpreadAt, layout.returnLoss?.at ?? 0);
  const { multimode } = mechanics;
  if (multimode !== null) {
    record
      .word(PAIR.tableAt, image.putOnce(multimode.table))
      .number(PAIR.groups, multimode.groups)
      .number(PAIR.offsetPerUm2, multimode.offsetPerUm2)
      .number(PAIR.tiltPerRad2, multimode.tiltPerRad2);
  }
  writeConstants(mechanics, record);
  return layout;
}

function layOutReturnLoss(fibres: number, fibresAt: number, image: Image): SpreadLayout {
  const [record] = image.records(1, SPREAD.octets) as [Record];
  const options = {
    fibres,
    lowestIsWorst: true,
    shiftDb: RETURN_LOSS_SHIFT_DB,
    binsPerDb: RETURN_LOSS_BINS_PER_DB,
    valuesAt: fibresAt + FIBRE.returnLossDb,
    valuesStep: FIBRE.octets,
  };
  return layOutSpread(record, options, image);
}

/** Whether the own tilt of any bore is drawn, or fixed at another value than 0. */
function anyLean({ mechanics, fixedParts, draws }: PairPlan): boolean {
  const first = fibreOffset(PINNED, 0);
  const end = fibreOffset(PINNED, mechanics.fibres);
  const isTilt = (place: number): boolean => {
    const own = (place - first) % fibreLength;
    return (
      place >= first && place < end && (own === FIBRE_PART.tiltXRad || own === FIBRE_PART.tiltYRad)
    );
  };
  const drawn = draws.some(({ target }) => isTilt(target));
  return drawn || fixedParts.some((value, place) => value !== 0 && isTilt(place));
}

/** Constants of the pair that have the same name in the record. */
const CONSTANTS = [
  'signX',
  'signY',
  'guidePitchUm',
  'engagedLengthUm',
  'seatCentring',
  'frictionCoefficient',
  'slipStiffnessNPerUm',
  'pinStiffnessNPerUm',
  'pinAngularStiffness',
  'mountingAngularStiffness',
  'contactStiffnessNPerUm',
  'sideLoadTransmission',
  'tanEndFaceAngle',
  'minorShareX',
  'minorShareY',
  'debrisProbability',
  'angleNepers',
  'angleNepersPerUm2',
  'wavelengthUm',
  'glassIndex',
  'gapFinesse',
] as const satisfies readonly (keyof PairMechanics & keyof typeof PAIR)[];

function writeConstants(mechanics: PairMechanics, record: Record): void {
  const places: { readonly [name: string]: number } = PAIR;
  for (const name of CONSTANTS) record.number(places[name] as number, mechanics[name]);
  // In the order of operations of the reference.
  const { glassIndex, endFaceAngleRad, wavelengthUm, xUm, yUm } = mechanics;
  const k = (2 * Math.PI) / wavelengthUm;
  const sumOf = (term: (i: number) => number): number =>
    xUm.reduce((sum, _, i) => sum + term(i), 0);
  record
    .number(PAIR.walkOff, (glassIndex - 1) * endFaceAngleRad)
    .number(PAIR.bend, glassIndex - 1)
    .number(PAIR.spreadPerGap, 2 / k)
    .number(PAIR.halfK2, 0.5 * k * k)
    .number(PAIR.minusTwoK, -2 * k)
    .number(
      PAIR.allX,
      sumOf((i) => xUm[i]!),
    )
    .number(
      PAIR.allY,
      sumOf((i) => yUm[i]!),
    )
    .number(
      PAIR.allXX,
      sumOf((i) => xUm[i]! * xUm[i]!),
    )
    .number(
      PAIR.allXY,
      sumOf((i) => xUm[i]! * yUm[i]!),
    )
    .number(
      PAIR.allYY,
      sumOf((i) => yUm[i]! * yUm[i]!),
    );
}
