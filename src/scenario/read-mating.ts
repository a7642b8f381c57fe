/** Reads the conditions of mating of a pair. */
import type { Context } from './context.js';
import { INPUTS, type MatingInput } from './inputs.js';
import { ADAPTERS } from './layout.js';
import type { RawMap } from './raw.js';
import {
  DEFAULT_ADAPTER,
  MATING_INPUT_DEFAULTS,
  MATING_SCALARS,
  type MatingScalar,
} from './scalars.js';
import { Section } from './section.js';
import type { Contribution, MatingConditions } from './types.js';

const MATING_INPUTS = INPUTS.filter((spec) => spec.of === 'mating').map(
  (spec) => spec.name,
) as MatingInput[];

/** The conditions; undefined if something is wrong with them, which has then been told. */
export function readMating(root: RawMap, context: Context): MatingConditions | undefined {
  const section = new Section({ root, of: 'mating', scalars: MATING_SCALARS, fallback, context });
  const scalars: Partial<Record<MatingScalar, number>> = {};
  let complete = true;
  for (const { name } of MATING_SCALARS) {
    const value = section.scalar(name);
    if (value === undefined) complete = false;
    else scalars[name] = value;
  }
  const inputs: Partial<Record<MatingInput, readonly Contribution[]>> = {};
  for (const name of MATING_INPUTS) {
    const contributions = section.contributions(name);
    if (contributions === undefined) complete = false;
    else inputs[name] = contributions;
  }
  const correlations = section.correlations();
  if (!complete) return undefined;
  const all = scalars as Record<MatingScalar, number>;
  const adapter = section.node('adapter');
  return {
    adapter:
      ADAPTERS.find((known) => adapter?.kind === 'scalar' && adapter.value === known) ??
      DEFAULT_ADAPTER,
    wavelengthUm: all.wavelength,
    glassIndex: all.glassIndex,
    seatCentring: all.seatCentring,
    frictionCoefficient: all.friction,
    slipStiffnessNPerUm: all.slipStiffness,
    pinStiffnessNPerUm: all.pinStiffness,
    pinAngularStiffness: all.pinAngularStiffness,
    contactStiffnessNPerUm: all.contactStiffness,
    engagedLengthUm: all.engagedLength,
    inputs: inputs as MatingConditions['inputs'],
    correlations,
  };
}

function fallback(name: string): unknown {
  const scalar = MATING_SCALARS.find((spec) => spec.name === name);
  return scalar?.default ?? MATING_INPUT_DEFAULTS[name as MatingInput];
}
