/** Curves of a sweep: mean and 97 % point over each parameter. */
import type { SweepResult } from '../../result/schema-sweep.js';
import { plainText } from '../../result/sweep-table.js';
import { DOTS, dotEnds } from '../dots.js';
import { TIPPED } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { atMost } from '../rows.js';
import { decibelText, parameterText, unitText } from '../text.js';
import { HEIGHT, WIDTH } from '../theme.js';

/** Marks that each can be pointed at; more of them are drawn as plain dots, and of still more some. */
const MOST_MARKS = 400;
const MOST_DOTS = 3000;
/** Rows of numbers below a figure. */
const MOST_ROWS = 300;
/** Parts of the range of a parameter whose averages make a line, where no two points share a value. */
const PARTS = 12;
/** Which points of many are drawn: multiples of this fraction keep step with no design. */
const GOLDEN = 0.6180339887498949;
const STATISTICS = ['mean', '97 %'] as const;

export function sweepFigures(result: SweepResult): Figure[] {
  return result.parameters.map((parameter, p) => curve(result, parameter.paths.join(' + '), p));
}

interface SweepValue {
  readonly point: number;
  readonly at: number | string;
  readonly pair: string;
  readonly statistic: (typeof STATISTICS)[number];
  readonly lossDb: number;
  readonly tip: string;
}

/** One mark a point of the sweep; lines join the averages of each value, or of parts of the range. */
function curve(result: SweepResult, path: string, p: number): Figure {
  const { parameters, design } = result;
  const unit = parameters[p]?.unit ?? null;
  const values = valuesOf(result, p, unit);
  const isSpread = unit !== null && (design === 'sobol' || design === 'latin-hypercube');
  const x = {
    field: 'at',
    type: unit === null ? ('nominal' as const) : ('quantitative' as const),
    sort: null,
    title: unit === null || unit === '' ? path : `${path}, ${unitText(unit)}`,
    scale: unit === null ? {} : { zero: false, nice: false, padding: 12 },
    axis: { labelAngle: 0 },
  };
  const y = { type: 'quantitative' as const, title: 'loss, dB' };
  const color = { field: 'pair', type: 'nominal' as const, sort: null };
  const marks =
    unit === null || values.length <= MOST_MARKS
      ? { kind: 'marks', step: 1 }
      : { kind: 'dots', step: Math.ceil(values.length / MOST_DOTS) };
  const drawn = values.filter(({ point }) => (point * GOLDEN) % 1 < 1 / marks.step);
  const strokeDash = {
    field: 'statistic',
    type: 'nominal' as const,
    scale: {
      domain: [...STATISTICS],
      range: [
        [1, 0],
        [6, 4],
      ],
    },
    legend: null,
  };
  return {
    id: idOf('sweep', path),
    title: `Loss over ${path}`,
    note: noteOf(result, marks, isSpread),
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        marks.kind === 'marks'
          ? markLayer(drawn, { x, y, color })
          : dotLayer(drawn, { x, y, color }),
        {
          data: { values: (isSpread ? averagesOf(values) : values) as unknown as object[] },
          mark: { type: 'line', strokeWidth: 2, aria: false },
          encoding: {
            x,
            y: { ...y, field: 'lossDb', aggregate: 'mean' },
            color,
            strokeDash,
          },
        },
        ...(isSpread
          ? [
              {
                data: { values: averagesOf(values) as unknown as object[] },
                mark: { type: 'point' as const, filled: true, opacity: 0, size: 100 },
                encoding: { x, y: { ...y, field: 'lossDb' }, color, ...TIPPED },
              },
            ]
          : []),
      ],
    },
    table: tableOf(result, path, p),
  };
}

function valuesOf({ points }: SweepResult, p: number, unit: string | null): SweepValue[] {
  return points.flatMap(({ point, values: its, pairs }) =>
    pairs.flatMap(({ name, il }) => {
      const value = its[p];
      const text = parameterText(plainText(value?.text ?? ''));
      const at = unit === null ? text : (value?.number ?? 0);
      return STATISTICS.map((statistic) => {
        const estimate = statistic === 'mean' ? il.mean : il.p97;
        const tip = `Point ${point}, ${text}: ${statistic} of ${name} ${decibelText(estimate)}`;
        return { ...{ point, at, pair: name, statistic, tip }, lossDb: estimate.value };
      });
    }),
  );
}

