/** Evaluates expressions with their dimensions, by + − × ÷ and √ alone. */
import {
  type BinaryOperator,
  type Expression,
  ExpressionError,
  FUNCTIONS,
  type FunctionName,
} from './expression.js';
import { didYouMean } from './suggest.js';
import {
  DIMENSIONLESS,
  type Dimension,
  describeDimension,
  expectedQuantity,
  UNITS,
} from './units.js';

/** A value in the model's units (µm, rad, N, °C, dB) with its powers of them. */
export interface Quantity {
  readonly value: number;
  readonly dimension: Dimension;
}

/** Looks up a name that is neither a unit nor pi; undefined if there is none. May throw ExpressionError. */
export interface Names {
  lookUp(path: readonly string[]): Quantity | undefined;
  /** Names to suggest for one that is unknown. */
  known(): Iterable<string>;
}

/** Names that a parameter may not take: pi, the functions and the units. */
export function isReservedName(name: string): boolean {
  return name === 'pi' || UNITS.has(name) || FUNCTIONS.some((known) => known === name);
}

/** The value of the expression. Throws ExpressionError: unknown name, dimensions that do not fit, not finite. */
export function evaluate(expression: Expression, names: Names): Quantity {
  const quantity = evaluateNode(expression, names);
  if (!Number.isFinite(quantity.value))
    throw new ExpressionError('the result is not a finite number');
  return quantity;
}

function evaluateNode(node: Expression, names: Names): Quantity {
  switch (node.kind) {
    case 'number':
      return { value: node.value, dimension: DIMENSIONLESS };
    case 'name':
      return named(node.path, names);
    case 'negative': {
      const of = evaluateNode(node.of, names);
      return { value: 0 - of.value, dimension: of.dimension };
    }
    case 'power':
      return power(evaluateNode(node.base, names), node.exponent);
    case 'binary':
      return binary(node.operator, evaluateNode(node.left, names), evaluateNode(node.right, names));
    case 'call':
      return call(
        node.name,
        node.arguments.map((argument) => evaluateNode(argument, names)),
      );
  }
}

/** Units of mass, which are taken for those of force. */
const MASSES: ReadonlySet<string> = new Set(['mg', 'g', 'kg', 't', 'oz', 'lb', 'lbs', 'lbm']);

function named(path: readonly string[], names: Names): Quantity {
  const name = path.join('.');
  if (path.length === 1) {
    if (name === 'pi') return { value: Math.PI, dimension: DIMENSIONLESS };
    const unit = UNITS.get(name);
    if (unit !== undefined) return { value: unit.factor, dimension: unit.dimension };
  }
  const found = names.lookUp(path);
  if (found !== undefined) return found;
  if (MASSES.has(name)) throw new ExpressionError(`"${name}" is a mass`, expectedQuantity('N'));
  throw new ExpressionError(
    `"${name}" is neither a unit nor a name that can be used here`,
    undefined,
    name === 'in'
      ? 'inches are written "inch"'
      : didYouMean(name, [...names.known(), ...UNITS.keys(), 'pi', ...FUNCTIONS]),
  );
}

function power(base: Quantity, exponent: number): Quantity {
  let value = 1;
  for (let i = 0; i < Math.abs(exponent); i++) value *= base.value;
  return {
    value: exponent < 0 ? 1 / value : value,
    dimension: mapDimension((i) => base.dimension[i]! * exponent + 0),
  };
}

function binary(operator: BinaryOperator, left: Quantity, right: Quantity): Quantity {
  switch (operator) {
    case '*':
      return {
        value: left.value * right.value,
        dimension: mapDimension((i) => left.dimension[i]! + right.dimension[i]!),
      };
    case '/':
      if (right.value === 0) throw new ExpressionError('a division by zero');
      return {
        value: left.value / right.value,
        dimension: mapDimension((i) => left.dimension[i]! - right.dimension[i]!),
      };
    case '+':
    case '-':
      requireSame(left, right, operator === '+' ? 'added' : 'subtracted');
      return {
        value: operator === '+' ? left.value + right.value : left.value - right.value,
        dimension: left.dimension,
      };
  }
}

function call(name: FunctionName, operands: readonly Quantity[]): Quantity {
  const first = operands[0]!;
  if (name === 'abs') return { value: Math.abs(first.value), dimension: first.dimension };
  if (name === 'sqrt') return squareRoot(first);
  for (const operand of operands) requireSame(first, operand, 'compared');
  const values = operands.map((operand) => operand.value);
  return {
    value: name === 'min' ? Math.min(...values) : Math.max(...values),
    dimension: first.dimension,
  };
}

function squareRoot(of: Quantity): Quantity {
  if (of.value < 0) throw new ExpressionError('the square root of a negative value');
  if (of.dimension.some((power) => power % 2 !== 0)) {
    throw new ExpressionError(`the square root of ${describeDimension(of.dimension)} has no unit`);
  }
  return { value: Math.sqrt(of.value), dimension: mapDimension((i) => of.dimension[i]! / 2) };
}

function requireSame(left: Quantity, right: Quantity, verb: string): void {
  if (left.dimension.every((power, i) => power === right.dimension[i])) return;
  const nouns = [left, right].map(({ dimension }) => describeDimension(dimension));
  throw new ExpressionError(`${nouns[0]} and ${nouns[1]} cannot be ${verb}`);
}

function mapDimension(power: (index: number) => number): Dimension {
  return DIMENSIONLESS.map((_, i) => power(i));
}
