/** Small scenarios for the tests, and the problems of bad ones. */
import { type Problem, UserError } from '../../src/errors.js';
import { type ParseOptions, parseScenario } from '../../src/scenario/index.js';
import type { Contribution, Design, Scenario } from '../../src/scenario/types.js';

/** A scenario of one pair whose design is mtp-standard with these YAML lines laid over, and more top-level lines. */
export function scenarioText(designLines = '', moreLines = ''): string {
  const indented = designLines
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return `designs:\n  a:\n    extends: mtp-standard\n${indented}\npairs:\n  p: { pinned: a, unpinned: a }\n${moreLines}\n`;
}

export function parse(text: string, options: ParseOptions = {}): Scenario {
  return parseScenario(text, options).scenario;
}

export function designA(designLines: string, options: ParseOptions = {}): Design {
  return parse(scenarioText(designLines), options).designs['a'] as Design;
}

/** The law of an input that has one contribution. */
export function law(design: Design, input: keyof Design['inputs']): Contribution {
  return design.inputs[input][0] as Contribution;
}

/** The problems of a text that must not parse; anything but a UserError is thrown on. */
export function problemsOf(text: string, options: ParseOptions = {}): readonly Problem[] {
  try {
    parseScenario(text, options);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error(`parsed without a problem: ${text.slice(0, 200)}`);
}

/** The only problem of design lines laid over mtp-standard. */
export function problemOf(designLines: string, options: ParseOptions = {}): Problem {
  return single(problemsOf(scenarioText(designLines), options));
}

export function single(problems: readonly Problem[]): Problem {
  if (problems.length !== 1)
    throw new Error(`not one problem:\n${new UserError(problems).message}`);
  return problems[0] as Problem;
}

/** All of a problem in one line, for matching. */
export function told(problem: Problem): string {
  return [problem.message, problem.found, problem.expected, problem.suggestion].join(' | ');
}
