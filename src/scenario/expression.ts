/**
 * Parses an expression with mathjs and admits only what a quantity needs: numbers, units, names, dotted paths,
 * + − × ÷, small integer powers, and sqrt, abs, min, max. Nothing is ever evaluated by mathjs.
 */
import type { MathNode } from 'mathjs';
import { mathjs } from './mathjs.js';
import { expectedQuantity } from './units.js';

const {
  isAccessorNode,
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  parse,
} = mathjs;

const LONGEST = 500;
const DEEPEST = 20;
const LARGEST_EXPONENT = 8;

export type BinaryOperator = '+' | '-' | '*' | '/';
export const FUNCTIONS = ['sqrt', 'abs', 'min', 'max'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly path: readonly string[] }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: number }
  | {
      readonly kind: 'call';
      readonly name: FunctionName;
      readonly arguments: readonly Expression[];
    };

/** What is wrong with an expression; its place is added by whoever knows it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly expected: string | undefined;
  readonly suggestion: string | undefined;

  constructor(message: string, expected?: string, suggestion?: string) {
    super(message);
    this.expected = expected;
    this.suggestion = suggestion;
  }
}

/** Characters that begin something an expression may not contain, and what that would be. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/["'`]/, 'text in quotes is not allowed in an expression'],
  [/[[\]]/, 'matrices and indices are not allowed in an expression'],
  [/[{}]/, 'objects are not allowed in an expression'],
  [/[;\n\r]/, 'several statements are not allowed in an expression'],
  [/[<>!]=|==|[<>]/, 'comparisons are not allowed in an expression'],
  [/=/, 'assignments and function definitions are not allowed in an expression'],
  [/\?/, 'conditions are not allowed in an expression'],
  [/:/, 'ranges are not allowed in an expression'],
  [/!/, 'factorials are not allowed in an expression'],
  [/\.[*/^]/, 'element-wise operators are not allowed in an expression'],
  [/[&|~]/, 'bit operations are not allowed in an expression'],
  [/%/, 'a percent sign may only stand at the end of a plain number'],
];
const ALLOWED = /^[\p{L}\p{N}_.\s+\-*/^(),]*$/u;

const DECIMAL_COMMA = /\d,\d/;

/** A hint for a text with decimal commas: the same with points; undefined if it has none. */
export function decimalPoint(text: string): string | undefined {
  if (!DECIMAL_COMMA.test(text)) return undefined;
  return `the decimal sign is a point: ${text.replace(/(\d),(?=\d)/g, '$1.')}`;
}

/** The expression as a tree. Throws ExpressionError for whatever is not allowed. */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST) {
    throw new ExpressionError(
      `an expression of ${text.length} characters`,
      `at most ${LONGEST} characters`,
      'give parts of it a name under parameters',
    );
  }
  for (const [pattern, message] of REFUSED) {
    if (pattern.test(text)) throw new ExpressionError(message);
  }
  if (!ALLOWED.test(text)) {
    const character = [...text].find((c) => !ALLOWED.test(c));
    throw new ExpressionError(`the character ${character} is not allowed in an expression`);
  }
  if (deepestParenthesis(text) > DEEPEST) {
    throw new ExpressionError(`parentheses nested more than ${DEEPEST} deep`);
  }
  // only the arguments of a function are separated by commas
  if (!text.includes('(') && DECIMAL_COMMA.test(text)) {
    throw new ExpressionError('a comma stands in a number', undefined, decimalPoint(text));
  }
  let tree: MathNode;
  try {
    tree = parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpressionError(`cannot be read as a quantity: ${reason}`);
  }
  return convert(tree, 0);
}

