/** What a sweep keeps of each point, and its file. */
import type { RunTotals } from '../engine/fold.js';
import type { Plan } from '../plan/types.js';
import { scenarioHash } from '../scenario/index.js';
import type { Level, Levels, SweepSpec } from '../scenario/read-sweep.js';
import type { Scenario } from '../scenario/types.js';
import { buildChannels } from './build.js';
import { buildComparisons } from './build-comparisons.js';
import { pairFigures } from './build-pair.js';
import { provenanceOf } from './provenance.js';
import type { SweepHost, SweepResult, SweptPoint } from './schema-sweep.js';

/** The figures of a point that was run. */
export function buildPoint(
  point: number,
  values: readonly Level[],
  scenario: Scenario,
  warnings: readonly string[],
  plan: Plan,
  totals: RunTotals,
): SweptPoint {
  return {
    point,
    values: [...values],
    scenarioHash: scenarioHash(scenario),
    warnings: [...warnings],
    error: null,
    pairs: scenario.pairs.map((_, p) => pairFigures(scenario, plan, totals, p)),
    comparisons: buildComparisons(scenario, plan, totals),
    channels: buildChannels(scenario, plan, totals).map(({ lanes: _, ...channel }) => channel),
  };
}

/** A point that could not be run. */
export function failedPoint(point: number, values: readonly Level[], error: string): SweptPoint {
  const nothing = { scenarioHash: null, warnings: [], pairs: [], comparisons: [], channels: [] };
  return { point, values: [...values], error, ...nothing };
}

/** The file of a sweep; all but `host` depends on the scenario and what is swept alone. */
export function buildSweep(
  scenario: Scenario,
  { design, parameters }: SweepSpec,
  written: Pick<SweepResult, 'written' | 'set' | 'limits'>,
  points: readonly SweptPoint[],
  host: SweepHost,
): SweepResult {
  return {
    kind: 'sweep',
    ...provenanceOf(scenario),
    ...written,
    design,
    parameters: parameters.map(({ paths, levels }, p) => {
      return { paths: [...paths], unit: unitOf(points, p), range: rangeOf(levels) };
    }),
    confidence: 0.95,
    points: [...points],
    host,
  };
}

function rangeOf(levels: Levels): SweepResult['parameters'][number]['range'] {
  if (levels.kind === 'values') return null;
  const { low, high, unit, isLog } = levels;
  return { low, high, unit, isLog };
}

/** The unit of all values of a parameter, if all are numbers of one unit. */
function unitOf(points: readonly SweptPoint[], parameter: number): string | null {
  const values = points.map(({ values: all }) => all[parameter]);
  const unit = values[0]?.unit ?? '';
  const isSame = values.every((value) => value?.number !== null && value?.unit === unit);
  return isSame ? unit : null;
}
