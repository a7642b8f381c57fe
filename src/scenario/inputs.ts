/**
 * The random inputs of the model: one row an input, in the order in which their draws stand in the stream of a lot.
 *
 * Schema, units, plausibility, levels and documentation all derive from this table; a new input is a new row at the
 * end, so that the draws of the others stay where they are.
 */
import type { InputSpec } from './input-spec.js';
import { MECHANICAL_INPUTS } from './inputs-mechanics.js';
import { OPTICAL_INPUTS } from './inputs-optics.js';

export { type InputSpec, LEVELS, type Level, type Unit } from './input-spec.js';

export const INPUTS = [
  ...MECHANICAL_INPUTS,
  ...OPTICAL_INPUTS,
] as const satisfies readonly InputSpec[];

export type InputName = (typeof INPUTS)[number]['name'];
export type DesignInput = Extract<(typeof INPUTS)[number], { of: 'design' }>['name'];
export type MatingInput = Extract<(typeof INPUTS)[number], { of: 'mating' }>['name'];

const BY_NAME: ReadonlyMap<string, InputSpec> = new Map(INPUTS.map((input) => [input.name, input]));

export function inputSpec(name: InputName): InputSpec {
  return BY_NAME.get(name) as InputSpec;
}
