/** Runs the plans of a study, or a shard of them, going on from what was kept. */
import type { BlockRange, Kept, OnProgress } from '../engine/fold.js';
import {
  type ManyOptions,
  type ManyRunner,
  type PlannedRun,
  runPlans,
} from '../engine/run-many.js';
import { UserError } from '../errors.js';
import { blockStart } from '../plan/types.js';
import type { Journal } from './journal.js';
import { blocksOfShard, mayHave, type Shard, workOfShard } from './shard.js';
import { fibresOf, type KeptRun, type OpenedRun, type StudyRun } from './study-run.js';
import { isOfPlan, keptSchema } from './totals-schema.js';

export interface RunStudyOptions {
  readonly journal?: Journal | undefined;
  /** Runs a share of all blocks; what it comes to is in the journal alone. */
  readonly shard?: Shard | undefined;
  /** Told how much of the work, in the unit of the places of the plans, is done. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

const WHOLE: Shard = { index: 1, count: 1 };

/** What this process has done, apart from what was kept. */
export interface Spent {
  readonly fibreMatings: number;
  /** Of all threads. */
  readonly seconds: number;
}

/** Runs them one after the other on threads of their own. The same bits, whatever was kept before. */
export function runStudy(
  runs: Iterable<StudyRun>,
  options: RunStudyOptions & ManyOptions,
): Promise<Spent> {
  return runStudyOn({ run: (plans) => runPlans(plans, options) }, runs, options);
}

/** The same on threads that stay open. */
export async function runStudyOn(
  runner: Pick<ManyRunner, 'run'>,
  runs: Iterable<StudyRun>,
  { shard = WHOLE, journal, onProgress }: RunStudyOptions,
): Promise<Spent> {
  let fibreMatings = 0;
  let seconds = 0;
  // Of the work: of plans that have ended, and of those under way.
  let ended = 0;
  const underWay = new Map<string, number>();
  const done = (): number => [...underWay.values()].reduce((sum, work) => sum + work, ended);

  function* planned(): Generator<PlannedRun | undefined> {
    for (const run of runs) {
      if (mayHave(shard, run.place)) yield open(run);
    }
  }

  function open(run: StudyRun): PlannedRun | undefined {
    const { key, place } = run;
    const all = place.total / shard.count;
    if (journal !== undefined) journal.progress = () => Math.min(1, done() / all);
    const tell = (work: number, isEnd = false): void => {
      if (isEnd) {
        underWay.delete(key);
        ended += work;
      } else underWay.set(key, work);
      onProgress?.(Math.min(all, done()), all);
    };
    const found = journal?.get(key);
    const before = (found?.value ?? {}) as KeptRun;
    const opened = run.open(before.answer);
    if (opened === undefined) {
      tell(workOfShard(shard, place), true);
      return undefined;
    }
    const { plan } = opened;
    const range = blocksOfShard(shard, place, plan.blocks);
    if (range.from === range.to) return undefined;
    const { from } = opened;
    const isKept = before.kept !== undefined && before.from === from;
    const kept = isKept ? checked(before.kept, range, opened, journal) : undefined;
    const fibres = fibresOf(plan);
    const share = (matings: number): number => place.work * (matings / plan.matings);
    let reached = kept?.next ?? range.from;
    const isWhole = range.from === 0 && range.to === plan.blocks;
    const onFolded = (now: () => Kept, next: number): void => {
      fibreMatings += fibres * (blockStart(plan, next) - blockStart(plan, reached));
      reached = next;
      journal?.put(key, { from: range.from, next }, () => ({ kept: now(), from }));
    };
    const earlierSeconds = kept?.totals.seconds ?? 0;
    const onFoldProgress: OnProgress = ({ matingsDone }) => tell(share(matingsDone));
    return {
      plan,
      range,
      kept,
      own: opened.own,
      onProgress: onFoldProgress,
      onFolded,
      done: (totals) => {
        seconds += totals.seconds - earlierSeconds;
        if (isWhole) opened.done(totals);
        const answer = isWhole ? opened.answer?.() : undefined;
        // without one, what was told of the last block is kept
        if (answer !== undefined) keepAnswer(journal, key, answer);
        tell(share(blockStart(plan, range.to) - blockStart(plan, range.from)), true);
      },
      failed: (error) => {
        throw opened.failed?.(error) ?? error;
      },
    };
  }

  await runner.run(planned());
  return { fibreMatings, seconds };
}

/** By itself, so that what waits to be written holds on to nothing else: totals are large, and disks may be full for long. */
function keepAnswer(journal: Journal | undefined, key: string, answer: unknown): void {
  journal?.put(key, null, () => ({ answer }));
}

/** What was kept of some blocks of a plan. Throws UserError if it cannot be of them. */
function checked(
  value: unknown,
  { from, to }: BlockRange,
  { plan, own }: OpenedRun,
  journal: Journal | undefined,
): Kept {
  const { data: kept } = keptSchema.safeParse(value);
  if (kept?.from === from && kept.next <= to && isOfPlan(kept.totals, plan, own)) return kept;
  throw new UserError([
    {
      message: 'does not fit its own work',
      file: journal?.path,
      suggestion: '--fresh begins anew',
    },
  ]);
}
