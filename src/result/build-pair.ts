/** What a run says of one pair. */

import type { RunTotals } from '../engine/fold.js';
import { originsOf } from '../engine/origins.js';
import type { PairPlan, Plan } from '../plan/types.js';
import type { FibreMode } from '../scenario/scalars.js';
import { stepName } from '../scenario/steps.js';
import type { Design, MatingConditions, Pair, Scenario } from '../scenario/types.js';
import type { ChangesTotal } from '../statistics/changes.js';
import { type GradeLimits, lossGrades, returnLossGrade } from '../statistics/grade.js';
import { LOSS_BINS_PER_DB, overflowDb } from '../statistics/histogram.js';
import { halfWidthFactor, meanOf, symmetric } from '../statistics/intervals.js';
import { lotYields } from '../statistics/lot.js';
import { summariseSpread } from '../statistics/spread-summary.js';
import {
  type PairStatistics,
  QUANTILES,
  summariseFibres,
  summarisePair,
  yields,
} from '../statistics/summary.js';
import type { PairTotal } from '../statistics/total.js';
import { type Lot, lotFigures, lotOf, lotResult } from './build-lot.js';
import { costOf } from './cost.js';
import { judgeLimit } from './limits.js';
import type { PairResult } from './schema.js';
import type { SweptPair } from './schema-sweep.js';

/** What figures of a pair are made of: those of its first step. */
interface Source {
  readonly pair: Pair;
  readonly first: number;
  readonly total: PairTotal;
  readonly changes: ChangesTotal | undefined;
  readonly lot: Lot | null;
  readonly mode: FibreMode;
  readonly grades: readonly GradeLimits[];
}

function sourceOf(scenario: Scenario, plan: Plan, totals: RunTotals, index: number): Source {
  const pair = scenario.pairs[index] as Pair;
  const { mode } = scenario.designs[pair.pinned] as Design;
  const first = plan.members[index]?.[0] as number;
  return {
    pair,
    first,
    total: totals.pairs[first] as PairTotal,
    changes: totals.series[plan.series.findIndex((steps) => steps[0] === first)],
    lot: lotOf(plan, totals, first),
    mode,
    grades: lossGrades(mode),
  };
}

/** What a sweep keeps of a pair. */
export function pairFigures(
  scenario: Scenario,
  plan: Plan,
  totals: RunTotals,
  index: number,
): SweptPair {
  const source = sourceOf(scenario, plan, totals, index);
  const { total, grades, lot } = source;
  return figuresOf(
    source,
    lot === null ? summariseFibres(total, grades) : lotFigures(summarisePair(total), lot, grades),
  );
}

function figuresOf(
  { pair, total, changes, lot, mode, grades }: Source,
  statistics: Omit<PairStatistics, 'positions'>,
): SweptPair {
  const { il, worstFibre, gapFraction, returnLoss, grade, causes } = statistics;
  const largestChange = changes === undefined ? null : summariseSpread(changes.largest, QUANTILES);
  const judged = {
    ...statistics,
    largestChange,
    yields: (limitDb: number) =>
      lot === null ? yields(total, limitDb) : lotYields(lot.losses, limitDb),
  };
  return {
    name: pair.name,
    fibres: total.fibreCount,
    matings: statistics.matings,
    il,
    worstFibre,
    gapFraction,
    returnLoss:
      returnLoss === null
        ? null
        : { ...returnLoss, grade: returnLossGrade(returnLoss.all.p3, mode) },
    yields: yieldLimits(pair, grades).map((limitDb) => ({ limitDb, ...judged.yields(limitDb) })),
    grade,
    limits: pair.limits.map((limit) => judgeLimit(limit, judged)),
    causes,
    largestChange,
  };
}

