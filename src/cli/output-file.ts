/** The file that a run will write: its default name, and whether it may be written, asked before the run. */
import { constants } from 'node:fs';
import { access, lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { kindOfResult } from '../result/files.js';
import { systemReason } from '../result/whole-file.js';

const LONGEST_NAME = 60;
/** With what stands behind it, such as `-sensitivity.json.partial`, it stays within the 255 bytes of usual file systems. */
const MOST_BYTES = 220;
/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** What stands behind the scenario's name in those of its results. */
export function endingOf(kind: string): string {
  return kind === 'run' ? '' : `-${kind}`;
}

/** results/<name>.json, with its kind for a study, the name reduced to letters, digits, dots, dashes and underscores. */
export function defaultOutput(scenarioName: string, kind: string): string {
  const safe = scenarioName
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .replace(/(?<!-)-+$/, '');
  const characters = Array.from(safe).slice(0, LONGEST_NAME);
  while (Buffer.byteLength(characters.join('')) > MOST_BYTES) characters.pop();
  const short = characters.join('');
  const name = short === '' ? 'result' : DEVICE.test(short) ? `_${short}` : short;
  return join('results', `${name}${endingOf(kind)}.json`);
}

/**
 * Throws UserError unless a result can be written there without harm: in a folder that can be written to, and on
 * nothing but an earlier result of the same kind or an empty file.
 */
export async function checkOutput(path: string, kind = 'run'): Promise<void> {
  const refuse = (message: string, suggestion = 'name another file with --out'): never => {
    throw new UserError([{ message, file: path, suggestion }]);
  };
  if (path === '-') refuse('the result goes to a file', 'without --out, --json prints it');
  if (/\.(csv|parquet)$/i.test(path)) refuse('a result is JSON', 'name it .json');
  if (/[/\\]$/.test(path)) refuse('is a folder', `name a file, such as ${join(path, 'r.json')}`);
  try {
    await access(await existingFolder(dirname(path)), constants.W_OK | constants.X_OK);
    const status = await stat(path);
    if (status.isDirectory()) refuse('is a folder', `name a file, such as ${join(path, 'r.json')}`);
    if (!status.isFile()) refuse('is not a regular file');
    const there = status.size > 0 ? kindOfResult(path) : kind;
    if (there === undefined) {
      refuse('exists already and is not a matedpair result: it will not be overwritten');
    }
    if (there !== kind) {
      refuse(
        `exists already and is the result of another command (${there}): it will not be overwritten`,
      );
    }
    await access(dirname(await realpath(path)), constants.W_OK);
  } catch (error) {
    if (error instanceof UserError) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      refuse(`the result cannot be written: ${systemReason(error)}`);
    }
    if (await isLink(path)) refuse('is a link to a file that does not exist');
  }
}

/** Whether an earlier result lies there. */
export function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The nearest folder on the way up that exists; the others will be made. Fails if it is no folder. */
async function existingFolder(folder: string): Promise<string> {
  if (folder !== dirname(folder) && !(await isThere(folder))) {
    return existingFolder(dirname(folder));
  }
  if (!(await stat(folder)).isDirectory()) {
    throw new UserError([
      {
        message: 'is a file, not a folder',
        file: folder,
        suggestion: 'name another file with --out',
      },
    ]);
  }
  return folder;
}

function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (status) => status.isSymbolicLink(),
    () => false,
  );
}
