/** Evaluations counted and checked, and the ratios that a search looks at. */
import { InvariantError } from '../../errors.js';
import type { Evaluate, Evaluation } from './types.js';

/** Factors and what was found there. */
export interface Point {
  readonly factors: readonly number[];
  readonly evaluation: Evaluation;
}

/** Calls `evaluate`, counts, and remembers every point. */
export class Evaluator {
  readonly #evaluate: Evaluate;
  readonly #points: Point[] = [];

  constructor(evaluate: Evaluate) {
    this.#evaluate = evaluate;
  }

  /** All points evaluated so far. */
  get points(): readonly Point[] {
    return this.#points;
  }

  /** Evaluates all lists of factors in one call. Throws InvariantError for an answer that does not fit. */
  async at(factors: readonly (readonly number[])[]): Promise<readonly Point[]> {
    const evaluations = await this.#evaluate(factors);
    const count = (this.#points[0]?.evaluation ?? evaluations[0])?.ratios.length ?? 0;
    const isWhole =
      evaluations.length === factors.length &&
      evaluations.every(
        ({ ratios }) => ratios.length === count && ratios.every(({ value }) => value >= 0),
      );
    if (!isWhole || count === 0) throw new InvariantError('an evaluation that does not fit');
    const points = evaluations.map((evaluation, i) => ({ factors: factors[i]!, evaluation }));
    this.#points.push(...points);
    return points;
  }
}

/** Largest ratio over what it is to stay below: ≤ 1 if all do. */
export function worstOf({ evaluation }: Point, aims: readonly number[]): number {
  return Math.max(...evaluation.ratios.map(({ value }, t) => value / aims[t]!));
}