export function buildPair(
  scenario: Scenario,
  plan: Plan,
  totals: RunTotals,
  index: number,
): PairResult {
  const source = sourceOf(scenario, plan, totals, index);
  const { pair, first, total, changes, lot, grades } = source;
  const pinned = scenario.designs[pair.pinned] as Design;
  const unpinned = scenario.designs[pair.unpinned] as Design;
  const members = plan.members[index] as readonly number[];
  const { mechanics, merged } = plan.pairs[first] as PairPlan;
  const all = summarisePair(total, grades);
  const statistics = lot === null ? all : lotFigures(all, lot, grades);
  const figures = figuresOf(source, statistics);
  return {
    name: pair.name,
    pinned: pair.pinned,
    unpinned: pair.unpinned,
    fibres: figures.fibres,
    matings: figures.matings,
    merged: merged.map(({ inputs, ...numbers }) => ({ inputs: [...inputs], ...numbers })),
    il: figures.il,
    worstFibre: figures.worstFibre,
    gapFraction: figures.gapFraction,
    returnLoss: figures.returnLoss,
    yields: figures.yields,
    grade: figures.grade,
    limits: figures.limits,
    causes: figures.causes,
    positions: statistics.positions.map((position, i) => ({
      fibre: i + 1,
      facingFibre: (mechanics.facing[i] as number) + 1,
      xUm: mechanics.xUm[i] as number,
      yUm: mechanics.yUm[i] as number,
      ...position,
    })),
    steps: changes === undefined ? [] : buildSteps(scenario, pair, members, totals, changes),
    largestChange: figures.largestChange,
    lot: lot === null ? null : lotResult(lot),
    origins: pair.pinned === pair.unpinned ? null : originsOf(plan, first),
    cost: costOf(pinned, unpinned, figures.yields),
    designEffect: statistics.designEffect,
    contactVisits: statistics.contactVisits,
    minDb: statistics.minDb,
    maxDb: statistics.maxDb,
    histogram: {
      binWidthDb: 1 / LOSS_BINS_PER_DB,
      il: histogramResult(total.fibres.trimmed()),
      worstFibre: histogramResult(total.worst.trimmed()),
    },
    worstMatings: total.worstList.entries().map(({ mating, fibre, worstFibreDb, meanDb }) => ({
      mating,
      fibre: fibre + 1,
      worstFibreDb,
      meanDb,
    })),
  };
}

/** A yield that every pair has, so that pairs can be told by it. */
const SHOWN_YIELD_DB = 0.25;

/** Losses at which yields are given: the 97 % points of the grades and whatever the pair's limits speak of. */
function yieldLimits(pair: Pair, grades: readonly { readonly p97Db: number }[]): number[] {
  const asked = pair.limits.flatMap(({ subject, value }) => {
    if ('atDb' in subject) return [subject.atDb];
    const isLoss = subject.of === 'il' || subject.of === 'worstFibre';
    return isLoss && subject.statistic !== 'sd' ? [value] : [];
  });
  return [...new Set([SHOWN_YIELD_DB, ...grades.map((grade) => grade.p97Db), ...asked])].sort(
    (a, b) => a - b,
  );
}

function buildSteps(
  scenario: Scenario,
  pair: Pair,
  members: readonly number[],
  totals: RunTotals,
  changes: ChangesTotal,
): PairResult['steps'] {
  const { experiment } = scenario;
  return members.map((member, k) => {
    const total = totals.pairs[member] as PairTotal;
    const { il, worstFibre, gapFraction, returnLoss }: PairStatistics = summarisePair(total);
    const step = changes.steps[k - 1];
    const cycle = experiment.type === 're-mating' ? (experiment.cycles[k] as number) : 1;
    const mating = experiment.type === 'stress' ? (pair.steps[k] as MatingConditions) : pair.mating;
    return {
      name: stepName(experiment, k) as string,
      earlierMatings: mating.earlierMatings + cycle - 1,
      temperatureDegC: mating.temperatureDegC,
      il,
      worstFibre,
      gapFraction,
      returnLoss,
      meanChange: step === undefined ? null : meanChange(changes, k, total.matings),
      change: step === undefined ? null : summariseSpread(step, QUANTILES),
    };
  });
}

function meanChange(changes: ChangesTotal, k: number, matings: number) {
  const signed = changes.signed();
  const sum = signed[2 * (k - 1)] as number;
  const squares = signed[2 * (k - 1) + 1] as number;
  const { mean, error } = meanOf(matings, sum, squares);
  return symmetric(mean, halfWidthFactor(matings) * error);
}

function histogramResult(counts: Float64Array): PairResult['histogram']['il'] {
  const overflowBin = LOSS_BINS_PER_DB * overflowDb(LOSS_BINS_PER_DB);
  const overflow = counts[overflowBin] ?? 0;
  const regular = counts.subarray(0, overflowBin);
  let firstBin = regular.findIndex((count) => count > 0);
  if (firstBin < 0) firstBin = 0;
  let end = regular.length;
  while (end > firstBin && regular[end - 1] === 0) end -= 1;
  return { firstBin, counts: Array.from(regular.subarray(firstBin, end)), overflow };
}
