/** All that a study was asked for, so that its parts are put together from nothing but themselves. */
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import {
  FileError,
  isShipped,
  MOST_CSV_BYTES,
  MOST_SCENARIO_BYTES,
  type ReadFile,
  readTextFile,
} from '../scenario/files.js';
import { ScenarioText } from '../scenario/parse.js';
import { MOST_POINTS, SWEEP_DESIGNS } from '../scenario/sweep-schema.js';

const askedSchema = z.discriminatedUnion('study', [
  z.object({ study: z.literal('run') }),
  z.object({
    study: z.literal('sweep'),
    parameters: z.array(z.string()).nullable().describe('As --sweep gives them'),
    design: z.enum(SWEEP_DESIGNS).nullable(),
    points: z.int().min(1).max(MOST_POINTS).nullable(),
  }),
  z.object({
    study: z.literal('sensitivity'),
    pairs: z.array(z.string()).nullable(),
    axes: z.boolean(),
    yieldAtDb: z.number().nullable(),
  }),
]);
/** A study and its own options. */
export type Asked = z.infer<typeof askedSchema>;

export const sourceSchema = z.object({
  asked: askedSchema,
  file: z.string().describe('The scenario’s file as it was typed, for messages'),
  text: z.string().max(MOST_SCENARIO_BYTES),
  files: z
    .array(
      z.union([
        z.object({ path: z.string(), text: z.string().max(MOST_CSV_BYTES) }),
        z.object({ path: z.string(), reason: z.string().describe('Why it could not be read') }),
      ]),
    )
    .describe('What it refers to, by the path from its folder; not what is shipped'),
  overrides: z.array(z.object({ path: z.string(), value: z.string() })),
  limits: z.array(z.string()),
  allowImplausible: z.boolean(),
  allowOutside: z.boolean(),
});
export type Source = z.infer<typeof sourceSchema>;

/** How the scenario is changed before it is read. */
export interface Changes {
  readonly overrides: readonly { readonly path: string; readonly value: string }[];
  readonly limits: readonly string[];
  readonly allowImplausible: boolean;
  readonly allowOutside: boolean;
}

/** @param text that has been parsed, so that its files have been read */
export function sourceOf(
  text: ScenarioText,
  file: string,
  { overrides, limits, allowImplausible, allowOutside }: Changes,
  asked: Asked,
): Source {
  return {
    asked,
    file,
    text: text.text,
    files: text.filesRead().map((read) => ({
      ...read,
      path: slashed(relative(dirname(file), read.path)),
    })),
    overrides: overrides.map(({ path, value }) => ({ path, value })),
    limits: [...limits],
    allowImplausible,
    allowOutside,
  };
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/** The scenario of a source, for many variants of it. Throws UserError. */
export function openSource({
  text,
  file,
  files,
  limits,
  allowImplausible,
  allowOutside,
}: Source): ScenarioText {
  const folder = dirname(file);
  const known = new Map(files.map((one) => [slashed(join(folder, one.path)), one]));
  const readFile: ReadFile = (path, mostBytes) => {
    const its = known.get(slashed(path));
    if (its !== undefined && 'text' in its) return its.text;
    if (its !== undefined) throw new FileError(its.reason);
    if (isShipped(path)) return readTextFile(path, mostBytes);
    throw new FileError('is not among the files of the part');
  };
  return new ScenarioText(text, { file, limits, allowImplausible, allowOutside, readFile });
}
