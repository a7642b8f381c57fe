/** The two kinds of error: what a user can mend, and what only a developer can. */

/** One mistake in the input: where it is, what stands there, what was expected. */
export interface Problem {
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  readonly file?: string | undefined;
  /** Line and column, counted from 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The offending text as it stands in the file. */
  readonly found?: string | undefined;
  readonly expected?: string | undefined;
  readonly suggestion?: string | undefined;
}

/** A mistake of the user's: all problems found at once. The command line prints them and exits with 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** Does `work`; of what is wrong there, problems that do not know their file get this one. */
export function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => ({ file, ...problem })));
  }
}

/** A broken promise of the code's own: a defect to report. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** The text with the characters that `which` matches written out: `<U+1B>` for an escape. */
export function visible(text: string, which: RegExp): string {
  return text.replace(which, (character) => `<U+${codeOf(character)}>`);
}

function codeOf(character: string): string {
  return (character.codePointAt(0) as number).toString(16).toUpperCase();
}

/** One problem as text: `file:line:column: message`, then what was found, expected and suggested. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined);
  const lines = [`${place.length > 0 ? `${place.join(':')}: ` : ''}${problem.message}`];
  if (problem.found !== undefined) lines.push(`    found:    ${problem.found}`);
  if (problem.expected !== undefined) lines.push(`    expected: ${problem.expected}`);
  if (problem.suggestion !== undefined) lines.push(`    hint:     ${problem.suggestion}`);
  return lines.join('\n');
}