function deepestParenthesis(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Sums nest to the left, one level a term. Bounded because evaluation is recursive, through references as well. */
const DEEPEST_TREE = 100;

function convert(node: MathNode, depth: number): Expression {
  if (depth > DEEPEST_TREE) {
    throw new ExpressionError(
      'the expression has too many terms',
      `at most ${DEEPEST_TREE} levels`,
      'give parts of it a name under parameters',
    );
  }
  if (isParenthesisNode(node)) return convert(node.content, depth + 1);
  if (isConstantNode(node)) return constant(node.value);
  if (isSymbolNode(node)) return { kind: 'name', path: [node.name] };
  if (isAccessorNode(node)) return { kind: 'name', path: accessorPath(node) };
  if (isOperatorNode(node)) return operator(node.fn, node.args, depth);
  if (isFunctionNode(node)) return call(node.fn, node.args, depth);
  throw new ExpressionError(
    `${node.type.replace(/Node$/, '').toLowerCase()} is not allowed in an expression`,
  );
}

function constant(value: unknown): Expression {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new ExpressionError(`${String(value)} is not a finite number`);
  }
  return { kind: 'number', value };
}

function accessorPath(node: MathNode): string[] {
  if (isSymbolNode(node)) return [node.name];
  if (isAccessorNode(node) && node.index.dotNotation) {
    return [...accessorPath(node.object), node.name];
  }
  throw new ExpressionError(
    'only dotted paths such as guidePins.diameter are allowed in an expression',
  );
}

function operator(name: string, operands: readonly MathNode[], depth: number): Expression {
  const [left, right] = operands;
  if (left === undefined) throw new ExpressionError('an operator without operands');
  if (right === undefined) {
    if (name === 'unaryPlus') return convert(left, depth + 1);
    if (name === 'unaryMinus') return { kind: 'negative', of: convert(left, depth + 1) };
  } else {
    if (name === 'pow') {
      return { kind: 'power', base: convert(left, depth + 1), exponent: exponentOf(right, depth) };
    }
    const sign = BINARY.get(name);
    if (sign !== undefined) {
      return {
        kind: 'binary',
        operator: sign,
        left: convert(left, depth + 1),
        right: convert(right, depth + 1),
      };
    }
  }
  throw new ExpressionError(
    `the operator ${name} is not allowed in an expression`,
    '+, -, *, /, ^ with a small whole exponent',
    name === 'to' ? 'units are converted by themselves; inches are written "inch"' : undefined,
  );
}

const BINARY: ReadonlyMap<string, BinaryOperator> = new Map([
  ['add', '+'],
  ['subtract', '-'],
  ['multiply', '*'],
  ['divide', '/'],
]);

/** Whole exponents only, so that a power is a product and rounds alike on every machine. */
function exponentOf(node: MathNode, depth: number): number {
  const exponent = convert(node, depth + 1);
  const value =
    exponent.kind === 'number'
      ? exponent.value
      : exponent.kind === 'negative' && exponent.of.kind === 'number'
        ? -exponent.of.value
        : Number.NaN;
  if (!Number.isInteger(value) || Math.abs(value) > LARGEST_EXPONENT) {
    throw new ExpressionError(
      'this exponent is not allowed in an expression',
      `a whole number from -${LARGEST_EXPONENT} to ${LARGEST_EXPONENT}`,
      'for a square root use sqrt',
    );
  }
  return value;
}

function call(fn: MathNode, operands: readonly MathNode[], depth: number): Expression {
  const name = isSymbolNode(fn) ? fn.name : 'this';
  const known = FUNCTIONS.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new ExpressionError(
      `the function ${name} is not allowed in an expression`,
      `one of ${FUNCTIONS.join(', ')}, or ${expectedQuantity('um')}`,
    );
  }
  const single = known === 'sqrt' || known === 'abs';
  if (operands.length === 0 || (single && operands.length !== 1)) {
    throw new ExpressionError(
      `${known} takes ${single ? 'one argument' : 'at least one argument'}`,
    );
  }
  return {
    kind: 'call',
    name: known,
    arguments: operands.map((operand) => convert(operand, depth + 1)),
  };
}
