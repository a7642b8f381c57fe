/** Runs every point of a sweep on one set of threads. */
import { ComputeFailure } from '../../engine/failure.js';
import type { RunTotals } from '../../engine/fold.js';
import { defaultWorkers } from '../../engine/pool.js';
import { formatProblem, UserError } from '../../errors.js';
import { runStudy } from '../../parts/run-study.js';
import type { OpenedRun, Study, StudyRun } from '../../parts/study-run.js';
import { compilePlan } from '../../plan/compile.js';
import { streamKey } from '../../random/stream.js';
import { buildPoint, buildSweep, failedPoint } from '../../result/build-sweep.js';
import { startClock } from '../../result/provenance.js';
import {
  type SweepHost,
  type SweepResult,
  type SweptPoint,
  sweptPoint,
} from '../../result/schema-sweep.js';
import { type Override, type ScenarioText, scenarioHash } from '../../scenario/index.js';
import type { SweepSpec } from '../../scenario/read-sweep.js';
import { MOST_SWEPT_OTHERS, MOST_SWEPT_PAIRS } from '../../scenario/sweep-schema.js';
import type { Scenario } from '../../scenario/types.js';
import type { SimulateOptions } from '../simulate.js';
import { overlap, type PointValues, sweepPoints } from './points.js';

/** A block of a point failed. */
export class PointFailure extends Error {
  override readonly name = 'PointFailure';
  readonly point: number;
  /** What the point sets. */
  readonly values: readonly Override[];
  override readonly cause: ComputeFailure;

  constructor(point: number, values: readonly Override[], cause: ComputeFailure) {
    super(`point ${point}: ${cause.message}`);
    this.point = point;
    this.values = values;
    this.cause = cause;
  }
}

/** What is swept. */
export interface Swept {
  readonly spec: SweepSpec;
  /** Values that all points have, beneath those that are swept. */
  readonly overrides?: readonly Override[] | undefined;
  /** Limits that were added to those of the scenario; for the file alone, the text has been read with them. */
  readonly limits?: readonly string[] | undefined;
}

export interface SweepOptions
  extends Omit<Swept, 'spec'>,
    Omit<SimulateOptions, 'onProgress' | 'key'> {
  /** Called with the number of points that have ended, counting matings done of those under way as parts of one. */
  readonly onProgress?: ((done: number, points: number) => void) | undefined;
}

/**
 * Runs the scenario once a point, each time with other values. A point has the random numbers, and to the last bit the
 * figures, of `run` with its values set; so points differ by their values alone. A point that cannot be run is recorded with
 * its reason. All but `host` is the same whatever the number of workers, and whatever points were known before.
 *
 * Throws UserError if the scenario itself is wrong, if the parameters do not suit the design, or if no point can be run;
 * PointFailure when a block of a point fails however often it is tried.
 */
export async function sweep(
  text: ScenarioText,
  spec: SweepSpec,
  options: SweepOptions = {},
): Promise<SweepResult> {
  const { overrides, limits, journal, signal, faults, onProgress } = options;
  const { workers = defaultWorkers(), engine = 'kernel' } = options;
  const study = sweepStudy(text, { spec, overrides, limits });
  const hostFacts = startClock(workers, engine);
  const on = { workers, engine, journal, signal, faults, onProgress };
  const { fibreMatings, seconds } = await runStudy(study.runs(), on);
  const host = hostFacts(fibreMatings);
  return study.result({ ...host, computingShare: seconds / (Math.max(1, workers) * host.seconds) });
}

