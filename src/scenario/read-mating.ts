/** Reads the conditions of mating of a pair. */
import type { Context } from './context.js';
import { INPUTS, type MatingInput } from './inputs.js';
import { ADAPTERS } from './layout.js';
import { quote, type RawMap, type RawNode } from './raw.js';
import {
  DEFAULT_ADAPTER,
  DEFAULT_LAUNCH,
  type FibreMode,
  LAUNCHES,
  MATING_INPUT_DEFAULTS,
  MATING_SCALARS,
  type MatingScalar,
  MULTIMODE_WAVELENGTH,
} from './scalars.js';
import { Section } from './section.js';
import type { Contribution, LaunchChoice, MatingConditions } from './types.js';

const MATING_INPUTS = INPUTS.filter((spec) => spec.of === 'mating').map(
  (spec) => spec.name,
) as MatingInput[];

/** The conditions; undefined if something is wrong with them, which has then been told. */
export function readMating(
  root: RawMap,
  mode: FibreMode,
  context: Context,
): MatingConditions | undefined {
  const section = new Section({
    root,
    of: 'mating',
    scalars: MATING_SCALARS,
    fallback: (name) => fallback(name, mode),
    context,
  });
  tellKelvin(section.node('temperature'), context);
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
    launch: readLaunch(section.node('launch'), context),
    temperatureDegC: all.temperature,
    unpinnedWarmerByDegC: all.unpinnedWarmerBy,
    earlierMatings: all.earlierMatings,
    debrisProbability: all.debrisProbability,
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

/** A launch by its name or by the powers of its groups; what is neither has been told. */
function readLaunch(node: RawNode | undefined, context: Context): LaunchChoice {
  if (node?.kind !== 'list') {
    return (
      LAUNCHES.find((known) => node?.kind === 'scalar' && node.value === known) ?? DEFAULT_LAUNCH
    );
  }
  const powers = node.items.map((item) =>
    item.kind === 'scalar' && typeof item.value === 'number' ? item.value : 0,
  );
  if (!powers.some((power) => power > 0) && !context.problems.isBad(node)) {
    context.problems.add(node.place, 'launch: no mode group has any power', {
      found: quote(node),
      expected: 'powers of the mode groups, at least one of them above 0',
    });
  }
  return powers;
}

function fallback(name: string, mode: FibreMode): unknown {
  if (name === 'wavelength' && mode === 'multimode') return MULTIMODE_WAVELENGTH;
  const scalar = MATING_SCALARS.find((spec) => spec.name === name);
  return scalar?.default ?? MATING_INPUT_DEFAULTS[name as MatingInput];
}

/** A kelvin is a difference, and 300 K would be read as 300 degC. */
function tellKelvin(node: RawNode | undefined, { problems }: Context): void {
  const text = node?.kind === 'scalar' ? String(node.value) : '';
  if (node === undefined || !/(?<!\w)K\b/.test(text) || text.includes('degC')) return;
  problems.add(node.place, 'temperature: a kelvin stands for a difference', {
    found: quote(node),
    expected: 'a temperature such as 85 degC',
  });
  problems.markBad(node);
}
