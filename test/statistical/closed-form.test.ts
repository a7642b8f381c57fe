/**
 * A connector whose loss is known in closed form: isotropic Gaussian offsets alone make it exponential
 * (Marcuse 1977: loss = 4.343·d²/w², d² exponential), so P97 = ln(1/0.03)·mean = 3.507·mean.
 */
import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../src/plan/compile.js';
import { compileLaw } from '../../src/plan/laws.js';
import { LAW } from '../../src/random/draw.js';
import type { DesignInput } from '../../src/scenario/inputs.js';
import type { Contribution, Design } from '../../src/scenario/types.js';
import { summarisePair } from '../../src/statistics/summary.js';
import { withDraws } from '../support/distributions.js';
import { totalOf } from '../support/matings.js';
import { PERFECT, scenarioFrom, truncated } from '../support/scenarios.js';

const MATINGS = 200_000;
/** Relative offset of the two cores along one axis. */
const SIGMA_UM = 0.494;

/** Perfect flat plugs whose bores are off by untruncated normals: half the relative variance each. */
function offsetsOnly() {
  const scenario = scenarioFrom(PERFECT, 'closed form', MATINGS);
  const error: Contribution = {
    distribution: 'normal',
    mean: 0,
    sigma: SIGMA_UM / Math.SQRT2,
    lower: null,
    upper: null,
    level: 'fibre',
  };
  const design = scenario.designs['design'] as Design;
  const inputs: Record<DesignInput, readonly Contribution[]> = {
    ...design.inputs,
    'bores.positionErrorX': [error],
    'bores.positionErrorY': [error],
  };
  return compilePlan({ ...scenario, designs: { design: { ...design, inputs } } });
}

/** 4.343·2σ²/w² with w = 4.6 µm: 0.1002 dB. */
const MEAN_DB = ((10 / Math.LN10) * 2 * SIGMA_UM ** 2) / 4.6 ** 2;
/** All fibres are independent here. */
const N = MATINGS * 12;

/** Deviations in standard errors of theory; |z| < 5 has a false-alarm rate of 6e-7 each. */
function zScores(plan: ReturnType<typeof offsetsOnly>) {
  const { il } = summarisePair(totalOf(plan, 0, MATINGS));
  const quantileError = (p: number) => (MEAN_DB * Math.sqrt(p / (1 - p))) / Math.sqrt(N);
  return {
    mean: (il.mean.value - MEAN_DB) / (MEAN_DB / Math.sqrt(N)),
    // The standard deviation of an exponential has the standard error mean·√(8/4N).
    sd: (il.sd.value - MEAN_DB) / (MEAN_DB * Math.sqrt(2 / N)),
    p50: (il.p50.value - MEAN_DB * Math.LN2) / quantileError(0.5),
    p97: (il.p97.value - MEAN_DB * Math.log(1 / 0.03)) / quantileError(0.97),
    p99: (il.p99.value - MEAN_DB * Math.log(100)) / quantileError(0.99),
  };
}

describe('Gaussian offsets alone', () => {
  it('give an exponential loss with the mean that the offsets imply', () => {
    expect(MEAN_DB).toBeCloseTo(0.1, 3);
    for (const [name, z] of Object.entries(zScores(offsetsOnly()))) {
      expect(Math.abs(z), name).toBeLessThan(5);
    }
  });

  it('and a sampler whose normals are truncated at three sigma is caught', () => {
    const law = compileLaw(truncated(0, 1));
    if ('fixed' in law) throw new Error('not a table');
    const isNormal = ({ law: code }: { law: number }) => code === LAW.quantileTable;
    const cut = withDraws(offsetsOnly(), isNormal, () => ({ quantiles: law.quantiles }));
    const wrong = Object.values(zScores(cut));
    expect(Math.max(...wrong.map(Math.abs))).toBeGreaterThan(5);
  });
});
