/** Reading and writing result files. */
import { createHash } from 'node:crypto';
import { UserError } from '../errors.js';
import { FileError, readBytes, readStart, utf8 } from '../scenario/bounded-file.js';
import { parseBounded } from './bounded-json.js';
import { FORMAT_VERSION } from './provenance.js';
import { type Result, resultSchema } from './schema.js';
import { systemReason, writeWholeText } from './whole-file.js';

/**
 * A result, of a run or of a study, as JSON text: two spaces of indentation, arrays of numbers on one line, a final line feed. It
 * gets the hash of its content, by which it is seen when a file was changed.
 */
export function formatResult<T extends { readonly host: object }>(result: T): string {
  const { host, ...content } = result;
  const its = { ...content, contentHash: contentHash(content), host };
  return `${formatValue(its, '')}\n`;
}

/** SHA-256 of all but itself and `host`, as JSON without spaces: what is left of a file's spaces makes no difference. */
function contentHash(result: object): string {
  const { host: _, contentHash: __, ...content } = result as Record<string, unknown>;
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Throws UserError if a result was changed since it was written. One without a hash is taken as it is. */
export function checkContent(json: object, file: string | undefined): void {
  const { contentHash: its } = json as { readonly contentHash?: unknown };
  if (its === undefined || its === contentHash(json)) return;
  throw new UserError([
    {
      message: 'was changed since it was written: its contentHash does not fit',
      file,
      suggestion: 'run it again; without contentHash it is taken as it is',
    },
  ]);
}

function formatValue(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0 || value.every((item) => typeof item === 'number')) {
      return JSON.stringify(value);
    }
    return `[\n${value.map((item) => inner + formatValue(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${formatValue(item, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** Writes a result, of a run or of a study, under its name in one step. Throws UserError. */
export async function writeResult(result: { readonly host: object }, path: string): Promise<void> {
  await writeWholeText(path, 'the result', formatResult(result));
}

/** Reads and checks a result file; throws UserError if it is missing, broken or of another format. */
export async function readResult(path: string): Promise<Result> {
  return parseResult(await readResultText(path), path);
}

/** Longer files are no results. */
const MOST_RESULT_BYTES = 300_000_000;
/** Control characters other than blanks and line ends, also as JSON writes them. */
const CONTROL =
  /(?![\t\n\r])\p{Cc}|(?<!\\)(?:\\\\)*\\u00(?:0[0-8bce-f]|1[0-9a-f]|7f|[89][0-9a-f])/iu;

/** The text of a result file. Throws UserError. */
export async function readResultText(path: string): Promise<string> {
  try {
    return refuseControl(utf8(readBytes(path, MOST_RESULT_BYTES)));
  } catch (error) {
    const reason = error instanceof FileError ? `it ${error.message}` : systemReason(error);
    throw new UserError([{ message: `cannot read the result: ${reason}`, file: path }]);
  }
}

/** Names and texts of results hold no control characters, which terminals would obey. Throws FileError. */
function refuseControl(json: string): string {
  if (CONTROL.test(json)) throw new FileError('holds control characters');
  return json;
}

/** Checks the text of a result file. Throws UserError. */
export function parseResult(text: string, file?: string): Result {
  return checkResult(parseJson(text, file), file);
}

/** The JSON of a result of any kind. Throws UserError. */
export function parseJson(text: string, file: string | undefined): unknown {
  try {
    return parseBounded(text);
  } catch (error) {
    throw new UserError([{ message: `not a result file: ${(error as Error).message}`, file }]);
  }
}

/** The result of a run, from its JSON. Throws UserError. */
export function checkResult(json: unknown, file: string | undefined): Result {
  const { kind } = (json ?? {}) as { kind?: unknown };
  if (typeof kind === 'string') {
    throw new UserError([
      {
        message: 'not the result of a run',
        file,
        found: `a file of kind ${JSON.stringify(kind.slice(0, 40))}`,
        expected: 'what run or predict has written',
      },
    ]);
  }
  const version = (json as { formatVersion?: unknown } | null)?.formatVersion;
  if (version !== FORMAT_VERSION) {
    throw new UserError([
      {
        message: 'not a result file of this version',
        file,
        found: `formatVersion ${JSON.stringify(version) ?? 'missing'}`,
        expected: `formatVersion ${FORMAT_VERSION}`,
      },
    ]);
  }
  checkContent(json as object, file);
  const parsed = resultSchema.safeParse(json);
  if (!parsed.success) {
    throw new UserError(
      parsed.error.issues.slice(0, 1).map((issue) => ({
        message: `damaged result file at ${issue.path.join('.') || 'the top'}: ${issue.message}`,
        file,
      })),
    );
  }
  return parsed.data;
}

/** What a result begins with, whatever its kind and version. */
const START =
  /^\s*\{(?:\s*"(?:\$schema|kind|formatVersion)":\s*(?:"[^"]*"|\d+),)*\s*"generator":\s*\{\s*"name":\s*"matedpair"/;
const LONGEST_START = 2000;

/** What a file is a result of, of whatever version: `run`, or the kind of a study; undefined if it is none of matedpair. */
export function kindOfResult(path: string): string | undefined {
  const [start] = START.exec(readStart(path, LONGEST_START)) ?? [];
  if (start === undefined) return undefined;
  return /"kind":\s*"([^"]*)"/.exec(start)?.[1] ?? 'run';
}
