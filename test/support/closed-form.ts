/** A connector whose loss is known in closed form: P(loss > x) = exp(−x/mean) (Marcuse 1977, see closed-form.test.ts). */
import type { Contribution, Design, Scenario } from '../../src/scenario/types.js';
import { PERFECT, scenarioFrom } from './scenarios.js';

/** Relative offset of the two cores along one axis. */
const SIGMA_UM = 0.494;
/** 4.343·2σ²/w² with w = 4.6 µm: 0.1002 dB. */
export const MEAN_DB = ((10 / Math.LN10) * 2 * SIGMA_UM ** 2) / 4.6 ** 2;

/** Loss that a share of the fibres exceeds. */
export function exceededBy(share: number): number {
  return -MEAN_DB * Math.log(share);
}

/** Perfect flat plugs whose bores are off by untruncated normals: half the relative variance each. */
export function exponentialScenario(seed: string): Scenario {
  const scenario = scenarioFrom(PERFECT, seed, 1);
  const sigma = SIGMA_UM / Math.SQRT2;
  const law = { distribution: 'normal', mean: 0, sigma, lower: null, upper: null } as const;
  const error: Contribution = { ...law, level: 'fibre' };
  const design = scenario.designs['design'] as Design;
  const inputs = {
    ...design.inputs,
    'bores.positionErrorX': [error],
    'bores.positionErrorY': [error],
  };
  return { ...scenario, designs: { design: { ...design, inputs } } };
}
