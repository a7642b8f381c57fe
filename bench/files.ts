/** Files of figures, written by `npm run bench -- --json` and `matedpair bench --json`. */
import { readFileSync } from 'node:fs';
import { UserError } from '../src/errors.js';
import { type BenchReport, benchSchema } from '../src/studies/bench/report.js';

/** Throws UserError if the file is missing or holds anything else. */
export function readReport(file: string): BenchReport {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError([{ message: `cannot be read: ${(error as Error).message}`, file }]);
  }
  const { success, data, error } = benchSchema.safeParse(content);
  if (success) return data;
  const issue = error.issues[0];
  throw new UserError([
    { message: `no figures of a benchmark: ${issue?.path.join('.')}: ${issue?.message}`, file },
  ]);
}
