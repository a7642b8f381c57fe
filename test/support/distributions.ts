/** Comparing a simulated case with its entry in test/reference/distributions.json. */

import type { Workspace } from '../../src/model/workspace.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import type { Draw } from '../../src/random/draw.js';
import { type Estimate, Z975 } from '../../src/statistics/intervals.js';
import { summarisePair } from '../../src/statistics/summary.js';
import { totalOf } from './matings.js';
import { reference } from './reference.js';
import { type Parameters, scenarioFrom } from './scenarios.js';

interface Known {
  value: number;
  standard_error: number;
}

export interface DistributionCase {
  name: string;
  parameters: Parameters;
  matings: number;
  statistics: Record<
    | 'mean'
    | 'sd'
    | 'p50'
    | 'p97'
    | 'p99'
    | 'worst_fibre_mean'
    | 'worst_fibre_p97'
    | 'fraction_with_gap'
    | 'correlation_first_last_fibre',
    Known
  >;
}

export const CASES = reference<{ cases: DistributionCase[] }>('distributions').cases;

export function planOf(parameters: Parameters, matings: number): Plan {
  return compilePlan(scenarioFrom(parameters, 'distributions', matings));
}

/** Changes some of the draws: a deliberately wrong sampler. Throws where there is none to change. */
export function withDraws(
  plan: Plan,
  isMeant: (draw: Draw) => boolean,
  to: (draw: Draw) => Partial<Draw>,
): Plan {
  if (!plan.pairs.some((pair) => pair.draws.some(isMeant))) throw new Error('no such draw');
  const pairs = plan.pairs.map((pair) => ({
    ...pair,
    draws: pair.draws.map((draw) => (isMeant(draw) ? { ...draw, ...to(draw) } : draw)),
  }));
  return { ...plan, pairs };
}

/**
 * Deviation of each statistic from the known one, in combined standard errors.
 *
 * @param alter changes the parts before they are mated: a deliberately wrong sampler
 */
export function deviations(
  known: DistributionCase,
  plan: Plan,
  alter?: (parts: Float64Array) => void,
): Record<string, number> {
  const n = known.parameters.fibres;
  const sums = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  const sum = ({ results }: Workspace) => {
    const x = results.lossDb[0] as number;
    const y = results.lossDb[n - 1] as number;
    sums.x += x;
    sums.y += y;
    sums.xx += x * x;
    sums.yy += y * y;
    sums.xy += x * y;
  };
  const total = totalOf(plan, 0, plan.matings, sum, alter);
  const s = summarisePair(total);
  const out: Record<string, number> = {};
  const compare = (name: keyof DistributionCase['statistics'], { value, low, high }: Estimate) => {
    const own = ((high as number) - (low as number)) / (2 * Z975);
    const reference = known.statistics[name];
    out[name] = (value - reference.value) / Math.hypot(own, reference.standard_error);
  };
  compare('mean', s.il.mean);
  compare('sd', s.il.sd);
  compare('p50', s.il.p50);
  compare('p97', s.il.p97);
  compare('p99', s.il.p99);
  compare('worst_fibre_mean', s.worstFibre.mean);
  compare('worst_fibre_p97', s.worstFibre.p97);
  compare('fraction_with_gap', s.gapFraction);

  const N = plan.matings;
  const covariance = sums.xy / N - (sums.x / N) * (sums.y / N);
  const correlation =
    covariance / Math.sqrt((sums.xx / N - (sums.x / N) ** 2) * (sums.yy / N - (sums.y / N) ** 2));
  const knownCorrelation = known.statistics.correlation_first_last_fibre;
  // The reference's standard error, scaled to this run's length.
  const own = knownCorrelation.standard_error * Math.sqrt(known.matings / N);
  out['correlation_first_last_fibre'] =
    (correlation - knownCorrelation.value) / Math.hypot(own, knownCorrelation.standard_error);
  return out;
}
