/** What an allocation of tolerances is given and what it finds: plain data. */

/** A tolerance that may be chosen, as a factor on its present spread: 1 as is, 0.5 half as wide. */
export interface FreeTolerance {
  readonly name: string;
  /** Range of the factor, 0 < least ≤ most. */
  readonly least: number;
  readonly most: number;
  /** Cost of the factor f: cost·(f^−exponent − 1); cost ≥ 0, exponent > 0. */
  readonly cost: number;
  readonly exponent: number;
}

/**
 * For each target its value over its limit, ≤ 1 if met (a yield: (1 − yield)/(1 − limit)), and the one-sided upper 95 % bound
 * of the same ratio, null if the run is too short for one.
 */
export interface Evaluation {
  readonly ratios: readonly { readonly value: number; readonly upper: number | null }[];
}

/** One evaluation for each list of factors, which stand in the order of the tolerances. All share their random numbers. */
export type Evaluate = (factors: readonly (readonly number[])[]) => Promise<readonly Evaluation[]>;

/** What a verification has to be: fresh random numbers each time, and bounds at this one-sided confidence. */
export interface VerificationRequest {
  /** Counted from 1. No two verifications, and no verification and the search, may share random numbers. */
  readonly attempt: number;
  readonly confidence: number;
}

export type Verify = (
  factors: readonly number[],
  request: VerificationRequest,
) => Promise<Evaluation>;

export interface Verification extends VerificationRequest, Evaluation {
  readonly factors: readonly number[];
  /** For each target what its ratio was to stay below in the search that gave the factors. */
  readonly aims: readonly number[];
  /** Whether every upper bound is ≤ 1; null if a bound is not known. */
  readonly passed: boolean | null;
}

/**
 * - verified: the targets are met, with the upper bounds of an independent run
 * - undecided: met in the search, but no verification passed, or its bounds are unknown
 * - infeasible: no factors were found that meet the targets; `factors` are those that come nearest
 */
export type Outcome = 'verified' | 'undecided' | 'infeasible';

export interface ToleranceResult {
  readonly name: string;
  readonly factor: number;
  /** Where the factor lies in its range. */
  readonly at: 'least' | 'between' | 'most' | 'least and most';
  readonly cost: number;
  /** What making it 1 % tighter costs. */
  readonly costOfOnePercent: number;
  /**
   * What making it 1 % tighter saves in others, at the prices of the targets. Equal to the cost in between; smaller at
   * `most`, and larger at `least`, where a wider range would save money.
   */
  readonly worthOfOnePercent: number;
  /** For each target the change of its ratio, in per cent, for a spread 1 % wider. */
  readonly sensitivities: readonly number[];
}

export interface TargetResult {
  /** Of the search, not of the verification. */
  readonly value: number;
  readonly upper: number | null;
  /** What the ratio was to stay below. */
  readonly aim: number;
  /** Shadow price: what is saved if the limit is 1 % looser; 0 for a target that binds nothing. */
  readonly costOfOnePercent: number;
}

/** One step of a search. */
export interface Round {
  readonly start: string;
  readonly factors: readonly number[];
  readonly cost: number;
  /** Largest ratio over what it is to stay below. */
  readonly worst: number;
  /** How far the logarithm of a factor was allowed to move. */
  readonly radius: number;
  readonly accepted: boolean;
  /** Evaluations of this round. */
  readonly evaluations: number;
}

export interface Allocation {
  readonly outcome: Outcome;
  /** Whether the targets are met with every tolerance at its most. */
  readonly slack: boolean;
  readonly factors: readonly number[];
  /** Sum of the costs of the tolerances; negative for savings. */
  readonly cost: number;
  readonly tolerances: readonly ToleranceResult[];
  readonly targets: readonly TargetResult[];
  readonly rounds: readonly Round[];
  /** Evaluations of the search, verifications not counted. */
  readonly evaluations: number;
  readonly verifications: readonly Verification[];
}
