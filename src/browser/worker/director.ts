/** The worker that answers questions: small stages by itself and at once, larger ones with the help of others. */
import type { RunTotals } from '../../engine/fold.js';
import { type Numbers, runOnLanes } from '../../engine/lanes.js';
import { BlockComputer, type BlockTask } from '../../engine/tasks.js';
import { UserError } from '../../errors.js';
import type { Plan } from '../../plan/types.js';
import { answers } from '../../workbench/answer.js';
import { scenarioFile } from '../../workbench/scenario.js';
import type { Question } from '../../workbench/types.js';
import { Helpers } from './helpers.js';
import type { Reply, Request } from './messages.js';

/** A newer question has come. */
const SUPERSEDED = Symbol('superseded');

export class Director {
  readonly #computer: BlockComputer;
  readonly #helpers: Helpers;
  readonly #reply: (reply: Reply) => void;
  readonly #numbers: Numbers = { next: 0 };
  #next: Question | undefined;
  #current: AbortController | undefined;
  #isBusy = false;

  constructor(
    kernel: WebAssembly.Module,
    helpers: readonly MessagePort[],
    reply: (reply: Reply) => void,
  ) {
    this.#computer = new BlockComputer(kernel);
    this.#helpers = new Helpers(helpers);
    this.#reply = reply;
  }

  receive(request: Request): void {
    if (request.kind === 'file') {
      const { id, bench, matings } = request;
      this.#reply({ kind: 'file', id, text: scenarioFile(bench, matings) });
      return;
    }
    this.#next = request.question;
    this.#current?.abort(SUPERSEDED);
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let question = this.#next; question !== undefined; question = this.#next) {
      this.#next = undefined;
      this.#current = new AbortController();
      try {
        await this.#answer(question, this.#current.signal);
      } catch (error) {
        if (error !== SUPERSEDED) this.#refuse(question.id, error);
      }
    }
    this.#isBusy = false;
  }

  async #answer(question: Question, signal: AbortSignal): Promise<void> {
    const run = (plan: Plan, stage: number) => this.#run(plan, stage, signal);
    for await (const answer of answers(question, run, () => performance.now())) {
      signal.throwIfAborted();
      this.#reply(answer);
      await nextTurn(); // a newer question, if there is one, comes in
      signal.throwIfAborted();
    }
  }

  #refuse(id: number, error: unknown): void {
    if (error instanceof UserError) this.#reply({ kind: 'refusal', id, problems: error.problems });
    else this.#reply({ kind: 'defect', message: String(error) });
  }

  /** The first stage here, without waiting for helpers that may be in the middle of a block. */
  async #run(plan: Plan, stage: number, signal: AbortSignal): Promise<RunTotals> {
    const isOwn = stage === 0 || this.#helpers.count === 0;
    const own = async (task: BlockTask) => {
      const block = this.#computer.compute(task);
      if (stage > 0) await nextTurn();
      return block;
    };
    let totals: RunTotals | undefined;
    const planned = {
      plan,
      done: (all: RunTotals) => {
        totals = all;
      },
      failed: (error: unknown) => {
        throw error;
      },
    };
    await runOnLanes([planned].values(), this.#numbers, {
      compute: isOwn ? own : this.#helpers.compute,
      count: isOwn ? 1 : this.#helpers.count,
      nextTurn,
      signal,
    });
    return totals as RunTotals;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
