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
import { type Estimate, studentT975, Z975 } from '../../src/statistics/intervals.js';
import { type LotStatistics, lotYields, summariseLot } from '../../src/statistics/lot.js';
import { Chance } from '../support/chance.js';
import {
  FIBRES,
  LOSSES,
  lotOf,
  type Name,
  NORMAL,
  PLUGS,
  REPEATS,
  SQUARES,
  truthOf,
} from './lot-models.js';

const LOTS = 400;
const FALSE_ALARM = 1e-6;

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
