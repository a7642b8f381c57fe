/** The points of a sweep: one value for each parameter. */
import { UserError } from '../../errors.js';
import { latinHypercube } from '../../random/latin-hypercube.js';
import { MOST_SOBOL_DIMENSIONS, sobolPoints } from '../../random/sobol-sequence.js';
import type { StreamKey } from '../../random/stream.js';
import {
  type Level,
  type Levels,
  levelAt,
  type SweepParameter,
  type SweepSpec,
} from '../../scenario/read-sweep.js';
import { MOST_PARAMETERS, MOST_PATHS, MOST_POINTS } from '../../scenario/sweep-schema.js';

/** Values by parameter. */
export type PointValues = readonly Level[];

/**
 * The points in their order: of a grid the last parameter changes fastest. Those of latin-hypercube and sobol depend on the
 * seed alone; values without a range are taken equally often.
 *
 * Throws UserError for parameters that do not suit the design.
 */
export function sweepPoints(spec: SweepSpec, key: StreamKey): PointValues[] {
  if (spec.parameters.length === 0) throw refusal('nothing to sweep', '--sweep path=values');
  const { length } = spec.parameters;
  if (length > MOST_PARAMETERS) {
    throw refusal(`${length} parameters`, `at most ${MOST_PARAMETERS}`);
  }
  const paths = spec.parameters.reduce((sum, parameter) => sum + parameter.paths.length, 0);
  if (paths > MOST_PATHS) throw refusal(`${paths} paths`, `at most ${MOST_PATHS}`);
  const repeated = repeatedPath(spec.parameters);
  if (repeated !== undefined) {
    throw refusal(`${repeated} is swept twice`, 'parameters of which none holds another');
  }
  return spec.design === 'grid' || spec.design === 'list' ? listed(spec) : spread(spec, key);
}

function repeatedPath(parameters: readonly SweepParameter[]): string | undefined {
  const paths = parameters.flatMap((parameter) => parameter.paths);
  return paths.find((path, i) => paths.some((other, j) => j < i && overlap(path, other)));
}

/** Whether one path is the other, or leads to it. */
export function overlap(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
}

/** Points of listed values: every combination, or the values side by side. */
function listed({ design, points, parameters }: SweepSpec): PointValues[] {
  if (points !== null) {
    throw refusal(`a ${design} has as many points as its values make`, 'no number of points');
  }
  const lists = parameters.map(({ paths, levels }) => {
    if (levels.kind === 'values') return levels.values;
    throw refusal(
      `${paths.join(', ')}: a ${design} needs to know how many values a range has`,
      'range(from, to, values)',
    );
  });
  const lengths = lists.map(({ length }) => length);
  if (design === 'list') {
    if (new Set(lengths).size > 1) {
      throw refusal(
        'the values of a list stand side by side, so there must be equally many',
        `lists of one length, not of ${lengths.join(', ')}`,
      );
    }
    return checked(lengths[0] as number, (i) => lists.map((list) => list[i] as Level));
  }
  const count = lengths.reduce((product, length) => product * length, 1);
  return checked(count, (i) => {
    const values: Level[] = [];
    let left = i;
    for (let p = lists.length - 1; p >= 0; p--) {
      const length = lengths[p] as number;
      values[p] = lists[p]?.[left % length] as Level;
      left = Math.floor(left / length);
    }
    return values;
  });
}

/** Points spread over the unit cube, each coordinate turned into a value of its parameter. */
function spread({ design, points, parameters }: SweepSpec, key: StreamKey): PointValues[] {
  if (points === null) throw refusal(`${design} needs a number of points`, '--points 256');
  const dimensions = parameters.length;
  if (design === 'sobol' && dimensions > MOST_SOBOL_DIMENSIONS) {
    throw refusal(
      `sobol with ${dimensions} parameters`,
      `at most ${MOST_SOBOL_DIMENSIONS}, or --design latin-hypercube`,
    );
  }
  const cube = (design === 'sobol' ? sobolPoints : latinHypercube)(key, points, dimensions);
  return checked(points, (i) =>
    parameters.map(({ levels }, p) => at(levels, cube[i * dimensions + p] as number)),
  );
}

function at(levels: Levels, share: number): Level {
  if (levels.kind === 'range') return levelAt(levels, share);
  return levels.values[Math.floor(share * levels.values.length)] as Level;
}

function checked(count: number, point: (i: number) => PointValues): PointValues[] {
  if (count > MOST_POINTS) throw refusal(`${count} points`, `at most ${MOST_POINTS}`);
  return Array.from({ length: count }, (_, i) => point(i));
}

function refusal(message: string, expected: string): UserError {
  return new UserError([{ message: `sweep: ${message}`, expected }]);
}
