/** What of the scenarios themselves is reached: laws and levels that are drawn, experiments and conditions. */
import { INPUTS, type InputName } from '../../src/scenario/inputs.js';
import { LAW_NAMES } from '../../src/scenario/law-fields.js';
import type { Contribution, Design, MatingConditions, Scenario } from '../../src/scenario/types.js';
import { otherInputs } from '../support/random-inputs.js';
import type { Reach } from './reach.js';

const OF_RETURN_LOSS: readonly string[] = [
  'endFace.layerIndex',
  'endFace.layerThickness',
  'scatterFloor',
];

/** What a scenario has, but for what nothing is drawn of: inputs of other fibres, of return loss, of particles. */
export function seeScenario(reach: Reach, scenario: Scenario): void {
  const { designs, pairs, experiment, returnLoss, comparisons } = scenario;
  const isDrawn = (name: string): boolean => returnLoss || !OF_RETURN_LOSS.includes(name);
  for (const { mode, inputs } of Object.values(designs)) {
    const others = otherInputs(mode);
    seeInputs(reach, inputs, (name) => isDrawn(name) && !others.includes(name));
  }
  const matings = pairs.flatMap(({ pinned, unpinned, mating, steps }) =>
    (steps.length > 0 ? steps : [mating]).map((step) => ({
      step,
      pinned: designs[pinned] as Design,
      unpinned: designs[unpinned] as Design,
    })),
  );
  for (const { step, pinned, unpinned } of matings) {
    const hasParticles = step.debrisProbability > 0;
    seeInputs(
      reach,
      step.inputs,
      (name) => isDrawn(name) && (hasParticles || name !== 'debrisGap'),
    );
    seeConditions(reach, step, pinned, unpinned);
  }
  const modes = new Set(Object.values(designs).map(({ mode }) => mode));
  reach.see('single-mode and multimode', modes.size > 1);
  reach.see(returnLoss ? 'return loss' : 'no return loss');
  reach.see('pairs compared', comparisons.length > 0);
  const isOnce = experiment.type === 'random-mate';
  reach.see('steps compared', !isOnce && comparisons.length > 0);
  reach.see(isOnce ? 'mated once' : experiment.type === 'stress' ? 'under stress' : 'mated again');
}

function seeInputs(
  reach: Reach,
  inputs: Readonly<Record<string, readonly Contribution[]>>,
  isDrawn: (name: InputName) => boolean,
): void {
  for (const [input, contributions] of Object.entries(inputs)) {
    if (!isDrawn(input as InputName)) continue;
    reach.see('several contributions', contributions.length > 1);
    for (const { distribution, level } of contributions) {
      reach.see(kindOf(input, distribution, level));
    }
  }
}

function seeConditions(
  { see }: Reach,
  mating: MatingConditions,
  pinned: Design,
  unpinned: Design,
): void {
  const { launch, earlierMatings, temperatureDegC, unpinnedWarmerByDegC } = mating;
  see('mixed designs', pinned !== unpinned);
  if (pinned.mode === 'multimode') {
    see(`launch ${typeof launch === 'string' ? launch : 'given'}`);
    see(`${pinned.name.includes('62.5') ? 62.5 : 50} um`);
  }
  const [one, other] = [temperatureDegC - 23, temperatureDegC + unpinnedWarmerByDegC - 23];
  see('nominal temperature', one === 0 && other === 0);
  see('plugs alike warm', one !== 0 && one === other);
  see('one plug warm', (one === 0) !== (other === 0));
  see('plugs not alike warm', one !== 0 && other !== 0 && one !== other);
  const { rateUm, exponent } = unpinned.wear;
  see('new holes', earlierMatings === 0);
  const isWorn = earlierMatings > 0 && rateUm > 0;
  see(`wear with ${exponent === 1 ? 'exponent 1' : 'another exponent'}`, isWorn);
}

function kindOf(input: string, law: string, level: string): string {
  return `${input}: ${law} of a ${level}`;
}

/** Every law of every input at every level that the input allows. */
export function contributionKinds(): string[] {
  return INPUTS.flatMap(({ name, levels }) =>
    levels.flatMap((level) => LAW_NAMES.map((law) => kindOf(name, law, level))),
  );
}
