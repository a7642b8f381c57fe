/** How much of the time of a sweep goes into matings. */

import { ScenarioText } from '../src/scenario/index.js';
import { parseSweepParameter } from '../src/scenario/read-sweep.js';
import type { Case } from '../src/studies/bench/rounds.js';
import { sweep } from '../src/studies/sweep/sweep.js';
import { onePairText } from './scenarios.js';

const MATINGS = 20_000;
const PARAMETERS = [
  'designs.plug.spring.force=range(8 N, 12 N)',
  'mating.sideLoad=range(0 N, 4 N)',
];

/** Many small points: what each of them costs besides its matings shows here. */
export function sweepCase(points: number, workers: number): Case {
  const text = new ScenarioText(onePairText('mtp-standard', 12, MATINGS));
  const spec = {
    design: 'sobol',
    points,
    parameters: PARAMETERS.map(parseSweepParameter),
  } as const;
  const group = `a sweep of ${points} points, ${MATINGS} matings of 12 fibres each, workers: ${workers}`;
  const whole = 'from the first point to the last';
  return {
    quantities: [
      { group, name: whole, unit: 's' },
      { group, name: 'of it in matings, by worker', unit: 's', against: whole },
    ],
    measure: async () => {
      const { host } = await sweep(text, spec, { workers });
      return [host.seconds, host.computingShare * host.seconds];
    },
  };
}
