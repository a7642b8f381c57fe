/** Quantities that stand alone: no names of a design can be used in them. */
import type { Context } from './context.js';
import type { Unit } from './inputs.js';
import { readNumber } from './quantity.js';
import { quote, type RawNode } from './raw.js';

const NO_NAMES = { lookUp: () => undefined, known: () => [] };

/** The number in this unit; undefined if it cannot be read, which has then been told. */
export function readPlainNumber(
  node: RawNode,
  unit: Unit,
  label: string,
  { problems, budget }: Context,
): number | undefined {
  if (node.kind !== 'scalar' || problems.isBad(node)) return undefined;
  const text = String(node.value ?? '');
  return problems.attempt(
    node.place,
    label,
    () => quote(node),
    () => readNumber(text, unit, NO_NAMES, budget),
  );
}
