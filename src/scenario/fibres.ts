/** How many fibres a scenario mates at a time. */
import type { Experiment, Scenario } from './types.js';

/** How often each pair is evaluated in a mating: once a step of its experiment. */
function stepCount(experiment: Experiment): number {
  if (experiment.type === 're-mating') return experiment.cycles.length;
  return experiment.type === 'stress' ? experiment.steps.length : 1;
}

/** Fibres of all pairs together, in all steps. */
export function fibresOfAllPairs({
  pairs,
  designs,
  experiment,
}: Pick<Scenario, 'pairs' | 'designs' | 'experiment'>): number {
  const once = pairs.reduce((sum, { pinned }) => sum + (designs[pinned]?.fibreCount ?? 0), 0);
  return once * stepCount(experiment);
}
