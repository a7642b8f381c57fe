/** A scenario after parsing: numbers in the model's units (µm, rad, N), defaults written out, extends flattened. */

import type { DesignInput, InputName, Level, MatingInput } from './inputs.js';
import type { Adapter, FibreCount } from './layout.js';

/** A law of one number, parameters in the unit of its input. `null` bounds are absent. */
export type Distribution =
  | { readonly distribution: 'fixed'; readonly value: number }
  | { readonly distribution: 'uniform'; readonly low: number; readonly high: number }
  | {
      readonly distribution: 'normal';
      readonly mean: number;
      readonly sigma: number;
      /** Truncation bounds, both or neither. Drawn from the truncated law, not clamped. */
      readonly lower: number | null;
      readonly upper: number | null;
    }
  | { readonly distribution: 'half-normal'; readonly sigma: number }
  | {
      readonly distribution: 'triangular';
      readonly low: number;
      readonly mode: number;
      readonly high: number;
    }
  | { readonly distribution: 'lognormal'; readonly median: number; readonly sigmaLog: number }
  | { readonly distribution: 'rayleigh'; readonly scale: number; readonly max: number | null }
  | { readonly distribution: 'weibull'; readonly scale: number; readonly shape: number }
  | {
      readonly distribution: 'beta';
      readonly low: number;
      readonly high: number;
      readonly alpha: number;
      readonly beta: number;
    }
  | {
      readonly distribution: 'histogram';
      readonly edges: readonly number[];
      readonly weights: readonly number[];
    }
  | {
      readonly distribution: 'discrete';
      readonly values: readonly number[];
      readonly weights: readonly number[];
    }
  | { readonly distribution: 'empirical'; readonly values: readonly number[] }
  | {
      readonly distribution: 'toleranced';
      readonly nominal: number;
      /** Distance of the upper limit above and of the lower limit below the nominal, both ≥ 0. */
      readonly plus: number;
      readonly minus: number;
      readonly cpk: number;
      /** Whether parts outside the limits are sorted out (the law is truncated) or delivered. */
      readonly sorted: boolean;
    };

/** One random part of an input; an input is the sum of its contributions. */
export type Contribution = Distribution & { readonly level: Level };

/** Correlated normals: the inputs' scores within one level have this correlation matrix. */
export interface Correlation {
  readonly inputs: readonly InputName[];
  readonly matrix: readonly (readonly number[])[];
}

export interface Design {
  readonly name: string;
  readonly description: string;
  readonly gender: 'pinned' | 'unpinned' | 'either';
  readonly fibreCount: FibreCount;
  readonly mode: 'single-mode';
  readonly pinShape: 'round' | 'elliptical';
  readonly pinTip: 'round' | 'elliptical';
  readonly polish: 'APC' | 'PC';
  readonly endFaceAngleRad: number;
  readonly mounting: {
    readonly type: 'floating' | 'fixed';
    /** Share of the side load on the housing that reaches the ferrule. */
    readonly sideLoadTransmission: number;
    /** N·µm/rad. */
    readonly angularStiffness: number;
  };
  readonly inputs: Readonly<Record<DesignInput, readonly Contribution[]>>;
  readonly correlations: readonly Correlation[];
}

/** What belongs to the mating rather than to a plug. */
export interface MatingConditions {
  readonly adapter: Adapter;
  readonly wavelengthUm: number;
  readonly glassIndex: number;
  readonly seatCentring: number;
  readonly frictionCoefficient: number;
  readonly slipStiffnessNPerUm: number;
  readonly pinStiffnessNPerUm: number;
  readonly pinAngularStiffness: number;
  readonly contactStiffnessNPerUm: number;
  readonly engagedLengthUm: number;
  readonly inputs: Readonly<Record<MatingInput, readonly Contribution[]>>;
  readonly correlations: readonly Correlation[];
}

export const LOSS_STATISTICS = ['mean', 'sd', 'p50', 'p90', 'p95', 'p97', 'p99', 'p999'] as const;
export type LossStatistic = (typeof LOSS_STATISTICS)[number];

/** What a limit speaks of. */
export type LimitSubject =
  | { readonly of: 'il' | 'worstFibre'; readonly statistic: LossStatistic }
  | { readonly of: 'yield' | 'matingYield'; readonly atDb: number }
  | { readonly of: 'gapFraction' };

/** A limit such as `p97 <= 0.25 dB`; losses in dB, shares as fractions. */
export interface Limit {
  readonly text: string;
  readonly subject: LimitSubject;
  readonly relation: '<=' | '>=';
  readonly value: number;
}

export interface Pair {
  readonly name: string;
  readonly pinned: string;
  readonly unpinned: string;
  readonly mating: MatingConditions;
  readonly limits: readonly Limit[];
}

export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly seed: string;
  readonly matings: number;
  readonly designs: Readonly<Record<string, Design>>;
  readonly pairs: readonly Pair[];
  /** Names of pairs to compare, [first, second]: differences are second minus first. */
  readonly comparisons: readonly (readonly [string, string])[];
}
