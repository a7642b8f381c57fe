/** What the package depends on: few packages, pinned, under licences that are listed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
}

const manifest = json('package.json') as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const lock = json('package-lock.json') as { readonly packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
const page = readFileSync(join(ROOT, 'docs', 'dependencies.md'), 'utf8');

/** Rows of the tables of the page: name, version, licence. */
const listed = Array.from(
  page.matchAll(/^\| (\S+) \| (\d\S*) \| ([^|]+) \| [^|]+ \|$/gm),
  ([, name, version, licence]) => [name as string, version as string, licence as string] as const,
);

const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'Unlicense',
  'MPL-2.0',
  'SEE LICENSE IN README.md AND LICENSE',
]);

describe('dependencies', () => {
  const direct = { ...manifest.dependencies, ...manifest.devDependencies };

  it('are listed with their versions and the licences that they state', () => {
    const stated = Object.entries(direct).map(([name, version]) => {
      const { license } = json(`node_modules/${name}/package.json`) as { license: string };
      return [name, version, license] as const;
    });
    expect(listed).toEqual(stated);
  });

  it('are pinned: exact versions, and a hash of each download', () => {
    for (const version of Object.values(direct)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const [path, { integrity }] of locked) expect(integrity, path).toMatch(/^sha512-/);
  });

  it('of users are as many as the page says, and have licences that it names', () => {
    const users = locked.filter(([, { dev }]) => dev !== true);
    const used = users.filter(([, { optional }]) => optional !== true);
    expect(page).toContain(`there are ${used.length} packages`);
    const licences = new Set(users.map(([, { license }]) => license as string));
    expect([...licences].filter((licence) => !ALLOWED.has(licence))).toEqual([]);
  });

  it('run no script when they are installed, but for esbuild', () => {
    const scripted = locked.filter(([, { hasInstallScript, optional }]) => {
      return hasInstallScript === true && optional !== true;
    });
    expect(scripted.map(([path]) => path)).toEqual(['node_modules/esbuild']);
  });

  it('that are bundled have their licences beside the bundle', () => {
    expect(existsSync(join(ROOT, 'dist', 'browser', 'licences.txt'))).toBe(true);
    const licences = readFileSync(join(ROOT, 'dist', 'browser', 'licences.txt'), 'utf8');
    for (const name of ['preact', 'vega', 'vega-interpreter', 'mathjs', 'zod', 'd3-scale']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
    expect(licences).toContain('Permission is hereby granted');
  });

  it('whose code is in the kernel have their notice and licence beside it, in what is shipped', () => {
    const { files } = json('package.json') as { readonly files: readonly string[] };
    expect(files).toEqual(expect.arrayContaining(['dist/kernel.wasm', 'dist/kernel-licences.txt']));
    const shipped = readFileSync(join(ROOT, 'dist', 'kernel-licences.txt'), 'utf8');
    const { assemblyscript: version } = manifest.devDependencies;
    expect(shipped).toContain(`assemblyscript ${version} (Apache-2.0)`);
    for (const file of ['NOTICE', 'LICENSE']) {
      const text = readFileSync(join(ROOT, 'node_modules', 'assemblyscript', file), 'utf8');
      expect(shipped).toContain(text.trim());
    }
    expect(shipped).toContain('Apache License');
  });

  it('of dependencies are pinned in a clone only, as the page says', () => {
    const { files } = json('package.json') as { readonly files: readonly string[] };
    expect(files).not.toContain('npm-shrinkwrap.json');
    expect(existsSync(join(ROOT, 'npm-shrinkwrap.json'))).toBe(false);
    expect(page).toContain('That file is not published');
  });
});
