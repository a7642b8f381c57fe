/** Tolerances that were allocated: factors, costs, how the search went, and what it changes. */
import type { AllocationResult } from '../../result/schema-allocation.js';
import { estimateFigure } from '../estimate-marks.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { HEIGHT, INK, SERIES, WIDTH } from '../theme.js';

const ROW = 28;

export function allocationFigures(result: AllocationResult): Figure[] {
  const { cheapest, widest } = result;
  const beforeAfter = beforeAfterFigure(result);
  return [
    ...(cheapest === null
      ? []
      : [factorsFigure(result, cheapest), costsFigure(cheapest), searchFigure(cheapest)]),
    ...(widest === null ? [] : [widestFigure(widest)]),
    ...(beforeAfter === undefined ? [] : [beforeAfter]),
  ];
}

type Cheapest = NonNullable<AllocationResult['cheapest']>;
type Widest = NonNullable<AllocationResult['widest']>;

const tolerance = {
  field: 'tolerance',
  type: 'nominal' as const,
  sort: null,
  title: null,
  axis: { labelLimit: 420 },
};

function factorsFigure({ tolerances }: AllocationResult, { tolerances: found }: Cheapest): Figure {
  const values = found.map(({ name, factor, at }) => {
    const { least = factor, most = factor } = tolerances.find((one) => one.name === name) ?? {};
    const tip = `${name}: spread × ${factor.toFixed(3)} of ${least} to ${most}${at === 'between' ? '' : `, at ${at}`}`;
    return { tolerance: name, factor, least, most, at, tip };
  });
  const x = {
    type: 'quantitative' as const,
    title: 'spread, × as it is',
    scale: { zero: true },
    axis: { tickCount: 6 },
  };
  return {
    id: idOf('factors'),
    title: 'How wide each tolerance may be',
    note: 'Dots: the factor found for the spread of each tolerance; grey: the factors that were allowed. Left of the line a tolerance has to be tighter than it is.',
    spec: {
      width: WIDTH - 160,
      height: { step: ROW },
      layer: [
        {
          data: { values },
          mark: { type: 'bar', height: 8, color: INK, opacity: 0.16, ...UNTOLD },
          encoding: { y: tolerance, x: { ...x, field: 'least' }, x2: { field: 'most' } },
        },
        {
          data: { values: [{ x: 1 }] },
          mark: { type: 'rule', strokeDash: [4, 4], ...UNTOLD },
          encoding: { x: { ...x, field: 'x' } },
        },
        {
          data: { values },
          mark: { type: 'point', filled: true, size: 80, opacity: 1, color: SERIES[0] },
          encoding: { y: tolerance, x: { ...x, field: 'factor' }, ...TIPPED },
        },
      ],
    },
    table: {
      columns: ['tolerance', 'spread ×', 'least', 'most', 'at'],
      rows: values.map((one) => [one.tolerance, one.factor, one.least, one.most, one.at]),
    },
  };
}

const MARGINS = { costOfOnePercent: '1 % tighter costs', worthOfOnePercent: 'saves in the others' };

function costsFigure({ tolerances, cost }: Cheapest): Figure {
  const names = Object.keys(MARGINS) as (keyof typeof MARGINS)[];
  const values = tolerances.map((one) => ({
    tolerance: one.name,
    cost: one.cost,
    tip: `${one.name}: cost ${one.cost.toFixed(3)}`,
  }));
  const margins = tolerances.flatMap((one) =>
    names.map((name) => ({
      ...{ tolerance: one.name, kind: MARGINS[name], value: one[name] },
      tip: `${one.name}: ${MARGINS[name]} ${one[name].toFixed(4)}`,
    })),
  );
  const height = { step: ROW };
  return {
    id: idOf('costs'),
    title: 'What each tolerance costs',
    note: `Cost of each tolerance at the factor found, ${cost.toFixed(3)} altogether (0 is as it is), and what making it 1 % tighter would cost and save in the others: where a tolerance is free to move the two are about equal.`,
    spec: {
      hconcat: [
        {
          width: (WIDTH - 200) / 2,
          height,
          data: { values },
          mark: { type: 'bar', height: { band: 0.6 }, color: SERIES[0] },
          encoding: {
            y: tolerance,
            x: {
              field: 'cost',
              type: 'quantitative',
              title: 'cost, in its unit',
              axis: { tickCount: 4 },
            },
            ...TIPPED,
          },
        },
        {
          width: (WIDTH - 200) / 2,
          height,
          data: { values: margins },
          mark: { type: 'point', filled: true, size: 60, opacity: 1 },
          encoding: {
            y: { ...tolerance, axis: null },
            x: {
              field: 'value',
              type: 'quantitative',
              title: 'cost of 1 %',
              axis: { tickCount: 4 },
            },
            color: { field: 'kind', type: 'nominal', sort: null },
            shape: { field: 'kind', type: 'nominal', sort: null },
            ...TIPPED,
          },
        },
      ],
    },
    table: {
      columns: ['tolerance', 'spread ×', 'cost', '1 % costs', 'is worth'],
      rows: tolerances.map((one) => [
        ...[one.name, one.factor, one.cost, one.costOfOnePercent, one.worthOfOnePercent],
      ]),
    },
  };
}

