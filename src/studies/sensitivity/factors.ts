/** What drives the loss of a pair: its random inputs, in groups that stand for one tolerance each. */
import { PINNED } from '../../model/parts.js';
import { type Step, stepsOf } from '../../plan/compile.js';
import type { DrawnName } from '../../plan/draws.js';
import { compileVariants, pairOf } from '../../plan/variants.js';
import { inputSpec } from '../../scenario/inputs.js';
import type { Correlation, Design, MeasuredValues, Scenario } from '../../scenario/types.js';
import { MEASURED_INSTEAD, type SpreadInput, type SpreadName } from '../../scenario/with-spread.js';

/** Inputs that are looked at as one. */
export interface Factor {
  readonly name: string;
  readonly inputs: readonly SpreadInput[];
  /** Whether a number that the pair draws belongs to it. */
  readonly has: (name: DrawnName, side: number) => boolean;
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
 * Inputs that spread only from lot to lot are none: a run is one lot. Nor are those that measured values stand for.
 */
export function factorsOf(scenario: Scenario, pairName: string, axes: boolean): Factor[] {
  const groups = new Map<string, Map<string, SpreadInput>>();
  const labelOf = (input: SpreadInput): string => labelIn(scenario, pairName, input, axes);
  const fromOther = (name: DrawnName, side: number): boolean => {
    const input = inputOf(scenario, pairName, name, side);
    // A measured input may be drawn for the sake of others that it is correlated with.
    if (isMeasured(scenario, input)) return false;
    const label = labelOf(input);
    const group = groups.get(label) ?? new Map<string, SpreadInput>();
    groups.set(label, group);
    group.set(`${input.design} ${input.input}`, input);
    return false;
  };
  compileVariants(pairName, [{ scenario, fromOther }], []);
  return [...groups].map(([label, inputs]) => ({
    name: label,
    inputs: [...inputs.values()],
    has: (name, side) => labelOf(inputOf(scenario, pairName, name, side)) === label,
  }));
}

function inputOf(scenario: Scenario, pairName: string, name: DrawnName, side: number): SpreadInput {
  const pair = pairOf(scenario, pairName);
  const input = PART_OF[name] ?? (name as SpreadName);
  const isOfMating = input === 'seatCentring' || inputSpec(input).of === 'mating';
  if (isOfMating) return { design: null, input };
  return { design: side === PINNED ? pair.pinned : pair.unpinned, input };
}

function isMeasured({ designs }: Scenario, { design, input }: SpreadInput): boolean {
  const measured = design === null ? null : (designs[design] as Design).measured;
  const columns = Object.keys(measured ?? {}) as (keyof MeasuredValues)[];
  return columns.some(
    (column) =>
      measured?.[column] !== undefined && MEASURED_INSTEAD[column].some((one) => one === input),
  );
}

/** The name of an input's factor. */
function labelIn(scenario: Scenario, pairName: string, input: SpreadInput, axes: boolean): string {
  const pair = pairOf(scenario, pairName);
  const [{ mating }] = stepsOf(scenario.experiment, pair) as [Step];
  const { design } = input;
  const { correlations } = design === null ? mating : (scenario.designs[design] as Design);
  const group = correlations.find(({ inputs }: Correlation) =>
    inputs.some((one) => one === input.input),
  );
  const names = group === undefined ? [input.input] : group.inputs;
  const label = [...new Set(names.map((one) => short(one, axes)))].join(' + ');
  // one spring presses both plugs together
  const isShared = design === null || input.input === 'spring.force';
  return pair.pinned === pair.unpinned || isShared ? label : `${design}: ${label}`;
}

/** `bores.positionErrorX` is `bores.positionError` unless axes are told apart. */
function short(input: SpreadName, axes: boolean): string {
  return axes ? input : input.replace(/[XY]$/, '');
}
