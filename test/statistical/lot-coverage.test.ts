/**
 * Do the 95 % intervals of a lot cover? 400 lots of 12 pinned by 12 unpinned plugs of 4 fibres, each mated twice, of two
 * models whose true values are closed forms: normal effects, and squares of offsets, whose losses are exponential.
 *
 * Intervals from a dozen plugs are approximate: each statistic has a coverage to keep, which it surpasses in 4,000 other
 * lots. One that keeps it is found wanting with a probability below 1e-6 (binomial, worked out in the test), were the
 * seeds not fixed; intervals that take matings, or all losses, as independent are found wanting.
 */
import * as ss from 'simple-statistics';
import { beforeAll, describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../../src/numerics/normal.js';
import { crossedMean } from '../../src/statistics/crossed.js';
import { type Estimate, studentT975, Z975 } from '../../src/statistics/intervals.js';
import { type LotStatistics, lotYields, summariseLot } from '../../src/statistics/lot.js';
import { Chance } from '../support/chance.js';

const LOTS = 400;
const [REPEATS, PLUGS, FIBRES] = [2, 12, 4];
const LOSSES = REPEATS * PLUGS * PLUGS * FIBRES;
/** Correlation between the fibres of a plug, of a combination, of a mating. */
const CORRELATION = 0.7;
/** Positions differ by this from one to the next. */
const STEP_DB = 0.3;
const FALSE_ALARM = 1e-6;

function normalOf(chance: Chance): number {
  return normalQuantile(chance.unit() + 2 ** -33);
}

/** Standard normal effects of so many plugs, combinations or matings on their fibres. */
function effects(chance: Chance, count: number): (which: number, fibre: number) => number {
  const values = Array.from({ length: count }, () => {
    const shared = Math.sqrt(CORRELATION) * normalOf(chance);
    return Array.from(
      { length: FIBRES },
      () => shared + Math.sqrt(1 - CORRELATION) * normalOf(chance),
    );
  });
  return (which, fibre) => values[which]?.[fibre] as number;
}

type Loss = (mating: number, cell: number, pinned: number, unpinned: number, f: number) => number;
const CELLS = PLUGS * PLUGS;

interface Model {
  readonly name: string;
  /** Draws a lot; losses without what the positions add. */
  readonly draw: (chance: Chance) => Loss;
  readonly mean: number;
  /** P(loss ≤ x), likewise. */
  readonly share: (x: number) => number;
  readonly variances: Readonly<
    Record<'pinned' | 'unpinned' | 'combination' | 'matingToMating', number>
  >;
}

const NORMAL: Model = {
  name: 'normal effects',
  draw: (chance) => {
    const [a, b] = [effects(chance, PLUGS), effects(chance, PLUGS)];
    const [c, e] = [effects(chance, CELLS), effects(chance, REPEATS * CELLS)];
    return (mating, cell, i, j, f) =>
      10 + a(i, f) + 0.8 * b(j, f) + 0.6 * c(cell, f) + 0.5 * e(mating, f);
  },
  mean: 10,
  share: (x) => normalCdf((x - 10) / 1.5),
  variances: { pinned: 1, unpinned: 0.64, combination: 0.36, matingToMating: 0.25 },
};

/** Offsets of pinned plug, unpinned plug and mating along each of two axes: standard deviations. */
const [A, B, E] = [0.7, 0.6, 0.3];
const SQUARES_MEAN = 2 * (A ** 2 + B ** 2 + E ** 2);

/** (a − b + e)² along two axes: exponential. Of an axis, the variance of a² is 2A⁴, of 2ab 4A²B². */
const SQUARES: Model = {
  name: 'squares of offsets',
  draw: (chance) => {
    const axes = [0, 1].map(() => {
      const [a, b] = [effects(chance, PLUGS), effects(chance, PLUGS)];
      const e = effects(chance, REPEATS * CELLS);
      return (mating: number, i: number, j: number, f: number): number =>
        (A * a(i, f) - B * b(j, f) + E * e(mating, f)) ** 2;
    });
    return (mating, _cell, i, j, f) => axes.reduce((sum, axis) => sum + axis(mating, i, j, f), 0);
  },
  mean: SQUARES_MEAN,
  share: (x) => (x > 0 ? 1 - Math.exp(-x / SQUARES_MEAN) : 0),
  variances: {
    pinned: 4 * A ** 4,
    unpinned: 4 * B ** 4,
    combination: 8 * A ** 2 * B ** 2,
    matingToMating: 4 * E ** 4 + 8 * E ** 2 * (A ** 2 + B ** 2),
  },
};

/** What the position adds: −1.5 to 1.5 steps, mean square 1.25 steps². */
const positionDb = (f: number): number => STEP_DB * (f - (FIBRES - 1) / 2);

function lotOf(model: Model, chance: Chance) {
  const loss = model.draw(chance);
  const lossDb = Float64Array.from({ length: LOSSES }, (_, k) => {
    const [mating, f] = [Math.floor(k / FIBRES), k % FIBRES];
    const cell = mating % CELLS;
    return loss(mating, cell, Math.floor(cell / PLUGS), cell % PLUGS, f) + positionDb(f);
  });
  return { lossDb, repeats: REPEATS, pinned: PLUGS, unpinned: PLUGS, fibres: FIBRES };
}

/** True values by name. */
function truthOf(model: Model) {
  const { pinned, unpinned, combination, matingToMating } = model.variances;
  const position = 1.25 * STEP_DB ** 2;
  const partToPart = pinned + unpinned + combination;
  const shareUpTo = (x: number): number => {
    let sum = 0;
    for (let f = 0; f < FIBRES; f++) sum += model.share(x - positionDb(f)) / FIBRES;
    return sum;
  };
  const quantile = (p: number): number => {
    let [low, high] = [-10, 40];
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (shareUpTo(middle) < p) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return {
    mean: model.mean,
    sd: Math.sqrt(partToPart + matingToMating + position),
    p50: quantile(0.5),
    p90: quantile(0.9),
    p97: quantile(0.97),
    share: 0.97,
    ...model.variances,
    partToPart,
    position,
  };
}
type Name = keyof ReturnType<typeof truthOf>;

/** Fewest of n that a coverage leaves covered, but for a probability of FALSE_ALARM. */
function fewest(n: number, coverage: number): number {
  // P(X = n), P(X = n − 1), … summed until only FALSE_ALARM is left below.
  let probability = coverage ** n;
  let below = 1 - probability;
  let k = n;
  while (below > FALSE_ALARM) {
    probability *= (k / (n - k + 1)) * ((1 - coverage) / coverage);
    k--;
    below -= probability;
  }
  return k;
}

interface Lot {
  readonly statistics: LotStatistics;
  /** Share of losses up to the true 97 % point. */
  readonly share: Estimate;
  readonly lossDb: Float64Array;
  readonly sorted: Float64Array;
}

function estimateOf({ statistics, share }: Lot, name: Name): Estimate {
  const { il, components } = statistics;
  if (name === 'share') return share;
  if (name in il) return il[name as keyof typeof il];
  return components[name as keyof typeof components]?.variance as Estimate;
}

/** 1.96 standard errors of the mean of a function of the loss, were matings independent. */
function overMatings({ lossDb }: Lot, of: (lossDb: number) => number): number {
  const values: number[] = [];
  for (let k = 0; k < LOSSES; k += FIBRES) {
    let sum = 0;
    for (let f = 0; f < FIBRES; f++) sum += of(lossDb[k + f] as number);
    values.push(sum / FIBRES);
  }
  return (Z975 * ss.sampleStandardDeviation(values)) / Math.sqrt(values.length);
}

function shareOf(limitDb: number): (lossDb: number) => number {
  return (lossDb) => (lossDb <= limitDb ? 1 : 0);
}

/** What an interval is that takes matings as independent; of variances, one that takes all losses so. */
function independent(lot: Lot, name: Name, truth: Readonly<Record<Name, number>>): Estimate {
  const { value } = estimateOf(lot, name);
  const within = (half: number): Estimate => ({ value, low: value - half, high: value + half });
  const quantile = (p: number): Estimate => {
    const half = overMatings(lot, shareOf(value));
    const at = (share: number) => lot.sorted[Math.min(Math.floor(share * LOSSES), LOSSES - 1)];
    return { value, low: at(p - half) as number, high: at(p + half) as number };
  };
  switch (name) {
    case 'mean':
      return within(overMatings(lot, (lossDb) => lossDb));
    case 'p50':
      return quantile(0.5);
    case 'p90':
      return quantile(0.9);
    case 'p97':
      return quantile(0.97);
    case 'share':
      return within(overMatings(lot, shareOf(truth.p97)));
    case 'sd':
      return within((Z975 * value) / Math.sqrt(2 * LOSSES));
    case 'matingToMating':
      return within(Z975 * value * Math.sqrt((2 * REPEATS) / LOSSES));
    default:
      return within(Z975 * value * Math.sqrt(2 / LOSSES));
  }
}

/** Coverage to keep, in the order of the models. */
const TO_KEEP: Readonly<Record<Name, readonly [normal: number, squares: number]>> = {
  mean: [0.94, 0.92],
  sd: [0.93, 0.92],
  p50: [0.94, 0.94],
  p90: [0.93, 0.93],
  p97: [0.92, 0.92],
  share: [0.92, 0.92],
  position: [0.93, 0.93],
  pinned: [0.93, 0.91],
  unpinned: [0.93, 0.91],
  combination: [0.94, 0.93],
  partToPart: [0.94, 0.91],
  matingToMating: [0.94, 0.92],
};
const NAMES = Object.keys(TO_KEEP) as Name[];

describe.each([NORMAL, SQUARES])('$name', (model) => {
  const truth = truthOf(model);
  let lots: Lot[] = [];
  beforeAll(() => {
    // One generator for all: those of neighbouring seeds are the same but for a shift.
    const chance = new Chance(1);
    lots = Array.from({ length: LOTS }, () => {
      const lot = lotOf(model, chance);
      return {
        statistics: summariseLot(lot),
        share: lotYields(lot, truth.p97).fibre,
        lossDb: lot.lossDb,
        sorted: lot.lossDb.toSorted(),
      };
    });
  });

  /** Lots whose interval has both ends and holds the true value. */
  function covering(interval: (lot: Lot) => Estimate, name: Name): number {
    return lots.filter((lot) => {
      const { low, high } = interval(lot);
      return low !== null && high !== null && low <= truth[name] && truth[name] <= high;
    }).length;
  }

  it.each(NAMES)('the interval of %s covers, that of independent values does not', (name) => {
    const least = fewest(LOTS, TO_KEEP[name][model === NORMAL ? 0 : 1]);
    expect(covering((lot) => estimateOf(lot, name), name)).toBeGreaterThanOrEqual(least);
    expect(covering((lot) => independent(lot, name, truth), name)).toBeLessThan(least);
  });

  // That of positions alone is narrower.
  it.each(NAMES.filter((name) => name !== 'position'))(
    'the interval of %s is not much wider than its spread asks for, one of twice the width is',
    (name) => {
      // In 4,000 other lots the widths are 0.97 to 1.32 of what is asked; of 400 they have standard errors below 0.075,
      // so that 1.7 is passed with a probability below 1e-6.
      const estimates = lots.map((lot) => estimateOf(lot, name));
      const width = ss.median(estimates.map(({ low, high }) => (high as number) - (low as number)));
      const spread = ss.standardDeviation(estimates.map(({ value }) => value));
      const asked = 2 * studentT975(PLUGS - 1) * spread;
      expect(width).toBeLessThan(1.7 * asked);
      expect(2 * width).toBeGreaterThan(1.7 * asked);
    },
  );
});

describe('the error of a mean over pinned and unpinned plugs', () => {
  /**
   * Mean over 2,000 tables of 12 × 12 of a squared error against σ_p²/12 + σ_u²/12 + σ_c²/144, in standard errors of that
   * mean: beyond ±5 with a probability of 6e-7.
   */
  const TABLES = 2000;
  const [P, U, C] = [1, 0.8, 1.2];
  const truth = (P * P + U * U) / 12 + (C * C) / 144;
  const chance = new Chance(2);
  const tables = Array.from({ length: TABLES }, () => {
    const rows = Array.from({ length: 12 }, () => P * normalOf(chance));
    const columns = Array.from({ length: 12 }, () => U * normalOf(chance));
    return Float64Array.from(
      { length: CELLS },
      (_, k) =>
        (rows[Math.floor(k / 12)] as number) + (columns[k % 12] as number) + C * normalOf(chance),
    );
  });
  const crossing = { pinned: 12, unpinned: 12 };
  const excess = (squaredError: (cells: Float64Array) => number): number => {
    const values = tables.map(squaredError);
    return (ss.mean(values) - truth) / (ss.sampleStandardDeviation(values) / Math.sqrt(TABLES));
  };
  const squaredError = (cells: Float64Array) => crossedMean(cells, crossing).error ** 2;
  /** Variance of the mean over the rows, or over the columns, as if only they were a sample. */
  const oneSide = (cells: Float64Array, plugOf: (cell: number) => number): number => {
    const means = new Array<number>(12).fill(0);
    cells.forEach((value, cell) => {
      means[plugOf(cell)] = (means[plugOf(cell)] as number) + value / 12;
    });
    return ss.sampleVariance(means) / 12;
  };
  const rows = (cells: Float64Array) => oneSide(cells, (cell) => Math.floor(cell / 12));
  const columns = (cells: Float64Array) => oneSide(cells, (cell) => cell % 12);

  it('is right on average', () => {
    expect(Math.abs(excess(squaredError))).toBeLessThan(5);
  });

  it.each([
    ['of one side alone', rows],
    ['of both sides added', (cells: Float64Array) => rows(cells) + columns(cells)],
    [
      'of both less that of independent cells',
      (cells: Float64Array) => rows(cells) + columns(cells) - ss.sampleVariance([...cells]) / CELLS,
    ],
  ])('%s is not', (_, wrong) => {
    expect(Math.abs(excess(wrong))).toBeGreaterThan(5);
  });
});
