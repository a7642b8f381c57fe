// Removes what earlier builds left in dist/src of sources that are gone, and writes dist/build-hash: the SHA-256 of all built code on
// which numbers depend, by which work of another build is told apart; and dist/kernel-licences.txt, the notice and the licence of
// AssemblyScript, whose runtime code is in dist/kernel.wasm.
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

const compiler = `${root}node_modules/assemblyscript/`;
const { name, version, license } = JSON.parse(readFileSync(`${compiler}package.json`, 'utf8'));
const texts = [
  `kernel.wasm contains parts of the standard library and runtime of ${name} ${version} (${license}), compiled.`,
  ...['NOTICE', 'LICENSE'].map((file) => readFileSync(compiler + file, 'utf8').trim()),
];
writeFileSync(`${dist}kernel-licences.txt`, `${texts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`);
