/** A lot's figures: the same as of fresh parts, but with intervals that take the plug as their unit. */
import type { RunTotals } from '../engine/fold.js';
import type { PairPlan, Plan } from '../plan/types.js';
import type { LotLosses } from '../statistics/crossed.js';
import { type GradeLimits, gradeOf } from '../statistics/grade.js';
import type { Estimate } from '../statistics/intervals.js';
import { type LotStatistics, summariseLot } from '../statistics/lot.js';
import type { PairStatistics } from '../statistics/summary.js';
import type { VarianceComponent } from '../statistics/variance-components.js';
import type { ComparisonResult, PairResult } from './schema.js';

export interface Lot {
  readonly losses: LotLosses;
  readonly statistics: LotStatistics;
}

/** null if the plan has no lot. */
export function lotOf(plan: Plan, totals: RunTotals, p: number): Lot | null {
  const { lot } = plan;
  const lossDb = totals.losses[p];
  if (lot === null || lossDb === undefined) return null;
  const { fibres } = (plan.pairs[p] as PairPlan).mechanics;
  const { pinned, unpinned, repeats } = lot;
  const losses = { lossDb, fibres, pinned, unpinned, repeats };
  return { losses, statistics: summariseLot(losses) };
}

/** What the plugs of a lot say; where only intervals by the mating are known, none are given. */
export function lotFigures(
  statistics: PairStatistics,
  { statistics: lot }: Lot,
  grades: readonly GradeLimits[],
): PairStatistics {
  const { il, worstFibre, positions } = lot;
  const { causes, returnLoss } = statistics;
  return {
    ...statistics,
    il,
    worstFibre,
    positions,
    gapFraction: bare(statistics.gapFraction),
    causes: bareAll(causes),
    returnLoss:
      returnLoss === null
        ? null
        : { all: bareAll(returnLoss.all), worst: bareAll(returnLoss.worst) },
    grade: gradeOf(il.mean, il.p97, grades),
    designEffect: null,
  };
}

/** Differences in a lot: what the same plugs show; their intervals are not known. */
export function lotComparison(comparison: ComparisonResult): ComparisonResult {
  const { mean, sd, p50, p97, p99, secondLower } = comparison;
  return {
    ...comparison,
    ...bareAll({ mean, sd, p50, p97, p99 }),
    secondLower: bareAll(secondLower),
  };
}

function bare({ value }: Estimate): Estimate {
  return { value, low: null, high: null };
}

function bareAll<K extends string>(estimates: Readonly<Record<K, Estimate>>): Record<K, Estimate> {
  const entries = Object.entries<Estimate>(estimates).map(([name, one]) => [name, bare(one)]);
  return Object.fromEntries(entries) as Record<K, Estimate>;
}

/** A lot as the result file has it: its counts, and the variance components with their standard deviations in dB. */
export function lotResult({ statistics }: Lot): NonNullable<PairResult['lot']> {
  const { pinned, unpinned, repeats, components } = statistics;
  return {
    pinnedPlugs: pinned,
    unpinnedPlugs: unpinned,
    repeats,
    components: {
      position: perhaps(components.position),
      pinned: component(components.pinned),
      unpinned: component(components.unpinned),
      combination: component(components.combination),
      partToPart: component(components.partToPart),
      matingToMating: perhaps(components.matingToMating),
    },
  };
}

function component({ variance, sd }: VarianceComponent) {
  return { varianceDb2: variance, sdDb: sd };
}

function perhaps(part: VarianceComponent | null) {
  return part === null ? null : component(part);
}
