/** Tables below the summary: links, what cannot be run, and how narrow intervals became. */
import type { AnyResult } from '../result/read-any.js';
import type { ChannelResult, PrecisionResult } from '../result/schema.js';
import type { SweepResult, SweptPoint } from '../result/schema-sweep.js';
import type { FigureTable } from './figure.js';
import { valueTexts } from './point-text.js';
import { atMost } from './rows.js';
import { moneyText } from './text.js';

export interface FurtherTable {
  readonly title: string;
  readonly table: FigureTable;
}

/** Rows of a table on the page. */
const MOST_ROWS = 300;

export function furtherTables(any: AnyResult): FurtherTable[] {
  if (any.kind === 'run') {
    const { channels, precision } = any.result;
    return [
      ...(channels.length === 0 ? [] : [linkTable(channels)]),
      ...(precision === undefined ? [] : [precisionTable(precision)]),
    ];
  }
  return any.kind === 'sweep' ? [...sweptLinks(any.result), ...failedPoints(any.result)] : [];
}

type Channel = SweptPoint['channels'][number];
type Cell = string | number | null;

/** Columns of a link, those that only some have among them if any has. */
function linkColumns(channels: readonly Channel[]): readonly (readonly [string, Of])[] {
  const all: readonly (readonly [string, Of])[] = [
    ['cables, dB', ({ spansDb }) => spansDb],
    ['mean, dB', ({ loss }) => loss.all.mean.value],
    ['97 %, dB', ({ loss }) => loss.all.p97.value],
    ['worst lane 97 %, dB', ({ loss }) => loss.worst.p97.value],
    ['low', ({ loss }) => loss.worst.p97.low],
    ['high', ({ loss }) => loss.worst.p97.high],
  ];
  const some: readonly (readonly [string, Of])[] = [
    ['budget, dB', ({ budget }) => budget?.limitDb ?? null],
    ['kept with probability', ({ budget }) => budget?.met.value ?? null],
    ['budget of connectors, dB', ({ connectorBudget: one }) => one?.limitDb ?? null],
    ['that kept with probability', ({ connectorBudget: one }) => one?.met.value ?? null],
    ['cost of cables', ({ cost }) => priceText(cost, cost?.assemblies)],
    ['of a channel that keeps its budget', ({ cost }) => priceText(cost, cost?.perPassingChannel)],
  ];
  return [...all, ...some.filter(([, of]) => channels.some((one) => of(one) !== null))];
}

type Of = (channel: Channel) => Cell;

function priceText(
  cost: ChannelResult['cost'],
  range: { readonly low: number | null; readonly high: number | null } | undefined,
): string | null {
  if (cost === null || range === undefined) return null;
  const { low, high } = range;
  return low === null || high === null ? 'none passes' : `${moneyText(low, high)} ${cost.currency}`;
}

function linkTable(channels: readonly ChannelResult[]): FurtherTable {
  const columns = linkColumns(channels);
  return {
    title: 'Links',
    table: {
      columns: ['link', 'optics', ...columns.map(([name]) => name)],
      rows: channels.map((one) => [one.name, one.optics, ...columns.map(([, of]) => of(one))]),
    },
  };
}

function sweptLinks({ points, parameters }: SweepResult): FurtherTable[] {
  const channels = points.flatMap((point) => point.channels);
  if (channels.length === 0) return [];
  const columns = linkColumns(channels);
  const rows = points.flatMap((point) =>
    point.channels.map((one) => [
      ...[point.point, ...valueTexts(point), one.name],
      ...columns.map(([, of]) => of(one)),
    ]),
  );
  const head = ['point', ...parameters.map(({ paths }) => paths.join(' + ')), 'link'];
  return [
    {
      title: 'Links',
      table: {
        columns: [...head, ...columns.map(([name]) => name)],
        rows: atMost<Cell>(rows, MOST_ROWS),
      },
    },
  ];
}

function failedPoints({ points, parameters }: SweepResult): FurtherTable[] {
  const failed = points.filter(({ error }) => error !== null);
  if (failed.length === 0) return [];
  const rows = failed.map((point) => [point.point, ...valueTexts(point), point.error]);
  const columns = ['point', ...parameters.map(({ paths }) => paths.join(' + ')), 'why'];
  return [
    {
      title: `Points that could not be run: ${failed.length} of ${points.length}`,
      table: { columns, rows: atMost<Cell>(rows, MOST_ROWS) },
    },
  ];
}

function precisionTable({ targets }: PrecisionResult): FurtherTable {
  return {
    title: 'Precision asked for',
    table: {
      columns: ['of', 'precision', 'value', 'half an interval', 'wanted', 'is'],
      rows: targets.map(({ name, target, value, halfWidth, wanted, isReached }) => [
        ...[name, target, value, halfWidth, wanted, isReached ? 'reached' : 'too wide'],
      ]),
    },
  };
}
