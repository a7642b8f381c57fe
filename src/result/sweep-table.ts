/** A sweep as a tidy table: a row a point and pair, or channel. */

import { LOSS_STATISTICS, type LossStatistic } from '../scenario/types.js';
import type { Estimate } from '../statistics/intervals.js';
import type { SweepResult, SweptPair, SweptPoint } from './schema-sweep.js';
import type { TableColumn } from './tables.js';

/** A row: a pair or a channel of a point; neither of a point that failed. */
interface Row {
  readonly point: SweptPoint;
  readonly pair: SweptPair | null;
  readonly channel: SweptPoint['channels'][number] | null;
}

type EstimateOf = (row: Row) => Estimate | undefined;

const VERDICTS = ['met', 'undecided', 'missed'] as const;

/**
 * The columns: the point, its values (with the unit in the name where all are numbers of one unit), the pair or channel, its
 * figures with both ends of their intervals, whether it keeps its limits, and why a point failed.
 */
export function sweepColumns(result: SweepResult): TableColumn[] {
  const rows = result.points.flatMap(rowsOf);
  const column = (
    name: string,
    kind: TableColumn['kind'],
    of: (row: Row) => string | number | null,
  ): TableColumn => ({
    name,
    kind,
    values: rows.map(of),
  });
  const estimates = (name: string, unit: string, of: EstimateOf): TableColumn[] => {
    const all = (['value', 'low', 'high'] as const).map((part) => {
      const ending = { value: '', low: 'Low', high: 'High' }[part];
      return column(`${name}${ending}${unit}`, 'real', (row) => of(row)?.[part] ?? null);
    });
    return all[0]?.values.every((value) => value === null) ? [] : all;
  };
  const losses = (statistic: LossStatistic): TableColumn[] =>
    estimates(statistic, 'Db', ({ pair, channel }) => (pair?.il ?? channel?.loss.all)?.[statistic]);
  const figures = [
    column('pair', 'text', ({ pair }) => pair?.name ?? null),
    ...(result.points.some(({ channels }) => channels.length > 0)
      ? [column('channel', 'text', ({ channel }) => channel?.name ?? null)]
      : []),
    column('fibres', 'whole', ({ pair }) => pair?.fibres ?? null),
    column('matings', 'whole', ({ pair, channel }) => (pair ?? channel)?.matings ?? null),
    ...LOSS_STATISTICS.flatMap(losses),
    ...estimates('worstFibreMean', 'Db', ({ pair }) => pair?.worstFibre.mean),
    ...estimates('worstFibreP97', 'Db', ({ pair }) => pair?.worstFibre.p97),
    ...estimates('worstLaneMean', 'Db', ({ channel }) => channel?.loss.worst.mean),
    ...estimates('worstLaneP97', 'Db', ({ channel }) => channel?.loss.worst.p97),
    ...estimates('budgetMet', '', ({ channel }) => channel?.budget?.met),
    ...estimates('connectorBudgetMet', '', ({ channel }) => channel?.connectorBudget?.met),
    ...estimates('gapFraction', '', ({ pair }) => pair?.gapFraction),
    ...yieldLimits(rows).flatMap((limitDb) => {
      const at = ({ pair }: Row) => pair?.yields.find((one) => one.limitDb === limitDb);
      return [
        ...estimates(`yieldWithin${limitDb}Db`, '', (row) => at(row)?.fibre),
        ...estimates(`matingYieldWithin${limitDb}Db`, '', (row) => at(row)?.mating),
      ];
    }),
    ...estimates('returnLossMean', 'Db', ({ pair }) => pair?.returnLoss?.all.mean),
    ...estimates('returnLossP3', 'Db', ({ pair }) => pair?.returnLoss?.all.p3),
    ...estimates('largestChangeP97', 'Db', ({ pair }) => pair?.largestChange?.all.p97),
    column('grade', 'text', ({ pair }) => pair?.grade.name ?? null),
    column('limits', 'text', ({ pair }) => (pair === null ? null : verdictOf(pair))),
    column('error', 'text', ({ point }) => point.error),
  ];
  const taken = new Set(['point', ...figures.map(({ name }) => name)]);
  const parameters = result.parameters.map(({ paths, unit }, p): TableColumn => {
    const path = paths.join(' + ');
    const name = taken.has(path) ? `${path} (swept)` : path;
    if (unit === null) {
      return column(name, 'text', ({ point }) => plainText(point.values[p]?.text ?? ''));
    }
    return column(
      unit === '' ? name : `${name} (${unit})`,
      'real',
      ({ point }) => point.values[p]?.number ?? null,
    );
  });
  return [column('point', 'whole', ({ point }) => point.point), ...parameters, ...figures];
}

function rowsOf(point: SweptPoint): Row[] {
  const rows = [
    ...point.pairs.map((pair) => ({ point, pair, channel: null })),
    ...point.channels.map((channel) => ({ point, pair: null, channel })),
  ];
  return rows.length > 0 ? rows : [{ point, pair: null, channel: null }];
}

/** The worst verdict on the limits of a pair; null without any. */
function verdictOf({ limits }: SweptPair): string | null {
  const worst = Math.max(-1, ...limits.map(({ verdict }) => VERDICTS.indexOf(verdict)));
  return VERDICTS[worst] ?? null;
}

/** What a value says: a text without the quotes that YAML wants. */
export function plainText(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

function yieldLimits(rows: readonly Row[]): number[] {
  const limits = rows.flatMap(({ pair }) => pair?.yields.map(({ limitDb }) => limitDb) ?? []);
  return [...new Set(limits)].sort((a, b) => a - b);
}
