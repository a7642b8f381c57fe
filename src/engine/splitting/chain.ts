/** A Markov chain over matings and one fibre of each, kept to losses above a level. */
import { fibreLosses } from '../../model/losses.js';
import { pressFaces, seatPlug } from '../../model/mating.js';
import { fibreOffsets } from '../../model/offsets.js';
import { createWorkspace, type Workspace } from '../../model/workspace.js';
import type { PairPlan } from '../../plan/types.js';
import { type Coordinates, coordinatesOf } from './coordinates.js';
import { scoreOfDraw } from './normal-draw.js';
import type { ScoreGroup } from './score-laws.js';

/** Step s of a move z' = √(1 − s²)·z + s·ξ, and that root (Neal 1998; preconditioned Crank-Nicolson, Cotter et al. 2013). */
export interface MoveStep {
  readonly step: number;
  readonly keep: number;
}

export function moveStep(step: number): MoveStep {
  return { step, keep: Math.sqrt(1 - step * step) };
}

/**
 * The chain at one state: normal scores of all coordinates, the fibre, and its loss.
 *
 * Both moves keep the joint law of independent normals and of a fibre chosen at random, so that what is accepted whenever
 * the loss is above the level keeps that law given so great a loss (Neal 1998; Au & Beck 2001).
 */
export class Chain {
  readonly coordinates: Coordinates;
  readonly scores: Float64Array;
  fibre = 0;
  lossDb = 0;
  readonly #pair: PairPlan;
  readonly #parts: Float64Array;
  readonly #oldParts: Float64Array;
  readonly #proposed: Float64Array;
  #workspace: Workspace;
  #spare: Workspace;

  constructor(pair: PairPlan) {
    const { fibres } = pair.mechanics;
    this.coordinates = coordinatesOf(pair);
    const { count } = this.coordinates;
    this.#pair = pair;
    this.#parts = pair.fixedParts.slice();
    this.#oldParts = new Float64Array(this.#parts.length);
    this.scores = new Float64Array(count);
    this.#proposed = new Float64Array(count);
    this.#workspace = createWorkspace(fibres);
    this.#spare = createWorkspace(fibres);
  }

  /** 32-bit draws that a move of the contact takes, and one of the fibre itself. */
  get contactWords(): number {
    return this.coordinates.contact;
  }
  get ownWords(): number {
    return this.coordinates.count - this.coordinates.contact + 1;
  }

  /** Goes to a state: the scores at `from` of an array, and a fibre. */
  go(scores: Float64Array, from: number, fibre: number): void {
    const { count } = this.coordinates;
    for (let c = 0; c < count; c++) this.scores[c] = scores[from + c]!;
    this.fibre = fibre;
    const { contact, own } = this.coordinates.fibres[fibre]!;
    contact.write(this.scores, this.#parts);
    own.write(this.scores, this.#parts);
    this.lossDb = this.#evaluate(this.#workspace, fibre, true);
  }

  /** Proposes other scores of what reaches the contact. Returns whether the chain moved. */
  moveContact(words: Uint32Array, from: number, steps: MoveStep, levelDb: number): boolean {
    const { contact: count, fibres } = this.coordinates;
    const group = fibres[this.fibre]!.contact;
    this.#propose(words, from, steps, 0, count);
    this.#apply(group);
    const lossDb = this.#evaluate(this.#spare, this.fibre, true);
    if (!(lossDb > levelDb)) {
      this.#takeBack(group);
      return false;
    }
    const spare = this.#workspace;
    this.#workspace = this.#spare;
    this.#spare = spare;
    this.#accept(lossDb, 0, count);
    return true;
  }

  /** Proposes other scores of pose, cores and modes, and the same or a neighbouring fibre. */
  moveOwn(words: Uint32Array, from: number, steps: MoveStep, levelDb: number): boolean {
    const { contact, count, fibres } = this.coordinates;
    // One of the four: one down, stay, stay, one up; the row is closed to a ring, so that no fibre is met more often.
    const step = [fibres.length - 1, 0, 0, 1][words[from]! >>> 30]!;
    const fibre = (this.fibre + step) % fibres.length;
    const group = fibres[fibre]!.own;
    this.#propose(words, from + 1, steps, contact, count);
    this.#apply(group);
    const lossDb = this.#evaluate(this.#workspace, fibre, false);
    if (!(lossDb > levelDb)) {
      this.#takeBack(group);
      return false;
    }
    this.fibre = fibre;
    this.#accept(lossDb, contact, count);
    return true;
  }

  #propose(
    words: Uint32Array,
    from: number,
    { step, keep }: MoveStep,
    first: number,
    end: number,
  ): void {
    const proposed = this.#proposed;
    const at = from - first;
    for (let c = first; c < end; c++) {
      proposed[c] = keep * this.scores[c]! + step * scoreOfDraw(words[at + c]!);
    }
  }

  #apply(group: ScoreGroup): void {
    const { targets } = group;
    for (let t = 0; t < targets.length; t++) this.#oldParts[t] = this.#parts[targets[t]!]!;
    group.write(this.#proposed, this.#parts);
  }

  #takeBack({ targets }: ScoreGroup): void {
    for (let t = 0; t < targets.length; t++) this.#parts[targets[t]!] = this.#oldParts[t]!;
  }

  #accept(lossDb: number, first: number, end: number): void {
    for (let c = first; c < end; c++) this.scores[c] = this.#proposed[c]!;
    this.lossDb = lossDb;
  }

  /** Loss of one fibre; with the gaps that the workspace holds unless the faces are to meet anew. */
  #evaluate(workspace: Workspace, fibre: number, meets: boolean): number {
    const { mechanics } = this.#pair;
    seatPlug(mechanics, this.#parts, workspace);
    if (meets) pressFaces(mechanics, this.#parts, workspace);
    fibreOffsets(mechanics, this.#parts, workspace.state, workspace.results, fibre, fibre + 1);
    fibreLosses(mechanics, this.#parts, workspace, fibre, fibre + 1);
    return workspace.results.lossDb[fibre]!;
  }
}
