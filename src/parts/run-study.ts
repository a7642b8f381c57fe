/** Runs the plans of a study, or a shard of them, going on from what was kept. */
import type { Kept, OnProgress } from '../engine/fold.js';
import { type ManyOptions, type PlannedRun, runPlans } from '../engine/run-many.js';
import { UserError } from '../errors.js';
import { blockStart, type Plan } from '../plan/types.js';
import type { Journal } from './journal.js';
import { PROGRESS } from './journal.js';
import { blocksOfShard, mayHave, type Shard } from './shard.js';
import { fibresOf, type OpenedRun, type StudyRun } from './study-run.js';
import { isOfPlan, keptSchema } from './totals-schema.js';

export interface RunStudyOptions extends ManyOptions {
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

/** Runs them one after the other. The same bits, whatever was kept before. */
export async function runStudy(runs: Iterable<StudyRun>, options: RunStudyOptions): Promise<Spent> {
  const { shard = WHOLE, journal, onProgress } = options;
  let fibreMatings = 0;
  let seconds = 0;
  let ended = 0;

  function* planned(): Generator<PlannedRun | undefined> {
    for (const run of runs) {
      if (mayHave(shard, run.place)) yield open(run);
    }
  }

  function open(run: StudyRun): PlannedRun | undefined {
    const { key, place } = run;
    const all = place.total / shard.count;
    const tell = (done: number): void => {
      onProgress?.(Math.min(all, ended + done), all);
      journal?.put(PROGRESS, null, () => Math.min(1, (ended + done) / all));
    };
    const end = (done: number): void => {
      ended += done;
      tell(0);
    };
    const found = journal?.get(key);
    const before = (found?.value ?? {}) as { readonly answer?: unknown; readonly kept?: unknown };
    const opened = run.open(before.answer);
    if (opened === undefined) {
      end(place.work);
      return undefined;
    }
    const { plan } = opened;
    const range = blocksOfShard(shard, place, plan.blocks);
    if (range.from === range.to) return undefined;
    const kept =
      before.kept === undefined ? undefined : checked(before.kept, plan, opened, journal);
    const fibres = fibresOf(plan);
    const perMating = place.work / plan.matings;
    let reached = kept?.next ?? range.from;
    const isWhole = range.from === 0 && range.to === plan.blocks;
    const onFolded = (now: () => Kept, next: number): void => {
      fibreMatings += fibres * (blockStart(plan, next) - blockStart(plan, reached));
      reached = next;
      journal?.put(key, { from: range.from, next }, () => ({ kept: now() }));
    };
    const earlierSeconds = kept?.totals.seconds ?? 0;
    const onFoldProgress: OnProgress = ({ matingsDone }) => tell(perMating * matingsDone);
    return {
      plan,
      range,
      kept,
      own: opened.own,
      onProgress: onFoldProgress,
      onFolded,
      done: (totals, now) => {
        seconds += totals.seconds - earlierSeconds;
        if (isWhole) opened.done(totals);
        const answer = isWhole ? opened.answer?.() : undefined;
        if (answer === undefined)
          journal?.put(key, { from: range.from, next: range.to }, () => ({ kept: now() }));
        else journal?.put(key, null, () => ({ answer }));
        end(perMating * (blockStart(plan, range.to) - blockStart(plan, range.from)));
      },
      failed: (error) => {
        throw error;
      },
    };
  }

  await runPlans(planned(), options);
  return { fibreMatings, seconds };
}

/** What was kept of a plan. Throws UserError if it cannot be of it. */
function checked(
  value: unknown,
  plan: Plan,
  { own }: OpenedRun,
  journal: Journal | undefined,
): Kept {
  const kept = keptSchema.safeParse(value);
  if (kept.success && kept.data.next <= plan.blocks && isOfPlan(kept.data.totals, plan, own)) {
    return kept.data;
  }
  throw new UserError([
    {
      message: 'does not fit its own work',
      file: journal?.path,
      suggestion: '--fresh begins anew',
    },
  ]);
}
