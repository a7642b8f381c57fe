/** The public face of matedpair: parse a scenario, run it, read and write results, replay a mating. */

export { BlockFailure, ComputeFailure, type Faults, ReplicateFailure } from './engine/failure.js';
export type { RunProgress } from './engine/fold.js';
export { defaultWorkers } from './engine/pool.js';
export { type Replay, type ReplayFibre, type ReplayPlug, replayMating } from './engine/replay.js';
export { formatProblem, InvariantError, type Problem, UserError } from './errors.js';
export { JSON_SCHEMAS } from './json-schemas.js';
export { compilePlan } from './plan/compile.js';
export type { Plan } from './plan/types.js';
export { parseResult, readResult, writeResult } from './result/files.js';
export type { Result } from './result/schema.js';
export { resultJsonSchema } from './result/schema.js';
export type { AllocationResult } from './result/schema-allocation.js';
export type { ExceedanceResult } from './result/schema-exceedance.js';
export type { SensitivityResult } from './result/schema-sensitivity.js';
export type { SweepResult } from './result/schema-sweep.js';
export { sweepColumns } from './result/sweep-table.js';
export { type TableColumn, writeTable } from './result/tables.js';
export {
  describeScenario,
  designJsonSchema,
  loadScenario,
  openScenario,
  parseScenario,
  ScenarioText,
  scenarioHash,
  scenarioJsonSchema,
} from './scenario/index.js';
export { type PrecisionTarget, parsePrecision } from './scenario/precision.js';
export { parseSweepParameter, type SweepParameter, type SweepSpec } from './scenario/read-sweep.js';
export type { Scenario } from './scenario/types.js';
export type { Estimate } from './statistics/intervals.js';
export { type AllocationOptions, allocationStudy } from './studies/allocate/study.js';
export {
  type ComparedFigure,
  type ComparedResults,
  compareResults,
} from './studies/compare-results.js';
export { type ExceedanceOptions, exceedance } from './studies/exceedance.js';
export { type SamplesOptions, writeSamples } from './studies/samples.js';
export { type SensitivityOptions, sensitivity } from './studies/sensitivity/sensitivity.js';
export { type SimulateOptions, simulate } from './studies/simulate.js';
export { type PointValues, sweepPoints } from './studies/sweep/points.js';
export { PointFailure, type SweepOptions, sweep } from './studies/sweep/sweep.js';
export { simulateUntil, type UntilOptions } from './studies/until.js';
