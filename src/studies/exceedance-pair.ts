/** What the replicates of one pair say, and how many more they ask for. */
import { evaluationsPerLevel } from '../engine/splitting/explore.js';
import type { ReplicateResult, ReplicateSource } from '../engine/splitting/replicate.js';
import type { ExceedanceLoss, ExceedancePair } from '../result/schema-exceedance.js';
import { Z975 } from '../statistics/intervals.js';
import { replicatedShare } from './exceedance-interval.js';
import { growthFor, LEAST_GROWTH } from './stages.js';

/** Replicates of the first round: enough for Student's t. */
export const FIRST_ROUND = 20;

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

/** As studies/stages.ts says; what no level reaches gets no more replicates. */
export function nextGoal(goal: number, wanted: number, { losses }: PairFigures): number {
  const growths = losses.flatMap(({ relativeHalfWidth: width, isReached }) =>
    width === null || isReached ? [] : [growthFor(width, wanted)],
  );
  if (growths.length === 0) return goal;
  return Math.ceil(goal * Math.max(LEAST_GROWTH, ...growths));
}
