/** Mistakes in scenarios, each marked in the text by the sign that stands before it. */
import { expect } from 'vitest';
import type { ParseOptions } from '../../src/scenario/index.js';
import { problemsOf, single, told } from './helpers.js';

const MARK = '›';

/**
 * All that is told of the only mistake of a text: `message | found | expected | suggestion`.
 *
 * @param marked a text with the sign `›` where the problem must be told
 */
export function mistake(marked: string, options: ParseOptions = {}): string {
  const [before = '', after, ...more] = marked.split(MARK);
  if (after === undefined || more.length > 0) throw new Error(`not one mark: ${marked}`);
  const problem = single(problemsOf(before + after, options));
  const lines = before.split('\n');
  const column = (lines.at(-1) as string).length + 1;
  expect([problem.line, problem.column], told(problem)).toEqual([lines.length, column]);
  return told(problem);
}
