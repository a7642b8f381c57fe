/** What drives the loss of a pair: its random inputs, in groups that stand for one tolerance each. */
import { PINNED } from '../../model/parts.js';
import type { DrawnName } from '../../plan/draws.js';
import { compileVariants, pairOf } from '../../plan/variants.js';
import { inputSpec } from '../../scenario/inputs.js';
import type { Correlation, Design, Scenario } from '../../scenario/types.js';
import type { SpreadInput, SpreadName } from '../../scenario/with-spread.js';

/** Inputs that are looked at as one. */
export interface Factor {
  readonly name: string;
  readonly inputs: readonly SpreadInput[];
}

/** Draws that are no input of their own, and the input whose spread they are. */
const PART_OF: Readonly<Record<string, SpreadName>> = {
  placeInBore: 'bores.diametralClearance',
  coreDirection: 'fibres.coreEccentricity',
  debrisChance: 'debrisGap',
  seating: 'seatCentring',
};

/**
 * The factors of a pair: every input that is drawn in a mating. Inputs that differ by their axis alone are one factor unless
 * `axes` are to be told apart; correlated inputs are one in any case. Of a mixed pair each design has its own, but for the
 * spring force, which both plugs share.
 *
 * Inputs that spread only from lot to lot are none: a run is one lot.
 */
export function factorsOf(scenario: Scenario, name: string, axes: boolean): Factor[] {
  const pair = pairOf(scenario, name);
  const isMixed = pair.pinned !== pair.unpinned;
  const groups = new Map<string, SpreadInput[]>();
  for (const input of drawnInputs(scenario, name)) {
    const label = labelOf(input, scenario, axes);
    // one spring presses both plugs together
    const isShared = input.design === null || input.input === 'spring.force';
    const key = isMixed && !isShared ? `${input.design}: ${label}` : label;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(input);
  }
  return [...groups].map(([label, inputs]) => ({ name: label, inputs }));
}

/** Whether a number that a pair draws belongs to a factor. */
export function isOfFactor(
  { inputs }: Factor,
  scenario: Scenario,
  pairName: string,
): (name: DrawnName, side: number) => boolean {
  return (name, side) => {
    const { design, input } = inputOf(scenario, pairName, name, side);
    return inputs.some((one) => one.input === input && one.design === design);
  };
}

/** Every input that a mating of the pair draws, once. */
function drawnInputs(scenario: Scenario, pairName: string): SpreadInput[] {
  const seen = new Map<string, SpreadInput>();
  const fromOther = (name: DrawnName, side: number): boolean => {
    const input = inputOf(scenario, pairName, name, side);
    seen.set(`${input.design} ${input.input}`, input);
    return false;
  };
  compileVariants(pairName, [{ scenario, fromOther }], []);
  return [...seen.values()];
}

function inputOf(scenario: Scenario, pairName: string, name: DrawnName, side: number): SpreadInput {
  const pair = pairOf(scenario, pairName);
  const input = PART_OF[name] ?? (name as SpreadName);
  const isOfMating = input === 'seatCentring' || inputSpec(input).of === 'mating';
  if (isOfMating) return { design: null, input };
  return { design: side === PINNED ? pair.pinned : pair.unpinned, input };
}

function labelOf({ design, input }: SpreadInput, scenario: Scenario, axes: boolean): string {
  const correlations = design === null ? [] : (scenario.designs[design] as Design).correlations;
  const group = correlations.find(({ inputs }: Correlation) => inputs.some((one) => one === input));
  if (group !== undefined)
    return [...new Set(group.inputs.map((one) => short(one, axes)))].join(' + ');
  return short(input, axes);
}

/** `bores.positionErrorX` is `bores.positionError` unless axes are told apart. */
function short(input: SpreadName, axes: boolean): string {
  return axes ? input : input.replace(/[XY]$/, '');
}
