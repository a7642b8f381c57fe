/** What a pair would lose if one input spread less: variants on shared random numbers. */
import type { RunTotals } from '../../engine/fold.js';
import type { Plan } from '../../plan/types.js';
import { compileVariants } from '../../plan/variants.js';
import type { Scenario } from '../../scenario/types.js';
import { withSpread } from '../../scenario/with-spread.js';
import { compareTotals, yieldDifference } from '../../statistics/comparison.js';
import type { Estimate } from '../../statistics/intervals.js';
import type { PairTotal } from '../../statistics/total.js';
import type { Factor } from './factors.js';

/** What is left of the spread of an input. */
export const SPREADS = { without: 0, cut: 0.9 } as const;
export type SpreadName = keyof typeof SPREADS;

/** Changes against the pair as it is: losses in dB, the yield as a share of fibres. */
export interface Change {
  readonly mean: Estimate;
  readonly sd: Estimate;
  readonly p97: Estimate;
  readonly yield: Estimate;
}

export type ChangesOfFactor = Readonly<Record<SpreadName, Change>>;

const NAMES = Object.keys(SPREADS) as SpreadName[];

export interface SpreadStudy {
  readonly plan: Plan;
  readonly changes: (totals: RunTotals) => ChangesOfFactor[];
}

/** A plan in which each factor loses some or all of its spread, and what its totals say, factor by factor. */
export function spreadStudy(
  scenario: Scenario,
  pair: string,
  factors: readonly Factor[],
  limitDb: number,
): SpreadStudy {
  const variants = factors.flatMap(({ inputs }) =>
    NAMES.map((name) => ({ scenario: withSpread(scenario, [{ inputs, factor: SPREADS[name] }]) })),
  );
  const comparisons = variants.map((_, v) => [0, 1 + v] as const);
  const plan = compileVariants(pair, [{ scenario }, ...variants], comparisons);
  const changes = (totals: RunTotals): ChangesOfFactor[] =>
    factors.map((_, f) => {
      const of = (s: number): Change => changeOf(totals, NAMES.length * f + s);
      return Object.fromEntries(
        NAMES.map((name, s) => [name, of(s)]),
      ) as unknown as ChangesOfFactor;
    });
  const changeOf = ({ pairs, comparisons: sums }: RunTotals, variant: number): Change => {
    const [first, second] = [pairs[0] as PairTotal, pairs[1 + variant] as PairTotal];
    const { mean, sd, p97 } = compareTotals(first, second, sums[variant] as Float64Array);
    return { mean, sd, p97, yield: yieldDifference(first, second, limitDb) };
  };
  return { plan, changes };
}
