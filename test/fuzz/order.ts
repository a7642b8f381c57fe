/** What the threads of the fuzzer tell each other. */

export interface Order {
  readonly target: string;
  readonly seed: string;
  /** Inputs `from` to `to` − 1. */
  readonly from: number;
  readonly to: number;
  /** The only folder in which files may be written. */
  readonly folder: string;
  /** This input instead. */
  readonly single?: string | undefined;
  /** Runs nothing and tells what input `from` is. */
  readonly show?: boolean | undefined;
  /** Int32: the input under way, whether a failure is being looked into, MB that the process has grown by at most. */
  readonly progress: SharedArrayBuffer;
}

export interface Failure {
  readonly target: string;
  readonly index: number;
  readonly input: string;
  readonly message: string;
}

export interface Shown {
  readonly shown: string;
}

export interface Done {
  readonly done: true;
  readonly slowestMs: number;
  /** Number of the slowest input. */
  readonly slowest: number;
  readonly refused: number;
}
