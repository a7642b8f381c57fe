/** Numbers of a sweep: a row a point and pair, or link; all of them for files, the first ones for a page. */
import type { SweepResult, SweptPoint } from '../../result/schema-sweep.js';
import type { Figure } from '../figure.js';
import { atMost } from '../rows.js';
import { type Swept, textAt } from './sweep-values.js';

/** Rows of numbers below a figure, and points among them that could not be run. */
const MOST_ROWS = 300;
const MOST_FAILED = 20;

type Row = readonly (string | number | null)[];

export function numbersOf(
  { points }: SweepResult,
  path: string,
  p: number,
  swept: Swept,
): Pick<Figure, 'table' | 'data'> {
  const hasLimits = points.some(({ pairs }) => pairs.some(({ limits }) => limits.length > 0));
  const failed = points.filter(({ error }) => error !== null);
  const optional = [
    ...(hasLimits ? ['limits'] : []),
    ...(failed.length > 0 ? ['could not be run'] : []),
  ];
  const unit = swept.axis.endsWith(', dB') ? ', dB' : '';
  const columns = [
    ...['point', path, swept.subject],
    ...swept.statistics.flatMap((statistic) => [`${statistic}${unit}`, 'low', 'high']),
    ...optional,
  ];
  const rowsOf = (point: SweptPoint): Row[] => {
    const subjects = swept.of(point);
    const start = [point.point, textAt(point, p)];
    const error = failed.length > 0 ? [point.error] : [];
    if (subjects.length === 0 && point.error !== null) {
      const nothing = new Array<null>(columns.length - 3 - error.length).fill(null);
      return [[...start, null, ...nothing, ...error]];
    }
    return subjects.map(({ name, estimates }) => [
      ...[...start, name],
      ...estimates.flatMap(({ value, low, high }) => [value, low, high]),
      ...(hasLimits ? [verdictsOf(point, name)] : []),
      ...error,
    ]);
  };
  const first = failed.slice(0, MOST_FAILED);
  const others = points.filter((point) => !first.includes(point));
  return {
    table: { columns, rows: atMost([...first, ...others].flatMap(rowsOf), MOST_ROWS) },
    data: { columns, rows: points.flatMap(rowsOf) },
  };
}

/** `p97 <= 0.5 dB: met`; null of what has no limits. */
function verdictsOf({ pairs }: SweptPoint, name: string): string | null {
  const limits = pairs.find((pair) => pair.name === name)?.limits ?? [];
  if (limits.length === 0) return null;
  return limits.map(({ limit, verdict }) => `${limit}: ${verdict}`).join('; ');
}