/** A sweep as a study of one plan a point. Throws UserError as `sweep`. */
export function sweepStudy(
  text: ScenarioText,
  { spec, overrides = [], limits = [] }: Swept,
): Study<SweepResult, SweepHost> {
  const { scenario } = text.parse(overrides);
  const values = sweepPoints(spec, streamKey(scenario.seed));
  checkSize(values.length, scenario);
  checkOverrides(overrides, spec);
  const points: SweptPoint[] = [];
  const end = (point: SweptPoint): void => {
    points[point.point - 1] = point;
  };

  /** Undefined for a point that cannot be begun, or is known. */
  function open(i: number, answer: unknown): OpenedRun | undefined {
    const its = values[i] as PointValues;
    try {
      const { scenario: swept, warnings } = text.parse([...overrides, ...overridesOf(spec, its)]);
      const before = answerOf(answer, swept);
      if (before !== undefined) {
        end(before);
        return undefined;
      }
      const plan = compilePlan(swept);
      return {
        plan,
        from: scenarioHash(swept),
        done: (totals: RunTotals) => end(buildPoint(i + 1, its, swept, warnings, plan, totals)),
        answer: () => points[i],
        // No mistake of the user's: it is not written down as one.
        failed: (error) =>
          error instanceof ComputeFailure
            ? new PointFailure(i + 1, overridesOf(spec, its), error)
            : error,
      };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      end(failedPoint(i + 1, its, error.problems.map(formatProblem).join('\n')));
      return undefined;
    }
  }

  function* runs(): Generator<StudyRun> {
    for (let i = 0; i < values.length; i++) {
      const place = { before: i, work: 1, total: values.length };
      yield { key: `point ${i + 1}`, place, open: (answer) => open(i, answer) };
    }
  }

  const result = (host: SweepHost): SweepResult => {
    const reason = points[0]?.error;
    if (typeof reason === 'string' && points.every(({ error }) => error !== null)) {
      throw new UserError([
        { message: `no point of the sweep could be run. The first one:\n${reason}` },
      ]);
    }
    const set = overrides.map(({ path, value }) => ({ path, value }));
    const written = { written: text.text, set, limits: [...limits] };
    return buildSweep(scenario, spec, written, points, host);
  };
  return { runs, result };
}

function checkSize(points: number, { pairs, comparisons, channels, experiment }: Scenario): void {
  const cycles = experiment.type === 're-mating' ? experiment.cycles.length : 0;
  const steps = pairs.reduce((sum, pair) => sum + Math.max(cycles, pair.steps.length), 0);
  const others = comparisons.length + channels.length + steps;
  checkFigures(points, pairs.length, 'pairs', MOST_SWEPT_PAIRS);
  checkFigures(points, others, 'comparisons, channels and steps', MOST_SWEPT_OTHERS);
}

function checkFigures(points: number, count: number, what: string, most: number): void {
  if (points * count <= most) return;
  throw new UserError([
    {
      message: 'sweep: too many figures for one file',
      found: `${points} points of ${count} ${what}`,
      expected: `at most ${most} ${what} in all points together`,
      suggestion: 'fewer points or pairs, or several sweeps with the same seed',
    },
  ]);
}

/** The values of a point as `--set` takes them. */
export function overridesOf({ parameters }: SweepSpec, values: PointValues): Override[] {
  return parameters.flatMap(({ paths }, p) => {
    const { text, number, unit } = values[p] as PointValues[number];
    const scalar = number === null ? undefined : unit === '' ? number : text;
    return paths.map((path) => ({ path, value: text, scalar }));
  });
}

/** A point that was run before, if it is what this scenario gives. */
function answerOf(answer: unknown, scenario: Scenario): SweptPoint | undefined {
  if (answer === undefined) return undefined;
  const { success, data: point } = sweptPoint.safeParse(answer);
  if (!success || point.scenarioHash !== scenarioHash(scenario)) return undefined;
  return point.pairs.every(({ matings }) => matings === scenario.matings) ? point : undefined;
}

/** A value that is set, and swept as well, would be lost without a word. */
function checkOverrides(overrides: readonly Override[], { parameters }: SweepSpec): void {
  const paths = parameters.flatMap((parameter) => parameter.paths);
  const set = overrides.find(({ path }) => paths.some((swept) => overlap(path, swept)));
  if (set === undefined) return;
  throw new UserError([
    { message: `sweep: ${set.path} is set and swept`, expected: 'one of them' },
  ]);
}
