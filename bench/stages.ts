/** Where the kernel's time goes: runs that stop each mating after its first, second, … stage. */
import { loadKernel } from '../src/engine/load-kernel.js';
import { lossShiftsDb } from '../src/engine/reference-runner.js';
import { Kernel } from '../src/kernel/kernel.js';
import * as STAGE from '../src/kernel/places/stages.js';
import { blockStart } from '../src/plan/types.js';
import type { Scenario } from '../src/scenario/types.js';
import type { Case, Quantity } from '../src/studies/bench/rounds.js';
import { sampleOf } from '../src/studies/bench/samples.js';
import { endlessPlan, fibresOf } from '../src/studies/bench/throughput.js';

const GROUP = 'kernel by stage, one thread';

/** In order; the last one includes reading out the counts of a block. */
const STAGES = [
  { name: 'draws', last: STAGE.STAGE_DRAWS },
  { name: 'pose and load', last: STAGE.STAGE_POSE },
  { name: 'contact', last: STAGE.STAGE_CONTACT },
  { name: 'coupling', last: STAGE.STAGE_COUPLING },
  { name: 'statistics', last: STAGE.STAGE_STATISTICS },
] as const;

/** Time of each stage a fibre mating, ns: increments of medians of blocks run in turn. */
export function stagesCase(scenario: Scenario, label: string, seconds: number): Case {
  const plan = endlessPlan(scenario);
  const kernel = new Kernel(loadKernel(), plan, lossShiftsDb(plan));
  const matings = blockStart(plan, 1);
  const whole = `whole, ${label}`;
  const quantities: Quantity[] = STAGES.map(({ name }) => ({
    group: GROUP,
    name: `${name}, ${label}`,
    unit: 'ns',
    against: whole,
  }));
  let start = 0;
  const timed = (lastStage: number): number => {
    const began = performance.now();
    kernel.run(start, matings, lastStage);
    if (lastStage === STAGE.STAGE_STATISTICS) kernel.take(matings);
    start += matings;
    return ((performance.now() - began) * 1e6) / (matings * fibresOf(plan));
  };
  return {
    quantities: [...quantities, { group: GROUP, name: whole, unit: 'ns' }],
    measure: async () => {
      const upTo = STAGES.map((): number[] => []);
      const began = performance.now();
      do {
        for (const [s, { last }] of STAGES.entries()) upTo[s]?.push(timed(last));
      } while (performance.now() - began < seconds * 1000);
      const medians = upTo.map((values) => sampleOf(values).median);
      return [...medians.map((ns, s) => ns - (medians[s - 1] ?? 0)), medians.at(-1) as number];
    },
  };
}
