/** Reads the files of a scenario: bounded in size, UTF-8 only, and never outside the folders that it may see. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.js';
import { FileError, readBytes, utf8 } from './bounded-file.js';
import type { RawNode } from './raw.js';
import { readYaml } from './yaml-source.js';

/** Reads a text file of at most so many bytes; throws FileError. */
export type ReadFile = (path: string, mostBytes: number) => string;

export { FileError } from './bounded-file.js';

export const MOST_SCENARIO_BYTES = 1_000_000;
/** Of values and of measured plugs alike. */
export const MOST_CSV_BYTES = 10_000_000;
/** Of all files of a scenario together, as characters. */
const MOST_CHARACTERS = 40_000_000;

export const SHIPPED_DESIGNS = [
  'generic-mpo',
  'mtp-standard',
  'mtp-elite',
  'generic-mpo-multimode',
  'mtp-standard-multimode',
  'mtp-elite-multimode',
] as const;
const SHIPPED_FOLDER = join(PACKAGE_ROOT, 'scenarios', 'designs');

export function shippedDesignPath(name: string): string | undefined {
  return SHIPPED_DESIGNS.some((shipped) => shipped === name)
    ? join(SHIPPED_FOLDER, `${name}.yaml`)
    : undefined;
}

/** Whether a file is one of the shipped designs, or would lie among them. */
export function isShipped(path: string): boolean {
  return isInside(resolve(path), SHIPPED_FOLDER);
}
const LEAVES = 'leaves the folder of the scenario, which --allow-outside allows';

/** The file as text. Throws FileError: missing, a folder, too large, not UTF-8. */
export function readTextFile(path: string, mostBytes: number): string {
  try {
    return utf8(readBytes(path, mostBytes));
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read';
  return `cannot be read (${String(code ?? error)})`;
}

/** A file that was read, or why it could not be. */
export type FileRead =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly reason: string };

/** The files that one scenario may see: those in its own folder, and the shipped designs; others where that is allowed. */
export class ScenarioFiles {
  readonly #scenarioFile: string | undefined;
  readonly #readFile: ReadFile;
  readonly #allowOutside: boolean;
  readonly #texts = new Map<string, string>();
  /** Why others could not be read. */
  readonly #reasons = new Map<string, string>();
  readonly #trees = new Map<string, RawNode>();
  readonly #kept = new Map<string, unknown>();
  #characters = 0;

  constructor(
    scenarioFile: string | undefined,
    readFile: ReadFile | undefined,
    allowOutside = false,
  ) {
    this.#scenarioFile = scenarioFile;
    this.#allowOutside = allowOutside;
    this.#readFile = readFile ?? ((path, mostBytes) => this.#readOnDisk(path, mostBytes));
  }

  /** The path that `reference` means in a file. Throws FileError if that lies outside. */
  resolve(reference: string, fromFile: string | undefined): string {
    if (fromFile === undefined) {
      throw new FileError('cannot be found: a scenario that is not a file has no folder');
    }
    if (isAbsolute(reference) || /^[A-Za-z]:|\\/.test(reference)) {
      throw new FileError('must be a path relative to this file, with forward slashes');
    }
    const path = join(dirname(fromFile), reference);
    if (this.#mayRead(path)) return path;
    throw new FileError(LEAVES);
  }

  /** The text of a file, which is read once. Throws FileError. */
  read(path: string, mostBytes: number): string {
    let text = this.#texts.get(path);
    if (text === undefined) {
      try {
        text = this.#readFile(path, mostBytes);
      } catch (error) {
        if (error instanceof FileError) this.#reasons.set(path, error.message);
        throw error;
      }
      this.#reasons.delete(path);
      this.#characters += text.length;
      if (this.#characters > MOST_CHARACTERS) {
        throw new FileError(`is one too many: all have more than ${MOST_CHARACTERS} characters`);
      }
      this.#texts.set(path, text);
    }
    return text;
  }

  /** What has been read, or could not be, but for what is shipped. */
  filesRead(): FileRead[] {
    return [
      ...[...this.#texts].map(([path, text]) => ({ path, text })),
      ...[...this.#reasons].map(([path, reason]) => ({ path, reason })),
    ].filter(({ path }) => !isShipped(path));
  }

  /** The YAML or JSON in a file, which is parsed once. Throws FileError, or UserError for its syntax. */
  tree(path: string): RawNode {
    let tree = this.#trees.get(path);
    if (tree === undefined) {
      tree = readYaml(this.read(path, MOST_SCENARIO_BYTES), path);
      this.#trees.set(path, tree);
    }
    return tree;
  }

  /** What `make` gives for a key, or gave before: for what is made of the text of a file. */
  once<T>(key: string, make: () => T): T {
    if (!this.#kept.has(key)) this.#kept.set(key, make());
    return this.#kept.get(key) as T;
  }

  #mayRead(path: string): boolean {
    if (this.#allowOutside) return true;
    return this.#folders().some((folder) => isInside(resolve(path), resolve(folder)));
  }

  #folders(): string[] {
    const own = this.#scenarioFile === undefined ? [] : [dirname(this.#scenarioFile)];
    return [...own, SHIPPED_FOLDER];
  }

  /** Links are followed only as far as the folders go. */
  #readOnDisk(path: string, mostBytes: number): string {
    let real: string;
    try {
      real = realpathSync(path);
    } catch (error) {
      throw new FileError(reasonOf(error));
    }
    const isWithin = this.#folders().some((folder) => isInside(real, realFolder(folder)));
    if (!isWithin && !this.#allowOutside) throw new FileError(`is a link that ${LEAVES}`);
    return readTextFile(real, mostBytes);
  }
}

/** The folder without links; one that is not there holds no files either way. */
function realFolder(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : resolve(folder);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