/** Values with the same key, in the order in which keys first appear. */
function groupsOf(
  values: readonly SweepValue[],
  keyOf: (one: SweepValue) => readonly (string | number)[],
): SweepValue[][] {
  const groups = new Map<string, SweepValue[]>();
  for (const one of values) {
    const key = JSON.stringify(keyOf(one));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

interface Channels {
  readonly x: object;
  readonly y: object;
  readonly color: object;
}

function markLayer(values: readonly SweepValue[], { x, y, color }: Channels) {
  const shape = {
    field: 'statistic',
    type: 'nominal' as const,
    scale: { domain: [...STATISTICS], range: ['circle', 'diamond'] },
    legend: null,
  };
  return {
    data: { values: values as unknown as object[] },
    mark: { type: 'point' as const, filled: true, opacity: 0.45, size: 30 },
    encoding: { x, y: { ...y, field: 'lossDb' }, color, shape, ...TIPPED },
  };
}

/** Small dots for means, large ones for 97 % points. */
function dotLayer(values: readonly SweepValue[], { x, y, color }: Channels) {
  const groups = groupsOf(values, ({ pair, statistic }) => [pair, statistic]);
  const ats = values.map(({ at }) => at as number);
  const width = Math.max(...ats) - Math.min(...ats);
  const ends = groups.flatMap((some) => {
    const [{ pair, statistic }] = some as [SweepValue];
    const dots = some.map(({ at, lossDb }) => ({ x: at as number, y: lossDb }));
    return dotEnds(dots, { pair, statistic }, width);
  });
  return {
    data: { values: ends },
    mark: DOTS.mark,
    encoding: {
      x: { ...x, field: 'x' },
      y: { ...y, field: 'y' },
      color,
      order: DOTS.order,
      strokeWidth: {
        field: 'statistic',
        type: 'ordinal' as const,
        sort: [...STATISTICS],
        scale: { domain: [...STATISTICS], range: [1.8, 3.4] },
        legend: null,
      },
      opacity: { value: 0.5 },
    },
  };
}

/** Averages over parts of the range, at the middle of what lies in each. */
function averagesOf(values: readonly SweepValue[]): SweepValue[] {
  const ats = values.map(({ at }) => at as number);
  const least = Math.min(...ats);
  const width = (Math.max(...ats) - least) / PARTS || 1;
  const part = ({ at }: SweepValue): number =>
    Math.min(PARTS - 1, Math.floor(((at as number) - least) / width));
  const groups = groupsOf(values, (one) => [one.pair, one.statistic, part(one)]);
  return groups.map((some) => {
    const [{ pair, statistic, point }] = some as [SweepValue];
    const mean = (of: (one: SweepValue) => number): number =>
      some.reduce((sum, one) => sum + of(one), 0) / some.length;
    const at = Number(mean((one) => one.at as number).toPrecision(6));
    const lossDb = Number(mean((one) => one.lossDb).toPrecision(6));
    const tip = `About ${at}: ${statistic} of ${pair} ${lossDb.toFixed(3)} dB, average of ${some.length} points`;
    return { point, at, pair, statistic, lossDb, tip };
  });
}

function noteOf(
  { points, design }: SweepResult,
  { kind, step }: { kind: string; step: number },
  isSpread: boolean,
): string {
  const what =
    step === 1
      ? 'Every point of the sweep'
      : `About one in ${step} of the ${points.length} points of the sweep`;
  const lines = isSpread
    ? `, and lines through the averages over ${PARTS} parts of the range, from all points`
    : design === 'grid' || design === 'list'
      ? ', and lines through the averages over all other parameters'
      : ', and lines through the averages of each value';
  const signs =
    kind === 'marks'
      ? 'mean (circles, solid) and 97 % point (diamonds, dashed)'
      : 'mean (small dots, solid) and 97 % point (large dots, dashed)';
  return `${what}${lines}: ${signs}.`;
}

/** The first points; all of them are in the table that the sweep itself wrote. */
function tableOf({ points }: SweepResult, path: string, p: number): Figure['table'] {
  const rows = points.flatMap(({ point, values: its, pairs }) =>
    pairs.map(({ name, il }) => [
      ...[point, parameterText(plainText(its[p]?.text ?? '')), name, il.mean.value, il.p97.value],
    ]),
  );
  return {
    columns: ['point', path, 'pair', 'mean, dB', '97 %, dB'],
    rows: atMost(rows, MOST_ROWS),
  };
}
