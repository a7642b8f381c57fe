/** A sweep as a tidy table: a row a point and pair. */

import type { Estimate } from '../statistics/intervals.js';
import type { SweepResult, SweptPair, SweptPoint } from './schema-sweep.js';
import type { TableColumn } from './tables.js';

interface Row {
  readonly point: SweptPoint;
  /** null for a point that failed. */
  readonly pair: SweptPair | null;
}

type EstimateOf = (pair: SweptPair) => Estimate | undefined;

/**
 * The columns: the point, its values (with the unit in the name where all are numbers of one unit), the pair, its figures with
 * both ends of their intervals, and why a point failed.
 */
export function sweepColumns({ parameters, points }: SweepResult): TableColumn[] {
  const rows = points.flatMap((point): Row[] =>
    point.pairs.length === 0
      ? [{ point, pair: null }]
      : point.pairs.map((pair) => ({ point, pair })),
  );
  const texts = (name: string, of: (row: Row) => string | null): TableColumn => ({
    name,
    kind: 'text',
    values: rows.map(of),
  });
  const wholes = (name: string, of: (row: Row) => number | null): TableColumn => ({
    name,
    kind: 'whole',
    values: rows.map(of),
  });
  const estimates = (name: string, unit: string, of: EstimateOf): TableColumn[] => {
    const column = (part: string, number: (estimate: Estimate) => number | null): TableColumn => ({
      name: `${name}${part}${unit}`,
      kind: 'real',
      values: rows.map(({ pair }) => {
        const estimate = pair === null ? undefined : of(pair);
        return estimate === undefined ? null : number(estimate);
      }),
    });
    const all = [
      column('', ({ value }) => value),
      column('Low', ({ low }) => low),
      column('High', ({ high }) => high),
    ];
    return all[0]?.values.every((value) => value === null) ? [] : all;
  };
  return [
    wholes('point', ({ point }) => point.point),
    ...parameters.map(({ paths, unit }, p): TableColumn => {
      const name = paths.join(',');
      if (unit === null) return texts(name, ({ point }) => point.values[p]?.text ?? null);
      const values = rows.map(({ point }) => point.values[p]?.number ?? null);
      return { name: unit === '' ? name : `${name} (${unit})`, kind: 'real', values };
    }),
    texts('pair', ({ pair }) => pair?.name ?? null),
    wholes('fibres', ({ pair }) => pair?.fibres ?? null),
    wholes('matings', ({ pair }) => pair?.matings ?? null),
    ...estimates('mean', 'Db', ({ il }) => il.mean),
    ...estimates('sd', 'Db', ({ il }) => il.sd),
    ...estimates('p50', 'Db', ({ il }) => il.p50),
    ...estimates('p90', 'Db', ({ il }) => il.p90),
    ...estimates('p95', 'Db', ({ il }) => il.p95),
    ...estimates('p97', 'Db', ({ il }) => il.p97),
    ...estimates('p99', 'Db', ({ il }) => il.p99),
    ...estimates('p999', 'Db', ({ il }) => il.p999),
    ...estimates('worstFibreMean', 'Db', ({ worstFibre }) => worstFibre.mean),
    ...estimates('worstFibreP97', 'Db', ({ worstFibre }) => worstFibre.p97),
    ...estimates('gapFraction', '', ({ gapFraction }) => gapFraction),
    ...yieldLimits(rows).flatMap((limitDb) => {
      const at = (pair: SweptPair) => pair.yields.find((one) => one.limitDb === limitDb);
      return [
        ...estimates(`yieldWithin${limitDb}Db`, '', (pair) => at(pair)?.fibre),
        ...estimates(`matingYieldWithin${limitDb}Db`, '', (pair) => at(pair)?.mating),
      ];
    }),
    ...estimates('returnLossMean', 'Db', ({ returnLoss }) => returnLoss?.all.mean),
    ...estimates('returnLossP3', 'Db', ({ returnLoss }) => returnLoss?.all.p3),
    ...estimates('largestChangeP97', 'Db', ({ largestChange }) => largestChange?.all.p97),
    texts('grade', ({ pair }) => pair?.grade.name ?? null),
    texts('error', ({ point }) => point.error),
  ];
}

function yieldLimits(rows: readonly Row[]): number[] {
  const limits = rows.flatMap(({ pair }) => pair?.yields.map(({ limitDb }) => limitDb) ?? []);
  return [...new Set(limits)].sort((a, b) => a - b);
}
