/** How likely a fibre loses more than a great loss, far beyond what matings at random show. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Faults } from '../engine/failure.js';
import { checkReplicateMemory } from '../engine/memory.js';
import { defaultWorkers } from '../engine/pool.js';
import type { Effort } from '../engine/splitting/explore.js';
import { climb } from '../engine/splitting/pilot.js';
import {
  openReplicatePool,
  type ReplicatePool,
  type ReplicateTask,
} from '../engine/splitting/pool.js';
import type { ReplicateResult, ReplicateSource } from '../engine/splitting/replicate.js';
import { UserError } from '../errors.js';
import type { Journal } from '../parts/journal.js';
import { compilePlan } from '../plan/compile.js';
import { provenanceOf, startClock } from '../result/provenance.js';
import type { ExceedancePair, ExceedanceResult } from '../result/schema-exceedance.js';
import type { Pair, Scenario } from '../scenario/types.js';
import { FIRST_ROUND, nextGoal, type PairFigures, pairFigures } from './exceedance-pair.js';
import { LEAST_GROWTH, TIME_SHARE } from './stages.js';

export const DEFAULT_EFFORT: Effort = { seeds: 100, cycles: 8, ownMoves: 8 };

export interface ExceedanceOptions {
  /** Losses to be exceeded, dB. */
  readonly aboveDb: readonly number[];
  /** Names of pairs; all of them where undefined. */
  readonly pairs?: readonly string[] | undefined;
  /** Half an interval at most, relative to the probability. Default 0.1. */
  readonly relativeHalfWidth?: number | undefined;
  /** Default 2000. */
  readonly maxReplicates?: number | undefined;
  /** No round begins that would end later; Infinity for no bound. */
  readonly maxSeconds?: number | undefined;
  /** Worker threads; 0 runs in this thread. Default: as many as the machine runs at once. */
  readonly workers?: number | undefined;
  readonly effort?: Effort | undefined;
  /** Keeps replicates, and those that an earlier study had before it was interrupted. */
  readonly journal?: Journal | undefined;
  readonly onProgress?: ((progress: ExceedanceProgress) => void) | undefined;
  /** Aborting ends the study at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What is done about threads that fail. */
  readonly faults?: Faults | undefined;
}

export interface ExceedanceProgress {
  /** Of all pairs together. */
  readonly replicatesDone: number;
  readonly replicates: number;
}

/**
 * Estimates the share of fibre matings that lose more than each loss asked for, in every pair.
 *
 * A pilot run sets levels and moves; then independent replicates climb them, in rounds: the first one of 20, and then 1.1 times as
 * many as its widths ask for, at least half as many again, until every interval is narrow enough or a bound ends it. All but `host`
 * is the same, bit for bit, whatever the number of workers, unless `maxSeconds` ends it.
 *
 * Throws UserError for lots, pairs that are not there, no loss at all, and more replicates than there is memory for; rejects with a
 * ReplicateFailure when a replicate fails however often it is tried.
 */
export async function exceedance(
  scenario: Scenario,
  options: ExceedanceOptions,
): Promise<ExceedanceResult> {
  const { signal, onProgress, maxSeconds = Infinity, maxReplicates = 2000 } = options;
  const wanted = options.relativeHalfWidth ?? 0.1;
  const workers = options.workers ?? defaultWorkers();
  const askedDb = [...new Set(options.aboveDb)].sort((a, b) => a - b);
  const pairs = pairsOf(scenario, options);
  checkReplicateMemory(pairs.length, maxReplicates, askedDb.length);
  const hostFacts = startClock(workers, 'reference');
  const started = performance.now();
  const sources: ReplicateSource[] = [];
  const effort = options.effort ?? DEFAULT_EFFORT;
  for (const pair of pairs) {
    signal?.throwIfAborted();
    sources.push(sourceOf(scenario, pair, askedDb, effort));
    await nextTurn();
  }
  signal?.throwIfAborted();
  const pool = openReplicatePool(workers, sources, signal, options.faults);
  try {
    const timeLeft = () => maxSeconds - (performance.now() - started) / 1000;
    const bounds = { wanted, maxReplicates, timeLeft, journal: options.journal, onProgress };
    const found = await runRounds(pool, sources, pairs, bounds);
    const evaluations = found.reduce((sum, pair) => sum + pair.evaluations, 0);
    return {
      kind: 'exceedance',
      ...provenanceOf(scenario),
      confidence: 0.95,
      relativeHalfWidth: wanted,
      effort: { ...effort },
      pairs: found,
      host: hostFacts(evaluations),
    };
  } finally {
    await pool.close();
  }
}

interface Bounds {
  readonly wanted: number;
  readonly maxReplicates: number;
  /** Seconds. */
  readonly timeLeft: () => number;
  readonly journal: Journal | undefined;
  readonly onProgress: ExceedanceOptions['onProgress'];
}

/** A pair on its way: replicates done and to do. */
interface Climb {
  readonly name: string;
  readonly source: ReplicateSource;
  readonly results: ReplicateResult[];
  readonly rounds: number[];
  goal: number;
  figures: PairFigures | undefined;
  endedBy: ExceedancePair['endedBy'] | undefined;
}

