/** Reads a result of any kind. */
import type { z } from 'zod';
import { UserError } from '../errors.js';
import { checkContent, checkResult, parseJson, readResultText } from './files.js';
import { FORMAT_VERSION } from './provenance.js';
import type { Result } from './schema.js';
import { type AllocationResult, allocationSchema } from './schema-allocation.js';
import { type ExceedanceResult, exceedanceSchema } from './schema-exceedance.js';
import { type SensitivityResult, sensitivitySchema } from './schema-sensitivity.js';
import { type SweepResult, sweepSchema } from './schema-sweep.js';

/** A result with its kind; `run` for those of runs, which have none. */
export type AnyResult =
  | { readonly kind: 'run'; readonly result: Result }
  | { readonly kind: 'sweep'; readonly result: SweepResult }
  | { readonly kind: 'sensitivity'; readonly result: SensitivityResult }
  | { readonly kind: 'allocation'; readonly result: AllocationResult }
  | { readonly kind: 'exceedance'; readonly result: ExceedanceResult };

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  sweep: sweepSchema,
  sensitivity: sensitivitySchema,
  allocation: allocationSchema,
  exceedance: exceedanceSchema,
};

/** Reads and checks a file; throws UserError if it is missing, broken, of another format, or of no known kind. */
export async function readAnyResult(path: string): Promise<AnyResult> {
  return parseAnyResult(await readResultText(path), path);
}

/** Checks the text of a result of any kind; `path` names it in messages. Throws UserError. */
export function parseAnyResult(text: string, path: string): AnyResult {
  const json = parseJson(text, path) as null | { kind?: unknown; formatVersion?: unknown };
  const kind = json?.kind;
  if (json === null || kind === undefined) return { kind: 'run', result: checkResult(json, path) };
  const schema =
    typeof kind === 'string' && Object.hasOwn(SCHEMAS, kind) ? SCHEMAS[kind] : undefined;
  if (schema === undefined || json.formatVersion !== FORMAT_VERSION) {
    throw new UserError([
      {
        message: 'not a result of this version',
        file: path,
        found: `kind ${JSON.stringify(kind)?.slice(0, 40)}, formatVersion ${JSON.stringify(json.formatVersion)?.slice(0, 40)}`,
        expected: `one of ${Object.keys(SCHEMAS).join(', ')} with formatVersion ${FORMAT_VERSION}`,
      },
    ]);
  }
  checkContent(json, path);
  const checked = schema.safeParse(json);
  if (!checked.success) {
    throw new UserError(
      checked.error.issues.slice(0, 1).map((issue) => ({
        message: `damaged file at ${issue.path.join('.') || 'the top'}: ${issue.message}`,
        file: path,
      })),
    );
  }
  return { kind, result: checked.data } as AnyResult;
}
