/** Where the result of a command goes, and how it is told: what runs and all studies have in common. */
import { normalize } from 'node:path';
import { formatResult, writeResult } from '../result/files.js';
import { type Colours, coloursOf } from './colours.js';
import { checkOutput, defaultOutput } from './output-file.js';

export interface ResultFlags {
  readonly out?: string;
  readonly json?: boolean;
}

/**
 * The file of a result, asked for or by the scenario's name; undefined if it goes to stdout alone. Throws UserError unless it may
 * be written.
 *
 * @param kind of the result, which ends the name of all but those of runs
 */
export async function resultPath(
  { out: asked, json }: ResultFlags,
  scenarioName: string,
  kind = 'run',
): Promise<string | undefined> {
  if (asked === undefined && json === true) return undefined;
  const out = asked === undefined ? defaultOutput(scenarioName, kind) : normalize(asked);
  await checkOutput(out, kind);
  return out;
}

/** Prints the summary, and writes the result to stdout and to its file. Returns where else may be told. */
export async function tellResult<T extends { readonly host: object }>(
  result: T,
  summary: (result: T, colours: Colours) => readonly string[],
  { json }: ResultFlags,
  out: string | undefined,
): Promise<NodeJS.WriteStream> {
  // What was computed is shown first, so that a full disk does not cost it.
  const report = json === true ? process.stderr : process.stdout;
  report.write(`${summary(result, coloursOf(report)).join('\n')}\n`);
  if (json === true) process.stdout.write(formatResult(result));
  if (out !== undefined) {
    await writeResult(result, out);
    report.write(`Result: ${out}\n`);
  }
  return report;
}
