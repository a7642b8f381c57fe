/** Quantities that stand alone: no names of a design can be used in them. */
import type { Context } from './context.js';
import { ExpressionError } from './expression.js';
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
  try {
    return readNumber(String(node.value ?? ''), unit, NO_NAMES, budget);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    problems.add(node.place, `${label}: ${error.message}`, {
      found: quote(node),
      expected: error.expected,
      suggestion: error.suggestion,
    });
    return undefined;
  }
}
