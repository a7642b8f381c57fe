/** Curves of a sweep: mean and 97 % point of pairs, and what links lose and keep, over each parameter. */
import type { SweepResult } from '../../result/schema-sweep.js';
import { DOTS, dotEnds } from '../dots.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { rangeOf } from '../rows.js';
import { decibelText, percentText, unitText } from '../text.js';
import { HEIGHT, SERIES, WIDTH } from '../theme.js';
import { numbersOf } from './sweep-numbers.js';
import {
  averagesOf,
  groupsOf,
  isSpread,
  PARTS,
  type Subject,
  type SweepValue,
  type Swept,
  valuesOf,
} from './sweep-values.js';

/** Marks that each can be pointed at; more of them are drawn as plain dots, and of still more some. */
const MOST_MARKS = 400;
const MOST_DOTS = 3000;
/** Which points of many are drawn: multiples of this fraction keep step with no design. */
const GOLDEN = 0.6180339887498949;
/** Figures a parameter, of six pairs each: more make a page too long. */
const MOST_PARTS = 4;

const PAIRS: Swept = {
  ...{
    id: 'sweep',
    subject: 'pair' as const,
    what: 'Loss',
    axis: 'loss, dB',
    statistics: ['mean', '97 %'],
  },
  of: ({ pairs }) => pairs.map(({ name, il }) => ({ name, estimates: [il.mean, il.p97] })),
  text: decibelText,
};
const LANES: Swept = {
  ...{
    id: 'sweep-worst-lane',
    subject: 'link' as const,
    what: 'Loss of the worst lane',
    axis: 'loss of the worst lane, dB',
  },
  statistics: ['mean', '97 %'],
  of: ({ channels }) =>
    channels.map(({ name, loss: { worst } }) => ({ name, estimates: [worst.mean, worst.p97] })),
  text: decibelText,
};
const BUDGETS: Swept = {
  ...{ id: 'sweep-budget', subject: 'link' as const, what: 'Channels that keep their budget' },
  ...{ axis: 'share that keeps the budget', statistics: ['share that keeps the budget'] },
  y: { scale: { zero: false }, axis: { format: '~%' } },
  of: ({ channels }) =>
    channels.flatMap(({ name, budget }) =>
      budget === null ? [] : { name, estimates: [budget.met] },
    ),
  text: percentText,
};

export function sweepFigures(result: SweepResult): Figure[] {
  const drawn = [PAIRS, LANES, BUDGETS].map((swept) => ({ swept, names: namesOf(result, swept) }));
  return result.parameters.flatMap((parameter, p) =>
    drawn.flatMap(({ swept, names }) => {
      // where no point could be run an empty figure has the reasons below it
      const parts = names.length === 0 && swept === PAIRS ? [[]] : partsOf(names);
      return parts.map((part, i) => {
        const isLast = i === parts.length - 1;
        const left = isLast ? names.length - parts.flat().length : 0;
        return curve(
          result,
          parameter.paths.join(' + '),
          p,
          {
            ...swept,
            ...(i === 0 ? {} : { id: `${swept.id}-${i + 1}` }),
            what: parts.length > 1 ? `${swept.what} (${i + 1} of ${parts.length})` : swept.what,
            of: (point) => only(swept.of(point), part),
          },
          left,
        );
      });
    }),
  );
}

/** All pairs, or links, of which a point has something to say. */
function namesOf({ points }: SweepResult, swept: Swept): string[] {
  return [...new Set(points.flatMap((point) => swept.of(point).map(({ name }) => name)))];
}

/** As many as have a colour each. */
function partsOf(names: readonly string[]): string[][] {
  const count = Math.min(MOST_PARTS, Math.ceil(names.length / SERIES.length));
  return Array.from({ length: count }, (_, i) =>
    names.slice(i * SERIES.length, (i + 1) * SERIES.length),
  );
}

function only(subjects: readonly Subject[], names: readonly string[]): Subject[] {
  return subjects.filter(({ name }) => names.includes(name));
}

