/** The values of a sweep that curves show, and averages of them. */
import type { SweepResult, SweptPoint } from '../../result/schema-sweep.js';
import { plainText } from '../../result/sweep-table.js';
import type { Estimate } from '../../statistics/intervals.js';
import { rangeOf } from '../rows.js';
import { parameterText } from '../text.js';

/** Parts of the range of a parameter whose averages make a line, where no two points share a value. */
export const PARTS = 12;

/** What is drawn over a parameter: of pairs, or of links, one or two numbers a point. */
export interface Swept {
  readonly id: string;
  readonly subject: 'pair' | 'link';
  readonly what: string;
  readonly axis: string;
  /** How the axis is numbered. */
  readonly y?: object;
  /** One or two: the first drawn by circles, the second by diamonds. */
  readonly statistics: readonly string[];
  /** Names with an estimate a statistic. */
  readonly of: (point: SweptPoint) => readonly Subject[];
  readonly text: (estimate: Estimate) => string;
}

export interface Subject {
  readonly name: string;
  readonly estimates: readonly Estimate[];
}

export interface SweepValue {
  readonly point: number;
  readonly at: number | string;
  readonly pair: string;
  readonly statistic: string;
  readonly value: number;
  /** Interval; null of averages. */
  readonly low: number | null;
  readonly high: number | null;
  readonly tip: string;
}

export function valuesOf(
  points: readonly SweptPoint[],
  p: number,
  unit: string | null,
  swept: Swept,
): SweepValue[] {
  return points.flatMap((one) =>
    swept.of(one).flatMap(({ name, estimates }) => {
      const its = one.values[p];
      const text = textAt(one, p);
      const at = unit === null ? text : (its?.number ?? 0);
      return estimates.map((estimate, s) => {
        const statistic = swept.statistics[s] as string;
        const tip = `Point ${one.point}, ${text}: ${statistic} of ${name} ${swept.text(estimate)}`;
        return { ...{ point: one.point, at, pair: name, statistic, tip }, ...estimate };
      });
    }),
  );
}

/** The value of a parameter at a point, as engineers write it. */
export function textAt({ values }: SweptPoint, p: number): string {
  return parameterText(plainText(values[p]?.text ?? ''));
}

/** Values with the same key, in the order in which keys first appear. */
export function groupsOf(
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

/** Averages over parts of the range, at the middle of what lies in each. */
export function averagesOf(values: readonly SweepValue[], unit: string): SweepValue[] {
  const { least, most } = rangeOf(values.map(({ at }) => at as number));
  const width = (most - least) / PARTS || 1;
  const part = ({ at }: SweepValue): number =>
    Math.min(PARTS - 1, Math.floor(((at as number) - least) / width));
  const groups = groupsOf(values, (one) => [one.pair, one.statistic, part(one)]);
  return groups.map((some) => {
    const [{ pair, statistic, point }] = some as [SweepValue];
    const mean = (of: (one: SweepValue) => number): number =>
      some.reduce((sum, one) => sum + of(one), 0) / some.length;
    const at = Number(mean((one) => one.at as number).toPrecision(6));
    const value = Number(mean((one) => one.value).toPrecision(6));
    const tip = `About ${at}: ${statistic} of ${pair} ${value.toFixed(3)}${unit}, average of ${some.length} points`;
    return { point, at, pair, statistic, value, low: null, high: null, tip };
  });
}

/** Whether no two points share a value of a parameter that is a number. */
export function isSpread({ design }: SweepResult, unit: string | null): boolean {
  return unit !== null && (design === 'sobol' || design === 'latin-hypercube');
}
