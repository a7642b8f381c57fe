/** What a run has come to, kept beside its result until that is written, so that the same command goes on from there. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Kept } from '../engine/fold.js';
import { UserError } from '../errors.js';
import type { Plan } from '../plan/types.js';
import { systemReason } from '../result/whole-file.js';
import {
  difference,
  formatPart,
  type Part,
  type PartOfPlan,
  readPart,
  type Work,
} from './part-file.js';
import { isOfPlan } from './totals-schema.js';

/** What an interruption costs at most, ms; and as a share of the time, what keeping may cost. */
const INTERVAL_MS = 5000;
const MOST_SHARE = 0.02;
/** Shorter work is begun anew. */
const WORTH_KEEPING_MS = 2000;

/** Keeps the plans of one piece of work, by their number. */
export class Journal {
  readonly path: string;
  readonly #work: Work;
  readonly #found: readonly PartOfPlan[];
  readonly #plans: (() => PartOfPlan)[] = [];
  readonly #beganAt = performance.now();
  #wroteAt = performance.now();
  #intervalMs = INTERVAL_MS;
  #isThere: boolean;

  /**
   * Opens what an earlier command left, or begins.
   *
   * Throws UserError if that belongs to other work, telling what differs, or is damaged.
   *
   * @param isFresh forgets what was left
   */
  constructor(path: string, work: Work, isFresh: boolean) {
    this.path = path;
    this.#work = work;
    const part = isFresh ? undefined : readPart(path);
    this.#isThere = part !== undefined;
    this.#found = part === undefined ? [] : checked(part, work, path).plans;
  }

  /** Whether an earlier command left something to go on from. */
  get isGoingOn(): boolean {
    return this.#found.some(({ kept }) => kept.next > kept.from);
  }

  /** Whether the work has gone on so long that losing it would hurt. */
  get isWorthKeeping(): boolean {
    return this.#isThere || performance.now() - this.#beganAt >= WORTH_KEEPING_MS;
  }

  /** What was kept of plan number `index`, if it was this plan. Throws UserError if it cannot have been. */
  found(index: number, plan: Plan): Kept | undefined {
    const part = this.#found[index];
    // Stages of a run that was bound in time may have had other lengths.
    if (part?.matings !== plan.matings || part.blocks !== plan.blocks) return undefined;
    if (isOfPlan(part.kept.totals, plan)) return part.kept;
    throw new UserError([
      { message: 'is damaged', file: this.path, suggestion: '--fresh begins anew' },
    ]);
  }

  /** Told of what is worth keeping of plan number `index`; writes every few seconds. */
  keep(index: number, plan: Plan, to: number, kept: () => Kept): void {
    const { matings, blocks } = plan;
    this.#plans[index] = () => ({ matings, blocks, to, kept: kept() });
    if (performance.now() - this.#wroteAt >= this.#intervalMs) this.save();
  }

  /** Writes what there is, if there is anything. */
  save(): void {
    if (this.#plans.length === 0) return;
    const began = performance.now();
    const plans = this.#plans.map((plan) => plan());
    write(this.path, formatPart({ work: this.#work, plans }));
    this.#isThere = true;
    this.#wroteAt = performance.now();
    this.#intervalMs = Math.max(INTERVAL_MS, (this.#wroteAt - began) / MOST_SHARE);
  }

  /** The result has been written. */
  remove(): void {
    if (this.#isThere) rmSync(this.path, { force: true });
  }
}

function checked(part: Part, work: Work, file: string): Part {
  const differs = difference(part.work, work);
  if (differs === undefined) return part;
  throw new UserError([
    {
      message: `was left by other work: ${differs}`,
      file,
      suggestion: '--fresh begins anew; --out names another result',
    },
  ]);
}

/** In one step: an earlier one stays until the new one is whole. */
function write(path: string, text: string): void {
  const temporary = join(dirname(path), `.matedpair-${randomBytes(6).toString('hex')}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'wx');
    try {
      const octets = Buffer.from(text);
      for (let done = 0; done < octets.length; ) done += writeSync(file, octets, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UserError([
      { message: `cannot keep what was computed: ${systemReason(error)}`, file: path },
    ]);
  }
}
