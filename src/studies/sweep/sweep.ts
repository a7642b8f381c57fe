/** Runs every point of a sweep on one set of threads. */
import type { RunTotals } from '../../engine/fold.js';
import { defaultWorkers } from '../../engine/pool.js';
import { type PlannedRun, runPlans } from '../../engine/run-many.js';
import { formatProblem, UserError } from '../../errors.js';
import { compilePlan } from '../../plan/compile.js';
import type { Plan } from '../../plan/types.js';
import { streamKey } from '../../random/stream.js';
import { buildPoint, buildSweep, failedPoint } from '../../result/build-sweep.js';
import { startClock } from '../../result/provenance.js';
import type { SweepResult, SweptPoint } from '../../result/schema-sweep.js';
import { fibresOfAllPairs } from '../../scenario/fibres.js';
import { type Override, type ScenarioText, scenarioHash } from '../../scenario/index.js';
import type { SweepSpec } from '../../scenario/read-sweep.js';
import { MOST_SWEPT_PAIRS } from '../../scenario/sweep-schema.js';
import type { Scenario } from '../../scenario/types.js';
import type { SimulateOptions } from '../simulate.js';
import { overlap, type PointValues, sweepPoints } from './points.js';

export interface SweepOptions extends Omit<SimulateOptions, 'onProgress'> {
  /** Values that all points have, beneath those that are swept. */
  readonly overrides?: readonly Override[] | undefined;
  /** Limits that were added to those of the scenario; for the file alone, the text has been read with them. */
  readonly limits?: readonly string[] | undefined;
  /** Points that were run before, by their number; those whose scenario has become another are run again. */
  readonly known?: ReadonlyMap<number, SweptPoint> | undefined;
  /** Called with each point as it ends, in whatever order they end. */
  readonly onPoint?: ((point: SweptPoint) => void) | undefined;
  /** Called with the number of points that have ended, counting matings done of those under way as parts of one. */
  readonly onProgress?: ((done: number, points: number) => void) | undefined;
}

/**
 * Runs the scenario once a point, each time with other values. A point has the random numbers, and to the last bit the
 * figures, of `run` with its values set; so points differ by their values alone. A point that cannot be run is recorded with
 * its reason. All but `host` is the same whatever the number of workers, and whatever points were known before.
 *
 * Throws UserError if the scenario itself is wrong, if the parameters do not suit the design, or if no point can be run.
 */
export async function sweep(
  text: ScenarioText,
  spec: SweepSpec,
  options: SweepOptions = {},
): Promise<SweepResult> {
  const { overrides = [], limits = [], known = new Map(), signal } = options;
  const workers = options.workers ?? defaultWorkers();
  const engine = options.engine ?? 'kernel';
  const { scenario } = text.parse(overrides);
  const values = sweepPoints(spec, streamKey(scenario.seed));
  checkSize(values.length, scenario.pairs.length);
  checkOverrides(overrides, spec);
  const points: SweptPoint[] = [];
  let fibreMatings = 0;
  let seconds = 0;
  let ended = 0;
  const end = (point: SweptPoint, isNew = true): void => {
    points[point.point - 1] = point;
    ended += 1;
    if (isNew) options.onPoint?.(point);
    options.onProgress?.(ended, values.length);
  };

  function* runs(): Generator<PlannedRun | undefined> {
    for (let i = 0; i < values.length; i++) yield planned(i);
  }

  /** Undefined for a point that cannot be begun, or is known. */
  function planned(i: number): PlannedRun | undefined {
    const its = values[i] as PointValues;
    const failed = (error: unknown): void => end(failedPoint(i + 1, its, messageOf(error)));
    let swept: Scenario;
    let plan: Plan;
    let warnings: readonly string[];
    try {
      ({ scenario: swept, warnings } = text.parse([...overrides, ...overridesOf(spec, its)]));
      const before = known.get(i + 1);
      if (before !== undefined && isOf(before, swept)) {
        end(before, false);
        return undefined;
      }
      plan = compilePlan(swept);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failed(error);
      return undefined;
    }
    return {
      plan,
      failed,
      onProgress: ({ matingsDone, matings }) => {
        const part = matingsDone < matings ? matingsDone / matings : 0;
        options.onProgress?.(ended + part, values.length);
      },
      done: (totals: RunTotals) => {
        fibreMatings += swept.matings * fibresOfAllPairs(swept);
        seconds += totals.seconds;
        end(buildPoint(i + 1, its, swept, warnings, plan, totals));
      },
    };
  }

  const hostFacts = startClock(workers, engine);
  await runPlans(runs(), { workers, engine, signal });
  const reason = points[0]?.error;
  if (typeof reason === 'string' && points.every(({ error }) => error !== null)) {
    throw new UserError([
      { message: `no point of the sweep could be run. The first one:\n${reason}` },
    ]);
  }
  const set = overrides.map(({ path, value }) => ({ path, value }));
  const written = { written: text.text, set, limits: [...limits] };
  return buildSweep(scenario, spec, written, points, hostFacts(fibreMatings), seconds);
}

function checkSize(points: number, pairs: number): void {
  if (points * pairs <= MOST_SWEPT_PAIRS) return;
  throw new UserError([
    {
      message: 'sweep: too many figures for one file',
      found: `${points} points of ${pairs} pairs`,
      expected: `at most ${MOST_SWEPT_PAIRS} pairs in all points together`,
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

/** Whether a point that was kept is what this scenario gives. */
function isOf(point: SweptPoint, scenario: Scenario): boolean {
  const isSame = point.scenarioHash === scenarioHash(scenario);
  return isSame && point.pairs.every(({ matings }) => matings === scenario.matings);
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

function messageOf(error: unknown): string {
  if (error instanceof UserError) return error.problems.map(formatProblem).join('\n');
  return error instanceof Error ? error.message : String(error);
}
