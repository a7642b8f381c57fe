/** Estimates as dots with their intervals: what many figures are made of. */
import type { Estimate } from '../statistics/intervals.js';
import { TIPPED, UNTOLD } from './face-shapes.js';
import { type Figure, idOf } from './figure.js';
import { INK, SERIES, WIDTH } from './theme.js';

export interface EstimateDot {
  /** Row of the figure, and within it kind of the dot. */
  readonly row: string;
  readonly kind: string;
  readonly estimate: Estimate;
  readonly tip: string;
}

export interface EstimateFigure {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly axis: string;
  readonly dots: readonly EstimateDot[];
  readonly kinds: readonly string[];
  /** Heads of the columns that hold row and kind. */
  readonly columns: readonly [string, string];
  readonly lines?: readonly { readonly at: number; readonly label: string }[];
  readonly zero?: boolean;
}

/** Pixels of a kind of a row. */
const KIND = 15;
const ROW_ROOM = 14;
const LABEL_STEP = 13;

/** A row a subject, in it a dot a kind, and lines across all rows with their labels above. */
export function estimateFigure(given: EstimateFigure): Figure {
  const { id, title, note, axis, dots, kinds, columns, lines = [], zero = false } = given;
  const values = dots.map(({ row, kind, estimate, tip }) => ({ row, kind, ...estimate, tip }));
  const y = {
    field: 'row',
    type: 'nominal' as const,
    sort: null,
    title: null,
    axis: { labelLimit: 400, grid: false },
  };
  const yOffset = { field: 'kind', type: 'nominal' as const, sort: [...kinds] };
  const color = {
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: [...kinds], range: SERIES.slice(0, kinds.length) },
    legend: kinds.length > 1 ? { offset: 14 + LABEL_STEP * Math.min(3, lines.length) } : null,
  };
  const x = {
    type: 'quantitative' as const,
    title: axis,
    scale: zero ? { zero } : { zero, padding: 12 },
    axis: { tickCount: 8 },
  };
  return {
    id: idOf(id),
    title,
    note,
    spec: {
      width: WIDTH - 60,
      height: { step: KIND * kinds.length + ROW_ROOM, for: 'position' },
      layer: [
        ...lineLayers(lines, x),
        {
          data: { values: values.filter(({ low, high }) => low !== null && high !== null) },
          mark: { type: 'rule', strokeWidth: 2, ...UNTOLD },
          encoding: { y, yOffset, color, x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        {
          data: { values },
          mark: { type: 'point', filled: true, size: 60, opacity: 1 },
          encoding: { y, yOffset, color, x: { ...x, field: 'value' }, ...TIPPED },
        },
      ],
    },
    table: {
      columns: [...columns, axis, 'low', 'high'],
      rows: dots.map(({ row, kind, estimate: { value, low, high } }) => [
        row,
        kind,
        value,
        low,
        high,
      ]),
    },
  };
}

function lineLayers(lines: NonNullable<EstimateFigure['lines']>, x: object) {
  return [
    {
      data: { values: lines.map(({ at, label }) => ({ at, tip: label })) },
      mark: { type: 'rule' as const, strokeDash: [4, 4], opacity: 0.7, color: INK },
      encoding: { x: { ...x, field: 'at' }, ...TIPPED },
    },
    ...lines.map(({ at, label }, i) => ({
      data: { values: [{ at, label }] },
      mark: { type: 'text' as const, align: 'left' as const, dx: 4, ...UNTOLD },
      encoding: {
        x: { ...x, field: 'at' },
        y: { value: -8 - LABEL_STEP * (i % 3) },
        text: { field: 'label', type: 'nominal' as const },
      },
    })),
  ];
}
