/** Checks correlated inputs: which may be correlated, and whether the matrix is a correlation matrix. */
import { cholesky } from '../numerics/cholesky.js';
import { ExpressionError } from './expression.js';
import type { InputName, InputSpec } from './inputs.js';
import { childOf, type RawNode } from './raw.js';
import type { Section } from './section.js';
import { didYouMean, oneOf } from './suggest.js';
import type { Correlation } from './types.js';

/** The groups that are in order; every other is told. */
export function checkCorrelations(
  node: RawNode,
  inputs: ReadonlyMap<string, InputSpec>,
  section: Section,
): readonly Correlation[] {
  if (node.kind !== 'list' || section.context.problems.isBad(node)) return [];
  const taken = new Set<string>();
  return node.items.flatMap((group) => {
    const names = readInputs(childOf(group, 'inputs'), inputs, taken, section);
    const matrix = readMatrix(childOf(group, 'matrix'), names?.length, section);
    return names === undefined || matrix === undefined ? [] : [{ inputs: names, matrix }];
  });
}

function readInputs(
  node: RawNode | undefined,
  inputs: ReadonlyMap<string, InputSpec>,
  taken: Set<string>,
  section: Section,
): readonly InputName[] | undefined {
  if (node?.kind !== 'list' || section.context.problems.isBad(node)) return undefined;
  const names: InputName[] = [];
  let first:
    | { readonly level: string; readonly natural: string; readonly name: string }
    | undefined;
  for (const item of node.items) {
    section.attempt(item, 'correlations', () => {
      const name = item.kind === 'scalar' ? String(item.value) : '';
      const spec = inputs.get(name);
      if (spec === undefined) {
        throw new ExpressionError(
          'no such input',
          oneOf(inputs.keys()),
          didYouMean(name, inputs.keys()),
        );
      }
      if (taken.has(name)) throw new ExpressionError(`${name} is in two groups, or twice in one`);
      taken.add(name);
      const contributions = section.contributions(name);
      if (contributions === undefined) return;
      const [law] = contributions;
      if (contributions.length !== 1 || law?.distribution !== 'normal' || law.lower !== null) {
        throw new ExpressionError(
          `${name} cannot be correlated`,
          'one normal distribution without truncation',
        );
      }
      first ??= { level: law.level, natural: spec.level, name };
      if (law.level !== first.level) {
        throw new ExpressionError(
          `${name} is drawn per ${law.level}, ${first.name} per ${first.level}`,
          'inputs at the same level',
        );
      }
      if (spec.level !== first.natural) {
        throw new ExpressionError(
          `${name} belongs to a ${spec.level}, ${first.name} to a ${first.natural}`,
          'inputs of the same kind of part',
        );
      }
      names.push(spec.name as InputName);
    });
  }
  return names.length === node.items.length ? names : undefined;
}

function readMatrix(
  node: RawNode | undefined,
  size: number | undefined,
  section: Section,
): readonly (readonly number[])[] | undefined {
  if (node?.kind !== 'list' || section.context.problems.isBad(node)) return undefined;
  const matrix = node.items.map((row) =>
    row.kind === 'list'
      ? row.items.map((item) => section.number(item, '1', 'correlations.matrix'))
      : [],
  );
  if (matrix.some((row) => row.includes(undefined))) return undefined;
  const numbers = matrix as number[][];
  return section.attempt(node, 'correlations.matrix', () => {
    const order = size ?? numbers.length;
    if (numbers.length !== order || numbers.some((row) => row.length !== order)) {
      throw new ExpressionError(
        `not ${order} rows of ${order} numbers`,
        `a matrix of ${order} × ${order}`,
      );
    }
    checkMatrix(numbers);
    return numbers;
  });
}

function checkMatrix(matrix: readonly (readonly number[])[]): void {
  for (const [i, row] of matrix.entries()) {
    for (const [j, value] of row.entries()) {
      const at = `row ${i + 1}, column ${j + 1}`;
      if (i === j && value !== 1)
        throw new ExpressionError(`${at} is ${value}`, '1 on the diagonal');
      if (value !== matrix[j]?.[i]) throw new ExpressionError(`not symmetric at ${at}`);
    }
  }
  if (cholesky(matrix) === undefined) {
    throw new ExpressionError(
      'not positive definite: no inputs can be correlated like this',
      'correlations that agree with one another, each between -1 and 1',
    );
  }
}
