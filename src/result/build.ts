/** Totals of a run → the result that is written. */
import type { RunTotals } from '../engine/run.js';
import { VERSION } from '../package-root.js';
import type { PairPlan, Plan } from '../plan/types.js';
import { describeScenario, scenarioHash } from '../scenario/index.js';
import type { Pair, Scenario } from '../scenario/types.js';
import { compareTotals } from '../statistics/comparison.js';
import { GRADES } from '../statistics/grade.js';
import { BINS_PER_DB, OVERFLOW_DB } from '../statistics/histogram.js';
import { summarisePair, yields } from '../statistics/summary.js';
import type { PairTotal } from '../statistics/total.js';
import { judgeLimit } from './limits.js';
import {
  type ComparisonResult,
  FORMAT_VERSION,
  type HostFacts,
  type PairResult,
  type Result,
} from './schema.js';

/** What the model does not contain, said in every result (model §13). */
export const LEFT_OUT = [
  'exact LP01 fields (Gaussian approximation)',
  'modal noise',
  'polarisation',
  'angular misalignment of the keys',
  'debris on the core',
  'fibre shape',
  'dynamic vibration',
] as const;

/** Builds the result; everything but `host` depends on the scenario alone. */
export function buildResult(
  scenario: Scenario,
  plan: Plan,
  totals: RunTotals,
  host: HostFacts,
): Result {
  return {
    formatVersion: FORMAT_VERSION,
    generator: { name: 'matedpair', version: VERSION },
    seed: scenario.seed,
    scenarioHash: scenarioHash(scenario),
    scenario: describeScenario(scenario) as Record<string, unknown>,
    matings: scenario.matings,
    confidence: 0.95,
    leftOut: [...LEFT_OUT],
    pairs: scenario.pairs.map((pair, p) =>
      pairResult(pair, plan.pairs[p] as PairPlan, totals.pairs[p] as PairTotal),
    ),
    comparisons: scenario.comparisons.map(([first, second], c) =>
      comparisonResult(first, second, plan, totals, c),
    ),
    host,
  };
}

function pairResult(pair: Pair, plan: PairPlan, total: PairTotal): PairResult {
  const statistics = summarisePair(total);
  const { mechanics } = plan;
  return {
    name: pair.name,
    pinned: pair.pinned,
    unpinned: pair.unpinned,
    fibres: mechanics.fibres,
    matings: statistics.matings,
    merged: plan.merged.map(({ inputs, ...numbers }) => ({ inputs: [...inputs], ...numbers })),
    il: statistics.il,
    worstFibre: statistics.worstFibre,
    gapFraction: statistics.gapFraction,
    yields: yieldLimits(pair).map((limitDb) => ({ limitDb, ...yields(total, limitDb) })),
    grade: statistics.grade,
    limits: pair.limits.map((limit) => judgeLimit(limit, statistics, total)),
    causes: statistics.causes,
    positions: statistics.positions.map((position, i) => ({
      fibre: i + 1,
      facingFibre: (mechanics.facing[i] as number) + 1,
      xUm: mechanics.xUm[i] as number,
      yUm: mechanics.yUm[i] as number,
      ...position,
    })),
    designEffect: statistics.designEffect,
    contactVisits: statistics.contactVisits,
    minDb: statistics.minDb,
    maxDb: statistics.maxDb,
    histogram: {
      binWidthDb: 1 / BINS_PER_DB,
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

/** Losses at which yields are given: the 97 % points of the grades and whatever the pair's limits speak of. */
function yieldLimits(pair: Pair): number[] {
  const asked = pair.limits.flatMap(({ subject, value }) => {
    if ('atDb' in subject) return [subject.atDb];
    return 'statistic' in subject && subject.statistic !== 'sd' ? [value] : [];
  });
  return [...new Set([...GRADES.map((grade) => grade.p97Db), ...asked])].sort((a, b) => a - b);
}

function histogramResult(counts: Float64Array): PairResult['histogram']['il'] {
  const overflowBin = BINS_PER_DB * OVERFLOW_DB;
  const overflow = counts[overflowBin] ?? 0;
  const regular = counts.subarray(0, overflowBin);
  let firstBin = regular.findIndex((count) => count > 0);
  if (firstBin < 0) firstBin = 0;
  let end = regular.length;
  while (end > firstBin && regular[end - 1] === 0) end -= 1;
  return { firstBin, counts: Array.from(regular.subarray(firstBin, end)), overflow };
}

function comparisonResult(
  first: string,
  second: string,
  plan: Plan,
  totals: RunTotals,
  index: number,
): ComparisonResult {
  const [a, b] = plan.comparisons[index] as readonly [number, number];
  const statistics = compareTotals(
    totals.pairs[a] as PairTotal,
    totals.pairs[b] as PairTotal,
    totals.comparisons[index] as Float64Array,
  );
  return { first, second, ...statistics };
}
