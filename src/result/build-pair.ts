/** What a run says of one pair. */

import type { RunTotals } from '../engine/fold.js';
import { originsOf } from '../engine/origins.js';
import type { PairPlan, Plan } from '../plan/types.js';
import { stepName } from '../scenario/steps.js';
import type { Design, MatingConditions, Pair, Scenario } from '../scenario/types.js';
import type { ChangesTotal } from '../statistics/changes.js';
import { MULTIMODE_GRADES, returnLossGrade, SINGLE_MODE_GRADES } from '../statistics/grade.js';
import { LOSS_BINS_PER_DB, overflowDb } from '../statistics/histogram.js';
import { halfWidthFactor, meanOf, symmetric } from '../statistics/intervals.js';
import { lotYields } from '../statistics/lot.js';
import { summariseSpread } from '../statistics/spread-summary.js';
import { type PairStatistics, QUANTILES, summarisePair, yields } from '../statistics/summary.js';
import type { PairTotal } from '../statistics/total.js';
import { lotFigures, lotOf, lotResult } from './build-lot.js';
import { costOf } from './cost.js';
import { judgeLimit } from './limits.js';
import type { PairResult } from './schema.js';

/** The figures of a pair are those of its first step. */
export function buildPair(
  scenario: Scenario,
  plan: Plan,
  totals: RunTotals,
  index: number,
): PairResult {
  const pair = scenario.pairs[index] as Pair;
  const pinned = scenario.designs[pair.pinned] as Design;
  const unpinned = scenario.designs[pair.unpinned] as Design;
  const { mode } = pinned;
  const grades = mode === 'multimode' ? MULTIMODE_GRADES : SINGLE_MODE_GRADES;
  const members = plan.members[index] as readonly number[];
  const first = members[0] as number;
  const total = totals.pairs[first] as PairTotal;
  const { mechanics, merged } = plan.pairs[first] as PairPlan;
  const lot = lotOf(plan, totals, first);
  const statistics =
    lot === null
      ? summarisePair(total, grades)
      : lotFigures(summarisePair(total, grades), lot, grades);
  const changes = totals.series[plan.series.findIndex((steps) => steps[0] === first)];
  const largestChange = changes === undefined ? null : summariseSpread(changes.largest, QUANTILES);
  const judged = {
    ...statistics,
    largestChange,
    yields: (limitDb: number) =>
      lot === null ? yields(total, limitDb) : lotYields(lot.losses, limitDb),
  };
  const { returnLoss } = statistics;
  const yieldList = yieldLimits(pair, grades).map((limitDb) => ({
    limitDb,
    ...judged.yields(limitDb),
  }));
  return {
    name: pair.name,
    pinned: pair.pinned,
    unpinned: pair.unpinned,
    fibres: mechanics.fibres,
    matings: statistics.matings,
    merged: merged.map(({ inputs, ...numbers }) => ({ inputs: [...inputs], ...numbers })),
    il: statistics.il,
    worstFibre: statistics.worstFibre,
    gapFraction: statistics.gapFraction,
    returnLoss:
      returnLoss === null
        ? null
        : { ...returnLoss, grade: returnLossGrade(returnLoss.all.p3, mode) },
    yields: yieldList,
    grade: statistics.grade,
    limits: pair.limits.map((limit) => judgeLimit(limit, judged)),
    causes: statistics.causes,
    positions: statistics.positions.map((position, i) => ({
      fibre: i + 1,
      facingFibre: (mechanics.facing[i] as number) + 1,
      xUm: mechanics.xUm[i] as number,
      yUm: mechanics.yUm[i] as number,
      ...position,
    })),
    steps: changes === undefined ? [] : buildSteps(scenario, pair, members, totals, changes),
    largestChange,
    lot: lot === null ? null : lotResult(lot),
    origins: pair.pinned === pair.unpinned ? null : originsOf(plan, first),
    cost: costOf(pinned, unpinned, yieldList),
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

function meanChange({ signed }: ChangesTotal, k: number, matings: number) {
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
