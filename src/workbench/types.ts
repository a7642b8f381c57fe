/** What a workbench is made of: two designs side by side, and what is asked and answered of them. Plain data throughout. */
import type { MatedFaces } from '../engine/mated-faces.js';
import type { Problem } from '../errors.js';
import type { ComparisonResult, PairResult } from '../result/schema.js';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonMap = { readonly [key: string]: Json };

/** One of the two designs, mated with itself, as it stands in a scenario file. */
export interface Side {
  /** Name of the design and of its pair. */
  readonly name: string;
  readonly design: JsonMap;
  readonly mating: JsonMap;
  readonly limits: readonly string[];
}

export interface Workbench {
  readonly name: string;
  readonly seed: string;
  readonly returnLoss: boolean;
  /** Whether values are taken that are hardly those of a connector. */
  readonly allowImplausible: boolean;
  readonly sides: readonly [Side, Side];
}

/** What a workbench begins with. */
export interface Start {
  readonly bench: Workbench;
  /** Designs that may be put on either side. */
  readonly choices: readonly Side[];
  /** What of the scenario has no place on a workbench. */
  readonly leftOut: readonly string[];
}

export interface Question {
  readonly id: number;
  readonly bench: Workbench;
  /** The mating that is drawn. */
  readonly mating: number;
}

/** What a stage came to. */
export interface Answer {
  readonly kind: 'answer';
  readonly id: number;
  readonly matings: number;
  /** Whether no larger stage follows. */
  readonly isLast: boolean;
  /** From the question to this answer, in the worker. */
  readonly milliseconds: number;
  readonly pairs: readonly [PairResult, PairResult];
  /** Second minus first on shared random numbers; null where fibres do not correspond. */
  readonly difference: ComparisonResult | null;
  readonly faces: readonly [MatedFaces, MatedFaces];
  /** The sides as they were read, everything written out. */
  readonly resolved: readonly [Side, Side];
  /** What is implausible of them. */
  readonly warnings: readonly string[];
}

export interface Refusal {
  readonly kind: 'refusal';
  readonly id: number;
  readonly problems: readonly Problem[];
}