function searchFigure({ rounds }: Cheapest): Figure {
  const values = rounds.map((round, i) => ({
    ...{ round: i + 1, start: `from ${round.start}`, cost: round.cost },
    worst: round.worst,
    taken: round.accepted ? 'taken' : 'refused',
    tip: `Round ${i + 1}, from ${round.start}: cost ${round.cost.toFixed(3)}, worst limit at ${round.worst.toFixed(4)} (${round.accepted ? 'taken' : 'refused'})`,
  }));
  const x = {
    field: 'round',
    type: 'quantitative' as const,
    title: 'round',
    axis: { tickMinStep: 1 },
  };
  const color = { field: 'start', type: 'nominal' as const, sort: null };
  const shape = {
    field: 'taken',
    type: 'nominal' as const,
    scale: { domain: ['taken', 'refused'], range: ['circle', 'cross'] },
  };
  const dots = (field: string, title: string) => ({
    data: { values },
    mark: { type: 'point' as const, filled: true, size: 45, opacity: 0.9 },
    encoding: {
      x,
      y: { field, type: 'quantitative' as const, title, scale: { zero: false } },
      color,
      shape,
      ...TIPPED,
    },
  });
  const panel = { width: WIDTH, height: HEIGHT / 2 };
  return {
    id: idOf('search'),
    title: 'How the search went',
    note: 'Cost, and the statistic that is worst against its limit as a share of it, of every set of factors that a round of the search proposed; at 1 and below all limits are met.',
    spec: {
      vconcat: [
        { ...panel, ...dots('cost', 'cost, in its unit') },
        {
          ...panel,
          layer: [
            {
              data: { values: [{ y: 1 }] },
              mark: { type: 'rule', strokeDash: [4, 4], ...UNTOLD },
              encoding: { y: { field: 'y', type: 'quantitative' } },
            },
            dots('worst', 'worst, × its limit'),
          ],
        },
      ],
    },
    table: {
      columns: ['round', 'start', 'evaluations', 'cost', 'worst ÷ limit', 'radius', 'taken'],
      rows: rounds.map((round, i) => [
        ...[i + 1, round.start, round.evaluations, round.cost, round.worst, round.radius],
        round.accepted ? 'yes' : 'no',
      ]),
    },
  };
}

function widestFigure({ name, factor, tooWide, curve }: Widest): Figure {
  const values = curve
    .map((point) => ({
      ...point,
      tip: `Spread × ${point.factor.toFixed(4)}: worst limit at ${point.worst.toFixed(4)}`,
    }))
    .sort((a, b) => a.factor - b.factor);
  const x = {
    type: 'quantitative' as const,
    title: `spread of ${name}, × as it is`,
    scale: { zero: false, padding: 12 },
  };
  const y = {
    type: 'quantitative' as const,
    title: 'worst, × its limit',
    scale: { zero: false, padding: 12 },
  };
  return {
    id: idOf('widest', name),
    title: `How wide ${name} may be`,
    note: `The statistic that is worst against its limit, as a share of it, at the factors that were looked at; at 1 and below all limits are met. The upright line is the factor found, ${factor.toFixed(4)}${tooWide === null ? '' : `; ${tooWide.toFixed(4)} is too wide`}.`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        {
          data: { values: [{ y: 1 }] },
          mark: { type: 'rule', strokeDash: [4, 4], ...UNTOLD },
          encoding: { y: { ...y, field: 'y' } },
        },
        {
          data: { values: [{ factor, tip: `Found: spread × ${factor.toFixed(4)}` }] },
          mark: { type: 'rule', strokeWidth: 2, color: SERIES[2] },
          encoding: { x: { ...x, field: 'factor' }, ...TIPPED },
        },
        {
          data: { values },
          mark: { type: 'line', strokeWidth: 1.5, color: SERIES[0], ...UNTOLD },
          encoding: { x: { ...x, field: 'factor' }, y: { ...y, field: 'worst' } },
        },
        {
          data: { values },
          mark: { type: 'point', filled: true, size: 50, opacity: 1, color: SERIES[0] },
          encoding: { x: { ...x, field: 'factor' }, y: { ...y, field: 'worst' }, ...TIPPED },
        },
      ],
    },
    table: {
      columns: ['spread ×', 'worst ÷ limit'],
      rows: values.map((point) => [point.factor, point.worst]),
    },
  };
}

const SHOWN = { mean: 'mean', p97: '97 %', p99: '99 %' } as const;

function beforeAfterFigure({ before, after, limits, pair }: AllocationResult): Figure | undefined {
  if (before === null || after === null) return undefined;
  const sides = { 'as it is': before, allocated: after };
  const dots = Object.entries(sides).flatMap(([kind, { il, worstFibre }]) =>
    [
      ...(Object.keys(SHOWN) as (keyof typeof SHOWN)[]).map((statistic) => ({
        row: SHOWN[statistic] as string,
        estimate: il[statistic],
      })),
      { row: 'worst fibre 97 %', estimate: worstFibre.p97 },
    ].map(({ row, estimate }) => ({
      ...{ row, kind, estimate },
      tip: `${row}, ${kind}: ${decibelText(estimate)}`,
    })),
  );
  return estimateFigure({
    id: 'before-and-after',
    title: `${pair} as it is, and allocated`,
    note: `Insertion loss with the scenario's spreads and with the factors found, on the random numbers of the last verification, with 95 % intervals; limits: ${limits.join(', ')}. Grade ${before.grade.name ?? 'none'} becomes ${after.grade.name ?? 'none'}.`,
    axis: 'insertion loss, dB',
    columns: ['statistic', 'spreads'],
    dots,
    kinds: Object.keys(sides),
    zero: true,
  });
}
