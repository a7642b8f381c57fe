/** A scenario after parsing: numbers in the model's units (µm, rad, N), defaults written out, extends flattened. */

import type { DesignInput, InputName, Level, MatingInput } from './inputs.js';
import type { Lane, Polarity } from './lanes.js';
import type { Adapter, FibreCount } from './layout.js';
import type { MeasuredPlug } from './measured-columns.js';
import type { FibreKind } from './optics.js';
import type { FibreMode } from './scalars.js';

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
  readonly mode: FibreMode;
  readonly pinShape: 'round' | 'elliptical';
  /** Along which axis an elliptical pin has its full diameter. */
  readonly pinMajorAxis: 'x' | 'y';
  readonly pinTip: 'round' | 'elliptical';
  /** Whether a clamp holds the pins; loose ones have seat errors. */
  readonly pinClamp: 'clamped' | 'loose';
  readonly polish: 'APC' | 'PC';
  readonly endFaceAngleRad: number;
  readonly mounting: {
    readonly type: 'floating' | 'fixed';
    /** Share of the side load on the housing that reaches the ferrule. */
    readonly sideLoadTransmission: number;
    /** N·µm/rad. */
    readonly angularStiffness: number;
  };
  readonly wear: {
    /** Growth of a hole's diameter in the first mating, µm, and the power of the number of matings. */
    readonly rateUm: number;
    readonly exponent: number;
    /** What the pins of this design do to holes, against round tips. */
    readonly tipFactor: number;
  };
  readonly thermal: {
    /** Expansions and the change of the spring force per °C, and how far fibre tips withdraw, µm/°C. */
    readonly ferruleExpansion: number;
    readonly pinExpansion: number;
    readonly springCoefficient: number;
    readonly withdrawalUmPerDegC: number;
  };
  /** Price of an assembly with such a plug at either end; null if none is given. */
  readonly price: Price | null;
  readonly inputs: Readonly<Record<DesignInput, readonly Contribution[]>>;
  readonly correlations: readonly Correlation[];
  /** What was measured of this one plug stands instead of its inputs; null for a design that is sampled. */
  readonly measured: MeasuredValues | null;
}

/** The measured fields of MeasuredPlug. */
export type MeasuredValues = Omit<MeasuredPlug, 'name' | 'gender'>;

/** From low to high, in one currency. */
export interface Price {
  readonly low: number;
  readonly high: number;
  readonly currency: string;
}

/** How light fills the mode groups of a multimode fibre: as measured links do, evenly, or by given powers. */
export type LaunchChoice = 'encircled-flux' | 'overfilled' | readonly number[];

/** What belongs to the mating rather than to a plug. */
export interface MatingConditions {
  readonly adapter: Adapter;
  readonly launch: LaunchChoice;
  readonly temperatureDegC: number;
  readonly unpinnedWarmerByDegC: number;
  readonly earlierMatings: number;
  readonly debrisProbability: number;
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

/** Of return loss the low quantiles count: 97 % of the fibres return less light than p3 says. */
export const RETURN_LOSS_STATISTICS = [
  'mean',
  'sd',
  'p50',
  'p10',
  'p5',
  'p3',
  'p1',
  'p01',
] as const;
export type ReturnLossStatistic = (typeof RETURN_LOSS_STATISTICS)[number];

/** What a limit speaks of. */
export type LimitSubject =
  | { readonly of: 'il' | 'worstFibre' | 'largestChange'; readonly statistic: LossStatistic }
  | { readonly of: 'returnLoss' | 'worstReturnLoss'; readonly statistic: ReturnLossStatistic }
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
  /** Conditions of each step of a stress experiment; empty in others. */
  readonly steps: readonly MatingConditions[];
  readonly limits: readonly Limit[];
}

/** A step by its name, and the fields of the mating section that it sets. */
export interface StressStep {
  readonly name: string;
  readonly sets: readonly string[];
}

/** What somebody says of a pair, or of the difference of two (second minus first); ends in dB, null where open. */
export interface Claim {
  readonly says: string;
  readonly of: readonly [string] | readonly [string, string];
  readonly statistic: string;
  readonly subject: LimitSubject;
  readonly atLeastDb: number | null;
  readonly atMostDb: number | null;
}

/** A cable of a channel. */
export interface Span {
  readonly polarity: Polarity;
  readonly lengthUm: number;
  readonly attenuationDbPerUm: number;
}

/** A link from a near to a far module: span, connector, span, …; connectors are pairs by their names. */
export interface Channel {
  readonly name: string;
  readonly optics: string | null;
  readonly fibre: FibreKind | null;
  readonly lanes: readonly Lane[];
  readonly spans: readonly Span[];
  readonly connectors: readonly string[];
  readonly budgetDb: number | null;
  readonly connectorBudgetDb: number | null;
}

/** What is done with the parts. */
export type Experiment =
  | { readonly type: 'random-mate' }
  /** The same pairs mated again and again: the numbers of the matings that are looked at, the first one among them. */
  | { readonly type: 're-mating'; readonly cycles: readonly number[] }
  /** The same matings under the conditions of each step. */
  | { readonly type: 'stress'; readonly steps: readonly StressStep[] }
  /** As many plugs of either kind, every combination mated `repeats` times. */
  | {
      readonly type: 'lot';
      readonly pinned: number;
      readonly unpinned: number;
      readonly repeats: number;
    };

export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly seed: string;
  readonly matings: number;
  readonly experiment: Experiment;
  /** Whether return loss is worked out, which takes about as long again as insertion loss. */
  readonly returnLoss: boolean;
  readonly designs: Readonly<Record<string, Design>>;
  readonly pairs: readonly Pair[];
  /** Names of pairs to compare, [first, second]: differences are second minus first. */
  readonly comparisons: readonly (readonly [string, string])[];
  readonly channels: readonly Channel[];
  readonly claims: readonly Claim[];
}
