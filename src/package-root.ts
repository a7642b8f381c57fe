/** Where the package lies, whether the code runs from src/ or from dist/src/. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvariantError } from './errors.js';

interface PackageJson {
  readonly name: string;
  readonly version: string;
}

function findRoot(): { folder: string; json: PackageJson } {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const json = JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
      if (json.name === 'matedpair') return { folder, json };
    }
    const parent = dirname(folder);
    if (parent === folder) throw new InvariantError('package.json of matedpair not found');
    folder = parent;
  }
}

const root = findRoot();

export const PACKAGE_ROOT = root.folder;
export const VERSION = root.json.version;

/** SHA-256 of all code on which numbers depend, as the build left it. */
export function buildHash(): string {
  return readFileSync(join(PACKAGE_ROOT, 'dist', 'build-hash'), 'utf8').trim();
}
