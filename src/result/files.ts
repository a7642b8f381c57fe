/** Reading and writing result files. */
import { UserError } from '../errors.js';
import { FileError, readBytes, utf8 } from '../scenario/bounded-file.js';
import { FORMAT_VERSION } from './provenance.js';
import { type Result, resultSchema } from './schema.js';
import { systemReason, writeWholeText } from './whole-file.js';

/** A result, of a run or of a study, as JSON text: two spaces of indentation, arrays of numbers on one line, a final line feed. */
export function formatResult(result: object): string {
  return `${formatValue(result, '')}\n`;
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
export async function writeResult(result: object, path: string): Promise<void> {
  await writeWholeText(path, 'the result', formatResult(result));
}

/** Reads and checks a result file; throws UserError if it is missing, broken or of another format. */
export async function readResult(path: string): Promise<Result> {
  return parseResult(await readResultText(path), path);
}

/** Longer files are no results. */
const MOST_RESULT_BYTES = 500_000_000;
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

/** Checks the text of a result file. */
export function parseResult(text: string, file?: string): Result {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError([{ message: `not a result file: ${(error as Error).message}`, file }]);
  }
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

/** What a file is a result of, of whatever version: `run`, or the kind of a study; undefined if it is none of matedpair. */
export async function kindOfResult(path: string): Promise<string | undefined> {
  const bytes = readBytes(path, MOST_RESULT_BYTES);
  try {
    const json = JSON.parse(utf8(bytes)) as {
      generator?: { name?: unknown };
      kind?: unknown;
    } | null;
    if (json?.generator?.name !== 'matedpair') return undefined;
    return typeof json.kind === 'string' ? json.kind : 'run';
  } catch {
    return undefined;
  }
}
