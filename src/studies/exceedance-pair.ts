/** What the replicates of one pair say, and how many more they ask for. */
import { evaluationsPerLevel } from '../engine/splitting/explore.js';
import type { ReplicateResult, ReplicateSource } from '../engine/splitting/replicate.js';
import type { ExceedanceLoss, ExceedancePair } from '../result/schema-exceedance.js';
import { Z975 } from '../statistics/intervals.js';
import { replicatedShare } from './exceedance-interval.js';

/** Replicates of the first round: enough for Student's t. */
export const FIRST_ROUND = 20;
/** Replicates beyond those that the last round's width asks for, so that the next width seldom decides (studies/until.ts). */
const MARGIN = 1.1;
export const LEAST_GROWTH = 1.5;

/** The figures of a pair but those that say how its rounds ended. */
export type PairFigures = Omit<ExceedancePair, 'endedBy' | 'rounds'>;

export function pairFigures(
  name: string,
  { pair, ladder }: ReplicateSource,
  results: readonly ReplicateResult[],
  wanted: number,
): PairFigures {
  const { levels, effort, askedDb } = ladder;
  const starts = results.length * effort.seeds;
  const atLevel = levels.map((_, k) =>
    replicatedShare(
      results.map((result) => result.levels[k]!),
      starts,
    ),
  );
  // The highest level that most replicates reach bounds what lies beyond.
  const known = atLevel.filter((level) => level.relativeHalfWidth !== null);
  const atMost = known.at(-1)?.estimate.high ?? 1;
  const losses = askedDb.map((aboveDb, a): ExceedanceLoss => {
    const replicates = results.map((result) => result.asked[a]!);
    const { estimate, relativeHalfWidth } = replicatedShare(replicates, starts, atMost);
    return {
      aboveDb,
      probability: estimate,
      relativeHalfWidth,
      isReached: relativeHalfWidth !== null && relativeHalfWidth <= wanted,
      plainFibreMatings: plainFibreMatings(estimate.value, relativeHalfWidth),
      replicates,
    };
  });
  const pilot = levels.length * evaluationsPerLevel(effort);
  return {
    name,
    fibres: pair.mechanics.fibres,
    levels: levels.slice(1).map(({ aboveDb }, k) => ({
      aboveDb,
      probability: atLevel[k + 1]!.estimate.value,
    })),
    evaluations: results.reduce((sum, result) => sum + result.evaluations, pilot),
    losses,
  };
}

/** P(1 − P)/e² independent ones have the standard error e = h·P/1.96. */
function plainFibreMatings(probability: number, relativeHalfWidth: number | null): number | null {
  if (relativeHalfWidth === null || probability >= 1) return null;
  const error = relativeHalfWidth / Z975;
  return Math.round((1 - probability) / (probability * error * error));
}

/** Widths shrink with the root of the number of replicates. What no level reaches gets no more of them. */
export function nextGoal(goal: number, wanted: number, { losses }: PairFigures): number {
  const widths = losses.flatMap(({ relativeHalfWidth: width, isReached }) =>
    width === null || isReached ? [] : [width / wanted],
  );
  if (widths.length === 0) return goal;
  const widest = Math.max(...widths);
  return Math.ceil(goal * Math.max(LEAST_GROWTH, MARGIN * widest * widest));
}