/** All pairs take their rounds together, each until its own intervals are narrow enough. */
async function runRounds(
  pool: ReplicatePool,
  sources: readonly ReplicateSource[],
  pairs: readonly Pair[],
  { wanted, maxReplicates, timeLeft, journal, onProgress }: Bounds,
): Promise<ExceedancePair[]> {
  const goal = Math.min(FIRST_ROUND, maxReplicates);
  const climbs = sources.map((source, p): Climb => {
    const { name } = pairs[p]!;
    return { name, source, results: [], rounds: [], goal, figures: undefined, endedBy: undefined };
  });
  let replicatesDone = 0;
  let open = climbs;
  for (; open.length > 0; open = open.filter(({ endedBy }) => endedBy === undefined)) {
    const roundStarted = performance.now();
    const tasks = open.flatMap(({ source, results, goal }) =>
      Array.from({ length: goal - results.length }, (_, r) => ({
        source: sources.indexOf(source),
        replicate: results.length + r + 1,
      })),
    );
    const replicates = replicatesDone + tasks.length;
    onProgress?.({ replicatesDone, replicates });
    const done = (task: ReplicateTask, result: ReplicateResult): void => {
      const climb = climbs[task.source]!;
      climb.results[task.replicate - 1] = result;
      replicatesDone += 1;
      onProgress?.({ replicatesDone, replicates });
      journal?.put(keyOf(climb, task.replicate), null, () => result);
    };
    const unknown = tasks.filter((task) => {
      const kept = keptReplicate(journal, climbs[task.source]!, task.replicate);
      if (kept !== undefined) done(task, kept);
      return kept === undefined;
    });
    await pool.run(unknown, done);
    for (const climb of open) {
      const { name, source, results, rounds, goal } = climb;
      rounds.push(goal);
      climb.figures = pairFigures(name, source, results, wanted);
      climb.goal = Math.min(maxReplicates, nextGoal(goal, wanted, climb.figures));
      climb.endedBy = endOf(climb, maxReplicates);
    }
    const next = open.filter(({ endedBy }) => endedBy === undefined);
    const secondsEach = (performance.now() - roundStarted) / 1000 / tasks.length;
    shareTime(next, (TIME_SHARE * timeLeft()) / secondsEach);
  }
  return climbs.map(({ figures, rounds, endedBy }) => ({
    ...figures!,
    rounds,
    endedBy: endedBy!,
  }));
}

function keyOf({ name }: Climb, replicate: number): string {
  return `${name}: replicate ${replicate}`;
}

const replicateSchema = z.object({
  replicate: z.int(),
  asked: z.array(z.number()),
  levels: z.array(z.number()),
  evaluations: z.int(),
}) satisfies z.ZodType<ReplicateResult>;

/** A replicate that was kept, if it fits the ladder. */
function keptReplicate(
  journal: Journal | undefined,
  climb: Climb,
  replicate: number,
): ReplicateResult | undefined {
  const kept = replicateSchema.safeParse(journal?.get(keyOf(climb, replicate))?.value).data;
  const { levels, askedDb } = climb.source.ladder;
  const fits = kept?.asked.length === askedDb.length && kept.levels.length === levels.length;
  return fits && kept.replicate === replicate ? kept : undefined;
}

function endOf({ figures, goal, rounds }: Climb, most: number): Climb['endedBy'] {
  const { losses } = figures!;
  if (losses.every(({ isReached }) => isReached)) return 'precision';
  if (losses.every((loss) => loss.isReached || loss.relativeHalfWidth === null)) return 'levels';
  return goal <= rounds.at(-1)! && goal >= most ? 'replicates' : undefined;
}

/** Shortens the next round to so many replicates in all, or ends it where that leaves hardly any. */
function shareTime(next: readonly Climb[], affordable: number): void {
  const more = next.reduce((sum, { goal, results }) => sum + goal - results.length, 0);
  if (more <= affordable) return;
  for (const climb of next) {
    const done = climb.results.length;
    const goal = done + Math.floor(Math.max(0, (climb.goal - done) * (affordable / more)));
    if (goal < Math.min(climb.goal, LEAST_GROWTH * done)) climb.endedBy = 'time';
    climb.goal = goal;
  }
}

/** The pairs asked for, in the scenario's order. */
function pairsOf({ pairs, experiment }: Scenario, options: ExceedanceOptions): Pair[] {
  if (experiment.type === 'lot') {
    throw new UserError([
      {
        message:
          'exceedance: the matings of a lot are those of its plugs, of which there are too few',
        found: 'experiment: lot',
        expected: 'experiment: random-mate, in which every mating has parts of its own',
        suggestion: '--set experiment.type=random-mate',
      },
    ]);
  }
  if (options.aboveDb.length === 0) {
    throw new UserError([
      { message: 'exceedance: no loss is named', expected: '--above "0.75 dB"' },
    ]);
  }
  const names = options.pairs ?? pairs.map(({ name }) => name);
  const unknown = names.find((name) => !pairs.some((pair) => pair.name === name));
  if (unknown !== undefined) {
    throw new UserError([
      {
        message: 'there is no such pair',
        found: unknown,
        expected: pairs.map(({ name }) => name).join(', '),
      },
    ]);
  }
  return pairs.filter(({ name }) => names.includes(name));
}

/** A pair in its first step, by itself, so that nothing else of the scenario changes what it draws; and its ladder. */
function sourceOf(
  scenario: Scenario,
  pair: Pair,
  askedDb: readonly number[],
  effort: Effort,
): ReplicateSource {
  const alone = { ...scenario, pairs: [pair], comparisons: [], channels: [], claims: [] };
  const plan = compilePlan({ ...alone, returnLoss: false });
  const first = plan.pairs[plan.members[0]![0]!]!;
  const index = scenario.pairs.indexOf(pair);
  const ladder = climb(first, index, plan.key, askedDb, effort);
  return { key: plan.key, pair: first, name: pair.name, index, ladder };
}
