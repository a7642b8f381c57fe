/** The 97 % point over two parameters of a grid. */
import type { SweepResult } from '../../result/schema-sweep.js';
import { plainText } from '../../result/sweep-table.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { parameterText } from '../text.js';

const CELL = 46;
const MOST_CELLS = 400;

interface Cell {
  readonly x: string;
  readonly y: string;
  readonly pair: string;
  readonly p97Db: number;
  readonly tip: string;
}

/** A figure a pair of parameters and pair of plugs, of grids; cells are averages over all other parameters. */
export function heatMaps(result: SweepResult): Figure[] {
  const { design, parameters, points } = result;
  if (design !== 'grid') return [];
  const names = [...new Set(points.flatMap(({ pairs }) => pairs.map(({ name }) => name)))];
  return parameters.flatMap((_, a) =>
    parameters
      .slice(a + 1)
      .flatMap((__, i) => names.flatMap((name) => heatMap(result, a, a + 1 + i, name))),
  );
}

function heatMap(
  { parameters, points }: SweepResult,
  a: number,
  b: number,
  name: string,
): Figure[] {
  const sums = new Map<string, { x: string; y: string; sum: number; count: number }>();
  for (const { values, pairs } of points) {
    const pair = pairs.find((one) => one.name === name);
    const [x, y] = [a, b].map((p) => parameterText(plainText(values[p]?.text ?? ''))) as [
      string,
      string,
    ];
    if (pair === undefined) continue;
    const key = JSON.stringify([x, y]);
    const cell = sums.get(key) ?? { x, y, sum: 0, count: 0 };
    sums.set(key, { ...cell, sum: cell.sum + pair.il.p97.value, count: cell.count + 1 });
  }
  if (sums.size === 0 || sums.size > MOST_CELLS) return [];
  const cells = [...sums.values()].map(
    ({ x, y, sum, count }): Cell => ({
      x,
      y,
      pair: name,
      p97Db: Number((sum / count).toPrecision(5)),
      tip: `${x}, ${y}: 97 % point ${(sum / count).toFixed(3)} dB${count > 1 ? `, average of ${count} points` : ''}`,
    }),
  );
  const [xTitle, yTitle] = [a, b].map((p) => parameters[p]?.paths.join(' + ') ?? '') as [
    string,
    string,
  ];
  const x = {
    field: 'x',
    type: 'ordinal' as const,
    sort: null,
    title: xTitle,
    axis: { labelAngle: 0 },
  };
  const y = { field: 'y', type: 'ordinal' as const, sort: null, title: yTitle };
  return [
    {
      id: idOf('heat-map', name, xTitle, yTitle),
      title: `97 % point of ${name} over ${lastOf(xTitle)} and ${lastOf(yTitle)}`,
      note: `Over ${xTitle} and ${yTitle}, averaged over all other parameters, in dB.`,
      spec: {
        width: { step: 2 * CELL },
        height: { step: CELL },
        data: { values: cells as unknown as object[] },
        layer: [
          {
            mark: { type: 'rect' },
            encoding: {
              x,
              y,
              color: {
                field: 'p97Db',
                type: 'quantitative',
                scale: { scheme: 'viridis', reverse: true, zero: false },
                legend: { title: '97 %, dB', orient: 'right' },
              },
              ...TIPPED,
            },
          },
          {
            mark: {
              type: 'text',
              fontSize: 12,
              stroke: '#ffffff',
              strokeWidth: 3,
              color: '#1b1f23',
              ...UNTOLD,
            },
            encoding: { x, y, text: { field: 'p97Db', type: 'quantitative', format: '.3f' } },
          },
          {
            mark: { type: 'text', fontSize: 12, color: '#1b1f23', ...UNTOLD },
            encoding: { x, y, text: { field: 'p97Db', type: 'quantitative', format: '.3f' } },
          },
        ],
      },
      table: {
        columns: [xTitle, yTitle, 'pair', '97 %, dB'],
        rows: cells.map((cell) => [cell.x, cell.y, cell.pair, cell.p97Db]),
      },
    },
  ];
}

/** The end of a path, which says most. */
function lastOf(path: string): string {
  return path.split('.').at(-1) ?? path;
}
