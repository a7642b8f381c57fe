/** Reading and writing result files. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { FORMAT_VERSION } from './provenance.js';
import { type Result, resultSchema } from './schema.js';

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

/**
 * Writes a result under its name in one step: to a temporary file in the same folder first, then renamed, so that an
 * earlier result is replaced whole or not at all. Makes the folder if it is missing; a link stays a link.
 */
export async function writeResult(result: object, path: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  const temporary = join(folder, `.matedpair-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(formatResult(result));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new UserError([
      {
        message: `cannot write the result: ${systemReason(error)}`,
        file: path,
        suggestion: 'choose another file with --out',
      },
    ]);
  }
}

/** Reads and checks a result file; throws UserError if it is missing, broken or of another format. */
export async function readResult(path: string): Promise<Result> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError([
      { message: `cannot read the result: ${systemReason(error)}`, file: path },
    ]);
  }
  return parseResult(text, path);
}

/** Checks the text of a result file. */
export function parseResult(text: string, file?: string): Result {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError([{ message: `not a result file: ${(error as Error).message}`, file }]);
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
      parsed.error.issues.slice(0, 10).map((issue) => ({
        message: `damaged result file at ${issue.path.join('.') || 'the top'}: ${issue.message}`,
        file,
      })),
    );
  }
  return parsed.data;
}

/** Whether a file is a result of matedpair, of whatever version. */
export async function isResultFile(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8');
  try {
    const json = JSON.parse(text) as { generator?: { name?: unknown } } | null;
    return json?.generator?.name === 'matedpair';
  } catch {
    return false;
  }
}

/** Why the system refused a file, in words. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const reasons: Record<string, string> = {
    ENOENT: 'no such file or folder',
    EACCES: 'no permission',
    EPERM: 'no permission',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is not a folder',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
  };
  return reasons[code ?? ''] ?? (error as Error).message;
}
