/** How wide one tolerance may be. */
import { UserError } from '../../errors.js';
import { exp, log } from '../../numerics/elementary.js';
import { DEFAULT_MARGIN } from './allocate.js';
import { Evaluator, type Point, worstOf } from './evaluator.js';
import type { Evaluate, Evaluation, Outcome, Verification, Verify } from './types.js';
import { verified } from './verified.js';

export interface WidestOptions {
  /** Every ratio is to be ≤ 1 − margin in the search. Default 0.005. */
  readonly margin?: number | undefined;
}

export interface Widest {
  readonly outcome: Outcome;
  readonly name: string;
  /** The widest factor found; the one that comes nearest where none meets the targets. */
  readonly factor: number;
  /** Whether the targets are met at `most`, so that an even wider one might do. */
  readonly slack: boolean;
  /** Smallest factor known to miss a target by the search; null if there is none. */
  readonly tooWide: number | null;
  /**
   * Whether the ratios rose with the factor wherever they were looked at, which the answer takes for granted; if not, there
   * may be wider factors that meet the targets.
   */
  readonly monotone: boolean;
  readonly evaluation: Evaluation;
  /** Everything evaluated, by ascending factor: largest ratio over its aim of 1 − margin. */
  readonly curve: readonly { readonly factor: number; readonly worst: number }[];
  readonly evaluations: number;
  readonly verifications: readonly Verification[];
}

const FIRST_POINTS = 9;
/** The answer lies within this of a factor that misses a target. */
const PRECISION = 5e-4;
const MOST_ROUNDS = 12;
/** Falls of a ratio by less say nothing: results of runs have errors. */
const FALL = 1e-3;

/**
 * The largest factor in the range at which every ratio is ≤ 1 − margin, verified by an independent run.
 *
 * Nine factors of the range at once, then three at a time about where a straight line in logarithms crosses (regula falsi with
 * a bracket), until the bracket is within 0.05 %. Assumes that ratios rise with the factor, and says in `monotone` whether
 * they did at all points evaluated: the answer is the first crossing above the smallest factor that meets the targets.
 */
export async function widest(
  tolerance: { readonly name: string; readonly least: number; readonly most: number },
  evaluate: Evaluate,
  verify: Verify,
  options: WidestOptions = {},
): Promise<Widest> {
  const { name, least, most } = tolerance;
  if (!(least > 0 && least < most && most < Infinity)) {
    const message = `tolerance ${name}: no range of factors: ${least} to ${most}`;
    throw new UserError([{ message, expected: 'above 0, least < most' }]);
  }
  const { margin = DEFAULT_MARGIN } = options;
  const evaluator = new Evaluator(evaluate);
  const first = await evaluator.at(
    Array.from({ length: FIRST_POINTS }, (_, i) => {
      const share = i / (FIRST_POINTS - 1);
      return [i === FIRST_POINTS - 1 ? most : least * exp(share * log(most / least))];
    }),
  );
  const aims = first[0]!.evaluation.ratios.map(() => 1 - margin);
  const result = (outcome: Outcome, point: Point, itsAims: readonly number[]): Widest => {
    const curve = ascending(evaluator.points).map((each) => ({
      factor: factorOf(each),
      worst: worstOf(each, aims),
    }));
    return {
      outcome,
      name,
      factor: factorOf(point),
      slack: factorOf(point) === most,
      tooWide: bracketOf(evaluator.points, itsAims)?.outside?.factors[0] ?? null,
      monotone: curve.every(({ worst }, i) => i === 0 || worst >= (1 - FALL) * curve[i - 1]!.worst),
      evaluation: point.evaluation,
      curve,
      evaluations: evaluator.points.length,
      verifications: [],
    };
  };
  const found = await refine(evaluator, aims);
  if (found === undefined) {
    const near = evaluator.points.reduce((best, point) =>
      worstOf(point, aims) < worstOf(best, aims) ? point : best,
    );
    return { ...result('infeasible', near, aims), slack: false };
  }
  const proof = await verified(found, aims, verify, (tighter) => refine(evaluator, tighter));
  return { ...result(proof.outcome, proof.point, proof.aims), verifications: proof.verifications };
}

function factorOf({ factors }: Point): number {
  return factors[0]!;
}

function ascending(points: readonly Point[]): Point[] {
  return [...points].sort((a, b) => factorOf(a) - factorOf(b));
}

interface Bracket {
  /** The widest of the factors from the first that meets the aims on, as far as they all do, and the next one. */
  readonly inside: Point;
  readonly outside: Point | undefined;
}

/** Undefined if no point meets the aims. */
function bracketOf(points: readonly Point[], aims: readonly number[]): Bracket | undefined {
  const all = ascending(points);
  const start = all.findIndex((point) => worstOf(point, aims) <= 1);
  if (start < 0) return undefined;
  const end = all.findIndex((point, i) => i > start && worstOf(point, aims) > 1);
  return { inside: all[end < 0 ? all.length - 1 : end - 1]!, outside: all[end] };
}

/** The inner end of the bracket once it is narrow; undefined if no point meets the aims. */
async function refine(evaluator: Evaluator, aims: readonly number[]): Promise<Point | undefined> {
  for (let round = 0; ; round++) {
    const bracket = bracketOf(evaluator.points, aims);
    if (bracket?.outside === undefined || round === MOST_ROUNDS) return bracket?.inside;
    const { inside, outside } = bracket;
    const [low, high] = [log(factorOf(inside)), log(factorOf(outside))];
    const width = high - low;
    if (width <= PRECISION) return inside;
    const [below, above] = [inside, outside].map((point) => log(worstOf(point, aims) + 1e-9));
    const crossing = low + (width * -below!) / (above! - below!);
    // Around the crossing, so that two of three points bracket it closely.
    const aside = Math.max(0.05 * width, 0.4 * PRECISION);
    const tried = [crossing - aside, crossing, crossing + aside].filter((x) => x > low && x < high);
    const points = tried.length > 0 ? tried : [0.5 * (low + high)];
    await evaluator.at(points.map((x) => [exp(x)]));
  }
}
