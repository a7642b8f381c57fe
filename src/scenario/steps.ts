/** What the steps of an experiment are called. */
import type { Experiment } from './types.js';

/** The name of step `k`, from 0; undefined for experiments without steps. */
export function stepName(experiment: Experiment, k: number): string | undefined {
  if (experiment.type === 'stress') return experiment.steps[k]?.name;
  return experiment.type === 're-mating' ? `mating ${experiment.cycles[k]}` : undefined;
}
