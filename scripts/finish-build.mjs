// Removes what earlier builds left in dist/src of sources that are gone, and writes dist/build-hash: the SHA-256 of all built code on
// which numbers depend, by which work of another build is told apart.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist/`;
const FOLDERS = [
  'engine',
  'kernel',
  'model',
  'numerics',
  'parts',
  'plan',
  'random',
  'result',
  'scenario',
  'statistics',
  'studies',
];

for (const name of readdirSync(`${dist}src`, { recursive: true, encoding: 'utf8' })) {
  const source = `${root}src/${name.replace(/\.(js|d\.ts)$/, '.ts')}`;
  if (/\.(js|d\.ts)$/.test(name) && !existsSync(source)) rmSync(`${dist}src/${name}`);
}

const files = FOLDERS.flatMap((folder) =>
  readdirSync(`${dist}src/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => `src/${folder}/${name.replaceAll('\\', '/')}`),
);
const hash = createHash('sha256');
for (const file of ['kernel.wasm', ...files.sort()]) {
  const octets = readFileSync(dist + file);
  hash.update(`${file} ${octets.length}\n`).update(octets);
}
writeFileSync(`${dist}build-hash`, `${hash.digest('hex')}\n`);
