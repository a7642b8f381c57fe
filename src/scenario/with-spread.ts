/** A scenario in which chosen inputs spread by a factor less or more. */
import { UserError } from '../errors.js';
import { INPUTS, type InputName, inputSpec } from './inputs.js';
import { highestSum, lowestSum } from './lowest.js';
import { type Centre, scaleSpread } from './scale-spread.js';
import { showQuantity } from './show-quantity.js';
import { didYouMean, oneOf } from './suggest.js';
import type { Contribution, Design, MatingConditions, MeasuredValues, Scenario } from './types.js';

/** Something that can be made tighter: a random input, or how far from the middle plugs come to rest in their play. */
export type SpreadName = InputName | 'seatCentring';

export interface SpreadInput {
  /** Name of the design; null for what belongs to the mating section, of every pair and step. */
  readonly design: string | null;
  readonly input: SpreadName;
}

/** Inputs of one tolerance, and the factor by which they spread. */
export interface SpreadFactor {
  readonly inputs: readonly SpreadInput[];
  readonly factor: number;
}

/**
 * Inputs that shrink towards 0: magnitudes whose direction is random, and defects. All others keep their mean.
 *
 * The place of a fibre in its bore is uniform on a disc of half the clearance.
 */
export const ABOUT_ZERO: ReadonlySet<InputName> = new Set<InputName>([
  'fibres.coreEccentricity',
  'bores.diametralClearance',
  'sideLoad',
  'debrisGap',
]);

export function centreOf(input: InputName): Centre {
  return ABOUT_ZERO.has(input) ? 'zero' : 'mean';
}

/** Inputs that measured values stand for. A measured core leaves nothing to what places it in its bore. */
export const MEASURED_INSTEAD: Readonly<Record<keyof MeasuredValues, readonly InputName[]>> = {
  coreErrorXUm: [
    'bores.positionErrorX',
    'bores.rowBiasX',
    'bores.rowBiasY',
    'bores.diametralClearance',
    'fibres.coreEccentricity',
  ],
  coreErrorYUm: ['bores.positionErrorY'],
  fibreHeightUm: ['endFace.fibreHeight'],
  modeFieldDiameterUm: ['fibres.modeFieldDiameter'],
  coreDiameterUm: ['fibres.coreDiameter'],
  numericalAperture: ['fibres.numericalAperture'],
  tiltXRad: ['bores.tiltX'],
  tiltYRad: ['bores.tiltY'],
  holeDiametersUm: ['guideHoles.diameter'],
  pinDiametersUm: ['guidePins.diameter'],
  pitchErrorUm: ['guideHoles.pitchError'],
  slopeErrorXRad: ['endFace.slopeErrorX'],
  slopeErrorYRad: ['endFace.slopeErrorY'],
};

/**
 * The scenario with the spread of these inputs multiplied by their factors.
 *
 * An input of several entries gets the product of their factors. `seatCentring` is a number that the seat's spread is
 * proportional to; it is multiplied and never exceeds 1.
 *
 * Throws UserError for a design or input that the scenario does not have, for an input that measured values stand for, and
 * for one that would newly fall below the lowest value that means anything; InvariantError for a factor below 0.
 */
export function withSpread(scenario: Scenario, factors: readonly SpreadFactor[]): Scenario {
  return factors
    .flatMap(({ inputs, factor }) => inputs.map((of) => ({ ...of, factor })))
    .reduce(scaleOne, scenario);
}

function scaleOne(scenario: Scenario, of: SpreadInput & { readonly factor: number }): Scenario {
  const { design, input, factor } = of;
  if (design === null) {
    const scale = (mating: MatingConditions) => scaledMating(mating, input, factor);
    const pairs = scenario.pairs.map((pair) => ({
      ...pair,
      mating: scale(pair.mating),
      steps: pair.steps.map(scale),
    }));
    return { ...scenario, pairs };
  }
  const found = Object.hasOwn(scenario.designs, design) ? scenario.designs[design] : undefined;
  if (found === undefined) {
    const names = Object.keys(scenario.designs);
    throw problem(`there is no design "${design}"`, oneOf(names), didYouMean(design, names));
  }
  const changed = [[design, scaledDesign(found, input, factor)]] as const;
  return { ...scenario, designs: { ...scenario.designs, ...Object.fromEntries(changed) } };
}

function scaledMating(mating: MatingConditions, input: SpreadName, factor: number) {
  if (input === 'seatCentring') {
    return { ...mating, seatCentring: Math.min(1, factor * mating.seatCentring) };
  }
  return { ...mating, inputs: scaledInputs(mating.inputs, input, factor, 'the mating section') };
}

function scaledDesign(design: Design, input: SpreadName, factor: number): Design {
  const name = `design "${design.name}"`;
  const { measured } = design;
  const instead = Object.entries(MEASURED_INSTEAD) as [keyof MeasuredValues, InputName[]][];
  const column = instead.find(
    ([field, inputs]) => measured?.[field] !== undefined && inputs.some((it) => it === input),
  );
  if (column !== undefined) {
    throw problem(
      `${name}: ${input} has no spread, measured values stand for it`,
      'an input that was not measured',
    );
  }
  return { ...design, inputs: scaledInputs(design.inputs, input, factor, name) };
}

function scaledInputs<Name extends InputName>(
  inputs: Readonly<Record<Name, readonly Contribution[]>>,
  input: SpreadName,
  factor: number,
  where: string,
): Readonly<Record<Name, readonly Contribution[]>> {
  if (!hasInput(inputs, input)) {
    const known = INPUTS.map(({ name }) => name).filter((name) => hasInput(inputs, name));
    throw problem(`${where} has no input ${input}`, oneOf(known), didYouMean(input, known));
  }
  const before = inputs[input];
  const after = scaleSpread(before, factor, centreOf(input));
  checkLowest(input, before, after, factor, where);
  return { ...inputs, [input]: after };
}

function hasInput<Name extends InputName>(
  inputs: Readonly<Record<Name, readonly Contribution[]>>,
  input: SpreadName,
): input is Name {
  return Object.hasOwn(inputs, input);
}

/** What adding up may lose to rounding, in the unit of the input. */
const ROUNDING = 1e-9;

/** Tells a law that was made so wide that it falls below what means anything. */
function checkLowest(
  input: InputName,
  before: readonly Contribution[],
  after: readonly Contribution[],
  factor: number,
  where: string,
): void {
  const { atLeast, unit } = inputSpec(input);
  if (atLeast === undefined || factor <= 1) return;
  const lowest = lowestSum(after);
  if (lowest >= atLeast - ROUNDING || lowest >= lowestSum(before)) return;
  const [from, to] = [lowest, highestSum(after)].map((value) => showQuantity(value, unit));
  throw problem(
    `${where}: ${input} spreads below ${showQuantity(atLeast, unit)} with a factor of ${factor}`,
    'a smaller factor',
    `values would lie from ${from} to ${to}`,
  );
}

function problem(message: string, expected: string, suggestion?: string): UserError {
  return new UserError([{ message, expected, suggestion }]);
}
