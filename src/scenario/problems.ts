/** Collects the problems and warnings of a scenario, so that all of them are told at once. */
import { type Problem, UserError } from '../errors.js';
import { ExpressionError } from './expression.js';
import { type Details, type Place, problemAt, type RawNode } from './raw.js';

const MOST_TOLD = 200;

export class Problems {
  readonly #problems: Problem[] = [];
  readonly #warnings: string[] = [];
  readonly #told = new Set<string>();
  readonly #bad = new Set<RawNode>();
  #untold = 0;
  #calls = 0;

  add(place: Place, message: string, details: Details = {}): void {
    this.push(problemAt(place, message, details));
  }

  /** Adds a problem unless the same stands there already: an inherited value is read once per heir. */
  push(problem: Problem): void {
    this.#calls += 1;
    const key = [problem.file, problem.line, problem.column, problem.message].join('\n');
    if (this.#told.has(key)) return;
    if (this.#problems.length >= MOST_TOLD) {
      this.#untold += 1;
      return;
    }
    this.#told.add(key);
    this.#problems.push(problem);
  }

  /** Runs a reader; its ExpressionError is told here, behind the label, and gives undefined. */
  attempt<T>(place: Place, label: string, found: () => string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const { message, expected, suggestion } = error;
      this.add(place, `${label}: ${message}`, { found: found(), expected, suggestion });
      return undefined;
    }
  }

  warn(text: string): void {
    this.#calls += 1;
    if (!this.#warnings.includes(text)) this.#warnings.push(text);
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Marks a node whose problem has been told, so that later steps pass it over in silence. */
  markBad(node: RawNode): void {
    this.#bad.add(node);
  }

  isBad(node: RawNode): boolean {
    return this.#bad.has(node);
  }

  /** Whether something is wrong with this node or anything in it. */
  isBadWithin(node: RawNode): boolean {
    if (this.#bad.has(node)) return true;
    if (node.kind === 'list') return node.items.some((item) => this.isBadWithin(item));
    if (node.kind !== 'map') return false;
    return [...node.entries.values()].some(({ value }) => this.isBadWithin(value));
  }

  /** It rises with every problem and warning, also with those that stand there already, and with every bad node. */
  get told(): number {
    return this.#calls + this.#bad.size;
  }

  /** Whether no more problems would be told. */
  get full(): boolean {
    return this.#problems.length >= MOST_TOLD;
  }

  get any(): boolean {
    return this.#problems.length > 0;
  }

  /** Throws a UserError with all problems in the order of the file, if there are any. */
  throwIfAny(): void {
    if (this.#problems.length === 0) return;
    const sorted = this.#problems
      .map((problem, order) => ({ problem, order }))
      .sort(
        (a, b) =>
          compare(a.problem.file, b.problem.file) ||
          (a.problem.line ?? 0) - (b.problem.line ?? 0) ||
          (a.problem.column ?? 0) - (b.problem.column ?? 0) ||
          a.order - b.order,
      )
      .map(({ problem }) => problem);
    if (this.#untold > 0) sorted.push({ message: `${this.#untold} more problems are not shown` });
    throw new UserError(sorted);
  }
}

function compare(a: string | undefined, b: string | undefined): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
