/**
 * Sobol' indices of groups of inputs, from sums over matings that pick-freeze sampling gives: which group the spread comes
 * from.
 *
 * Each mating has two independent sets of draws, A and B; in AB of a group the group's draws are those of B, all others
 * those of A. So B and AB share the group alone, A and AB all but the group. Outputs are one number a mating, or one at
 * each of many positions, whose variances then add up (Lamboni, Monod & Makowski 2011; Gamboa et al. 2014).
 */
import { sampleVariance } from 'simple-statistics';
import { type Estimate, studentT975, symmetric } from './intervals.js';

/** Sums of an output over the matings of each section of a run. Σ over positions where there are many. */
export interface OutputSums {
  /**
   * Σf at each position, by section. A constant may be taken off f, another at each position, the same in A, B and AB:
   * near the mean, it keeps variances from cancelling.
   */
  readonly sums: readonly Float64Array[];
  /** Σf² of all positions together, by section. */
  readonly squares: Float64Array;
}

/** Those of AB of a group. */
export interface GroupSums extends OutputSums {
  /** Σ(f(AB) − f(A))² of all positions together, by section. */
  readonly toA: Float64Array;
  /** Σ(f(AB) − f(B))² of all positions together, by section. */
  readonly toB: Float64Array;
}

/** What a run cut into about equal sections gives. */
export interface PickFreezeSums {
  /** Matings of each section. */
  readonly matings: Float64Array;
  readonly a: OutputSums;
  readonly b: OutputSums;
  /** Σ(f(B) − f(A))² of all positions together, by section. */
  readonly aToB: Float64Array;
  readonly groups: readonly GroupSums[];
}

/** Shares of the variance. Estimates, not clipped: a small one may be negative, a large one above 1. */
export interface GroupIndices {
  /** S: what the group's inputs explain on their own, with their interactions within the group. */
  readonly first: Estimate;
  /** T: what would be left if all other inputs were fixed, on average: S and all interactions with other groups. */
  readonly total: Estimate;
}

export interface SobolIndices {
  /** Variance of f, the sum over positions; from A and B together, in the unit of f squared. */
  readonly variance: number;
  /** In the order of the sums. */
  readonly groups: readonly GroupIndices[];
  /** 1 − ΣS: what only inputs of several groups together explain, if the groups hold all inputs. */
  readonly interactions: Estimate;
}

/** Fewer sections than this give no interval. */
const FEWEST_SECTIONS = 30;

/** Sum over the sections that are left. */
function over(sections: readonly number[], sums: Float64Array): number {
  let sum = 0;
  for (const section of sections) sum += sums[section]!;
  return sum;
}

/** Variance of f in two runs together, each with n matings, times n: ½·Σf² − n·Σm², m the mean at a position. */
function pooled(sections: readonly number[], n: number, x: OutputSums, y: OutputSums): number {
  let squares = over(sections, x.squares) + over(sections, y.squares);
  for (let i = 0; i < x.sums.length; i++) {
    const sum = over(sections, x.sums[i]!) + over(sections, y.sums[i]!);
    squares -= (sum * sum) / (2 * n);
  }
  return squares / 2;
}

/** r(x, y) = 1 − ½Σ(x − y)²/(n·V) of two runs, from the sum and n·V; 1 where they agree in every mating. */
function correlation(differences: number, pooledVariance: number): number {
  return differences === 0 ? 1 : 1 - differences / (2 * pooledVariance);
}

/** Indices from some sections: S of each group, then T of each group. */
function indicesOf(sections: readonly number[], run: PickFreezeSums): number[] {
  const n = over(sections, run.matings);
  const { a, b } = run;
  const chance = correlation(over(sections, run.aToB), pooled(sections, n, a, b));
  const first: number[] = [];
  const total: number[] = [];
  for (const group of run.groups) {
    const withA = correlation(over(sections, group.toA), pooled(sections, n, a, group));
    const withB = correlation(over(sections, group.toB), pooled(sections, n, b, group));
    first.push(withB - withA * chance);
    total.push(1 - withA);
  }
  return [...first, ...total];
}

/**
 * Sobol' indices of each group with 95 % intervals; null if f is the same in all matings of A and B.
 *
 * T = 1 − r(A, AB) and S = r(B, AB) − r(A, AB)·r(A, B), where r(x, y) = 1 − ½E(x − y)²/V(x, y) and V(x, y) is the
 * variance in both runs together. T is Jansen's 1999, r(B, AB) that of Janon et al. 2014, efficient among what B and AB
 * give. r(A, B) is 0 but for chance, which it shows: a control variate. Its coefficient 1 − T makes S the form of
 * Saltelli et al. 2010 about the mean where the group is small (Owen 2013), and leaves it alone where the group is all.
 * Standard errors × √n, by simulation of quadratic losses of offsets with S = 0.0001, 0.008, 0.09, 0.36: here 0.20, 0.59,
 * 1.05, 1.21; by Saltelli et al. 0.29, 0.84, 1.73, 2.58; by Jansen 1.06, 1.40, 1.74, 1.47. Bias of the order 1/n.
 *
 * Intervals by the jackknife over sections, variance (m−1)/m·Σ(θᵢ − θ̄)² with θᵢ the index without section i (Shao & Tu
 * 1995), Student's t with m − 1 degrees; none of fewer than 30 sections with matings. Where a group changes nothing, 0
 * with an interval from 0 to 0. Coverage in simulations: 93–96 % with 1,600 matings, 92–96 % with 320.
 */
export function sobolIndices(run: PickFreezeSums): SobolIndices | null {
  const sections = Array.from(run.matings.keys()).filter((i) => run.matings[i]! > 0);
  const n = over(sections, run.matings);
  const variance = n > 0 ? pooled(sections, n, run.a, run.b) / n : 0;
  if (!(variance > 0) || over(sections, run.aToB) === 0) return null;

  const withInteractions = (indices: number[]): number[] => {
    const first = indices.slice(0, run.groups.length);
    return [...indices, first.reduce((rest, share) => rest - share, 1)];
  };
  const values = withInteractions(indicesOf(sections, run));
  const without = sections.map((left) =>
    withInteractions(
      indicesOf(
        sections.filter((section) => section !== left),
        run,
      ),
    ),
  );
  const m = sections.length;
  const estimates = values.map((value, k) => {
    if (m < FEWEST_SECTIONS) return { value, low: null, high: null };
    const spread = sampleVariance(without.map((indices) => indices[k]!));
    return symmetric(value, studentT975(m - 1) * Math.sqrt(((m - 1) * (m - 1) * spread) / m));
  });
  return {
    variance,
    groups: run.groups.map((_, g) => ({
      first: estimates[g]!,
      total: estimates[run.groups.length + g]!,
    })),
    interactions: estimates[2 * run.groups.length]!,
  };
}