/** One mark a point of the sweep; lines join the averages of each value, or of parts of the range. */
function curve(result: SweepResult, path: string, p: number, swept: Swept, left: number): Figure {
  const { parameters, points } = result;
  const unit = parameters[p]?.unit ?? null;
  const values = valuesOf(points, p, unit, swept);
  const single = singleOf(values);
  const spread = isSpread(result, unit);
  const averages = spread ? averagesOf(values, swept.text === decibelText ? ' dB' : '') : values;
  const x = {
    field: 'at',
    type: unit === null ? ('nominal' as const) : ('quantitative' as const),
    sort: null,
    title: unit === null || unit === '' ? path : `${path}, ${unitText(unit)}`,
    scale: unit === null ? {} : { zero: false, nice: false, padding: 12 },
    axis: {
      labelAngle: 0,
      // the only number of a scale has no neighbours that tell its digits
      ...(typeof single === 'number' ? { values: [single], format: '.6~g' } : {}),
    },
  };
  const y = { type: 'quantitative' as const, title: swept.axis, ...swept.y };
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
      domain: [...swept.statistics],
      range: [
        [1, 0],
        [6, 4],
      ].slice(0, swept.statistics.length),
    },
    legend: null,
  };
  return {
    id: idOf(swept.id, path),
    title: `${swept.what} over ${path}`,
    note: `${noteOf(result, marks, spread, swept)}${left > 0 ? ` ${left} more are not drawn.` : ''}`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        // of a single statistic there is room for its intervals, which tell chance from change
        ...(marks.kind === 'marks' && swept.statistics.length === 1
          ? [
              {
                data: { values: drawn as unknown as object[] },
                mark: { type: 'rule' as const, strokeWidth: 1.5, opacity: 0.6, ...UNTOLD },
                encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
              },
            ]
          : []),
        marks.kind === 'marks'
          ? markLayer(drawn, swept, { x, y, color })
          : dotLayer(drawn, swept, { x, y, color }),
        {
          data: { values: averages as unknown as object[] },
          mark: { type: 'line', strokeWidth: 2, ...UNTOLD },
          encoding: {
            x,
            y: { ...y, field: 'value', aggregate: 'mean' },
            color,
            strokeDash,
          },
        },
        ...(spread
          ? [
              {
                data: { values: averages as unknown as object[] },
                mark: { type: 'point' as const, filled: true, opacity: 0, size: 100 },
                encoding: { x, y: { ...y, field: 'value' }, color, ...TIPPED },
              },
            ]
          : []),
      ],
    },
    ...numbersOf(result, path, p, swept),
  };
}

/** The only value of a parameter; undefined where there are several. */
function singleOf(values: readonly SweepValue[]): number | string | undefined {
  const [first] = values;
  return values.every(({ at }) => at === first?.at) ? first?.at : undefined;
}

interface Channels {
  readonly x: object;
  readonly y: object;
  readonly color: object;
}

function markLayer(
  values: readonly SweepValue[],
  { statistics }: Swept,
  { x, y, color }: Channels,
) {
  const shape = {
    field: 'statistic',
    type: 'nominal' as const,
    scale: { domain: [...statistics], range: ['circle', 'diamond'].slice(0, statistics.length) },
    legend: null,
  };
  return {
    data: { values: values as unknown as object[] },
    mark: { type: 'point' as const, filled: true, opacity: 0.45, size: 30 },
    encoding: { x, y: { ...y, field: 'value' }, color, shape, ...TIPPED },
  };
}

/** Small dots for means, large ones for 97 % points. */
function dotLayer(values: readonly SweepValue[], { statistics }: Swept, { x, y, color }: Channels) {
  const groups = groupsOf(values, ({ pair, statistic }) => [pair, statistic]);
  const { least, most } = rangeOf(values.map(({ at }) => at as number));
  const width = most - least;
  const ends = groups.flatMap((some) => {
    const [{ pair, statistic }] = some as [SweepValue];
    const dots = some.map(({ at, value }) => ({ x: at as number, y: value }));
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
        sort: [...statistics],
        scale: { domain: [...statistics], range: [1.8, 3.4].slice(0, statistics.length) },
        legend: null,
      },
      opacity: { value: 0.5 },
    },
  };
}

function noteOf(
  { points, design }: SweepResult,
  { kind, step }: { kind: string; step: number },
  spread: boolean,
  { statistics }: Swept,
): string {
  const what =
    step === 1
      ? 'Every point of the sweep'
      : `About one in ${step} of the ${points.length} points of the sweep`;
  const lines = spread
    ? `, and lines through the averages over ${PARTS} parts of the range, from all points`
    : design === 'grid' || design === 'list'
      ? ', and lines through the averages over all other parameters'
      : ', and lines through the averages of each value';
  const failed = points.filter(({ error }) => error !== null).length;
  const not = failed === 0 ? '' : ` ${failed} points could not be run; the numbers begin with why.`;
  if (statistics.length === 1)
    return `${what}${lines}${kind === 'marks' ? '; upright lines are 95 % intervals' : ''}.${not}`;
  const signs =
    kind === 'marks'
      ? 'mean (circles, solid) and 97 % point (diamonds, dashed)'
      : 'mean (small dots, solid) and 97 % point (large dots, dashed)';
  return `${what}${lines}: ${signs}.${not}`;
}
