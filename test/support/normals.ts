/** Scenarios of whole normals, whose plan draws many inputs as one. */
import type { DesignInput } from '../../src/scenario/inputs.js';
import type { Contribution, Design, Scenario } from '../../src/scenario/types.js';
import { MTP, type Parameters, scenarioFrom } from './scenarios.js';

export type Inputs = Partial<Record<DesignInput, readonly Contribution[]>>;

/** An untruncated normal. */
export function normal(sigma: number, level: Contribution['level'], mean = 0): Contribution {
  return { distribution: 'normal', mean, sigma, lower: null, upper: null, level };
}

/** A design with these inputs, all others those of `parameters`, mated with itself. */
export function scenarioWith(
  inputs: Inputs,
  matings: number,
  parameters: Parameters = MTP,
): Scenario {
  const scenario = scenarioFrom(parameters, 'normals', matings);
  const design = scenario.designs['design'] as Design;
  return {
    ...scenario,
    designs: { design: { ...design, inputs: { ...design.inputs, ...inputs } } },
  };
}

/** A pair of two designs. */
export function mixedScenario(pinned: Inputs, unpinned: Inputs, matings: number): Scenario {
  const scenario = scenarioWith({}, matings);
  const designOf = (name: string, inputs: Inputs): Design => ({
    ...(scenarioWith(inputs, matings).designs['design'] as Design),
    name,
  });
  return {
    ...scenario,
    designs: { first: designOf('first', pinned), second: designOf('second', unpinned) },
    pairs: scenario.pairs.map((pair) => ({ ...pair, pinned: 'first', unpinned: 'second' })),
  };
}

/** The same with pairs that are compared, so that every input has its own draw. */
export function apart(scenario: Scenario): Scenario {
  const name = scenario.pairs[0]?.name as string;
  return { ...scenario, comparisons: [[name, name]] };
}

/** Whole normals wherever the model is linear, means off zero. `scale` multiplies the standard deviations. */
export function allNormal(scale: number): Inputs {
  const plug = (sigma: number, mean: number) => [normal(scale * sigma, 'plug', mean)];
  const both = (sigma: number, mean: number) => [
    normal(scale * sigma, 'fibre', mean),
    normal(0.8 * scale * sigma, 'plug'),
  ];
  return {
    'guideHoles.pitchError': plug(0.5, 0.1),
    'bores.rowBiasX': plug(0.25, 0.05),
    'bores.rowBiasY': plug(0.2, -0.05),
    'bores.positionErrorX': both(0.4, 0.02),
    'bores.positionErrorY': both(0.35, -0.03),
    'bores.tiltX': both(0.004, 0.0005),
    'bores.tiltY': both(0.0045, -0.0003),
    'endFace.fibreHeight': both(0.25, 0.01),
    'endFace.slopeErrorX': plug(0.0012, 0.0001),
    'endFace.slopeErrorY': plug(0.001, -0.0001),
  };
}
