/** Reads a quantity from a scalar of the file: a number with a unit, or an expression. */

import { evaluate, type Names, type Quantity } from './evaluate.js';
import { ExpressionError, parseExpression } from './expression.js';
import type { Unit } from './inputs.js';
import {
  COMPOUND_UNITS,
  DIMENSIONLESS,
  describeDimension,
  dimensionOf,
  expectedQuantity,
  round15,
  UNITS,
} from './units.js';

/** Largest magnitude in the model's units; beyond it squares and products would overflow. */
const LARGEST = 1e15;
const MOST_EXPRESSIONS = 2000;
const LONGEST_NUMBER = 100;

const PLAIN = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*([A-Za-z/][A-Za-z /]*)?$/;
const PERCENT = /^([^%]*)%$/;

/** Counts the expressions of a scenario, whose parsing would otherwise be the way to keep the reader busy. */
export class ExpressionBudget {
  #left = MOST_EXPRESSIONS;

  spend(): void {
    this.#left -= 1;
    if (this.#left < 0) {
      throw new ExpressionError(
        `the scenario has more than ${MOST_EXPRESSIONS} expressions`,
        undefined,
        'write long lists as plain numbers with a unit, or keep them in a CSV file',
      );
    }
  }
}

/** µ (micro sign or Greek letter) is written u. */
function plainLetters(text: string): string {
  return text.replace(/[µμ]/g, 'u').trim();
}

/** Value and dimension of a text. Throws ExpressionError. */
export function readQuantity(text: string, names: Names, budget: ExpressionBudget): Quantity {
  const source = plainLetters(text);
  if (source === '') throw new ExpressionError('a quantity is missing');
  const plain = source.length <= LONGEST_NUMBER ? PLAIN.exec(source) : null;
  if (plain !== null) {
    const unit =
      plain[2] === undefined ? undefined : (UNITS.get(plain[2]) ?? COMPOUND_UNITS.get(plain[2]));
    const number = Number(plain[1]);
    if (plain[2] === undefined) return { value: number, dimension: DIMENSIONLESS };
    if (unit !== undefined) return { value: number * unit.factor, dimension: unit.dimension };
  }
  budget.spend();
  return evaluate(parseExpression(source), names);
}

/**
 * A text as a number in the model's unit, rounded to 15 digits so that no last bit depends on the machine.
 *
 * Plain numbers and percentages are read where the unit is 1. Throws ExpressionError.
 */
export function readNumber(
  text: string,
  unit: Unit,
  names: Names,
  budget: ExpressionBudget,
): number {
  const percent = unit === '1' ? PERCENT.exec(text.trim()) : null;
  const quantity = readQuantity(percent?.[1] ?? text, names, budget);
  return toUnit(percent === null ? quantity : { ...quantity, value: quantity.value / 100 }, unit);
}

/** The quantity in this unit, rounded to 15 digits. Throws ExpressionError for another dimension. */
function toUnit(quantity: Quantity, unit: Unit): number {
  const wanted = dimensionOf(unit);
  if (quantity.dimension.some((power, i) => power !== wanted[i])) {
    const isNumber = quantity.dimension.every((power) => power === 0);
    throw new ExpressionError(
      isNumber ? 'a number without a unit' : `${describeDimension(quantity.dimension)} stands here`,
      expectedQuantity(unit),
    );
  }
  return requireFinite(round15(quantity.value));
}

/** The number itself if the model can count with it. */
export function requireFinite(value: number): number {
  if (!Number.isFinite(value)) throw new ExpressionError('not a finite number');
  if (Math.abs(value) > LARGEST)
    throw new ExpressionError('a number beyond all bounds', `at most ${LARGEST}`);
  return value;
}
